"""No text makes a finder of decisions slow: long runs of one thing, as broken papers hold them."""

import time

import pytest

from extractors import decisions, proposals, reservations, votes
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
