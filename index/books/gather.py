"""The rows that the books are made of (underlag): papers and meetings as sources list them, and why papers lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from index import tables
from index.books import model
from index.books.model import Paper
from index.listed import MEETING_KINDS, folded
from index.origin import without_paths

Key = tuple[str | None, str | None, str | None]  # municipality, body in small letters, day


@dataclass
class Known:
    """A meeting of one source, from its list or from a paper alone, and the papers that lie under it."""

    code: str | None
    municipality: str | None
    body: str | None
    date: str
    told: str | None = None
    url: str | None = None
    papers: list[Paper] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.code, self.body and folded(self.body), self.date


@dataclass
class Gathered:
    """What one source told: its meetings, and the papers that are of none."""

    meetings: list[Known] = field(default_factory=list)
    others: list[tuple[Any, Paper]] = field(default_factory=list)  # a row of the papers' question, and the paper
    tells_meetings: bool = False
    tells_cancelled: bool = False


def gather(db: Connection, code: str | None, source: str | None) -> dict[str, Gathered]:
    """What each source told, by its name, of one municipality or all."""
    every: dict[str, Gathered] = {name: Gathered() for name in db.scalars(_sources(source))}
    by_key: dict[tuple[str, str], Known] = {}
    by_day: dict[tuple[str, Key], Known] = {}
    for row in db.execute(_meetings(code, source)):
        known = Known(row.municipality_code, row.municipality, row.body, row.date, row.state, row.url)
        gathered = every[row.source]
        gathered.meetings.append(known)
        gathered.tells_meetings = True
        gathered.tells_cancelled |= row.state == "cancelled"
        by_key[row.source, row.key] = known
        by_day.setdefault((row.source, known.key), known)
    why = _reasons(db)
    for row in db.execute(_papers(code, source)):
        gathered, paper = every[row.source], _paper(row, why)
        known_one = by_key.get((row.source, row.meeting or "")) or _of_day(row, gathered, by_day)
        if known_one is None:
            gathered.others.append((row, paper))
        else:
            known_one.papers.append(paper)
    return every


def held_protocols(db: Connection) -> set[Key]:
    """The meetings whose protocol can be read, whichever source gave it."""
    d = tables.documents.c
    asked = select(d.municipality_code, d.body, d.date).where(d.state == "read", d.kind == "protocol").distinct()
    return {(row.municipality_code, row.body and folded(row.body), row.date) for row in db.execute(asked)}


def _of_day(row: Row[Any], gathered: Gathered, by_day: dict[tuple[str, Key], Known]) -> Known | None:
    """The meeting that a paper tells of by its body and day, known of from now on; None for a paper of no meeting."""
    if row.paper_kind not in MEETING_KINDS or row.date is None or len(row.date) != len("2026-01-01"):
        return None
    new = Known(row.municipality_code, row.municipality, row.body, row.date)
    known = by_day.setdefault((row.source, new.key), new)
    if known is new:
        gathered.meetings.append(new)
    return known


def _sources(source: str | None) -> Any:
    asked = select(tables.sources.c.name).order_by(tables.sources.c.name)
    return asked if source is None else asked.where(tables.sources.c.name == source)


def _meetings(code: str | None, source: str | None) -> Any:
    table = tables.listed_meetings
    asked = select(table, tables.sources.c.name.label("source")).join_from(table, tables.sources)
    asked = asked.order_by(table.c.source_id, table.c.date, table.c.id)
    return asked.where(*_of(code, table.c.municipality_code, source))


def _papers(code: str | None, source: str | None) -> Any:
    d, listings, contents = tables.documents, tables.listings.c, tables.contents.c
    asked = (
        select(
            tables.sources.c.name.label("source"), d.c.id, d.c.key, d.c.state, d.c.withdrawn, d.c.rotated_out,
            d.c.version, d.c.kind.label("paper_kind"), d.c.municipality_code, d.c.municipality, d.c.body, d.c.date,
            listings.url, listings.title, listings.meeting, listings.first_run_id, listings.failed_run_id,
            contents.item_count,
        )
        .join_from(d, tables.sources)
        .join(tables.listings, listings.document_id == d.c.id)
        .outerjoin(tables.contents, contents.id == d.c.content_id)
        .order_by(d.c.id)
    )  # fmt: skip
    return asked.where(*_of(code, d.c.municipality_code, source))


def _of(code: str | None, column: Any, source: str | None) -> Iterator[Any]:
    if code is not None:
        yield column == code
    if source is not None:
        yield tables.sources.c.name == source


def _paper(row: Row[Any], why: dict[int, str]) -> Paper:
    state = row.state if row.state != "unreadable" or row.version else model.FAILED
    left = "withdrawn" if row.withdrawn else "rotated_out" if row.rotated_out else None
    name = row.title or PurePosixPath(row.url).name or row.key
    url = row.url if row.url.startswith(("https://", "http://")) else None
    return Paper(
        row.id, name, url, row.paper_kind, state, why.get(row.id), left, row.version, row.item_count or 0,
        row.first_run_id, row.failed_run_id,
    )  # fmt: skip


def _reasons(db: Connection) -> dict[int, str]:
    """Why a document is not here, "stage: reason"; the first where there are several."""
    d, versions, issues = tables.documents, tables.versions, tables.issues.c
    newest = and_(versions.c.document_id == d.c.id, versions.c.ordinal == d.c.version)
    about = or_(
        issues.content_id == versions.c.content_id, and_(issues.document_id == d.c.id, issues.stage != "source")
    )
    asked = select(d.c.id, issues.stage, issues.reason).select_from(d.outerjoin(versions, newest))
    asked = asked.join(tables.issues, about).where(d.c.state.in_(("unreadable", "waiting"))).order_by(issues.id)
    told: dict[int, str] = {}
    for row in db.execute(asked):
        told.setdefault(row.id, f"{row.stage}: {without_paths(row.reason)}")
    return told
