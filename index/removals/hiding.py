"""What a removal does to the record (döljande): each step a transaction, and each may be done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, select, update

from index import finds, readings, tables
from index.catalog import Catalog
from index.changes.tables import changes
from index.database import writing
from index.removals import record
from index.removals.burying import bury
from index.removals.masking import masked
from index.removals.record import Removal
from index.removals.rules import Rules, rules, walked
from index.removals.tables import removals
from index.saving import add_issues, next_revision, refresh, refresh_content, without_finds
from index.settling import REMOVED, content_identity
from index.watching import tables as watching

_AT_A_TIME = 20  # contents that one transaction looks through, so that a run beside it need not wait

Told = Callable[[int, int], None]  # contents looked through, contents there are


def hide(catalog: Catalog, removal: Removal, told: Told) -> None:
    """Takes out of the record what a removal is of."""
    if removal.kind == "document":
        with writing(catalog.engine) as db:
            _documents(db, removal)
        return
    with writing(catalog.engine) as db:
        known = rules(db)
        _beside(db, known, removal.municipality_code)
    for at, ids, total in _contents(catalog):
        with writing(catalog.engine) as db:
            changed = [places for content in ids if (places := _content(db, content, rules(db)))]
            if changed:
                row = db.execute(select(removals).where(removals.c.id == removal.id)).one()
                counted = {"documents": row.documents + len(changed), "places": row.places + sum(changed)}
                record.tell(db, removal.id, **counted)
        told(at, total)


def _documents(db: Connection, removal: Removal) -> None:
    """Documents whose bytes are removed: these versions go, and what has no other is buried."""
    contents, documents, versions = tables.contents, tables.documents, tables.versions
    sha256s = record.hashes(db, removal.id, "bytes")
    ids = [
        row for part in _parts(sha256s) for row in db.scalars(select(contents.c.id).where(contents.c.sha256.in_(part)))
    ]
    of_them = [versions.c.content_id.in_(part) for part in _parts(ids)]
    papers = sorted({row for of in of_them for row in db.scalars(select(versions.c.document_id).where(of))})
    urls = {row for paper in papers for row in db.scalars(_URL.where(tables.listings.c.document_id == paper))}
    for of in of_them:
        db.execute(delete(versions).where(of))
    for part in _parts(papers):
        db.execute(delete(changes).where(changes.c.document_id.in_(part)))
    for paper in papers:
        if db.scalar(select(exists().where(versions.c.document_id == paper))):
            refresh(db, paper, changed=True)
        else:
            bury(db, paper, next_revision)
    db.execute(update(documents).where(documents.c.content_id.in_(ids)).values(content_id=None))
    for part in _parts(ids):
        db.execute(delete(contents).where(contents.c.id.in_(part)))
    _unwatch(db, papers)
    _untell(db, urls)
    _tidy(db)
    if papers:
        record.tell(db, removal.id, documents=len(papers))


_URL = select(tables.listings.c.url)


def _unwatch(db: Connection, papers: Sequence[int]) -> None:
    """What waits to be sent tells nothing of these papers; a message with nothing else to tell is not sent."""
    messages = watching.messages.c
    for row in db.execute(select(messages.id, messages.content).where(messages.content.is_not(None))).all():
        items = row.content.get("items") or []
        left = [item for item in items if item["document"] not in papers]
        if len(left) < len(items):
            content = row.content | {"items": left, "total": row.content["total"] - len(items) + len(left)}
            if left:
                db.execute(update(watching.messages).where(messages.id == row.id).values(content=content))
            else:
                db.execute(delete(watching.messages).where(messages.id == row.id))


def _untell(db: Connection, urls: set[str]) -> None:
    """What runs and issues tell of addresses."""
    runs, issues = tables.runs.c, tables.issues.c
    for row in db.execute(select(runs.id, runs.summary).where(runs.summary.is_not(None))).all():
        if (now := _without(row.summary, urls)) != row.summary:
            db.execute(update(tables.runs).where(runs.id == row.id).values(summary=now))
    for url in urls - {""}:
        db.execute(delete(tables.issues).where(issues.reason.contains(url, autoescape=True)))


def _without(value: Any, urls: set[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(each, urls) for name, each in value.items() if name not in urls}
    return [_without(each, urls) for each in value if each not in urls] if isinstance(value, list) else value


def _tidy(db: Connection) -> None:
    """Cases and meetings that nothing speaks of any more."""
    of_case = exists().where(tables.case_items.c.case_id == tables.cases.c.id)
    of_meeting = exists().where(tables.documents.c.meeting_id == tables.meetings.c.id)
    db.execute(delete(tables.cases).where(~of_case))
    db.execute(delete(tables.meetings).where(~of_meeting))


def _contents(catalog: Catalog) -> Iterator[tuple[int, list[int], int]]:
    """Every content that was read, some at a time: how many with these, and of how many."""
    with catalog.engine.connect() as db:
        ids = list(db.scalars(select(tables.readings.c.content_id).order_by(tables.readings.c.content_id)))
    for at in range(0, len(ids), _AT_A_TIME):
        part = ids[at : at + _AT_A_TIME]
        yield at + len(part), part, len(ids)


def _content(db: Connection, content_id: int, known: Rules) -> int:
    """One content without what is removed: in how many places it was."""
    row = db.execute(select(tables.contents).where(tables.contents.c.id == content_id)).mappings().first()
    if row is None:
        return 0
    document, places = masked(readings.get(db, content_id), known, code_of(db, content_id))
    if not places:
        return 0
    values = content_identity(document) | {"removed_places": row["removed_places"] + places}
    db.execute(update(tables.contents).where(tables.contents.c.id == content_id).values(values))
    without_finds(db, content_id)
    readings.put(db, content_id, document)
    finds.add(db, content_id, document)
    add_issues(db, document.issues, content_id=content_id)
    refresh_content(db, content_id)
    return places


def code_of(db: Connection, content_id: int) -> str | None:
    """The municipality whose paper a content is; None where nobody tells."""
    contents, documents, versions = tables.contents.c, tables.documents, tables.versions
    code: str | None = db.scalar(select(contents.municipality_code).where(contents.id == content_id))
    if code is None:
        asked = select(documents.c.municipality_code).join_from(versions, documents)
        code = db.scalar(asked.where(versions.c.content_id == content_id).order_by(documents.c.id).limit(1))
    return code


# What is told beside the papers' own words, and which of its columns are JSON
_SAID: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.listings, ("title", "body", "url")),
    (tables.issues, ("reason",)),
    (tables.sources, ("location",)),
    (tables.runs, ("summary",)),
    (watching.messages, ("content",)),
    (changes, ("title", "before", "after")),
    (watching.subscriptions, ("search", "end_reason")),
)


def _beside(db: Connection, known: Rules, code: str | None) -> None:
    """Names and passages in what sources, runs, mails and searches say; of one municipality only where that is told."""
    for table, columns in _SAID:
        rows = select(table)
        if code and "municipality_code" in table.c:
            rows = rows.where(table.c.municipality_code == code)
        elif code and table is not watching.messages:
            continue
        for row in db.execute(rows).mappings().all():
            now = {name: _masked(name, row[name], known, code) for name in columns}
            if any(now[name] != row[name] for name in columns):
                _changed(db, table, row, now)
    documents = tables.documents.c
    asked = select(documents.id, documents.key, documents.municipality_code).where(documents.state != REMOVED)
    for paper in db.execute(asked if code is None else asked.where(documents.municipality_code == code)).all():
        if (key := known.key(paper.key, code)) != paper.key:
            db.execute(update(tables.documents).where(documents.id == paper.id).values(key=key))


def _masked(name: str, value: Any, known: Rules, code: str | None) -> Any:
    if isinstance(value, str):
        return known.address(value, code) if name in ("url", "location") else known.mask(value, code)
    if name == "content" and value:
        items = [_item(item, known) for item in value.get("items", ())]
        return value | {"items": items} if items else value
    return walked(value, lambda words: known.address(words, code))


def _item(item: dict[str, Any], known: Rules) -> Any:
    """What a message tells of an item, which knows its own municipality."""
    code = item["municipality"]["code"] if item["municipality"] else None
    return walked(item, lambda words: known.address(words, code))


def _changed(db: Connection, table: Table, row: Any, now: dict[str, Any]) -> None:
    """A row with its words masked; a listing's paper comes out different, and a search for what is removed ends."""
    if table is tables.listings:
        db.execute(update(table).where(table.c.document_id == row["document_id"]).values(now))
        refresh(db, row["document_id"], changed=True)
        return
    if table is watching.subscriptions and now["search"] != row["search"] and row["ended_at"] is None:
        now |= {"ended_at": datetime.now(UTC), "end_reason": "what it asks for was removed"}
    db.execute(update(table).where(table.c.id == row["id"]).values(now))


def _parts(values: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    held = list(values)
    return (held[at : at + size] for at in range(0, len(held), size))
