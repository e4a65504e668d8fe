"""What is likely of a matter by its title (troligt): each of these links is a guess, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from index import tables
from index.cases import titles
from index.cases.model import NUMBER, TITLE, Link, Row, called, unit
from index.cases.records import in_parts, items_of, rows

_DAYS = 550  # before the first stop and after the last: a motion has to be answered within a year
_TITLES = 3  # of the case that are looked for, the last ones
_MOST = 2_000  # items that share a word with one


def by_title(db: Connection, code: str, known: Sequence[Row]) -> list[Row]:
    """Items of the same municipality, near in time, whose title alone tells that they are of the matter.

    A paper that another case of the same registry has is none; and where the registry has the title under several
    numbers, it is a form ("Delårsrapport") and tells no matter.
    """
    told = {titles.matter(row.title).stems: row for row in known if row.title}
    wanted = [row for row in told.values() if titles.tells(str(row.title))][-_TITLES:]
    found: list[Row] = []
    for one in _alike(db, code, wanted, known):
        row = next(row for row in wanted if titles.same(str(row.title), str(one.title)))
        found.append(replace(one, link=Link(TITLE, False, str(row.title), called(row))))
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


def _alike(db: Connection, code: str, wanted: Sequence[Row], known: Sequence[Row]) -> list[Row]:
    """Items near in time with one of the titles: first by their longest word alone, which is one way through them."""
    documents, items = tables.documents.c, tables.items.c
    named = [told for row in wanted for told in _has_word(str(row.title))]
    if not named:
        return []
    asked = select(items.id, func.coalesce(items.title, documents.title))
    asked = asked.join_from(tables.documents, tables.items, items.content_id == documents.content_id)
    asked = asked.where(documents.municipality_code == code, ~documents.withdrawn, _near(known), or_(*named)).limit(
        _MOST
    )
    alike = {
        item_id
        for item_id, title in db.execute(asked)
        if any(titles.same(str(row.title), str(title)) for row in wanted)
    }
    here = documents.municipality_code == code
    return [row for ids in in_parts(sorted(alike)) for row in rows(db, None, here, items.id.in_(ids))]


def _has_word(title: str) -> Iterator[ColumnElement[bool]]:
    """Whether a title has the longest word of another; the first letter of it may be a capital."""
    documents, items = tables.documents.c, tables.items.c
    word = titles.matter(title).longest[1:].lower()
    if len(word) >= 4:
        yield items.title.contains(word, autoescape=True)
        yield and_(items.title.is_(None), documents.title.contains(word, autoescape=True))


def _near(known: Sequence[Row]) -> Any:
    """Papers of about the time of the case, and those that tell no day."""
    day = tables.documents.c.date
    days = sorted(row.date for row in known if row.date and len(row.date) == 10)
    if not days:
        return func.coalesce(day, "") >= ""
    first = date.fromisoformat(days[0]) - timedelta(days=_DAYS)
    last = date.fromisoformat(days[-1]) + timedelta(days=_DAYS)
    return or_(day.is_(None), day.between(first.isoformat(), last.isoformat()))
