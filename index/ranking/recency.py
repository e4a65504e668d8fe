"""Newer before older among what fits as well (nyhet): an order that is asked for, never the usual one."""

from __future__ import annotations

from datetime import date

from index.ranking.fusion import Ranked
from index.vectors import TEXTS, Vectors

HALF_LIFE = 730  # days in which what an item gains is halved
_GAIN = 0.6  # of the newest; a score goes to about 2


def raise_recent(store: Vectors, found: dict[str, Ranked]) -> None:
    """Each item gains by its day, counted back from the newest of them; one without a day gains nothing."""
    payloads = store.payloads([*found], without=TEXTS)
    days = {lead: _date(payload["day"]) for lead, payload in payloads.items() if "day" in payload}
    newest = max(days.values(), default=None)
    for lead, day in days.items():
        if newest is not None:
            found[lead].score += gain((newest - day).days)


def gain(days: int) -> float:
    """What an item so many days older than the newest gains.

    >>> gain(0), gain(730), gain(1460)
    (0.6, 0.3, 0.15)
    """
    return _GAIN * float(0.5 ** (days / HALF_LIFE))


def _date(day: int) -> date:
    """The date that a number like 20260615 tells."""
    return date(day // 10_000, max(1, day // 100 % 100), max(1, min(28, day % 100)))
