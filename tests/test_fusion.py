"""Both legs together: passages and whole items, and legs that take no part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import edge, words
from index.ranking.fusion import found_by
from index.vectors import Vectors
from tests.tiny import SIZE, TinyEncoder, paper, points

FILLING = "Ärendet har beretts och ska beslutas. " * 30
SPREAD = f"Parken\nGungor ställs upp. {FILLING}\n\nRutschkanor ställs upp. {FILLING}"
ONE = f"Torget\nGungor köps, gungor ställs upp. {FILLING}\n\nBänkar ställs upp. {FILLING}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Vectors]:
    made = edge.create(tmp_path / "shard", SIZE)
    made.replace([1], points(paper("a", ONE, SPREAD), 1))
    yield made
    made.close()


def _titles(store: Vectors, text: str, *legs: str) -> list[str]:
    meaning = TinyEncoder().queries([text])[0].tolist() if "meaning" in legs else None
    sparse = words.question_vector(text) if "words" in legs else None
    found = found_by(store, meaning, sparse, (), 100)
    stored = store.payloads([one.lead for one in found])
    return [stored[one.lead]["title"] for one in found]


def test_words_in_two_passages_of_one_item_count_together(store: Vectors) -> None:
    assert _titles(store, "gungor rutschkanor", "words") == ["Parken", "Torget"]
    assert _titles(store, "gungor bänkar", "words") == ["Torget", "Parken"]


@pytest.mark.parametrize("legs", [("words", "meaning"), ("words",), ("meaning",)])
def test_an_item_comes_once_with_its_passage(store: Vectors, legs: tuple[str, ...]) -> None:
    assert _titles(store, "rutschkanor", *legs)[0] == "Parken"
    meaning = TinyEncoder().queries(["rutschkanor"])[0].tolist() if "meaning" in legs else None
    found = found_by(store, meaning, words.question_vector("rutschkanor") if "words" in legs else None, (), 100)
    assert len({one.lead for one in found}) == len(found)
    assert "Rutschkanor" in store.payloads([found[0].passage])[found[0].passage]["text"]
    assert set(found[0].legs) == set(legs)


def test_nothing_found_is_no_error(store: Vectors) -> None:
    assert _titles(store, "fjällräv", "words") == []
