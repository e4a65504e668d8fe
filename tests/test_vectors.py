"""What every store must do: Qdrant Edge, qdrant-client in memory, and a live server where QDRANT_URL is set."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import edge, server, settings, words
from index.connection import connect
from index.points import item_number, lead_id
from index.vectors import LEADS, All, AnyWord, Between, Either, Ids, Meta, Not, OneOf, Phrase, Vectors
from tests.tiny import SIZE, TinyEncoder, paper, points

_LIVE = os.environ.get("QDRANT_URL")
WATER = "Avgift för vatten\nAvgifterna för dricksvatten höjs."
ROADS = "Cykelväg\nEn cykelväg byggs vid skolan."
SCHOOL = "Skolskjuts\nReglerna för skolskjuts till skolan ändras. Avgifter tas inte ut."


@pytest.fixture(
    params=["edge", "memory", pytest.param("live", marks=pytest.mark.skipif(not _LIVE, reason="no QDRANT_URL"))]
)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vectors]:
    if request.param == "edge":
        made: Vectors = edge.create(tmp_path / "shard", SIZE)
    elif request.param == "memory":
        made = server.memory(SIZE)
    else:
        where = settings.server(_LIVE or "")
        connection, name = connect(where), f"test-{uuid.uuid4().hex}"
        request.addfinalizer(lambda: connection.client.delete_collection(name))
        made = server.create(connection, name, SIZE, where)
    made.replace([1], points(paper("a", WATER, ROADS), 1))
    made.replace([2], points(paper("b", SCHOOL, body="Skolnämnden", date="2025-01-02"), 2))
    yield made
    made.close()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(words.number(word.stem) for word in words.words(text))


def _titles(store: Vectors, ids: list[str]) -> list[str]:
    stored = store.payloads(ids)
    return [stored[id]["title"] for id in ids]


def test_both_legs_find_the_nearest_first(store: Vectors) -> None:
    vector = TinyEncoder().queries(["dricksvatten"])[0].tolist()
    near, worded = store.search_both(vector, words.question_vector("dricksvatten"), (), 10)
    assert near[0].id == worded[0].id and _titles(store, [near[0].id]) == ["Avgift för vatten"]
    alone = store.search(vector, (), 10)  # the local mode adds up in another order, which is the last figure of a float
    assert [n.id for n in near] == [n.id for n in alone] and [w.id for w in worded] == [near[0].id]
    assert [n.score for n in near] == pytest.approx([n.score for n in alone])


def test_a_rare_word_weighs_more(store: Vectors) -> None:
    found = store.search(words.question_vector("skolan cykelväg"), (), 10)
    assert _titles(store, [found[0].id]) == ["Cykelväg"]


def test_conditions_hold_together(store: Vectors) -> None:
    assert store.count(LEADS) == 3
    assert store.count((OneOf("body_key", ("skolnämnden", "kommunstyrelsen")),)) == 3
    assert store.count((*LEADS, Between("day", 20260101, None))) == 2
    assert store.count((*LEADS, OneOf("year", (2025,)), OneOf("kind", ("motion",)))) == 0
    lead = store.ids((OneOf("body_key", ("skolnämnden",)),), 10)
    assert store.count((Ids(tuple(lead)),)) == 1


def test_every_word_of_a_question_in_one_item(store: Vectors) -> None:
    assert store.count((*LEADS, All("terms", _numbers("avgifter")))) == 2
    assert store.count((*LEADS, All("terms", _numbers("avgift skola")))) == 1
    assert store.count((*LEADS, All("terms", _numbers("väg")))) == 1  # in the compound


def test_words_in_a_row(store: Vectors) -> None:
    assert _titles(store, store.ids((Phrase("said", "byggs vid skolan"),), 10)) == ["Cykelväg"]
    assert store.count((Phrase("said", "vid byggs skolan"),)) == 0  # in another order
    assert store.count((Phrase("said", "skol"),)) == 0  # whole words only
    assert store.count((AnyWord("said", ("skolskjuts", "cykelväg", "tunnelbana")),)) == 2


def test_one_condition_or_another_and_none(store: Vectors) -> None:
    both = Either((Phrase("said", "dricksvatten"), OneOf("year", (2025,))))
    assert store.count((*LEADS, both)) == 2
    assert _titles(store, store.ids((*LEADS, Not(both)), 10)) == ["Cykelväg"]
    assert store.count((*LEADS, Not(All("terms", _numbers("skola avgift"))))) == 2  # has one of them


def test_all_passages_of_an_item_have_its_number(store: Vectors) -> None:
    long = "Lång\n" + "Här sägs mycket om vägen. " * 100
    store.replace([3], points(paper("c", long), 3))
    (lead,) = store.ids((*LEADS, OneOf("document", (3,))), 10)
    assert store.count((OneOf("item", (item_number(lead),)),)) == store.count((OneOf("document", (3,)),)) > 1


def test_facets_count_items(store: Vectors) -> None:
    assert store.facet("body", LEADS, 10) == [("Kommunstyrelsen", 2), ("Skolnämnden", 1)]
    assert store.facet("year", (*LEADS, All("terms", _numbers("avgift"))), 10) == [(2025, 1), (2026, 1)]


def test_by_day_and_in_full(store: Vectors) -> None:
    assert _titles(store, store.latest(LEADS, 10))[-1] == "Skolskjuts"
    assert _titles(store, store.latest(LEADS, 1, oldest_first=True)) == ["Skolskjuts"]
    assert sorted(payload["title"] for _, payload in store.scroll(LEADS, ("title",))) == [
        "Avgift för vatten", "Cykelväg", "Skolskjuts",
    ]  # fmt: skip


def test_a_new_version_takes_the_place_of_the_old(store: Vectors) -> None:
    store.replace([1], points(paper("a", "Ny rubrik\nEtt helt nytt innehåll om parkering."), 1))
    assert sorted(_titles(store, store.ids(LEADS, 10))) == ["Ny rubrik", "Skolskjuts"]
    store.replace([1, 2], [])
    assert store.count(LEADS) == 0


def test_the_same_again_changes_nothing(store: Vectors) -> None:
    store.replace([1], points(paper("a", WATER, ROADS), 1))
    assert store.count(LEADS) == 3


def test_what_it_holds_is_told(store: Vectors) -> None:
    assert store.meta() is None
    store.set_meta(Meta(7, "tiny", SIZE, "form"))
    assert store.meta() == Meta(7, "tiny", SIZE, "form")
    assert store.count(LEADS) == 3


def test_a_vector_comes_back(store: Vectors) -> None:
    lead = store.ids(LEADS, 1)[0]
    assert lead == lead_id(lead)
    vector = store.vector(lead)
    assert vector is not None and sum(value * value for value in vector) == pytest.approx(1, abs=0.01)
    assert store.vector(str(uuid.uuid4())) is None


def test_every_point_comes_out_in_full_and_goes_in_elsewhere(store: Vectors) -> None:
    out = list(store.points())
    assert len(out) == store.count(()) == 3 and [p.id for p in out] == sorted(p.id for p in out)
    other = server.memory(SIZE)
    other.put(out)
    question = words.question_vector("skolan cykelväg")
    assert [s.id for s in other.search(question, (), 10)] == [s.id for s in store.search(question, (), 10)]
    assert {p.id: p.payload for p in other.points()} == {p.id: p.payload for p in out}


def test_optimising_keeps_everything(store: Vectors) -> None:
    store.optimise()
    assert store.count(LEADS) == 3


def test_an_item_is_found_as_a_whole(store: Vectors) -> None:
    long = "Skolgården\n\n" + "\n\n".join(
        f"{word} ordnas. " + "Mer text följer här. " * 40 for word in ("Gungor", "Rutschkanor")
    )
    store.replace([3], points(paper("c", long), 3))
    asked = words.question_vector("gungor rutschkanor")
    passages, items = store.search(asked, (), 10), store.search(asked, (), 10, whole=True)
    assert len(passages) > 1 and [lead_id(passages[0].id)] == [item.id for item in items]
    vector = TinyEncoder().queries(["gungor"])[0].tolist()
    near, worded = store.search_both(vector, asked, LEADS, 10, whole=True)
    assert len(near) == store.count(LEADS) and worded == items
    assert len(store.search(vector, (), 100, whole=True)) == store.count(LEADS) < store.count(())


def test_what_is_unknown_will_do_where_that_is_said(store: Vectors) -> None:
    store.replace([3], points(paper("c", "Bad\nEtt bad byggs.", municipality=None, date=None), 3))
    assert store.count((*LEADS, OneOf("municipality", ("0180",)))) == 0
    assert store.count((*LEADS, OneOf("municipality", ("0180",), unknown=True))) == 1
    assert store.count((*LEADS, Between("day", 20250101, 20251231))) == 1
    assert store.count((*LEADS, Between("day", 20250101, 20251231, unknown=True))) == 2
