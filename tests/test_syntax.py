"""Signs in a question, and letters forgiven: what matches, and that nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import edge
from index.asking import syntax
from index.queries import Filters, Query, Searcher
from index.settings import load
from tests.tiny import SIZE, TinyEncoder, paper, points

ITEMS = (
    "Cykelväg\nEn cykelväg byggs vid Ängskolan i enlighet med förslaget.",
    "Parkering\nParkeringen vid Ängskolan byggs om. Förslaget är i enlighet.",
    "Avhopp\nAvhoppare och avhopparverksamhet stöds. Cyklar lånas ut.",
    "Bokbuss\nDen lånar ut böcker i enlighet med förslaget, § 12 i KS 2021/549.",
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("signs")
    store = edge.create(folder / "shard", SIZE)
    store.replace([1], points(paper("a", *ITEMS), 1))
    made = Searcher(load({"PARAGRAF_HOME": str(folder)}), store, TinyEncoder())
    yield made
    made.close()


@pytest.mark.parametrize(
    ("question", "items", "why"),
    [
        ('"i enlighet med förslaget"', "1 4", "in this order"),
        ("„i enlighet med”", "1 4", "any quotes"),
        ("»enlighet med« böcker", "4", "beside a word"),
        ('"förslaget i enlighet"', "", "not in another order"),
        ('"Ängskolan"', "1 2", "one word as it is written"),
        ('"ängskol"', "", "and no part of it"),
        ('"2021/549"', "4", "a number"),
        ('"§ 12"', "4", "a paragraph"),
        ("avhopp*", "3", "all that begin so"),
        ("bygg*", "1 2", "words of the list too"),
        ("xyzzy*", "", "nothing begins so"),
        ("enlighet -cykelväg", "2 4", "without a word"),
        ("enlighet -cykel", "2 4", "without its compounds, which the word would find"),
        ('enlighet -"cykel"', "1 2 4", "only as it is written"),
        ('enlighet -"med förslaget"', "2", "without words in a row"),
        ("enlighet -bok*", "1 2", "without a beginning"),
        ("-enlighet", "3", "nothing but what is left out"),
        ("enlighet -och", "1 2 4", "a word without meaning, as it is written"),
        ("Ängskolan", "1 2", "letters are kept apart"),
        ("Angskolan", "", "until one asks for it"),
    ],
)
def test_what_matches_and_what_is_shown(searcher: Searcher, question: str, items: str, why: str) -> None:
    hits = searcher.search(Query(question))
    assert {hit.item for hit in hits.hits if not hit.related} == set(items.split()), why
    assert hits.total == len(items.split()), why
    assert len(list(searcher.matching(Query(question)))) == hits.total, why


@pytest.mark.parametrize("question", ['"i enlighet med"', "enlighet -cykel", "avhopp*", "-enlighet"])
def test_signs_hold_for_what_is_related_too(searcher: Searcher, question: str) -> None:
    hits = searcher.search(Query(question))
    assert hits.hits and len(hits.hits) == hits.total
    assert sum(told["count"] for told in hits.facets["kind"]) == hits.total


@pytest.mark.parametrize("word", ["cykel", "enlighet", "böcker", "parkering", "xyzzy"])
def test_with_and_without_make_all(searcher: Searcher, word: str) -> None:
    of = [searcher.search(Query(question)).total for question in (word, f"-{word}", "")]
    assert of[0] + of[1] == 4


@pytest.mark.parametrize(
    ("question", "loose"),
    [
        ("vård- och omsorg", "vård- och omsorg"),
        ("e-tjänst 2018-2020 – skola", "e-tjänst 2018-2020 – skola"),
        ('en 12" skärm', 'en 12" skärm'),
        ("KS 2021/549", "KS 2021/549"),
        ("*", "*"),
    ],
)
def test_what_is_no_sign(question: str, loose: str) -> None:
    signs = syntax.read(question)
    assert not signs and signs.loose == loose


def test_a_beginning_too_short_is_a_word_and_told(searcher: Searcher) -> None:
    signs = syntax.read("ol*")
    assert not signs and signs.loose == "ol*" and signs.notes
    assert signs.notes[0] in searcher.search(Query("ol*")).read_as["notes"]


def test_what_the_signs_were_read_as_is_told(searcher: Searcher) -> None:
    told = searcher.search(Query('"i enlighet" -cykel -"med förslaget" bygg*')).read_as
    assert told["phrases"] == ["i enlighet"] and told["beginnings"] == ["bygg"]
    assert told["without"] == ["cykel", '"med förslaget"']


@pytest.mark.parametrize("question", ["angskolan", "Angskolan bygger", "ANGSKOLAN", "ängskolan"])
def test_letters_are_forgiven_where_one_asks_for_it(searcher: Searcher, question: str) -> None:
    hits = searcher.search(Query(question, forgive=True))
    assert {hit.item for hit in hits.hits if not hit.related} == {"1", "2"} and hits.total == 2
    assert (" was read as ängskolan" in str(hits.read_as)) == (question != "ängskolan")


def test_both_spellings_count_where_letters_are_forgiven(tmp_path: Path) -> None:
    store = edge.create(tmp_path / "shard", SIZE)
    store.replace([1], points(paper("a", "Råd\nEtt råd betar.", "Rader\nEn rad siffror.", "Annat\nInget alls."), 1))
    searcher = Searcher(load({"PARAGRAF_HOME": str(tmp_path)}), store, TinyEncoder())
    totals = [searcher.search(Query(q, forgive=f)).total for q in ("rad", "betar") for f in (False, True)]
    assert totals == [1, 2, 1, 1]
    searcher.close()


def test_a_filter_beside(searcher: Searcher) -> None:
    assert searcher.search(Query('"i enlighet"', Filters(year=(2026,)))).total == 3
    assert searcher.search(Query('"i enlighet"', Filters(kind=("motion",)))).total == 0
