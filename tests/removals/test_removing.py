"""A removal while something else goes on: killed at any stage, beside a sync, over HTTP, and at later visits."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flows import ingest as flows
from index.archive import Archive
from index.catalog import Catalog
from index.queries import Query, Searcher, search
from index.removals import hiding, meant, purging, record
from index.removals.remove import finish, remove
from index.settings import Settings, Watch
from index.sync import sync
from tests.held import keep, sha
from tests.removals.home import ALE, gone, in_files
from tests.running import at_home
from tests.serving import served
from tests.states import holding
from tests.tiny import TinyEncoder, of_case, paper

STAGES: tuple[tuple[object, str], ...] = (
    (hiding, "_content"), (purging, "index"), (purging, "originals"), (purging, "database"),
)  # fmt: skip


def _die(*_: object) -> None:
    os._exit(9)


def _removing(settings: Settings, place: object, name: str) -> None:
    """A process that removes somebody, and dies at a stage of it."""
    setattr(place, name, _die)
    with Catalog(settings.catalog) as catalog:
        remove(settings, catalog, meant.person(catalog, "Tindra Kvastfors"), "begärd", encode=TinyEncoder())


def test_killed_at_any_stage_it_is_finished_by_the_next(settings: Settings, tmp_path: Path) -> None:
    for place, name in STAGES:
        process = multiprocessing.get_context("fork").Process(target=_removing, args=(settings, place, name))
        process.start()
        process.join(60)
        assert process.exitcode == 9
        with Catalog(settings.catalog) as catalog:
            assert record.listed(catalog.engine)[-1].state != "done"
            finish(settings, catalog, encode=TinyEncoder())
            assert {each.state for each in record.listed(catalog.engine)} == {"done"}
        assert in_files(tmp_path, "Kvastfors") == [], name


def test_a_sync_that_goes_on_gives_way_and_makes_the_rest_again(settings: Settings) -> None:
    saving, begun = threading.Event(), threading.Event()

    def more() -> bool:
        begun.set()
        time.sleep(0.02)
        return not saving.is_set()

    keep(settings, "new.txt", ALE.replace(b"trappor", b"stegar"))  # something to do, while a run saves
    beside = threading.Thread(target=lambda: sync(settings, encode=TinyEncoder(), more=more))
    beside.start()
    begun.wait(30)
    with Catalog(settings.catalog) as catalog:
        assert gone(settings, meant.document(catalog, sha(ALE))).state == "done", "it does not wait for the run to end"
    reader = Searcher(settings, encode=TinyEncoder())
    assert (reader.search(Query("Lillgatan trappor")).total, reader.search(Query("Torget trappor")).total) == (0, 1)
    saving.set()
    beside.join(30)
    assert not beside.is_alive()
    assert (reader.search(Query("Lillgatan trappor")).total, reader.search(Query("Lillgatan stegar")).total) == (0, 1)
    reader.close()


def test_later_visits_neither_keep_nor_read_it(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "ale.txt").write_bytes(ALE)
    (papers / "motion.txt").write_text("Motion om hundrastgård\n\nAle kommun\n\nHundar ska få springa.\n\nBo Alm (M)\n")
    with at_home(tmp_path / "home") as home:
        assert flows.ingest([str(papers)]).tally.read == 2
        with Catalog(home.catalog) as catalog:
            remove(home, catalog, meant.document(catalog, str(papers / "ale.txt")), "sekretess")
            remove(home, catalog, meant.person(catalog, "Bo Alm", in_office=True), "skyddad identitet")
        os.utime(papers / "ale.txt")  # as new to the source, and the same bytes
        (papers / "other.txt").write_bytes(ALE + b"\n ")  # the same words
        (papers / "svar.txt").write_text("Ale kommun\nTjänsteutlåtande\n2031-06-01\n\nSvar till Bo Alm om hundar.\n")
        tally = flows.ingest([str(papers)]).tally
        assert (tally.removed, tally.read, tally.unchanged, tally.accounted) == (2, 1, 1, True)
        assert flows.ingest([str(papers)]).tally.unchanged == 2
        archive = Archive(home.archive)
        assert list(archive) == []
        assert not search(home, Query("Lillgatan")).total
        with Catalog(home.catalog) as catalog:
            texts = [stored.document.text for stored in catalog.documents()]
            status = catalog.status()
        assert len(texts) == 2 and all("•• •••" in text for text in texts)
        assert (status.documents, status.removed, status.masked, status.stale) == (2, 2, 2, None)
    assert in_files(tmp_path / "home", "Lillgatan", "Bo Alm") == []


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., object]:
    """The API over a home with a token, and the header that shows it."""
    state = holding(
        tmp_path, paper("juni", "Avgift\nNämnden höjer avgifterna."), of_case("m", "Motion om hund", "KS 2026/1")
    )
    object.__setattr__(state, "settings", replace(state.settings, watch=Watch(token="a-token-that-is-long")))
    return lambda: served(state)


def test_over_http_with_the_token(page: Callable[..., object]) -> None:
    token = {"Authorization": "Bearer a-token-that-is-long"}
    with page() as client:  # type: ignore[attr-defined]
        wanted = {"kind": "document", "document": "/papers/juni", "reason": "sekretess"}
        assert client.post("/api/v1/removals", json=wanted).status_code == 401
        told = client.post("/api/v1/removals", json=wanted, headers=token)
        assert (told.status_code, told.json()["documents"]) == (200, 1)
        assert client.get("/api/v1/documents/1").status_code == 200
        done = client.post("/api/v1/removals", json=wanted | {"confirmed": True}, headers=token)
        assert (done.status_code, done.json()["state"]) == (201, "done")
        assert client.get("/api/v1/documents/1").status_code == 404
        assert client.get("/dokument/1").status_code == 404
        assert [each["id"] for each in client.get("/api/v1/documents").json()["documents"]] == [2]
        followed = client.get("/api/v1/documents", params={"since": 1, "sort": "changed"}).json()["documents"]
        assert [(each["id"], each["state"], each["title"]) for each in followed if each["id"] == 1] == [
            (1, "removed", None)
        ]
        log = client.get("/api/v1/removals", headers=token).json()
        assert [(each["kind"], each["reason"]) for each in log] == [("document", "sekretess")]
        wrong = client.post("/api/v1/removals", json=wanted | {"document": "nowhere"}, headers=token)
        assert (wrong.status_code, "address, number" in wrong.json()["detail"]) == (400, True)
