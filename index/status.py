"""How much there is of everything (läget), and how the runs went."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from index import stale, tables
from index.changes.tables import changes
from index.settling import REMOVED


@dataclass(frozen=True, slots=True)
class Run:
    """A run (körning): `state` is "finished", "failed", "running", or "interrupted" for one that was killed."""

    id: int
    kind: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    summary: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Status:
    """What the record holds. `unreadable` counts documents whose newest bytes could not be read, `reasons` says why.

    `changes` counts what newer versions of papers decide otherwise (index/changes/).

    `removed` counts documents that somebody removed, `masked` contents with something removed in them: their originals
    are gone, and what was read stays.

    `listed` counts documents that were seen in a list and not tried yet, `waiting` those that wait for another night.

    `stale` counts contents that another reader tried last, `broken_off` those whose reading process died or hung,
    `without_ocr` those with pages that Tesseract was not there for; None where no reader was asked about. Pages, items,
    decisions and finds are those of the documents that can be searched, each content once.
    """

    revision: int
    sources: int
    documents: int
    read: int
    unreadable: int
    listed: int
    waiting: int
    withdrawn: int
    rotated_out: int
    changes: int
    removed: int
    masked: int
    reasons: dict[str, int]
    contents: int
    stale: int | None
    broken_off: int | None
    without_ocr: int | None
    pages: int
    items: int
    decisions: int
    finds: int
    issues: int
    last_run: Run | None

    def to_json(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return asdict(self) | {"last_run": self.last_run and _plain(self.last_run)}


def _plain(run: Run) -> dict[str, Any]:
    ended = run.finished_at and run.finished_at.isoformat()
    return asdict(run) | {"started_at": run.started_at.isoformat(), "finished_at": ended}


def status(db: Connection, reader: str | None) -> Status:
    """Everything counted."""
    documents, contents = tables.documents.c, tables.contents.c
    states = db.execute(select(documents.state, func.count().label("number")).group_by(documents.state))
    by_state: dict[str, int] = {row.state: row.number for row in states}
    shown = select(documents.content_id)
    counted = (contents.page_count, contents.item_count, contents.decision_count, contents.find_count)
    sums = db.execute(select(*map(func.sum, counted)).where(contents.id.in_(shown))).one()
    pages, items, decisions, finds = (int(number or 0) for number in sums)
    return Status(
        revision=db.execute(select(tables.counters.c.number).where(tables.counters.c.name == "revision")).scalar_one(),
        sources=_count(db, tables.sources),
        documents=sum(by_state.values()) - by_state.get(REMOVED, 0),
        read=by_state.get("read", 0),
        unreadable=by_state.get("unreadable", 0),
        listed=by_state.get("listed", 0),
        waiting=by_state.get("waiting", 0),
        withdrawn=_count(db, tables.documents, documents.withdrawn),
        rotated_out=_count(db, tables.documents, documents.rotated_out),
        changes=_count(db, changes),
        removed=by_state.get(REMOVED, 0),
        masked=_count(db, tables.contents, ~stale.has_original()),
        reasons=_reasons(db),
        contents=_count(db, tables.contents),
        stale=None if reader is None else _count(db, tables.contents, stale.of_another_reader(reader)),
        broken_off=None if reader is None else _count(db, tables.contents, stale.broken_off(reader)),
        without_ocr=None if reader is None else _count(db, tables.contents, stale.without_ocr(reader)),
        pages=pages,
        items=items,
        decisions=decisions,
        finds=finds,
        issues=_count(db, tables.issues),
        last_run=next(iter(runs(db, 1)), None),
    )


def _count(db: Connection, table: Any, *where: Any) -> int:
    number: int = db.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
    return number


def _reasons(db: Connection) -> dict[str, int]:
    """Why documents could not be read, "stage: reason", and how many of each, the most common first."""
    documents, versions, issues = tables.documents, tables.versions, tables.issues
    newest = (versions.c.document_id == documents.c.id) & (versions.c.ordinal == documents.c.version)
    of_document = (issues.c.document_id == documents.c.id) & (issues.c.stage != "source")
    told = select(issues.c.stage, issues.c.reason, func.count(documents.c.id.distinct()).label("number"))
    told = told.select_from(documents.outerjoin(versions, newest))
    told = told.join(issues, (issues.c.content_id == versions.c.content_id) | of_document)
    told = told.where(documents.c.state == "unreadable").group_by(issues.c.stage, issues.c.reason)
    rows = sorted(db.execute(told), key=lambda row: (-row.number, row.stage, row.reason))
    return {f"{row.stage}: {row.reason}": row.number for row in rows}


def runs(db: Connection, limit: int) -> list[Run]:
    """The last runs, newest first."""
    newest = select(tables.runs).order_by(tables.runs.c.id.desc()).limit(limit)
    return [
        Run(row["id"], row["kind"], _state(row), row["started_at"], row["finished_at"], row["summary"])
        for row in db.execute(newest).mappings()
    ]


def _state(row: RowMapping) -> str:
    if row["finished_at"] is not None:
        return "failed" if "failed" in (row["summary"] or ()) else "finished"
    return "running" if row["host"] != platform.node() or _alive(row["pid"]) else "interrupted"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
