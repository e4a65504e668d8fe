"""What one transaction does to the record: a content read, a document's new version, a listing seen (spara).

Every function works on the connection of `database.writing`, so one writer at a time is at it. A document that comes
out different for those who read the record gets the next revision; one that does not, keeps the one it has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, RowMapping, Table, bindparam, delete, insert, select, update

from extractors import privacy
from extractors.model import BROKEN_OFF, NO_OCR, Document, Issue, Municipality, Unreadable
from index import finds, readings, tables
from index.listed import Listed
from index.meetings import copies
from index.removals.burying import as_kept, bury, remember, unnamed
from index.removals.masking import masked
from index.removals.rules import Rules, rules
from index.settling import (
    LISTED,
    READ,
    REMOVED,
    UNREADABLE,
    WAITING,
    WAITS,
    content_identity,
    link_cases,
    meeting_id,
    said,
    settled,
    tell_disagreements,
)

NEW_VERSION, UNCHANGED = "new version", "unchanged"

_FIND_TABLES = [
    table
    for table in reversed(tables.metadata.sorted_tables)
    if "content_id" in table.c and table not in (tables.versions, tables.documents, tables.readings)
]


# Statements that every paper needs: built once, for SQLAlchemy takes longer to build one than SQLite to do it.
_CONTENT = select(tables.contents).where(tables.contents.c.sha256 == bindparam("of_sha256"))
_SOURCE = select(tables.sources.c.id).where(tables.sources.c.name == bindparam("of_source"))
_KNOWN = select(
    tables.documents.c.id, tables.documents.c.withdrawn, tables.documents.c.rotated_out, tables.documents.c.state
).where(
    tables.documents.c.source_id == bindparam("of_source"),
    tables.documents.c.key.in_([bindparam("of_key"), bindparam("of_hidden_key")]),
)
_LISTING = select(tables.listings).where(tables.listings.c.document_id == bindparam("of_document"))
_LIST = update(tables.listings).where(tables.listings.c.document_id == bindparam("of_document"))
_DOCUMENT = select(tables.documents).where(tables.documents.c.id == bindparam("of_document"))
_REFRESH = update(tables.documents).where(tables.documents.c.id == bindparam("of_document"))
_NEWEST = (
    select(tables.versions.c.id, tables.versions.c.ordinal, tables.versions.c.content_id)
    .where(tables.versions.c.document_id == bindparam("of_document"))
    .order_by(tables.versions.c.ordinal.desc())
    .limit(1)
)
_SHOWING = (  # the documents that show a content, or have it as their newest version
    select(tables.documents.c.id)
    .where(
        (tables.documents.c.content_id == bindparam("of_content"))
        | tables.documents.c.id.in_(
            select(tables.versions.c.document_id).where(
                tables.versions.c.content_id == bindparam("of_content"),
                tables.versions.c.ordinal == tables.documents.c.version,
            )
        )
    )
    .order_by(tables.documents.c.id)
)
_HAVING = (  # the documents that have a content in any version
    select(tables.versions.c.document_id)
    .where(tables.versions.c.content_id == bindparam("of_content"))
    .distinct()
    .order_by(tables.versions.c.document_id)
)
_FORGET = delete(tables.issues).where(
    tables.issues.c.document_id == bindparam("of_document"), tables.issues.c.stage != "source"
)
_REVISION = (
    update(tables.counters)
    .where(tables.counters.c.name == "revision")
    .values(number=tables.counters.c.number + 1)
    .returning(tables.counters.c.number)
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a paper: `status` is "read", "new version", "unchanged", "unreadable", "waiting" or "removed".

    `keeps_original` is False where something is removed of what its bytes say: the archive must not have them.
    """

    document_id: int
    version_id: int | None
    status: str
    keeps_original: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be saved: as listed, its bytes' hash (None where none were had), and what reading it gave.

    `result` is None where the content has been read before: it is only seen again, or stands in one more listing.
    """

    listed: Listed
    sha256: str | None
    result: Document | Unreadable | None
    reader: str = ""
    size: int | None = None
    format: str | None = None


def save(db: Connection, paper: Paper, run_id: int) -> Saved:
    """A paper and what was read in it: the content once, a version if the bytes are new, the listing as seen now."""
    known = rules(db)
    is_removed = paper.sha256 in known.contents or _says_what_is_removed(db, paper, known)
    document_id, listing_changed, was_removed = _list(db, paper, run_id, known, is_removed or not paper.sha256)
    _forget_failures(db, document_id)
    if is_removed or (was_removed and paper.sha256 is None):
        bury(db, document_id, next_revision)
        return Saved(document_id, None, REMOVED, keeps_original=False)
    if paper.sha256 is None:
        return _unfetched(db, document_id, paper.result, run_id, listing_changed)
    reread = paper.result is not None and put_content(db, paper, run_id)
    content = get_content(db, paper.sha256)
    if content is None:
        raise LookupError(f"{paper.sha256} was never read, so there is nothing to save of it")
    version_id, ordinal, is_new = _version(db, document_id, content["id"], run_id)
    if listing_changed or is_new:
        refresh(db, document_id, changed=True)
    if reread:
        refresh_content(db, content["id"], besides=document_id if is_new else None)
    if is_new and ordinal > 1 and content["readable"]:
        _keep_changes(db, document_id, ordinal, content["id"])
    status = _status(paper, content, ordinal, is_new, reread)
    return Saved(document_id, version_id, status, keeps_original=not content["removed_places"])


def _keep_changes(db: Connection, document_id: int, ordinal: int, content_id: int) -> None:
    """What the new version decides otherwise than the one before; what compares is loaded when there is one."""
    from index.changes.keeping import keep

    documents = tables.documents.c
    code = db.scalar(select(documents.municipality_code).where(documents.id == document_id))
    keep(db, document_id, ordinal, content_id, code)


def _says_what_is_removed(db: Connection, paper: Paper, known: Rules) -> bool:
    """Whether other bytes say, word for word, what a removed paper said; these are then removed as well."""
    if not isinstance(paper.result, Document) or not paper.sha256 or not known.has_text(paper.result.text):
        return False
    remember(db, paper.sha256, paper.result.text)
    return True


def _status(paper: Paper, content: RowMapping, ordinal: int, is_new: bool, reread: bool) -> str:
    if isinstance(paper.result, Unreadable) or (is_new and not content["readable"]):
        return UNREADABLE
    if is_new:
        return READ if ordinal == 1 else NEW_VERSION
    return READ if reread else UNCHANGED


def _unfetched(
    db: Connection, document_id: int, result: Document | Unreadable | None, run_id: int, changed: bool
) -> Saved:
    """A paper whose bytes could not be had: the document is there and says why; what was read before stays."""
    if not isinstance(result, Unreadable):
        raise ValueError("a paper without bytes has nothing that could be read")
    add_issues(db, _told(result), document_id=document_id, run_id=run_id)
    refresh(db, document_id, changed)
    return Saved(document_id, None, WAITING if result.stage == WAITS else UNREADABLE)


def get_content(db: Connection, sha256: str) -> RowMapping | None:
    """The row of a content, None if these bytes were never read."""
    return db.execute(_CONTENT, {"of_sha256": sha256}).mappings().first()


def put_content(db: Connection, paper: Paper, run_id: int) -> bool:
    """What reading the bytes gave, unless the record has it from the same reader, with OCR where there is OCR now.

    True if there is something new.

    A reading by an older reader is kept when a newer one fails: nothing that was found is lost to a bad night.
    """
    content = get_content(db, str(paper.sha256))
    if isinstance(paper.result, Document):
        return _put_reading(db, content, paper, paper.result, run_id)
    assert isinstance(paper.result, Unreadable)
    if content is not None and content["readable"] and content["reader"] == paper.reader:
        return False
    return _put_failure(db, content, paper, paper.result, run_id)


def _put_reading(db: Connection, content: RowMapping | None, paper: Paper, document: Document, run_id: int) -> bool:
    if document.id != paper.sha256:
        raise ValueError(f"the document says it is {document.id}, its bytes are {paper.sha256}")
    known = content is not None and content["readable"] and content["reader"] == content["tried"] == document.reader
    if content is not None and known and (_lacks_ocr(document) or not _waits_for_ocr(db, content["id"])):
        return False
    document, places = masked(document, rules(db), _code(db, content, paper, document))
    values = {"readable": True, "reader": document.reader, "tried": document.reader, "removed_places": places}
    values |= content_identity(document)
    content_id = _put_row(db, content, paper, values)
    if content is not None:
        without_finds(db, content_id)
    readings.put(db, content_id, document)
    finds.add(db, content_id, document)
    add_issues(db, document.issues, content_id=content_id, run_id=run_id)
    return True


def without_finds(db: Connection, content_id: int) -> None:
    """A content without everything that was found in it, which is to be found anew."""
    for table in _FIND_TABLES:
        db.execute(delete(table).where(table.c.content_id == content_id))


def _code(db: Connection, content: RowMapping | None, paper: Paper, document: Document) -> str | None:
    """The municipality whose paper it is: as the text says, else as its source does; None where neither does."""
    told: Municipality | None = document.municipality or paper.listed.municipality
    if told is not None or content is None:
        return told.code if told else None
    documents = tables.documents.c
    codes = select(documents.municipality_code).where(documents.content_id == content["id"]).order_by(documents.id)
    code: str | None = db.scalar(codes.limit(1))
    return code


def _lacks_ocr(document: Document) -> bool:
    return any(issue.stage == NO_OCR for issue in document.issues)


def _waits_for_ocr(db: Connection, content_id: int) -> bool:
    about = tables.issues.c
    return db.execute(select(about.id).where(about.content_id == content_id, about.stage == NO_OCR)).first() is not None


def _put_failure(db: Connection, content: RowMapping | None, paper: Paper, why: Unreadable, run_id: int) -> bool:
    about, outdone = tables.issues.c, (why.stage, BROKEN_OFF)
    if content is None or not content["readable"]:
        values = {"readable": False, "reader": None, "tried": paper.reader} | content_identity(None)
        content_id = _put_row(db, content, paper, values)
        db.execute(delete(tables.issues).where(about.content_id == content_id))
    else:
        content_id = content["id"]
        db.execute(update(tables.contents).where(tables.contents.c.id == content_id).values(tried=paper.reader))
        db.execute(delete(tables.issues).where(about.content_id == content_id, about.stage.in_(outdone)))
    add_issues(db, _told(why), content_id=content_id, run_id=run_id)
    return content is None


def _put_row(db: Connection, content: RowMapping | None, paper: Paper, values: dict[str, Any]) -> int:
    known = {"size": paper.size, "format": paper.format}
    values |= {name: value for name, value in known.items() if value is not None}
    if content is None:
        return add_row(db, tables.contents, values | {"sha256": paper.sha256})
    db.execute(update(tables.contents).where(tables.contents.c.id == content["id"]).values(values))
    content_id: int = content["id"]
    return content_id


@cache
def inserting(table: Table) -> Insert:
    """An insert of rows that are given as parameters."""
    return insert(table)


def add_row(db: Connection, table: Table, values: dict[str, Any]) -> int:
    """A new row; its id."""
    key: Any = db.execute(inserting(table), values).inserted_primary_key
    row_id: int = key[0]
    return row_id


def add_issues(db: Connection, issues: tuple[Issue, ...], **about: int) -> None:
    """Issues about a content, a document or a source (`content_id=`, `document_id=`, `source_id=`, `run_id=`)."""
    known = rules(db) if issues else Rules()
    for issue in issues:
        place = (
            {"span_start": issue.span.start, "span_end": issue.span.end, "page": issue.span.page} if issue.span else {}
        )
        told = {"stage": storable(issue.stage), "reason": known.mask(storable(issue.reason))}
        db.execute(inserting(tables.issues), told | place | about)


def storable(words: str) -> str:
    """Words as every database takes them, what went wrong must not itself be refused; and without a personnummer.

    >>> storable("no \\x00 and no \\udc80"), storable("811228-9874.pdf")
    ('no � and no ?', '••••••-••••.pdf')
    """
    return privacy.mask(words.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode())


def _told(unreadable: Unreadable) -> tuple[Issue, ...]:
    details = "; ".join(f"{name}: {value}" for name, value in sorted(unreadable.details.items()))
    return (Issue(unreadable.stage, f"{unreadable.reason} ({details})" if details else unreadable.reason),)


def _forget_failures(db: Connection, document_id: int) -> None:
    """What went wrong with this document on earlier nights; where text and source disagree is kept by `refresh`."""
    db.execute(_FORGET, {"of_document": document_id})


def _list(
    db: Connection, paper: Paper, run_id: int, rules: Rules, stays_removed: bool = True
) -> tuple[int, bool, bool]:
    """The document of a listing, which is seen now; whether it is new, back, or listed otherwise than before, and
    whether it was removed: then nothing of its listing is kept while it `stays_removed`."""
    listed = as_kept(paper.listed, rules)
    source_id = db.scalar(_SOURCE, {"of_source": listed.source})
    if source_id is None:
        raise LookupError(f"no source is called {listed.source!r}; Catalog.source makes one")
    keys = {"of_key": paper.listed.key, "of_hidden_key": rules.hidden_key(paper.listed.key)}
    known = db.execute(_KNOWN, keys | {"of_source": source_id}).first()
    was_removed = known is not None and known.state == REMOVED
    back = known is not None and (known.withdrawn or known.rotated_out)
    if known is None:
        new = {"source_id": source_id, "key": listed.key, "state": LISTED, "version": 0, "revision": 0}
        document_id = add_row(db, tables.documents, new | {"withdrawn": False, "rotated_out": False})
    else:
        document_id = known.id
        if back:
            db.execute(_REFRESH, {"of_document": document_id, "withdrawn": False, "rotated_out": False})
    listed = unnamed(listed) if was_removed and stays_removed else listed
    changed = _put_listing(db, document_id, replace(paper, listed=listed), run_id)
    return document_id, known is None or back or changed, was_removed


def _put_listing(db: Connection, document_id: int, paper: Paper, run_id: int) -> bool:
    """What the source says now; whether it said something else before (its stamp apart)."""
    now = said(paper.listed)
    before = db.execute(_LISTING, {"of_document": document_id}).mappings().first()
    row = now | {"seen_run_id": run_id}
    if paper.sha256 is not None:
        row |= {"stamp": paper.listed.stamp, "failed_run_id": None}
    elif isinstance(paper.result, Unreadable) and paper.result.stage != WAITS:
        row |= {"failed_run_id": (before and before["failed_run_id"]) or run_id}
    if before is None:
        db.execute(inserting(tables.listings), row | {"document_id": document_id, "first_run_id": run_id})
    else:
        db.execute(_LIST, row | {"of_document": document_id})
    return before is None or any(before[name] != value for name, value in now.items())


def _version(db: Connection, document_id: int, content_id: int, run_id: int) -> tuple[int, int, bool]:
    """The document's newest version, its ordinal, and whether it is new: other bytes than the newest's make one."""
    row = db.execute(_NEWEST, {"of_document": document_id}).first()
    if row is not None and row.content_id == content_id:
        return row.id, row.ordinal, False
    ordinal = 1 if row is None else row.ordinal + 1
    values = {"document_id": document_id, "ordinal": ordinal, "content_id": content_id, "run_id": run_id}
    return add_row(db, tables.versions, values | {"first_seen": datetime.now(UTC)}), ordinal, True


def refresh_content(db: Connection, content_id: int, besides: int | None = None) -> None:
    """Every document that has this content, after it was read again; an older version may be the one to show now."""
    showing = set(db.scalars(_SHOWING, {"of_content": content_id}))
    for document_id in db.scalars(_HAVING, {"of_content": content_id}).all():
        if document_id != besides:
            refresh(db, document_id, changed=document_id in showing)


def refresh(db: Connection, document_id: int, changed: bool) -> None:
    """A document's row brought level with its listing and its newest readable version; a revision if it differs."""
    before = db.execute(_DOCUMENT, {"of_document": document_id}).mappings().one()
    now, text, listed = settled(db, before)
    tell_disagreements(db, document_id, text, listed)
    if not changed and all(before[name] == value for name, value in now.items()):
        return
    now["meeting_id"] = meeting_id(db, now)
    db.execute(_REFRESH, now | {"revision": next_revision(db), "of_document": document_id})
    link_cases(db, document_id, now["content_id"], now["municipality_code"])
    settle_copies(db, document_id)


def settle_copies(db: Connection, document_id: int) -> None:
    """The §§ of a document against the other papers of its meeting, of which those that come out different change."""
    for other in sorted(copies.settle(db, document_id)):
        db.execute(_REFRESH, {"revision": next_revision(db), "of_document": other})


def next_revision(db: Connection) -> int:
    """The next number in commit order: the counter is ours until the transaction ends."""
    number: int = db.execute(_REVISION).scalar_one()
    return number
