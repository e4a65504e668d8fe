"""No text makes a finder slow: long runs of one thing, as broken papers hold them."""

import time

import pytest

from extractors import decisions, proposals, read, reservations, votes
from tests.given import paragraph


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """What is loaded at the first reading (spaCy, the lexicon) is not timed."""
    read("Kommunstyrelsen\nProtokoll\n\n§ 7 Bidrag\nBeslut\nSundby IF får 5 kr den 3 May 2031.\n".encode())


@pytest.mark.parametrize(
    "unit", [" ", "\n", "- \n", "att ", "Anna Berg (S), ", "reserverar sig ", "röstar ja ", "förslag "]
)
def test_long_runs(unit: str) -> None:
    stretch = paragraph("Beslut\nnej reserv " + unit * (10_000 // len(unit)) + "\n")
    start = time.process_time()
    for finder in (decisions, proposals, reservations, votes):
        list(finder.find(stretch))
    assert time.process_time() - start < 4  # seconds; a run of blanks once took a minute


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "12-", "1/", "A", "a-", "Ab ", "yrkar ", "vill ", "föreslår att ", "nämnden ", "barn- och ",
     "Region ", "Norrnämnden ", "AB ", "chef ", ".se", "kr "],
)  # fmt: skip
@pytest.mark.parametrize("head", ["Kommunstyrelsen\nProtokoll\n\n§ 7 Bidrag\nBeslut\n", "Motion\n"])
def test_papers_of_one_thing(head: str, unit: str) -> None:
    start = time.process_time()
    read((head + unit * (20_000 // len(unit))).encode())
    assert time.process_time() - start < 4  # seconds


@pytest.mark.parametrize(
    "unit",
    [".", "§ ", "1", ":\n", "•\n", "a\f", "a-\n", "a  b\n", "(S), ", "§ 1\n", "2031-05-04 ", "Ja: 5 Nej: 3 ",
     "KS 2031-123 ", "Anna Ek (S)\n", "Beslut\n", "**a** "],
)  # fmt: skip
def test_twice_as_much_takes_no_more_than_about_twice_as_long(unit: str) -> None:
    head = "Kommunstyrelsen\nProtokoll\n\n§ 7 Bidrag\nBeslut\n"

    def seconds(length: int) -> float:
        start = time.process_time()
        read((head + unit * (length // len(unit))).encode())
        return time.process_time() - start

    assert seconds(40_000) < 1 + 9 * seconds(10_000)  # what grows with the square takes sixteen times as long
