"""What a statistic is (statistik): rows of numbers, and what to know before believing them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `key` is what it is of, null where no paper tells it; `values` by the statistic's measures."""

    key: str | None
    name: str | None
    values: dict[str, Number]


@dataclass(frozen=True, slots=True)
class Statistic:
    """Numbers of one subject.

    `measures` are the names of the numbers, the first the one that is drawn. `notes` are names of what a reader has to
    know: "each_once", "several_parties" and so on; the page has the sentences.
    """

    subject: str
    by: str
    measures: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
