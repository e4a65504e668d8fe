"""Sums of money that are named (belopp): how many, their median, their total; a sum in a § is no cost of it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, Connection, case, func, select

from index import tables
from index.statistics.asked import Asked
from index.statistics.counting import ordered
from index.statistics.model import Number, Statistic
from index.statistics.sections import sections

_MEASURES = ("sums", "sections", "median", "total", "largest")


def sums(db: Connection, asked: Asked) -> Statistic:
    """Sums by what their words call them, or by paper; the same sum counts once in a §, one "per year" in no total."""
    named = _named(db, asked)
    found: defaultdict[str | None, dict[str, Number]] = defaultdict(dict)
    kronor = case((named.c.per.is_(None), named.c.kronor))  # a sum "per year" adds up with nothing
    numbers = func.count(), func.count(named.c.item_id.distinct()), func.sum(kronor), func.max(kronor)
    for key, *values in db.execute(select(named.c.key, *numbers).group_by(named.c.key)):
        found[key] = dict(zip(("sums", "sections", "total", "largest"), values, strict=True))
    for key, middle in _medians(db, named).items():
        found[key]["median"] = middle
    notes = ("each_once", "no_cost", "per_unit")
    return Statistic("sums", asked.by, _MEASURES, ordered(asked.by, found, _MEASURES, None), notes)


def _named(db: Connection, asked: Asked) -> CTE:
    """Each sum of each § once; `key` is by what they are counted."""
    held, amounts = sections(db, asked), tables.amounts
    key: Any = amounts.c.role if asked.by == "role" else held.c[asked.by]
    joined = select(key.label("key"), held.c.item_id, amounts.c.kronor, amounts.c.per).distinct()
    return joined.join_from(held, amounts, amounts.c.item_id == held.c.item_id).cte("named")


def _medians(db: Connection, named: CTE) -> dict[str | None, Decimal]:
    """The middle sum of each key, or the mean of the two in the middle."""
    nth = func.row_number().over(partition_by=named.c.key, order_by=named.c.kronor).label("nth")
    ranked = select(named.c.key, named.c.kronor, nth, func.count().over(partition_by=named.c.key).label("of"))
    inner = ranked.where(named.c.per.is_(None)).subquery()
    twice = inner.c.nth * 2
    middle = select(inner.c.key, inner.c.kronor).where(twice.between(inner.c.of, inner.c.of + 2))
    found: defaultdict[str | None, list[Decimal]] = defaultdict(list)
    for key, kronor in db.execute(middle):
        found[key].append(kronor)
    return {key: sum(values, Decimal(0)) / len(values) for key, values in found.items()}
