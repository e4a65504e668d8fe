"""Compounds and their parts: the hand-written list, words that stay whole, and how both are learned."""

from __future__ import annotations

import pytest

from index.compounds import split
from index.training import protected
from tests import splits


@pytest.mark.parametrize(
    ("half", "words", "precision", "recall"), [("seen", 0.9, 0.98, 0.88), ("unseen", 0.88, 0.92, 0.9)]
)
def test_words_of_municipal_life(half: str, words: float, precision: float, recall: float) -> None:
    """Floors a little below what `python -m tests.splits` prints."""
    shares = splits.shares(splits.judged(half))
    assert shares["words"] >= words and shares["precision"] >= precision and shares["recall"] >= recall


def test_the_halves_have_no_word_in_common_and_are_filled() -> None:
    seen, unseen = ({each.word for each in splits.judged(half)} for half in ("seen", "unseen"))
    assert not seen & unseen and min(len(seen), len(unseen)) > 130


@pytest.mark.parametrize("whole", ["riksdagen", "anslagets", "stödets", "beslutades", "föreningarnas", "utformats"])
def test_what_is_one_word_is_not_split(whole: str) -> None:
    assert split(whole) is None


@pytest.mark.parametrize(
    ("beside", "kept"),
    [("bidrag till förening", []), ("annat", ["föreningsbidrag"])],
)
def test_a_word_is_protected_where_its_parts_do_not_stand_beside_it(beside: str, kept: list[str]) -> None:
    parts = {"föreningsbidrag": ("förening", "bidrag")}
    told = protected.counted([f"föreningsbidrag {beside}"] * 300 + ["förening", "bidrag", *["annat"] * 9] * 300, parts)
    assert list(protected.protected(told, parts)) == kept
