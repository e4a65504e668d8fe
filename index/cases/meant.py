"""Which cases somebody means (vad som menas): by number, by a § of a meeting, or by words of the title."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from extractors import case_numbers
from index import tables
from index.cases import references
from index.cases.bodies import is_meant
from index.cases.referring import sections

_NUMBER = re.compile(r"[^\W\d_]{0,6}[\W_]*\d[\d\W_]*(?:[^\W\d_]{1,6})?")  # KS 2026/1, ks-2026-1, 2025.446 KS


def cases_meant(db: Connection, code: str | None, q: str) -> Any:
    """The condition on `cases` of what is asked for; `code` is that of the municipality, where it is told.

    A reference ("§ 47 KSAU 2026-04-22") means the cases of that §; a number in any spelling, the beginning of one or
    its year and serial mean cases of that number; other words mean also cases with a § whose title has them all.
    """
    if reference := references.asked(q):
        return _of_section(db, code, *reference)
    number = _by_number(q)
    return number if _NUMBER.fullmatch(q.strip()) or not q.split() else or_(number, _by_title(q))


def _by_number(q: str) -> Any:
    number, column = case_numbers.canonical(q), tables.cases.c.case_number
    told = " ".join(re.sub(r"[-:]", "/", q).upper().split())
    shapes = [column.startswith(told, autoescape=True), column.startswith(" ".join(q.upper().split()), autoescape=True)]
    if re.fullmatch(r"(?:19|20)\d\d/\d*", told):
        shapes.append(column.contains(f" {told}", autoescape=True))
    if number:
        shapes.append(column.startswith(number, autoescape=True))
    return or_(*shapes)


def _of_section(db: Connection, code: str | None, number: str, when: str, body: str | None) -> Any:
    """The cases of the §§ with this number on this day, or in this year, of the body that is told, or of any."""
    there = sections(db, code, {(number, when)})[number, when]
    items = {row.item_id for row in there if body is None or is_meant(body, row.body, None)}
    owned = tables.case_items.c
    return tables.cases.c.id.in_(select(owned.case_id).where(owned.own, owned.item_id.in_(items)))


def _by_title(q: str) -> Any:
    owned, items, documents = tables.case_items, tables.items, tables.documents
    title = func.coalesce(items.c.title, documents.c.title)
    # SQLite knows the case of a to z alone
    has = (
        or_(*(title.icontains(form, autoescape=True) for form in {word.lower(), word.capitalize(), word.upper()}))
        for word in q.split()
    )
    joined = owned.join(items, items.c.id == owned.c.item_id).join(documents, documents.c.id == owned.c.document_id)
    return tables.cases.c.id.in_(
        select(owned.c.case_id).select_from(joined).where(owned.c.own, ~documents.c.withdrawn, and_(*has))
    )
