"""Which items belong to a case, and how that is known (kedja)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, Engine

from extractors import case_numbers
from index import tables
from index.asking.filters import municipality_code, municipality_name
from index.cases import listing
from index.cases.model import NUMBER, Case, Link, Row, Stop
from index.cases.records import items_of, rows
from index.cases.stops import stops
from index.ranking.likeness import NotFoundError

_MOST = 400  # items of one time line: a number under which every year's notices are kept has thousands


class NoCaseError(NotFoundError):
    """The record has no such case; `near` are numbers that may have been meant."""

    def __init__(self, municipality: str, told: str, near: list[str]) -> None:
        beside = f"; near it are {', '.join(near)}" if near else ""
        super().__init__(f"{municipality} has no case {told!r} here{beside}")
        self.near = near


def follow(engine: Engine, municipality: str, number: str) -> Case:
    """The case of a municipality (by code or name) that has a number, in any spelling.

    Raises FilterError where there is no such municipality, and NoCaseError where there is no such case.
    """
    code = municipality_code(municipality)
    name = municipality_name(code)
    with engine.connect() as db:
        wanted = case_numbers.canonical(number)
        found = _of_number(db, code, wanted) if wanted else []
        if wanted is None or not found:
            raise NoCaseError(name, number, listing.near(db, code, wanted or number))
        own = [row for row in found if row.link is not None]
        made = stops(db, own)
        mentions = stops(db, [_mentioned(row, wanted) for row in found if row.link is None][:_MOST])
        return Case(code, name, wanted, _title(made or mentions), (wanted,), tuple(made), tuple(mentions))


def _of_number(db: Connection, code: str, number: str) -> list[Row]:
    """The items that are of a case, each with its link, and those that only name it, without."""
    cases, case_items = tables.cases, tables.case_items
    asked = items_of().join(
        case_items, (case_items.c.item_id == tables.items.c.id) & (case_items.c.document_id == tables.documents.c.id)
    )
    asked = asked.join(cases, cases.c.id == case_items.c.case_id)
    found = rows(db, asked, cases.c.municipality_code == code, cases.c.case_number == number, limit=_MOST)
    link = Link(NUMBER, True, number)
    return [replace(row, link=link) if row.case_number == number else row for row in found]


def _mentioned(row: Row, number: str) -> Row:
    return replace(row, link=Link(NUMBER, True, number))


def _title(made: list[Stop]) -> str | None:
    """What the matter is called: as the last § of minutes calls it, else the last paper."""
    titles = [stop.title for stop in made if stop.title]
    of_minutes = [stop.title for stop in made if stop.title and stop.number]
    found = of_minutes or titles
    return found[-1] if found else None
