"""A document's row: text and source together, the meeting it is of, the cases it speaks of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select

from extractors.model import Document, Municipality
from index import finds, tables
from index.listed import MEETING_KINDS, Identity, Listed, disagreements, settle

Row = dict[str, Any]

READ, UNREADABLE, LISTED, WAITING = "read", "unreadable", "listed", "waiting"  # states of a document
REMOVED = "removed"  # that of one of which nothing is kept (index/removals/), and what saving it comes to
WAITS = "waits"  # the stage of what was not asked for tonight: it is tried the next night

# Statements that every paper needs, built once.
_LISTED = (
    select(tables.listings, tables.documents.c.key, tables.sources.c.name.label("source"))
    .join_from(tables.listings, tables.documents)
    .join(tables.sources)
    .where(tables.documents.c.id == bindparam("of_document"))
)
_NEWEST = (
    select(tables.contents, tables.versions.c.ordinal)
    .join_from(tables.versions, tables.contents)
    .where(tables.versions.c.document_id == bindparam("of_document"))
    .order_by(tables.versions.c.ordinal.desc())
    .limit(1)
)
_NEWEST_READABLE = (
    select(tables.contents)
    .join_from(tables.versions, tables.contents)
    .where(tables.versions.c.document_id == bindparam("of_document"), tables.contents.c.readable)
    .order_by(tables.versions.c.ordinal.desc())
    .limit(1)
)
_STAGES = select(tables.issues.c.stage).where(
    tables.issues.c.document_id == bindparam("of_document"), tables.issues.c.stage != "source"
)
_AGREE = delete(tables.issues).where(
    tables.issues.c.document_id == bindparam("of_document"), tables.issues.c.stage == "source"
)
_MEETING = select(tables.meetings.c.id).where(
    *(tables.meetings.c[name] == bindparam(f"of_{name}") for name in ("municipality_code", "body", "date"))
)
_UNLINK = delete(tables.case_items).where(tables.case_items.c.document_id == bindparam("of_document"))
_LINK, _NEW_CASES = insert(tables.case_items), insert(tables.cases)
_OWN = select(tables.items.c.id, tables.items.c.case_number).where(tables.items.c.content_id == bindparam("of_content"))
_NAMED = select(tables.case_numbers.c.item_id, tables.case_numbers.c.canonical).where(
    tables.case_numbers.c.content_id == bindparam("of_content")
)
_CASES = select(tables.cases.c.case_number, tables.cases.c.id).where(
    tables.cases.c.municipality_code == bindparam("of_code"),
    tables.cases.c.case_number.in_(bindparam("numbers", expanding=True)),
)


def content_identity(document: Document | None) -> Row:
    """What a content's text says it is and how much was found in it, by column; nothing where it is unreadable."""
    if document is None:
        empty = ("kind", "municipality_code", "municipality", "body", "date", "title")
        return dict.fromkeys(empty) | dict.fromkeys(("page_count", "item_count", "decision_count", "find_count"), 0)
    return {
        "kind": document.kind,
        **_municipality(document.municipality),
        "body": document.body,
        "date": document.date,
        "title": document.title,
        "page_count": len(document.pages),
        "item_count": len(document.items),
        "decision_count": sum(len(item.decisions) for item in document.items),
        "find_count": finds.count(document),
    }


def _municipality(municipality: Municipality | None) -> Row:
    return {
        "municipality_code": municipality and municipality.code,
        "municipality": municipality and municipality.name,
    }


def identity(row: RowMapping | None) -> Identity:
    """What a row of `contents` or `documents` says it is; nothing where there is no row."""
    if row is None:
        return Identity()
    told = {name: row.get(name) for name in ("municipality_from", "body_from", "date_from", "title_from")}
    return Identity(row["kind"], municipality(row), row["body"], row["date"], row["title"], **told)


def municipality(row: RowMapping) -> Municipality | None:
    """The municipality that a row names by code and name."""
    code = row["municipality_code"]
    return None if code is None else Municipality(code, row["municipality"])


def listed(db: Connection, document_id: int) -> Listed:
    """A document as its source lists it, or listed it last."""
    row = db.execute(_LISTED, {"of_document": document_id}).mappings().one()
    return as_listed(row, row["source"])


def as_listed(row: RowMapping, source: str) -> Listed:
    """A row of `listings` with its document's key; the stamp is that of the bytes we have, if we have any."""
    return Listed(
        source, row["key"], row["url"], row["title"], municipality(row), row["body"], row["date"], row["stamp"],
        row["kind"], row["meeting"],
    )  # fmt: skip


def said(listed: Listed) -> Row:
    """What a source says of a paper, by the columns of `listings`; not its stamp, which is that of bytes we have."""
    return {
        "url": listed.url,
        "title": listed.title,
        "municipality_code": listed.municipality and listed.municipality.code,
        "municipality": listed.municipality and listed.municipality.name,
        "body": listed.body,
        "date": listed.date,
        "kind": listed.kind,
        "meeting": listed.meeting,
    }


def settled(db: Connection, before: RowMapping) -> tuple[Row, Identity, Listed]:
    """A document's columns as they should be now, and the two that had a say: the text and the source."""
    newest, current = _newest(db, before["id"]), None
    if newest is not None and newest["readable"]:
        current = newest
    elif newest is not None:  # it cannot be read: the newest that can is shown
        current = db.execute(_NEWEST_READABLE, {"of_document": before["id"]}).mappings().first()
    text, source = identity(current), listed(db, before["id"])
    what = settle(text, source)
    now = {
        "state": _state(db, before, newest),
        "version": newest["ordinal"] if newest is not None else 0,
        "content_id": current and current["id"],
    }
    return now | identity_row(what), text, source


def identity_row(what: Identity) -> Row:
    """What counts of text and source, by the columns of `documents`."""
    return {
        "kind": what.kind,
        **_municipality(what.municipality),
        "municipality_from": what.municipality_from,
        "body": what.body,
        "body_from": what.body_from,
        "date": what.date,
        "date_from": what.date_from,
        "title": what.title,
        "title_from": what.title_from,
    }


def _state(db: Connection, before: RowMapping, newest: RowMapping | None) -> str:
    """Of the newest bytes; without any, whether they could not be had, wait for another night, or were never tried."""
    if newest is not None:
        return READ if newest["readable"] else UNREADABLE
    if before["state"] == REMOVED:
        return REMOVED
    stages = set(db.scalars(_STAGES, {"of_document": before["id"]}))
    return LISTED if not stages else WAITING if stages == {WAITS} else UNREADABLE


def _newest(db: Connection, document_id: int) -> RowMapping | None:
    return db.execute(_NEWEST, {"of_document": document_id}).mappings().first()


def tell_disagreements(db: Connection, document_id: int, text: Identity, source: Listed) -> None:
    """Where text and source do not say the same, an issue of stage "source", in place of those from before."""
    db.execute(_AGREE, {"of_document": document_id})
    for reason in disagreements(text, source):
        db.execute(insert(tables.issues).values(document_id=document_id, stage="source", reason=reason))


def meeting_id(db: Connection, row: Row) -> int | None:
    """The meeting that a paper is of, made if it is the first; None for a paper of no meeting, or of one not told."""
    key = {name: row[name] for name in ("municipality_code", "body", "date")}
    if row["kind"] not in MEETING_KINDS or None in key.values():
        return None
    found: int | None = db.scalar(_MEETING, {f"of_{name}": value for name, value in key.items()})
    if found is not None:
        return found
    made: Any = db.execute(insert(tables.meetings).values(key)).inserted_primary_key
    new: int = made[0]
    return new


def link_cases(db: Connection, document_id: int, content_id: int | None, code: str | None) -> None:
    """The cases that a document's items are of, or name; without a municipality a number tells no case."""
    db.execute(_UNLINK, {"of_document": document_id})
    if content_id is None or code is None:
        return
    named, own = (db.execute(rows, {"of_content": content_id}).all() for rows in (_NAMED, _OWN))
    links = {(item, number): False for item, number in named if item is not None}
    links |= {(item, number): True for item, number in own if number is not None}
    ids = _case_ids(db, code, sorted({number for _, number in links}))
    rows = [
        {"case_id": ids[number], "document_id": document_id, "item_id": item, "own": is_own}
        for (item, number), is_own in links.items()
    ]
    if rows:
        db.execute(_LINK, rows)


def _case_ids(db: Connection, code: str, numbers: list[str]) -> dict[str, int]:
    """The cases of these numbers in a municipality, those that are new made."""
    ids = _known_cases(db, code, numbers)
    new = [number for number in numbers if number not in ids]
    if new:
        db.execute(_NEW_CASES, [{"municipality_code": code, "case_number": number} for number in new])
        ids |= _known_cases(db, code, new)
    return ids


def _known_cases(db: Connection, code: str, numbers: list[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(numbers), 500):  # databases take only so many values in one question
        some = {"of_code": code, "numbers": numbers[start : start + 500]}
        ids |= {row.case_number: row.id for row in db.execute(_CASES, some)}
    return ids
