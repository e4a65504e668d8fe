"""The cases there are (förteckning): those told of last first, or those that somebody means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, func, select, tuple_

from index import tables
from index.asking.filters import municipality_code, municipality_name
from index.cases.meant import cases_meant
from index.cases.model import Listed

_NEAR = 8  # numbers named where one is not found
_ORDER = func.coalesce(func.max(tables.documents.c.date), ""), tables.cases.c.id

Place = tuple[str | int, ...]  # of a case in the list: when it was told of last, and its id


def listed(
    engine: Engine,
    municipality: str | None = None,
    q: str = "",
    limit: int = 50,
    offset: int = 0,
    after: Place | None = None,
    before: Place | None = None,
) -> list[tuple[Listed, Place]]:
    """Cases that items are of, those told of last first, each with its place in the list.

    `q` is a number or its beginning, a § of a meeting, or words of a title (meant.py). `after` and `before` are places
    at which the page begins, or ends.
    """
    code = municipality_code(municipality) if municipality else None
    asked = _cases(code)
    if place := after or before:
        asked = asked.having(tuple_(*_ORDER) < place if after else tuple_(*_ORDER) > place)
    falling = before is None or after is not None
    asked = asked.order_by(*(part.desc() if falling else part for part in _ORDER)).limit(limit).offset(offset)
    with engine.connect() as db:
        if q.strip():
            asked = asked.where(cases_meant(db, code, q))
        found = db.execute(asked).all()
        titles = _titles(db, [row.id for row in found])
    told: list[tuple[Listed, Place]] = [
        (
            Listed(
                row.municipality_code, municipality_name(row.municipality_code), row.case_number, titles.get(row.id),
                row.first, row.last, row.number,
            ),
            (row.last or "", row.id),
        )
        for row in found
    ]  # fmt: skip
    return told if falling else told[::-1]


def near(db: Connection, code: str, told: str) -> list[str]:
    """Numbers of cases that somebody may have meant: the same year and serial, or the same beginning."""
    cases = tables.cases.c
    bare = told.rpartition(" ")[2]
    year, _, serial = bare.partition("/")
    shapes = [cases.case_number.endswith(bare, autoescape=True)] if serial else []
    unit = told.rpartition(" ")[0]
    if unit and serial:
        shapes.append(cases.case_number.startswith(f"{unit} {year}/{serial[:-1]}", autoescape=True))
        shapes.append(cases.case_number.startswith(f"{unit} {year}/", autoescape=True))
    elif told:
        shapes.append(cases.case_number.startswith(told.upper(), autoescape=True))
    found: dict[str, None] = {}
    for shape in shapes:
        asked = select(cases.case_number).where(cases.municipality_code == code, shape).order_by(cases.id.desc())
        found |= dict.fromkeys(db.scalars(asked.limit(_NEAR)))
    return list(found)[:_NEAR]


def _cases(code: str | None) -> Any:
    cases, case_items, documents = tables.cases, tables.case_items, tables.documents
    joined = cases.join(case_items, case_items.c.case_id == cases.c.id)
    joined = joined.join(documents, documents.c.id == case_items.c.document_id)
    asked = select(
        cases.c.id, cases.c.municipality_code, cases.c.case_number, func.min(documents.c.date).label("first"),
        func.max(documents.c.date).label("last"), func.count(case_items.c.item_id.distinct()).label("number"),
    )  # fmt: skip
    asked = asked.select_from(joined).where(case_items.c.own, ~documents.c.withdrawn)
    if code:
        asked = asked.where(cases.c.municipality_code == code)
    return asked.group_by(cases.c.id, cases.c.municipality_code, cases.c.case_number)


def _titles(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    """What each case was called last."""
    case_items, documents, items = tables.case_items, tables.documents, tables.items
    asked = select(case_items.c.case_id, func.coalesce(items.c.title, documents.c.title))
    asked = asked.join_from(case_items, items, items.c.id == case_items.c.item_id)
    asked = asked.join(documents, documents.c.id == case_items.c.document_id)
    asked = asked.where(case_items.c.case_id.in_(ids), case_items.c.own, ~documents.c.withdrawn)
    found = db.execute(asked.order_by(func.coalesce(documents.c.date, ""), items.c.id)).all()
    return {case_id: title for case_id, title in found if title}
