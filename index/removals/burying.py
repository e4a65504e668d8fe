"""What is left of a removed document (gravsatt): that a source lists something which is not to be fetched and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from index import tables
from index.changes.tables import changes
from index.listed import Listed
from index.meetings import copies
from index.removals import tables as own
from index.removals.rules import HIDDEN, Rules, rules
from index.settling import REMOVED

_NOTHING: dict[str, Any] = dict.fromkeys(
    ("content_id", "meeting_id", "kind", "municipality_code", "municipality", "municipality_from", "body", "body_from",
     "date", "date_from", "title", "title_from")
)  # fmt: skip

_SAID = ("title", "municipality_code", "municipality", "body", "date", "kind", "meeting")  # by a source


def bury(db: Connection, document_id: int, next_revision: Callable[[Connection], int]) -> None:
    """Nothing is left of a document but that it is there."""
    documents, listings = tables.documents, tables.listings
    key, state = db.execute(
        select(documents.c.key, documents.c.state).where(documents.c.id == document_id)
    ).one()  # fmt: skip
    if state == REMOVED:
        return
    known = rules(db)
    hidden = key if key.startswith(HIDDEN) else known.hidden_key(key)
    for table in (tables.versions, tables.issues, tables.case_items, changes):
        db.execute(delete(table).where(table.c.document_id == document_id))
    now = _NOTHING | {"key": hidden, "state": REMOVED, "version": 0, "revision": next_revision(db)}
    db.execute(update(documents).where(documents.c.id == document_id).values(now))
    blank: dict[str, Any] = {"url": ""} | dict.fromkeys(_SAID)
    db.execute(update(listings).where(listings.c.document_id == document_id).values(blank))
    for other in sorted(copies.settle(db, document_id)):  # what was the same § there is to be found in them
        db.execute(update(documents).where(documents.c.id == other).values(revision=next_revision(db)))


def as_kept(listed: Listed, known: Rules) -> Listed:
    """A listing as it may be kept: nothing in its words that is removed, and no personnummer."""
    code = listed.municipality.code if listed.municipality else None
    title = listed.title and known.mask(listed.title, code)
    return replace(listed, key=known.key(listed.key, code), url=known.address(listed.url, code), title=title)


def unnamed(listed: Listed) -> Listed:
    """A listing of which nothing is kept but the sign of its bytes, so that they need not be fetched each night."""
    return replace(listed, url="", title=None, municipality=None, body=None, date=None, kind=None, meeting=None)


def remember(db: Connection, sha256: str, text: str) -> None:
    """Bytes that say what removed ones said are removed too, by the same removal, and need not be read again."""
    known, hashes = rules(db), own.removal_hashes
    if sha256 not in known.contents:
        of_text = (hashes.c.form == "text", hashes.c.hash == known.digest(text))
        removal = db.scalar(select(func.min(hashes.c.removal_id)).where(*of_text))
        db.execute(insert(hashes), {"removal_id": removal, "form": "bytes", "hash": sha256, "length": 0})
