"""How the visits of a source went (besök): the last of each day, since a night that was run again is one night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from index import tables

_LOOKED_BACK = 400  # visits


@dataclass(frozen=True, slots=True)
class Night:
    """The last visit of a day that came to its end."""

    run_id: int
    started: datetime
    outcome: str
    papers: int
    new: int
    doubted: int
    reason: str | None


def nights(db: Connection, source_id: int) -> list[Night]:
    """The newest first."""
    v = tables.visits.c
    asked = select(tables.visits).where(v.source_id == source_id, v.ended_at.is_not(None))
    found: dict[object, Night] = {}
    for row in db.execute(asked.order_by(v.run_id.desc()).limit(_LOOKED_BACK)):
        told = (row.run_id, row.started_at, row.outcome, row.papers, row.new_papers, row.doubted or 0, row.reason)
        found.setdefault(row.started_at.date(), Night(*told))
    return list(found.values())
