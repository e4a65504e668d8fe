"""Originals that are damaged or gone, and a record that gives up: told, mended where the bytes can be had again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import extractors
from extractors.model import Unreadable
from flows.ingest import ingest
from flows.nightly import nightly
from flows.rebuild import rebuild
from flows.sources import Fetched
from flows.sources.addresses import Addresses
from index.archive import Archive
from index.catalog import Catalog
from index.settings import Settings, load
from tests.running import api, at_home, contents, left_behind, paragraf, protocol, write_papers


def make_stale(settings: Settings) -> None:
    """As if an older reader had read it all."""
    with Catalog(settings.catalog) as catalog, catalog.engine.begin() as db:
        db.exec_driver_sql("UPDATE contents SET tried='old', reader='old'")


def flip(settings: Settings) -> Path:
    """One original gets another byte in it, and keeps its size."""
    archive = Archive(settings.archive)
    path = archive.path(next(iter(archive)))
    assert path is not None
    data = path.read_bytes()
    path.write_bytes(data[:-5] + bytes([data[-5] ^ 1]) + data[-4:])
    return path


def test_a_damaged_original_costs_its_own_paper_until_it_is_had_again(tmp_path: Path) -> None:
    papers = write_papers(tmp_path / "papers", 4)
    with at_home(tmp_path / "home") as settings:
        ingest([str(papers)])
        before = contents(settings.home)
        make_stale(settings)
        damaged = flip(settings)
        tally = rebuild(read=True).tally
        assert (tally.papers, tally.unchanged + tally.read, tally.accounted) == (4, 3, True)
        assert [reason for _, reason in tally.unreadable] == [
            f"archive: the original in the archive is damaged: {damaged.name} has other bytes"
        ]
        with Catalog(settings.catalog) as catalog:
            assert catalog.status(extractors.READER).stale == 1
            assert catalog.status().unreadable == 0  # what was read before stays
        again = ingest([str(papers)]).tally
        assert (again.accounted, again.cannot_be_read) == (True, 0)
        assert Archive(settings.archive).intact(damaged.name)
        assert contents(settings.home) == before


def test_an_original_that_is_gone_is_fetched_again_though_nothing_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def fetch(self: Addresses, listed: object, stamp: str | None) -> Fetched:
        asked.append(stamp)
        return Fetched(None if stamp else protocol(1).encode(), "monday")  # 304 to who has it already

    monkeypatch.setattr(Addresses, "fetch", fetch)
    with at_home(tmp_path) as settings:
        url = "https://kommun.example/1.txt"
        assert ingest([url]).tally.read == 1
        archive = Archive(settings.archive)
        sha256 = next(iter(archive))
        archive.remove(sha256)
        assert ingest([url]).tally.unchanged == 1
        make_stale(settings)
        tally = ingest([url]).tally
        assert (tally.accounted, tally.cannot_be_read) == (True, 0)
        assert asked == [None, "monday", "monday", None]
        assert archive.intact(sha256)


def test_an_address_in_two_sources_is_two_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(self: Addresses, listed: object, stamp: str | None) -> Fetched:
        raise Unreadable("fetch", "404 Not Found")

    monkeypatch.setattr(Addresses, "fetch", fetch)
    source = '[[source]]\nname = "{}"\nkind = "urls"\nurls = ["https://kommun.example/protokoll.pdf"]\n'
    (tmp_path / "sources.toml").write_text(source.format("a") + source.format("b"))
    with at_home(tmp_path):
        tally = nightly(str(tmp_path / "sources.toml")).tally
    assert (tally.papers, len(tally.unreadable), tally.accounted) == (2, 2, True)
    assert tally.to_json()["could_not_be_read"] == {"https://kommun.example/protokoll.pdf": "fetch: 404 Not Found"}


# The record takes twenty papers and then no more, while the next batches are being read ahead.
REFUSING = """CREATE TRIGGER refusing BEFORE INSERT ON documents WHEN (SELECT count(*) FROM documents) >= 20
BEGIN INSERT INTO a_table_that_is_gone VALUES (1); END"""


def test_a_record_that_gives_up_ends_the_run_and_the_next_completes(tmp_path: Path) -> None:
    papers, home = write_papers(tmp_path / "papers", 60), tmp_path / "home"
    settings = load({"PARAGRAF_HOME": str(home)})
    home.mkdir()
    with Catalog(settings.catalog) as catalog, catalog.engine.begin() as db:
        db.exec_driver_sql(REFUSING)
    failed = paragraf(home, "ingest", str(papers), "-q", PREFECT_API_URL=api(), PARAGRAF_WORKERS="1")
    assert failed.returncode == 1
    assert re.search(
        r"^paragraf: the catalog .* cannot be written: .*a_table_that_is_gone", failed.stderr, re.MULTILINE
    ), failed.stderr
    assert "Traceback" not in failed.stderr
    assert left_behind(home) == []
    with Catalog(settings.catalog) as catalog, catalog.engine.begin() as db:
        assert "failed" in (catalog.runs()[0].summary or {})
        db.exec_driver_sql("DROP TRIGGER refusing")
    with at_home(home):
        assert ingest([str(papers)]).tally.accounted
    with at_home(tmp_path / "whole"):
        ingest([str(papers)])
    assert contents(home) == contents(tmp_path / "whole")
