"""Both ends of references (hänvisningar): the §§ that items refer to, and the items that refer to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, and_, or_, select, true

from index import tables
from index.cases.bodies import is_meant
from index.cases.model import Row, unit
from index.cases.records import in_parts, items_of, pairs, rows
from index.cases.references import bare

T = TypeVar("T")

_PAIRS = 60  # days and numbers asked for at a time
_MINUTES = ("protocol", "protocol_extract")


@dataclass(frozen=True, slots=True)
class Found:
    """An item at the other end of a reference: `by` is the end that is known; `text` is the sentence."""

    row: Row
    by: Row
    handled: bool
    text: str


def both_ways(db: Connection, code: str, known: Sequence[Row]) -> list[Found]:
    """The §§ that these items refer to, and the items of the municipality that refer to these §§."""
    return [*_referred_to(db, code, known), *_referring(db, code, known)]


def _referred_to(db: Connection, code: str, known: Sequence[Row]) -> Iterator[Found]:
    """Where the references of items lead; one that could lead to §§ of two bodies leads nowhere."""
    by_item = {row.item_id: row for row in known}
    told = [one for ids in in_parts(by_item) for one in _references(db, ids)]
    places = {(one.number, one.day or one.year) for one in told}
    there = sections(db, code, places)
    for one in told:
        by = by_item[one.item_id]
        meant = [
            row for row in there[one.number, one.day or one.year]
            if is_meant(one.body, row.body, by.body, unit(row.case_number)) and row.item_id != by.item_id
        ]  # fmt: skip
        if len({(row.body, row.date) for row in meant}) == 1:
            yield from (Found(row, by, one.handled, one.text) for row in meant)


def _references(db: Connection, ids: Sequence[int]) -> Sequence[Any]:
    table = tables.item_references
    return db.execute(select(table).where(table.c.item_id.in_(ids)).order_by(table.c.id)).all()


def sections(db: Connection, code: str | None, places: set[tuple[str, str]]) -> dict[tuple[str, str], list[Row]]:
    """The §§ of minutes by number and day, and by number and year.

    Those of a municipality and of minutes that tell none; without a code those of all.
    """
    documents, items = tables.documents.c, tables.items.c
    here = or_(documents.municipality_code == code, documents.municipality_code.is_(None)) if code else true()
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for whole in (True, False):
        told = sorted(place for place in places if (len(place[1]) > 4) == whole)
        for some in _some(told):
            days = {day for _, day in some}
            numbers = {form for number, day in some for form in (number, f"{number}/{day[2:4]}", f"{number}/{day[:4]}")}
            when = documents.date.in_(days) if whole else or_(*(documents.date.like(f"{year}-%") for year in days))
            for row in rows(db, None, here, documents.kind.in_(_MINUTES), when, items.number.in_(numbers)):
                place = str(bare(row.number)), str(row.date) if whole else _year(row)
                if place in places:
                    found[place].append(row)
    return found


def _some(told: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many at a time as a database takes in one question."""
    for start in range(0, len(told), _PAIRS):
        yield told[start : start + _PAIRS]


def _referring(db: Connection, code: str, known: Sequence[Row]) -> Iterator[Found]:
    """The items that refer to §§ of minutes."""
    sections = [row for row in known if row.number and row.date and row.kind in _MINUTES]
    for some in _some(sections):
        for told, row in pairs(db, _that_refer(code, some)):
            for section in some:
                if row.item_id != section.item_id and _means(told, row, section):
                    yield Found(row, section, bool(told["handled"]), told["text"])


def _that_refer(code: str, sections: Sequence[Row]) -> Select[Any]:
    """Items with a reference to one of the numbers and one of the days, or only its year: more than are meant."""
    table = tables.item_references.c
    columns = (table.number.label("to_number"), table.day.label("to_day"), table.year, table.body.label("to_body"))
    when = or_(
        table.day.in_({row.date for row in sections}),
        and_(table.day.is_(None), table.year.in_({_year(row) for row in sections})),
    )
    asked = items_of().join(tables.item_references, table.item_id == tables.items.c.id)
    asked = asked.add_columns(*columns, table.handled, table.text)
    asked = asked.where(table.number.in_({bare(row.number) for row in sections}), when)
    return asked.where(tables.documents.c.municipality_code == code)


def _means(told: RowMapping, row: Row, section: Row) -> bool:
    """Whether a reference, in an item, is to this §."""
    day = told["to_day"] == section.date if told["to_day"] else told["year"] == _year(section)
    if not day or told["to_number"] != bare(section.number):
        return False
    return is_meant(told["to_body"], section.body, row.body, unit(section.case_number))


def _year(row: Row) -> str:
    return str(row.date)[:4]
