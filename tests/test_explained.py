"""Thin and empty answers: which word is missing, what was meant, what each filter took away, what there is to find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.spelling import Speller, _apart
from index.queries import Filters, Query, Searcher
from tests.tiny import QuickEncoder, paper, searching, shown


@pytest.mark.parametrize(
    ("asked", "meant", "why"),
    [
        ("skolskutjs", "skolskjuts", "a letter out of its place"),
        ("skolskjts", "skolskjuts", "a letter too few"),
        ("Skolskjjuts", "skolskjuts", "a letter too many, and a capital"),
        ("foraldraledighet", "föräldraledighet", "without the marks"),
        ("föreldraledighet", "föräldraledighet", "another letter"),
        ("avgfit", "avgift", "two swapped"),
        ("böda", "båda", "ö for å"),
        ("avgxtt", None, "two edits in a short word"),
        ("vgt", None, "too short to correct"),
        ("skolskjuts", None, "as it is"),
        ("sköldpadda", None, "nothing like it"),
        ("bro", None, "nothing has the nearest word"),
        ("日本語のテスト", None, "other letters"),
    ],
)
def test_spelling(asked: str, meant: str | None, why: str) -> None:
    held = {"skolskjuts": 4, "föräldraledighet": 1, "avgift": 3, "båda": 1, "avgifts": 0, "broa": 0, "bada": 0, "": 9}
    told = Speller(held).suggestions(asked, lambda word: held[word])
    assert [word for word, _ in told[:1]] == ([meant] if meant else []), why


def test_of_words_equally_near_the_commonest_comes_first() -> None:
    held = {"taxi": 2, "taxa": 9, "tax": 1}
    assert Speller(held).suggestions("taxs", held.__getitem__) == [("taxa", 9), ("taxi", 2), ("tax", 1)]
    assert Speller([]).suggestions("taxa", held.__getitem__) == []


@given(st.text("abåäö", min_size=4, max_size=9), st.lists(st.text("abåäö -", max_size=9), max_size=30))
def test_spelling_finds_what_looking_at_every_word_would(asked: str, held: list[str]) -> None:
    """The quick look at sets of letters leaves out nothing that is near."""
    told = {word for word, _ in Speller(held).suggestions(asked, lambda word: 1, most=99)}
    edits = 2 if len(asked) >= 7 else 1
    near = {word: far for word in held if word and 0 < (far := _apart(asked, word)) <= edits}
    assert told == {word for word, far in near.items() if far <= min(near.values()) + 0.5} or len(near) > 24


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with searching(
        tmp_path_factory.mktemp("home"),
        paper("p1", "Skolskjuts\nSkolskjutsen körs av en entreprenör.", "Avgift\nAvgiften för vatten höjs."),
        paper("p2", "Bibliotek\nBiblioteket stänger.", "Skolskjuts\nRegler.", body="Kulturnämnden", date="2024-03-02"),
        paper("p3", "Utan dag\nEn sak.", date=None),
        encode=QuickEncoder(),
    ) as made:
        yield made


def _explained(searcher: Searcher, text: str, **filters: Any) -> dict[str, Any]:
    told = searcher.search(Query(text, Filters.of(filters))).to_json()
    explained: dict[str, Any] = told.get("explained", {})
    return explained


def test_an_empty_answer_tells_which_word_is_missing_and_what_was_meant(little: Searcher) -> None:
    explained = _explained(little, "skolskutjs entreprenör")
    missing, there = explained["words"]
    assert (missing["word"], missing["total"], missing["without"]) == ("skolskutjs", 0, 1)
    assert missing["suggestions"] == [{"word": "skolskjuts", "total": 2}]
    assert (there["word"], there["total"], there["without"]) == ("entreprenör", 1, 0) and "suggestions" not in there
    assert explained["instead"] == {"text": "skolskjuts entreprenör", "total": 1}
    assert little.search(Query(explained["instead"]["text"])).total == 1


def test_words_that_no_item_has_together_are_each_told(little: Searcher) -> None:
    explained = _explained(little, "bibliotek vatten")
    assert [(told["word"], told["total"], told["without"]) for told in explained["words"]] == [
        ("bibliotek", 1, 1),
        ("vatten", 1, 1),
    ]
    assert "instead" not in explained


def test_a_compound_that_nothing_has_is_told_in_its_parts(little: Searcher) -> None:
    (told,) = _explained(little, "skolskjutsentreprenör")["words"]
    assert told["parts"][:2] == ["skolskjut", "entreprenör"]
    assert told["suggestions"] == [{"word": "skolskjuts entreprenör", "total": 1}]


def test_each_filter_tells_what_would_match_without_it(little: Searcher) -> None:
    explained = _explained(little, "skolskjuts", body="Kulturnämnden", year=2026)
    assert explained["filters"] == [
        {"name": "body", "value": ["Kulturnämnden"], "without": 1},
        {"name": "year", "value": [2026], "without": 1},
    ]
    assert [(told["total"], told["filtered"]) for told in explained["words"]] == [(2, 0)]
    dates = _explained(little, "bibliotek", **{"from": "2025", "to": "2025"})["filters"]
    assert dates == [{"name": "from", "value": "2025", "without": 1}, {"name": "to", "value": "2025", "without": 0}]


def test_each_sign_tells_what_would_match_without_it(little: Searcher) -> None:
    explained = _explained(little, 'skolskjuts "körs av en entreprenör" -skolskjutsen', body="Kommunstyrelsen")
    assert [(told["sign"], told["without"]) for told in explained["signs"]] == [
        ('"körs av en entreprenör"', 0),
        ("-skolskjutsen", 1),
    ]
    assert explained["filters"] == [{"name": "body", "value": ["Kommunstyrelsen"], "without": 0}]
    assert [told["word"] for told in explained["words"]] == ["skolskjuts"]


def test_an_english_question_is_explained_in_its_own_words(little: Searcher) -> None:
    told = _explained(little, "the school bus and the library with the penguins")["words"]
    assert {each["word"]: each["total"] > 0 for each in told}["library"] and all("suggestions" not in e for e in told)


def test_a_thin_answer_tells_of_its_filters_alone(little: Searcher) -> None:
    assert _explained(little, "skolskjuts", year=2024) == {"filters": [{"name": "year", "value": [2024], "without": 2}]}
    assert _explained(little, "skolskjuts") == {}


def test_an_empty_answer_tells_what_there_is_to_find(little: Searcher) -> None:
    held = _explained(little, "pingvin")["held"]
    assert held == {
        "items": 5,
        "municipalities": [{"value": "1489", "count": 5, "name": "Alingsås"}],
        "bodies": [{"value": "Kommunstyrelsen", "count": 3}, {"value": "Kulturnämnden", "count": 2}],
        "first": "2024-03-02",
        "last": "2026-06-15",
    }


def test_nothing_is_explained_to_who_asks_for_no_facets(little: Searcher) -> None:
    assert little.search(Query("pingvin", facets=False)).explained == {}
    assert little.search(Query("pingvin", offset=10)).explained == {}


def test_an_empty_answer_on_a_page(little: Searcher) -> None:
    told = shown(little.search(Query("skolskutjs", Filters.of({"body": "Kulturnämnden"}))).to_json())
    assert "did you mean: skolskjuts (1 §)" in told and "skolskutjs is in none; near it: skolskjuts (2)" in told
    nothing = shown(little.search(Query("skolskjuts", Filters.of({"year": 1999}))).to_json())
    assert "Nothing found.\nwithout year 1999: 2 §§\n" in nothing
    assert "held: 5 §§ of Alingsås, 2 bodies, 2024-03-02 to 2026-06-15" in nothing
