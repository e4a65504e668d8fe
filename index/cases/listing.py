"""The cases there are (förteckning): those told of last first, or by the beginning of their number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, func, or_, select

from extractors import case_numbers
from index import tables
from index.asking.filters import municipality_code, municipality_name
from index.cases.model import Listed

_NEAR = 8  # numbers named where one is not found


def listed(
    engine: Engine, municipality: str | None = None, q: str = "", limit: int = 50, offset: int = 0
) -> list[Listed]:
    """Cases that items are of, those told of last first; `q` is a number or its beginning."""
    with engine.connect() as db:
        found = db.execute(_cases(municipality, q).limit(limit).offset(offset)).all()
        titles = _titles(db, [row.id for row in found])
    return [
        Listed(
            row.municipality_code, municipality_name(row.municipality_code), row.case_number, titles.get(row.id),
            row.first, row.last, row.number,
        )
        for row in found
    ]  # fmt: skip


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


def _cases(municipality: str | None, q: str) -> Any:
    cases, case_items, documents = tables.cases, tables.case_items, tables.documents
    joined = cases.join(case_items, case_items.c.case_id == cases.c.id)
    joined = joined.join(documents, documents.c.id == case_items.c.document_id)
    last = func.max(documents.c.date).label("last")
    asked = select(
        cases.c.id, cases.c.municipality_code, cases.c.case_number, func.min(documents.c.date).label("first"), last,
        func.count(case_items.c.item_id.distinct()).label("number"),
    )  # fmt: skip
    asked = asked.select_from(joined).where(case_items.c.own)
    if municipality:
        asked = asked.where(cases.c.municipality_code == municipality_code(municipality))
    if q.strip():
        asked = asked.where(_meant(q))
    asked = asked.group_by(cases.c.id, cases.c.municipality_code, cases.c.case_number)
    return asked.order_by(func.coalesce(last, "").desc(), cases.c.id.desc())


def _meant(q: str) -> Any:
    """A number in any spelling, the beginning of one, or its year and serial without the unit."""
    number, column = case_numbers.canonical(q), tables.cases.c.case_number
    told = " ".join(re.sub(r"[-:]", "/", q).upper().split())
    shapes = [column.startswith(told, autoescape=True), column.startswith(" ".join(q.upper().split()), autoescape=True)]
    if re.fullmatch(r"(?:19|20)\d\d/\d*", told):
        shapes.append(column.contains(f" {told}", autoescape=True))
    if number:
        shapes.append(column.startswith(number, autoescape=True))
    return or_(*shapes)


def _titles(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    """What each case was called last."""
    case_items, documents, items = tables.case_items, tables.documents, tables.items
    asked = select(case_items.c.case_id, func.coalesce(items.c.title, documents.c.title))
    asked = asked.join_from(case_items, items, items.c.id == case_items.c.item_id)
    asked = asked.join(documents, documents.c.id == case_items.c.document_id)
    asked = asked.where(case_items.c.case_id.in_(ids), case_items.c.own)
    found = db.execute(asked.order_by(func.coalesce(documents.c.date, ""), items.c.id)).all()
    return {case_id: title for case_id, title in found if title}
