"""What is likely of a matter by its title (troligt): each of these links is a guess, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_

from index import tables
from index.cases import titles
from index.cases.model import NUMBER, TITLE, Link, Row, called, unit
from index.cases.records import items_of, rows

_DAYS = 550  # before the first stop and after the last: a motion has to be answered within a year
_TITLES = 4  # of the case that are looked for
_MOST = 2_000  # items that share a word with one


def by_title(db: Connection, code: str, known: Sequence[Row]) -> list[Row]:
    """Items of the same municipality, near in time, whose title alone tells that they are of the matter.

    A paper that another case of the same registry has is none; and where the registry has the title under several
    numbers, it is a form ("Delårsrapport") and tells no matter.
    """
    told = {titles.matter(row.title).stems: row for row in known if row.title}
    found: list[Row] = []
    for row in list(told.values())[:_TITLES]:
        alike = [one for one in _with_word(db, code, row, known) if titles.same(str(row.title), str(one.title))]
        found += [replace(one, link=Link(TITLE, False, str(row.title), called(row))) for one in alike]
    numbers = {row.case_number for row in known if row.case_number}
    units = {unit(number) for number in numbers}
    others = {row.case_number for row in found if row.case_number not in (None, *numbers)}
    if any(unit(number) in units for number in others):
        return []
    by_unit = [unit(number) for number in others]
    return [row for row in found if row.case_number is None or by_unit.count(unit(row.case_number)) == 1]


def without_municipality(db: Connection, known: Sequence[Row]) -> list[Row]:
    """Items with a number of the case, and its title, in papers that do not tell of which municipality they are."""
    documents, numbers = tables.documents.c, tables.case_numbers
    wanted = {row.case_number for row in known if row.case_number}
    asked = items_of().join(numbers, numbers.c.item_id == tables.items.c.id).distinct()
    found = rows(db, asked, numbers.c.canonical.in_(wanted), documents.municipality_code.is_(None), limit=_MOST)
    return [
        replace(row, link=Link(NUMBER, False, str(row.case_number)))
        for row in found
        if row.case_number in wanted and any(titles.near(row.title, one.title) for one in known)
    ]


def _with_word(db: Connection, code: str, row: Row, known: Sequence[Row]) -> list[Row]:
    """Items near in time whose title has the longest word of a title; its first letter may be a capital."""
    word = titles.matter(str(row.title)).longest[1:].lower()
    if len(word) < 4:
        return []
    documents, items = tables.documents.c, tables.items.c
    named = or_(
        items.title.contains(word, autoescape=True),
        and_(items.title.is_(None), documents.title.contains(word, autoescape=True)),
    )
    return rows(db, None, documents.municipality_code == code, _near(known), named, limit=_MOST)


def _near(known: Sequence[Row]) -> Any:
    """Papers of about the time of the case, and those that tell no day."""
    day = tables.documents.c.date
    days = sorted(row.date for row in known if row.date and len(row.date) == 10)
    if not days:
        return func.coalesce(day, "") >= ""
    first = date.fromisoformat(days[0]) - timedelta(days=_DAYS)
    last = date.fromisoformat(days[-1]) + timedelta(days=_DAYS)
    return or_(day.is_(None), day.between(first.isoformat(), last.isoformat()))
