"""What left a list: taken back, rotated out, or too much at once to be believed."""

from __future__ import annotations

from datetime import date

import pytest

from index.leaving import Left, Place, judge

TODAY = date(2026, 3, 2)
KS, KF = "Kommunstyrelsen", "Kommunfullmäktige"


def places(body: str | None, days: str | None, *, first: int = 1, last: int = 1) -> list[Place]:
    return [Place(first + n, body, day, last) for n, day in enumerate((days or "").split())]


SIX = (1, 2, 3, 4, 5, 6)
HERE = places(KS, "2025-02-03 2025-09-01 2026-01-12", first=101, last=2)


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        # one paper of the middle of the list was taken back
        (places(KS, "2025-05-05"), Left(withdrawn=(1,))),
        # last year's oldest month is no more kept: the year before the first that is listed
        (places(KS, "2024-11-04 2024-12-02"), Left(rotated_out=(1, 2))),
        # older than a year, though of the year in which the list begins: a site that keeps the last twelve months
        (places(KS, "2025-01-20"), Left(rotated_out=(1,))),
        # of a body of which the source lists nothing with a day, it cannot be said that it is before everything
        (places(KF, "2024-11-04"), Left(withdrawn=(1,))),
        # a folder tells no days
        ([Place(1, None, None, 1)], Left(withdrawn=(1,))),
        # the whole list of a body is gone: moved, or a new year begins
        (places(KF, "2025-01-01 2025-02-01 2025-03-01 2025-04-01 2025-05-01 2025-06-01"), Left(doubted=SIX)),
    ],
)  # fmt: skip
def test_what_became_of_them(gone: list[Place], left: Left) -> None:
    assert judge(HERE, gone, TODAY) == left


def test_younger_than_a_year_and_of_the_first_year_is_withdrawn() -> None:
    here, gone = places(KS, "2025-09-01", first=101, last=2), places(KS, "2025-08-01")
    assert judge(here, gone, TODAY) == Left(withdrawn=(1,))


def test_much_at_once_is_doubted_until_it_was_so_for_long() -> None:
    here = [Place(n, None, None, 5) for n in range(101, 111)]
    gone = [Place(n, None, None, 2) for n in range(1, 7)]
    late = Place(9, None, None, 4)  # was still there when the others were gone
    assert judge(here, gone, TODAY) == Left(doubted=(1, 2, 3, 4, 5, 6))
    assert judge(here, [*gone, late], TODAY, gone_since=3) == Left(withdrawn=(1, 2, 3, 4, 5, 6), doubted=(9,))
    many = [Place(n, None, None, 5) for n in range(101, 131)]
    assert judge(many, gone, TODAY) == Left(withdrawn=(1, 2, 3, 4, 5, 6)), "six of thirty-six are no quarter"


def test_where_nothing_is_left_nothing_is_ever_believed() -> None:
    gone = [Place(1, None, None, 1)]
    assert judge([], gone, TODAY) == judge([], gone, TODAY, gone_since=2) == Left(doubted=(1,))
