"""The items of an embedded index, after any changes, beside a plain list of what should be there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from index import edge
from index.vectors import LEADS, All, AnyWord, Between, Condition, Either, Ids, Not, OneOf, Phrase, Point, Whole
from index.words import Sparse, number

_LETTERS, _WORDS = "abcd", ("bro", "väg", "bad", "båt")
Held = dict[str, Point]


def _point(chance: random.Random, document: int, n: int) -> Point:
    """An item of chance."""
    terms = sorted(chance.sample(range(1, 9), chance.randint(1, 5)))
    told: dict[str, Any] = {
        "lead": 1, "document": document, "kind": chance.choice(_LETTERS), "terms": terms,
        "parties": chance.sample(_LETTERS, chance.randint(0, 3)), "kronor": [float(chance.randint(0, 9))],
        "said": " ".join(chance.choices([*_WORDS, "|"], k=6)),
    }  # fmt: skip
    if chance.random() < 0.8:
        told["day"] = chance.randint(20250101, 20250131)
    direction = [chance.random() - 0.5, chance.random() - 0.5]
    words = Sparse(terms, [chance.random() for _ in terms])
    return Point(str(UUID(int=(document * 100 + n) << 32)), direction, words, told, Whole(direction, words))


@pytest.fixture(scope="module", params=range(3))
def changed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Held]]:
    """A store where documents came, changed and went, some while it was open and some before, and what it holds."""
    chance, held = random.Random(request.param), Held()
    folder = tmp_path_factory.mktemp("items") / "vectors"
    store = edge.create(folder, 2)
    for turn in range(9):
        documents = chance.sample(range(20), 5)
        came = [_point(chance, d, n) for d in documents for n in range(chance.randint(0, 20))]
        store.replace(documents, came)
        held = {id: p for id, p in held.items() if p.payload["document"] not in documents} | {p.id: p for p in came}
        if turn % 4 == 3:
            store.optimise()
        if turn == 5:
            store.optimise()
            store.close()
            store = edge.load(folder)
    yield store, held
    store.close()


def _has(field: str, *values: Any) -> Callable[[Point], bool]:
    def fulfils(point: Point) -> bool:
        told = point.payload.get(field, [])
        return bool({*values} & {*(told if isinstance(told, list) else [told])})

    return fulfils


_CONDITIONS: list[tuple[Condition, Callable[[Point], bool]]] = [
    (OneOf("kind", ("a", "b", "no")), _has("kind", "a", "b")),
    (OneOf("day", (20250103, 20250104), unknown=True), lambda p: p.payload.get("day") in (None, 20250103, 20250104)),
    (All("terms", (2, 3)), lambda p: {2, 3} <= {*p.payload["terms"]}),
    (All("terms", (2, 77)), lambda p: False),
    (Between("kronor", 2.5, 6.0), lambda p: 2.5 <= p.payload["kronor"][0] <= 6.0),
    (Between("kronor", 6.0, 2.5), lambda p: False),
    (Between("day", None, 20250110, unknown=True), lambda p: p.payload.get("day", 0) <= 20250110),
    (Between("day", 20250120), lambda p: p.payload.get("day", 0) >= 20250120),
    (Phrase("said", "bro väg"), lambda p: " bro väg " in f" {p.payload['said']} "),
    (Phrase("said", "bad"), lambda p: "bad" in p.payload["said"].split()),
    (Phrase("said", "bro finnsinte"), lambda p: False),
    (AnyWord("said", ("bro", "båt", "tåg")), lambda p: bool({"bro", "båt"} & {*p.payload["said"].split()})),
    (
        Either((OneOf("kind", ("a",)), OneOf("parties", ("d",)))),
        lambda p: _has("kind", "a")(p) or _has("parties", "d")(p),
    ),
    (Not(OneOf("parties", ("a",))), lambda p: not _has("parties", "a")(p)),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "fulfils"), _CONDITIONS, ids=map(str, range(len(_CONDITIONS))))
def test_conditions(changed: tuple[Any, Held], condition: Condition, fulfils: Callable[[Point], bool]) -> None:
    store, held = changed
    true = sorted(id for id, point in held.items() if fulfils(point))
    where = (*LEADS, condition)
    assert store.ids(where, 1000) == true and store.ids(where, 3) == true[:3] and store.count(where) == len(true)
    for field in ("kind", "parties"):
        counts = Counter(value for id in true for value in held[id].payload[field])
        assert dict(store.facet(field, where, 10)) == counts
        assert [count for _, count in store.facet(field, where, 1)] == [n for _, n in counts.most_common(1)]
    days = sorted(held[id].payload["day"] for id in true if "day" in held[id].payload)
    told = [held[id].payload["day"] for id in store.latest(where, 5)]
    assert told == days[::-1][:5] and len(store.latest(where, 1000, oldest_first=True)) == len(days)


def test_some_by_id(changed: tuple[Any, Held]) -> None:
    store, held = changed
    some = [*sorted(held)[::7], str(UUID(int=7)), str(UUID(int=123456 << 32))]
    assert store.ids((*LEADS, Ids(tuple(some))), 1000) == some[:-2]


def test_items_are_ranked_as_wholes(changed: tuple[Any, Held]) -> None:
    """Cosine, and BM25 with the rarity among the items; both beside the plain sums."""
    store, held = changed
    asked, question = [3.0, -4.0], Sparse([2, 5, 88], [1.0, 0.5, 1.0])
    near, worded = store.search_both(asked, question, LEADS, 1000, whole=True)
    for id, score in near:
        direction = np.array(held[id].payload and held[id].meaning)
        assert score == pytest.approx(float(direction @ asked) / 5 / np.linalg.norm(direction), abs=2e-3)
    having = {term: sum(term in p.payload["terms"] for p in held.values()) for term in (2, 5)}
    true: dict[str, float] = {}
    for id, point in held.items():
        weights = dict(zip(point.words.indices, point.words.values, strict=True))
        for term, weight in ((2, 1.0), (5, 0.5)):
            if term in weights:
                rarity = np.log((len(held) - having[term] + 0.5) / (having[term] + 0.5) + 1)
                true[id] = true.get(id, 0.0) + weight * weights[term] * rarity
    assert {id: round(score, 4) for id, score in worded} == {id: pytest.approx(s, abs=1e-4) for id, s in true.items()}
    assert [score for _, score in worded] == pytest.approx(sorted(true.values(), reverse=True), abs=1e-4)
    few = tuple(sorted(held)[:3])
    assert {one.id for one in store.search(asked, (Ids(few),), 10, whole=True)} == {*few}


def test_everything_comes_out_as_it_went_in(changed: tuple[Any, Held]) -> None:
    store, held = changed
    out = {point.id: point for point in store.points()}
    assert out.keys() == held.keys()
    for id, point in held.items():
        whole = out[id].whole
        assert {name: value for name, value in out[id].payload.items() if name != "forms"} == point.payload
        assert whole and point.whole and whole.words.indices == point.whole.words.indices
        assert whole.words.values == pytest.approx(point.whole.words.values)
        direction = np.array(point.meaning) / np.linalg.norm(point.meaning)
        assert whole.meaning == pytest.approx(direction.tolist(), abs=1e-3)


def test_what_is_stored_is_told_by_id(changed: tuple[Any, Held]) -> None:
    store, held = changed
    some = [*sorted(held)[::5], str(UUID(int=7))]
    told = store.payloads(some, ("said", "forms", "day"))
    left_out = {"said", "day"}
    assert told == {id: {n: v for n, v in held[id].payload.items() if n not in left_out} for id in some[:-1]}
    assert store.fields(some, ("kind", "no")) == {id: {"kind": held[id].payload["kind"]} for id in some[:-1]}
    assert dict(store.scroll((OneOf("kind", ("a",)),), ("kind", "kronor"))) == {
        id: {name: point.payload[name] for name in ("kind", "kronor")}
        for id, point in held.items()
        if point.payload["kind"] == "a"
    }


def test_an_empty_store_has_no_items(tmp_path: Path) -> None:
    store = edge.create(tmp_path / "vectors", 2)
    assert store.count(LEADS) == 0 and store.facet("kind", LEADS, 5) == [] and store.latest(LEADS, 5) == []
    assert store.search_both([1.0, 0.0], Sparse([1], [1.0]), LEADS, 5, whole=True) == ([], [])
    store.replace([1], [])
    assert store.count((*LEADS, Phrase("said", "bro väg"), Between("day", 1, 2))) == 0
    assert number("bro") not in dict(store.facet("terms", LEADS, 5))
    store.close()
