"""Which item is which, and when it was first seen (igenkänning): the same after any rebuild of the index.

A § of minutes is known by its meeting and number, so that the extract that comes first, the whole minutes after it
and a version with a mended comma are one. Anything else is known by its paper's bytes and its
place among their items.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, func, or_, select

from index import tables
from index.points import key as folded

_MINUTES = ("protocol", "protocol_extract")
_AT_A_TIME = 400  # papers asked about in one query


@dataclass(frozen=True, slots=True)
class Known:
    """An item: `key` is a UUID by which it is known, `first_seen` when the record first had it."""

    key: str
    first_seen: datetime


def known(db: Connection, found: Sequence[Mapping[str, Any]]) -> dict[Any, Known]:
    """What each of these items is, by the id that it is asked for with.

    Those of papers that have changed since are left out.
    """
    told: dict[Any, Known] = {}
    wanted: dict[tuple[int, str, int], list[Any]] = {}
    for each in found:
        wanted.setdefault((each["document"], each["sha256"], each["item_index"] + 1), []).append(each["id"])
    papers = sorted({document for document, _, _ in wanted})
    for at in range(0, len(papers), _AT_A_TIME):
        for row in db.execute(_items(papers[at : at + _AT_A_TIME])):
            for id in wanted.get((row.document_id, row.sha256, row.ordinal), ()):
                told[id] = Known(_key(row), row.first_seen)
    return told


def _items(papers: Sequence[int]) -> Any:
    """Every item of these papers, with what it is known by."""
    documents, contents, items, versions = tables.documents, tables.contents, tables.items, tables.versions
    before, then = items.alias("before"), items.alias("then")
    twins = select(func.count()).select_from(before)
    twins = twins.where(before.c.content_id == items.c.content_id, before.c.ordinal < items.c.ordinal)
    twins = twins.where(before.c.number == items.c.number).correlate(items)
    unnumbered = and_(items.c.number.is_(None), then.c.number.is_(None), then.c.ordinal == items.c.ordinal)
    first = select(func.min(versions.c.first_seen)).join_from(
        versions, then, then.c.content_id == versions.c.content_id
    )
    first = first.where(versions.c.document_id == documents.c.id, or_(then.c.number == items.c.number, unnumbered))
    first = first.correlate(documents, items)
    asked = select(
        documents.c.id.label("document_id"), documents.c.kind, documents.c.municipality_code, documents.c.body,
        documents.c.date, contents.c.sha256, items.c.ordinal, items.c.number,
        twins.scalar_subquery().label("twins"), first.scalar_subquery().label("first_seen"),
    )  # fmt: skip
    joined = documents.join(contents, contents.c.id == documents.c.content_id)
    joined = joined.join(items, items.c.content_id == contents.c.id)
    return asked.select_from(joined).where(documents.c.id.in_(papers))


def _key(row: Row[Any]) -> str:
    meeting = (row.municipality_code, row.body, row.date, row.number)
    if row.kind in _MINUTES and all(meeting):
        number = row.number.partition("/")[0]  # an extract may number its § with the year: "63/24"
        told = f"{row.municipality_code} {folded(row.body)} {row.date} § {number} {row.twins}"
    else:
        told = f"{row.sha256} {row.ordinal}"
    return key(told)


def key(told: str) -> str:
    """A UUID of what is told.

    >>> key("1489 kommunstyrelsen 2026-06-15 § 47 0")
    '9d0ba497-0921-564b-8678-fed97b9e41e6'
    """
    return str(UUID(bytes=hashlib.sha256(told.encode()).digest()[:16], version=5))
