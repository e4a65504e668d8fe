"""Changes kept (spara ändringar): when a version comes, in the transaction that saves it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from index import readings, tables
from index.changes.differences import differences
from index.changes.tables import changes

_OWN = ("number", "title", "item_index", "what", "state", "outcome", "before", "after")


def keep(db: Connection, document_id: int, ordinal: int, content_id: int, code: str | None) -> int:
    """What a version that came decides otherwise than the newest before it that could be read; how many changes."""
    versions, contents = tables.versions.c, tables.contents.c
    asked = select(versions.ordinal, versions.content_id).join_from(tables.versions, tables.contents)
    asked = asked.where(versions.document_id == document_id, versions.ordinal < ordinal, contents.readable)
    before = db.execute(asked.order_by(versions.ordinal.desc()).limit(1)).first()
    if before is None:
        return 0
    found = differences(readings.get(db, before.content_id), readings.get(db, content_id))
    of = {"document_id": document_id, "from_version": before.ordinal, "to_version": ordinal, "municipality_code": code}
    rows = [
        {name: getattr(each, name) for name in _OWN} | of | {"found_at": datetime.now(UTC)} for each in found
    ]  # fmt: skip
    if rows:
        db.execute(insert(changes), rows)
    return len(rows)
