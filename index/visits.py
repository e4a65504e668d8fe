"""A visit (besök) in the record: what a source lists, before anything is fetched, and what has left its list after.

Every function works on the connection of `database.writing`. Documents get their ids when they are listed, in the
order of the list; what is listed as it was costs one update for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from extractors.model import Issue
from index import saving, settling, tables
from index.leaving import NIGHTS, Left, Place, judge
from index.listed import Identity, Listed, Meeting, settle
from index.removals.burying import as_kept, unnamed
from index.removals.rules import rules

WHOLE, PARTLY, FAILED = "whole", "partly", "failed"

_AT_ONCE = 500  # ids in one question
_SEEN_BEFORE = 40  # visits looked back at


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit came to: `outcome` is "whole", "partly" (a part could not be listed) or "failed" (nothing could).

    `doubted` papers left the list with so many others that nothing is made of it yet (index/leaving.py).
    """

    outcome: str
    papers: int
    meetings: int
    new: int
    withdrawn: int
    rotated_out: int
    doubted: int


def begin(
    db: Connection, source_id: int, papers: Sequence[Listed], meetings: Sequence[Meeting], run_id: int, now: datetime
) -> None:
    """What a source lists: every paper is a document at once, every meeting known; each key is to be there once."""
    new = _list_papers(db, source_id, papers, run_id)
    _list_meetings(db, source_id, meetings, run_id)
    told = {"papers": len(papers), "meetings": len(meetings), "new_papers": new, "started_at": now, "ended_at": None}
    visits = tables.visits
    visit_id = db.scalar(select(visits.c.id).where(visits.c.source_id == source_id, visits.c.run_id == run_id))
    if visit_id is None:
        saving.add_row(db, visits, told | {"source_id": source_id, "run_id": run_id})
    else:  # listed once more by the same run
        told |= {"new_papers": visits.c.new_papers + new}
        db.execute(update(visits).where(visits.c.id == visit_id).values(told))


def end(
    db: Connection,
    source_id: int,
    run_id: int,
    troubles: Mapping[str, str],
    covers: Callable[[str], bool],
    now: datetime,
) -> Visit:
    """The visit is over: what left a whole list is marked. `troubles` are the places that could not be listed."""
    visits = tables.visits
    where = (visits.c.source_id == source_id, visits.c.run_id == run_id)
    row = db.execute(select(visits).where(*where)).mappings().first()
    if row is None:  # it failed before anything was listed
        begin(db, source_id, (), (), run_id, now)
        row = db.execute(select(visits).where(*where)).mappings().one()
    outcome = (PARTLY if row["papers"] or row["meetings"] else FAILED) if troubles else WHOLE
    left = Left() if troubles else _leave(db, source_id, run_id, covers, now)
    counts = {"withdrawn": len(left.withdrawn), "rotated_out": len(left.rotated_out), "doubted": len(left.doubted)}
    reason = "; ".join(f"{place}: {why}" for place, why in troubles.items()) or None
    told = {"ended_at": now, "outcome": outcome, "reason": reason and saving.storable(reason)}
    db.execute(update(visits).where(*where).values(counts | told))
    return Visit(outcome, row["papers"], row["meetings"], row["new_papers"], **counts)


def _list_papers(db: Connection, source_id: int, papers: Sequence[Listed], run_id: int) -> int:
    """How many were never listed before. What is new, back, or listed otherwise changes; the rest is only seen."""
    d, listings = tables.documents, tables.listings
    asked = select(listings, d.c.id, d.c.key, d.c.withdrawn, d.c.rotated_out, d.c.state).join_from(d, listings)
    known = {row["key"]: row for row in db.execute(asked.where(d.c.source_id == source_id)).mappings()}
    new, seen, removed = [], [], rules(db)
    for paper in papers:
        row, listed = known.get(paper.key) or known.get(removed.hidden_key(paper.key)), as_kept(paper, removed)
        if row is None:
            new.append(listed)
            continue
        seen.append(row["id"])
        said = settling.said(unnamed(listed) if row["state"] == settling.REMOVED else listed)
        if row["withdrawn"] or row["rotated_out"] or any(row[name] != value for name, value in said.items()):
            db.execute(update(listings).where(listings.c.document_id == row["id"]).values(said))
            db.execute(update(d).where(d.c.id == row["id"]).values(withdrawn=False, rotated_out=False))
            saving.refresh(db, row["id"], changed=True)
    _see(db, listings, listings.c.document_id, seen, run_id)
    _add_papers(db, source_id, new, run_id)
    return len(new)


def _add_papers(db: Connection, source_id: int, papers: Sequence[Listed], run_id: int) -> None:
    if not papers:
        return
    bare = {"source_id": source_id, "state": settling.LISTED, "version": 0, "revision": 0}
    bare |= {"withdrawn": False, "rotated_out": False}
    rows = []
    for listed in papers:
        row = settling.identity_row(settle(Identity(), listed))
        rows.append(bare | row | {"key": listed.key, "meeting_id": settling.meeting_id(db, row)})
    made = insert(tables.documents).returning(tables.documents.c.id, sort_by_parameter_order=True)
    ids = db.scalars(made, rows).all()
    seen = {"first_run_id": run_id, "seen_run_id": run_id}
    rows = [settling.said(listed) | seen | {"document_id": of} for of, listed in zip(ids, papers, strict=True)]
    db.execute(saving.inserting(tables.listings), rows)


def _list_meetings(db: Connection, source_id: int, meetings: Sequence[Meeting], run_id: int) -> None:
    table = tables.listed_meetings
    known = {row["key"]: row for row in db.execute(select(table).where(table.c.source_id == source_id)).mappings()}
    new, seen = [], []
    for meeting in meetings:
        row, said = known.get(meeting.key), _said(meeting)
        if row is None:
            first = {"source_id": source_id, "key": meeting.key, "first_run_id": run_id, "seen_run_id": run_id}
            new.append(said | first)
            continue
        seen.append(row["id"])
        if any(row[name] != value for name, value in said.items()):
            db.execute(update(table).where(table.c.id == row["id"]).values(said))
    _see(db, table, table.c.id, seen, run_id)
    if new:
        db.execute(saving.inserting(table), new)


def _said(meeting: Meeting) -> dict[str, Any]:
    return {
        "municipality_code": meeting.municipality and meeting.municipality.code,
        "municipality": meeting.municipality and meeting.municipality.name,
        "body": meeting.body,
        "date": meeting.date,
        "state": meeting.state,
        "asked": meeting.asked,
        "url": meeting.url,
    }


def _see(db: Connection, table: Table, column: Any, ids: Sequence[int], run_id: int) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        some = column.in_(ids[start : start + _AT_ONCE])
        db.execute(update(table).where(some).values(seen_run_id=run_id))


def _leave(db: Connection, source_id: int, run_id: int, covers: Callable[[str], bool], now: datetime) -> Left:
    """Marks what a whole list has no more, as far as its leaving is believed; what is doubted is told as an issue."""
    here, gone = _places(db, source_id, run_id, covers)
    if not gone:
        return Left()
    left = judge(here, gone, now.date(), _gone_since(db, source_id, run_id, now))
    d = tables.documents
    for document_id in left.withdrawn:
        values = {"withdrawn": True, "revision": saving.next_revision(db)}
        db.execute(update(d).where(d.c.id == document_id).values(values))
        saving.settle_copies(db, document_id)
    for start in range(0, len(left.rotated_out), _AT_ONCE):  # no revision: whoever reads the record sees no difference
        some = d.c.id.in_(left.rotated_out[start : start + _AT_ONCE])
        db.execute(update(d).where(some).values(rotated_out=True))
    if left.doubted:
        reason = f"{len(left.doubted)} of {len(here) + len(gone)} papers are gone from the list at once"
        reason = f"{reason}: nothing is withdrawn" if here else "no papers at all where there were some"
        saving.add_issues(db, (Issue("list", reason),), source_id=source_id, run_id=run_id)
    return left


def _places(
    db: Connection, source_id: int, run_id: int, covers: Callable[[str], bool]
) -> tuple[list[Place], list[Place]]:
    """The papers that this run saw in the list, and those that it would have seen and did not."""
    d, listings = tables.documents.c, tables.listings.c
    asked = select(d.id, d.key, listings.body, listings.date, listings.seen_run_id)
    asked = asked.join_from(tables.documents, tables.listings).order_by(d.id)
    here, gone = [], []
    for row in db.execute(
        asked.where(d.source_id == source_id, ~d.withdrawn, ~d.rotated_out, d.state != settling.REMOVED)
    ):
        place = Place(row.id, row.body, row.date, row.seen_run_id)
        if row.seen_run_id == run_id:
            here.append(place)
        elif covers(row.key):
            gone.append(place)
    return here, gone


def _gone_since(db: Connection, source_id: int, run_id: int, now: datetime) -> int | None:
    """The run since which this source's whole visits were doubted, if that was so on enough days before this one.

    Days, and not visits: a night that was killed and run again is one night.
    """
    v = tables.visits.c
    asked = select(v.run_id, v.started_at, v.doubted).where(v.source_id == source_id, v.outcome == WHOLE)
    days: set[Any] = {now.date()}
    since = None
    for visit in db.execute(asked.where(v.run_id < run_id).order_by(v.run_id.desc()).limit(_SEEN_BEFORE)):
        if not visit.doubted:
            break
        days.add(visit.started_at.date())
        since = visit.run_id
    return since if len(days) >= NIGHTS else None
