"""The index on a server: the same answers, an alias that moves in one step, and syncs that go on after any kill."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import backend, collections, settings
from index.connection import connect
from index.embed import ModelError
from index.queries import Filters, Query, Searcher
from index.settings import Server, Settings
from index.sync import SyncError, sync
from index.vectors import GoneError
from tests.served import URL, KilledError, Served, on_server, serve
from tests.test_queries import PAPERS
from tests.tiny import TinyEncoder, home, paper, save

WATER = paper("vatten", "Avgift för vatten\nAvgifterna för dricksvatten höjs.")
ROADS = paper("väg", "Cykelväg\nEn cykelväg byggs vid skolan.", "Parkering\nParkeringen vid skolan stängs.")
TAXES = paper("vatten", "Taxa\nEn ny taxa för vatten antas.")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    return serve(monkeypatch)


def _titles(settings: Settings, text: str = "", model: str = "tiny") -> list[str]:
    found = Searcher(settings, encode=TinyEncoder(model)).search(Query(text, limit=100)).hits
    return sorted(str(hit.title) for hit in found if not hit.related)


def _names(served: Served) -> list[str]:
    return sorted(one.name for one in served.get_collections().collections)


# The same answers


QUESTIONS = (
    Query("avgift skolskjuts"),
    Query("skolskjutsavgift", Filters(year=(2026,))),
    Query("motioner om hundrastgård 2024"),
    Query("bidrag till fotboll", Filters(municipality=("Göteborg",))),
    Query("KN 2025/77"),
    Query("", Filters(kind=("protocol",))),
    Query("", sort="oldest"),
    Query("nämnden", sort="newest", limit=2, offset=1),
    Query("höja avgifterna för skolbarnens resor"),
    Query("över 200 000 kronor", Filters(min_kronor=200_000.0)),
)


def _same(one: Any, other: Any) -> bool:
    """Whether two answers are the same but for rounding."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == pytest.approx(other, abs=0.002)) if isinstance(one, float) else bool(one == other)


_LIVE = pytest.mark.skipif("QDRANT_URL" not in os.environ, reason="no QDRANT_URL")


@pytest.fixture(params=["memory", pytest.param("live", marks=_LIVE)])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server to try the whole search on, whose collections go afterwards."""
    if request.param == "memory":
        serve(monkeypatch)
        yield Server(URL)
        return
    live = replace(settings.server(os.environ["QDRANT_URL"]), collection=f"test-{uuid.uuid4().hex}")
    yield live
    client = connect(live).client
    for one in client.get_collections().collections:
        if one.name.startswith(f"{live.collection}."):
            client.delete_collection(one.name)


def test_the_same_papers_and_questions_have_the_same_answers(tmp_path: Path, server: Server) -> None:
    here = home(tmp_path, *PAPERS, ROADS, TAXES)
    there = replace(here, server=server)
    for each in (here, there):
        sync(each, encode=TinyEncoder())
    embedded, remote = (Searcher(each, encode=TinyEncoder()) for each in (here, there))
    for query in QUESTIONS:
        one, other = (searcher.search(query).to_json() for searcher in (embedded, remote))
        assert one["hits"], query
        assert _same(one, other), query
        assert list(embedded.matching(query)) == list(remote.matching(query))
    for like in (("/papers/juni", "1"), ("/papers/bidrag", None)):
        assert _same(embedded.similar(*like).to_json(), remote.similar(*like).to_json())
    assert list(backend.of(here).open(backend.of(here).version() or "").scroll((), ("title",))) == list(
        backend.of(there).open(backend.of(there).version() or "").scroll((), ("title",))
    )


# Syncing


def test_only_what_is_new_goes_in_and_where_it_is_stays(tmp_path: Path, served: Served) -> None:
    settings = on_server(home(tmp_path, WATER, ROADS))
    first = sync(settings, encode=TinyEncoder())
    assert (first.documents, first.passages, first.generation) == (2, 3, "paragraf.1")
    save(settings, TAXES)
    second = sync(settings, encode=TinyEncoder())
    assert (second.documents, second.generation) == (1, "paragraf.1")
    assert _titles(settings) == ["Cykelväg", "Parkering", "Taxa"]
    assert sync(settings, encode=TinyEncoder()).documents == 0


def test_new_points_go_in_before_the_old_ones_go_out(tmp_path: Path, served: Served) -> None:
    """A sync that is killed at any call: a paper is found, in its old words or its new ones, and the next goes on."""
    settings = on_server(home(tmp_path, WATER, ROADS))
    sync(settings, encode=TinyEncoder())
    save(settings, TAXES)
    for done_first in (False, True):
        served.done_first = done_first
        for call in range(1, 100):
            served.calls, served.dies_at = 0, call
            try:
                sync(settings, encode=TinyEncoder())
            except KilledError:
                served.dies_at = 0
                assert {"Avgift för vatten", "Taxa"} & set(_titles(settings))
                assert {"Cykelväg", "Parkering"} <= set(_titles(settings))
                continue
            break
        served.dies_at = 0
        assert call > 5 and _titles(settings) == ["Cykelväg", "Parkering", "Taxa"]
        save(settings, WATER)
        sync(settings, encode=TinyEncoder())
        save(settings, TAXES)


def test_a_rebuild_killed_at_any_call_leaves_the_old_index_or_the_new_one(tmp_path: Path, served: Served) -> None:
    settings = on_server(home(tmp_path, WATER, ROADS))
    sync(settings, encode=TinyEncoder())
    call, model = 0, "tiny"
    for call in range(1, 100):
        served.calls, served.dies_at, served.done_first = 0, call, bool(call % 2)
        try:
            sync(settings, encode=TinyEncoder(f"model {call}"), rebuild=True)
            model = f"model {call}"
            break
        except KilledError:
            served.dies_at = 0
            held = backend.of(settings).held()
            assert held and held.model in (model, f"model {call}")
            model = held.model
            assert len(_titles(settings, model=model)) == 3
    assert call > 10
    served.dies_at = 0
    assert _titles(settings, "vatten", model) == ["Avgift för vatten"]
    sync(settings, encode=TinyEncoder(model))
    held = backend.of(settings).held()
    assert held and held.model == model


def test_a_first_filling_that_was_killed_goes_on_where_it_was(
    tmp_path: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.sync._BATCH", 1)
    settings = on_server(home(tmp_path, *(paper(f"p{n}", f"Ärende {n}\nFörslag {n}.") for n in range(12))))
    embedded: list[int] = []

    class Counting(TinyEncoder):
        def passages(self, texts):  # type: ignore[no-untyped-def]
            embedded.append(len(texts))
            return super().passages(texts)

    served.dies_at = 24
    with pytest.raises(KilledError):
        sync(settings, encode=Counting())
    assert backend.of(settings).version() is None
    before = len(embedded)
    assert before > 2
    served.dies_at = 0
    synced = sync(settings, encode=Counting())
    assert len(embedded) <= 12 + 1 and synced.documents == 12 - before + 1
    assert len(_titles(settings)) == 12 and _names(served) == ["paragraf.1"]


def test_another_record_is_not_written_over(tmp_path: Path, served: Served) -> None:
    for name in ("mine", "yours"):
        (tmp_path / name).mkdir()
    mine, yours = home(tmp_path / "mine", WATER), home(tmp_path / "yours", WATER)
    sync(on_server(mine), encode=TinyEncoder())
    save(yours, ROADS)
    with pytest.raises(SyncError, match="QDRANT_COLLECTION"):
        sync(on_server(yours), encode=TinyEncoder())
    sync(on_server(yours, collection="yours"), encode=TinyEncoder())
    assert _names(served) == ["paragraf.1", "yours.1"]
    sync(on_server(yours), encode=TinyEncoder(), rebuild=True)
    assert len(_titles(on_server(yours))) == 3


def test_two_models_do_not_mix(tmp_path: Path, served: Served) -> None:
    settings = on_server(home(tmp_path, WATER))
    sync(settings, encode=TinyEncoder())
    save(settings, ROADS)
    with pytest.raises(ModelError, match="paragraf rebuild --index"):
        sync(settings, encode=TinyEncoder("another"))
    with pytest.raises(ModelError, match="paragraf rebuild --index"):
        _titles(settings, "vatten", "another")


# Readers of a collection that is replaced


def test_who_reads_the_old_collection_has_some_time(
    tmp_path: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = on_server(home(tmp_path, WATER, ROADS))
    sync(settings, encode=TinyEncoder())
    old = backend.of(settings).open("paragraf.1 1")
    sync(settings, encode=TinyEncoder(), rebuild=True)
    sync(settings, encode=TinyEncoder())
    assert _names(served) == ["paragraf.1", "paragraf.2"] and old.count(()) == 3
    monkeypatch.setattr(collections, "_GRACE_S", -1.0)
    sync(settings, encode=TinyEncoder())
    assert _names(served) == ["paragraf.2"]
    with pytest.raises(GoneError):
        old.count(())


def test_a_search_whose_collection_goes_is_made_once_more(
    tmp_path: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = on_server(home(tmp_path, WATER, ROADS))
    sync(settings, encode=TinyEncoder())
    monkeypatch.setattr(collections, "_FRESH_S", 1000.0)
    searcher = Searcher(settings, encode=TinyEncoder())
    expected = searcher.search(Query("vatten")).to_json()
    monkeypatch.setattr(collections, "_GRACE_S", -1.0)
    sync(settings, encode=TinyEncoder(), rebuild=True)
    sync(settings, encode=TinyEncoder())
    assert _names(served) == ["paragraf.2"]
    assert _same(searcher.search(Query("vatten")).to_json(), expected)
    assert searcher.similar("/papers/väg", "1").hits


def test_facets_follow_a_sync_in_place(tmp_path: Path, served: Served) -> None:
    settings = on_server(home(tmp_path, WATER))
    sync(settings, encode=TinyEncoder())
    searcher = Searcher(settings, encode=TinyEncoder())
    assert searcher.search(Query("", Filters())).facets["kind"] == [{"value": "protocol", "count": 1}]
    save(settings, ROADS)
    sync(settings, encode=TinyEncoder())
    assert searcher.search(Query("", Filters())).facets["kind"] == [{"value": "protocol", "count": 3}]
