"""No text makes a finder slow: long runs of one thing, as broken papers hold them."""

import time

import pytest

from extractors import decisions, proposals, read, reservations, votes
from tests.given import paragraph


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
     "chef ", ".se", "kr "],
)  # fmt: skip
@pytest.mark.parametrize("head", ["Kommunstyrelsen\nProtokoll\n\n§ 7 Bidrag\nBeslut\n", "Motion\n"])
def test_papers_of_one_thing(head: str, unit: str) -> None:
    start = time.process_time()
    read((head + unit * (20_000 // len(unit))).encode())
    assert time.process_time() - start < 4  # seconds, spaCy's loading among them
