"""The night: sources that fail stop no others, and on a schedule it happens by itself."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.nightly import nightly
from index.catalog import Catalog
from tests.running import at_home, kill, left_behind, paragraf, start, when, write_papers

SOURCES = """
[[source]]
name = "not there"
kind = "folder"
path = "nowhere"

[[source]]
name = "nobody answers"
kind = "urls"
urls = ["http://127.0.0.1:65534/protokoll.pdf"]

[[source]]
name = "tray"
kind = "folder"
path = "papers"
municipality = { code = "2080", name = "Falun" }
"""


def test_a_source_that_fails_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_PRIVATE_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("PARAGRAF_SIMULATED_TIME", str(tmp_path / "waits.jsonl"))
    write_papers(tmp_path / "papers", 2)
    (tmp_path / "sources.toml").write_text(SOURCES)
    with at_home(tmp_path) as settings:
        tally = nightly(str(tmp_path / "sources.toml")).tally
    assert (tally.read, tally.papers, tally.accounted) == (2, 3, True)
    assert tally.troubles == {str(tmp_path / "nowhere"): "there is no such folder"}
    assert "no connection" in tally.reasons["http://127.0.0.1:65534/protokoll.pdf"]
    with Catalog(settings.catalog) as catalog:
        stored = next(catalog.documents())
    assert stored.identity.municipality is not None
    assert (stored.identity.municipality.name, stored.identity.municipality_from) == ("Falun", "source")


def test_an_error_in_a_source_is_told_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listing(self: object) -> object:
        raise RuntimeError("the site has changed")

    monkeypatch.setattr("flows.sources.addresses.Addresses.listing", listing)
    write_papers(tmp_path / "papers", 2)
    (tmp_path / "sources.toml").write_text(SOURCES.replace("nowhere", "papers"))
    with at_home(tmp_path):
        outcome = nightly(str(tmp_path / "sources.toml"))
    assert outcome.tally.troubles == {"nobody answers": "RuntimeError: the site has changed"}
    assert outcome.tally.read == 4
    assert outcome.failed()


def test_a_folder_that_is_suddenly_empty_withdraws_nothing(tmp_path: Path) -> None:
    papers = write_papers(tmp_path / "papers", 2)
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "tray"\nkind = "folder"\npath = "papers"\n')
    with at_home(tmp_path):
        nightly(str(tmp_path / "sources.toml"))
        (papers / "001.txt").unlink()
        assert nightly(str(tmp_path / "sources.toml")).tally.withdrawn == 1
        (papers / "002.txt").unlink()
        assert nightly(str(tmp_path / "sources.toml")).tally.withdrawn == 0


def runs_done(home: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{home}/catalog.sqlite?mode=ro", uri=True, timeout=1)) as db:
            return int(db.execute("SELECT count(*) FROM runs WHERE finished_at IS NOT NULL").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_scheduled_run_happens_and_ends_with_the_server(tmp_path: Path) -> None:
    write_papers(tmp_path / "papers", 2)
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "tray"\nkind = "folder"\npath = "papers"\n')
    quickly = {"PREFECT_RUNNER_POLL_FREQUENCY": "1", "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2"}
    serving = start(tmp_path, "nightly", "--serve", "--every", "3", **quickly)
    try:
        when(lambda: runs_done(tmp_path) or serving.poll() is not None, 180)
        assert serving.poll() is None, serving.communicate()
        with Catalog(f"sqlite:///{tmp_path}/catalog.sqlite") as catalog:
            assert [run.kind for run in catalog.runs()][-1] == "nightly"
            assert catalog.status().read == 2
    finally:
        kill(serving)
    assert left_behind(tmp_path, 20) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nightly"], "there is no .*sources.toml: write it"),
        (["nightly", "--serve", "--cron", "every night"], "every night"),
    ],
)
def test_what_cannot_be_served_is_told_at_once(tmp_path: Path, arguments: list[str], message: str) -> None:
    if "--serve" in arguments:
        (tmp_path / "sources.toml").write_text('[[source]]\nname = "tray"\nkind = "folder"\npath = "papers"\n')
    done = paragraf(tmp_path, *arguments)
    assert done.returncode == 2
    assert re.search(message, done.stderr)
    assert "Traceback" not in done.stderr
