"""What became of a meeting: not held apart from did not happen, and what cannot be told said to be unknown.

Kommunallagen gives the adjustment of minutes (justering) 14 days (5 kap. 69 §, 6 kap. 35 §) and the notice of it two
more (8 kap. 12 §); to put them on a site the municipality is given a few days besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from index.books import model
from index.books.model import Paper

ADJUSTED = timedelta(days=14 + 2)
PUBLISHED = ADJUSTED + timedelta(days=5)  # after so many days a protocol is overdue

_TELLING = {"protocol", "protocol_extract"}  # papers that are written only of a meeting that took place


def outcome(day: str, told: str | None, papers: Sequence[Paper], today: date, elsewhere: bool = False) -> str:
    """What became of a meeting, by its papers, its source's word and its day.

    `elsewhere` is whether another source has given its protocol.
    """
    protocols = [paper for paper in papers if paper.kind == "protocol"]
    if elsewhere or any(paper.state == model.READ for paper in protocols):
        return model.HELD
    if protocols:
        return model.LACKS
    if told == "cancelled":
        return model.CANCELLED
    if not _over(day, today):
        return model.PLANNED
    took_place = told == "held" or any(paper.kind in _TELLING for paper in papers)
    if took_place:
        return model.DUE if _may_take_time(day, today) else model.OVERDUE
    return model.DUE if told == "planned" and _may_take_time(day, today) else model.UNKNOWN


def took_place(outcome: str) -> bool:
    """Whether a meeting of this outcome took place, or is taken to have while its protocol is due."""
    return outcome in (model.HELD, model.LACKS, model.DUE, model.OVERDUE)


def _over(day: str, today: date) -> bool:
    return day < today.isoformat()


def _may_take_time(day: str, today: date) -> bool:
    """Whether a protocol of that day may not be published yet.

    >>> _may_take_time("2026-03-02", date(2026, 3, 20)), _may_take_time("2026-02-02", date(2026, 3, 20))
    (True, False)
    """
    return day >= (today - PUBLISHED).isoformat()
