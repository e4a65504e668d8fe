"""Alarms in the record (larm): raised once, told anew while they stand, closed when they have passed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from index import saving, tables
from index.books.model import Alarm


def put(db: Connection, source_id: int, run_id: int, found: Iterable[Alarm], now: datetime) -> None:
    """What is wrong with a source now: an alarm that stands already keeps its beginning, one that is not found ends."""
    table = tables.alarms
    standing = select(table).where(table.c.source_id == source_id, table.c.closed_at.is_(None))
    rows = {(row["kind"], row["about"]): row for row in db.execute(standing).mappings()}
    for alarm in found:
        told: dict[str, Any] = {"reason": saving.storable(alarm.reason), "figures": alarm.figures}
        row = rows.pop((alarm.kind, alarm.about), None)
        if row is None:
            new = {"source_id": source_id, "run_id": run_id, "kind": alarm.kind, "about": alarm.about, "since": now}
            saving.add_row(db, table, told | new)
        elif (row["reason"], row["figures"]) != (alarm.reason, alarm.figures):
            db.execute(update(table).where(table.c.id == row["id"]).values(told))
    for row in rows.values():
        db.execute(update(table).where(table.c.id == row["id"]).values(closed_at=now))


def alarms(engine: Engine, source: str | None = None, *, closed: bool = False) -> list[Alarm]:
    """The alarms that stand, or with `closed` all, the newest first."""
    table, named = tables.alarms, tables.sources.c.name
    asked = select(table, named.label("source")).join_from(table, tables.sources)
    asked = asked.order_by(table.c.since.desc(), named, table.c.id)
    asked = asked if closed else asked.where(table.c.closed_at.is_(None))
    asked = asked if source is None else asked.where(named == source)
    with engine.connect() as db:
        return [
            Alarm(
                row["source"], row["kind"], row["about"], row["reason"], row["figures"] or {}, row["since"],
                row["closed_at"],
            )
            for row in db.execute(asked).mappings()
        ]  # fmt: skip
