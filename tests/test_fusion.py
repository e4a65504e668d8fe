"""Both legs together: passages and whole items, and legs that take no part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index import edge, words
from index.asking.question import read
from index.ranking.fusion import found_by
from index.ranking.legs import ranked
from index.ranking.recency import gain
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


def test_a_case_brings_what_is_like_it_after_its_own(tmp_path: Path) -> None:
    made = edge.create(tmp_path / "cases", SIZE)
    own = paper("own", "Lekpark\nLekparken vid torget rustas.", "Budget\nPengar fördelas.")
    numbered = tuple(replace(item, case_number="KS 2031/7") for item in own.items[:1]) + own.items[1:]
    made.replace([1], points(replace(own, items=numbered), 1))
    made.replace([2], points(paper("appendix", "Bilaga\nSkiss av lekparken vid torget."), 2))
    found = ranked(made, lambda text: TinyEncoder().queries([text])[0].tolist(), read("KS 2031/7"), (), 10)
    stored = made.payloads([one.lead for one in found])
    assert [stored[one.lead]["title"] for one in found][:2] == ["Lekpark", "Bilaga"]
    assert [one.legs.get("case") for one in found][:2] == [1.0, None]
    made.close()


def test_newer_ones_rise_when_that_is_asked_for(tmp_path: Path) -> None:
    made = edge.create(tmp_path / "days", SIZE)
    for number, date in enumerate(("2020-01-02", "2026-06-15", None), 1):
        made.replace([number], points(paper(f"p{number}", "Lekpark\nLekparken rustas.", date=date), number))
    embed = lambda text: TinyEncoder().queries([text])[0].tolist()  # noqa: E731
    usual = {one.lead: one.score for one in ranked(made, embed, read("lekpark"), (), 10)}
    recent = ranked(made, embed, read("lekpark"), (), 10, recent=True)
    stored = made.payloads([one.lead for one in recent])
    assert [stored[one.lead].get("day") for one in recent] == [20260615, 20200102, None]
    gained = [round(one.score - usual[one.lead], 3) for one in recent]
    assert gained == [round(gain(days), 3) for days in (0, 2356)] + [0.0]
    made.close()
