"""A document as the record has it (sparat): what is known under a source's key, and what is shown of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from extractors.model import Document
from index import readings, settling, tables
from index.listed import Identity, Listed, settle
from index.meetings import copies
from index.meetings.copies import Also


@dataclass(frozen=True, slots=True)
class Known:
    """What the record has under a source's key: the newest bytes, and the reader that tried them last; nothing of a
    paper that was removed, but the sign of its bytes."""

    document_id: int
    sha256: str | None
    readable: bool
    reader: str | None
    stamp: str | None
    withdrawn: bool
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A document in the record: as read (`document`), as listed, and what counts of the two (`identity`).

    `version` is the ordinal of the version this is, of `versions`; the newest is shown, or the newest that can be read.
    """

    document_id: int
    document: Document
    listed: Listed
    identity: Identity
    sha256: str
    version: int
    versions: int
    withdrawn: bool
    revision: int
    copied: frozenset[int] = frozenset()  # places of §§ that are searched in a better paper of the meeting
    also: Mapping[int, tuple[Also, ...]] = field(default_factory=dict)  # by a §'s place, the other papers that have it


def known(db: Connection, source: str, *where: Any) -> Iterator[tuple[str, Known]]:
    """What the record has of a source, by key, as far as these conditions hold."""
    documents, versions, contents, listings = tables.documents, tables.versions, tables.contents, tables.listings
    asked: list[Any] = [documents.c.id, documents.c.key, documents.c.withdrawn, documents.c.state, listings.c.stamp]
    rows = (
        select(*asked, contents.c.sha256, contents.c.readable, contents.c.tried)
        .join_from(documents, tables.sources)
        .join(listings, listings.c.document_id == documents.c.id)
        .outerjoin(versions, (versions.c.document_id == documents.c.id) & (versions.c.ordinal == documents.c.version))
        .outerjoin(contents, contents.c.id == versions.c.content_id)
        .where(tables.sources.c.name == source, *where)
    )
    for row in db.execute(rows):
        removed = row.state == settling.REMOVED
        yield row.key, Known(row.id, row.sha256, bool(row.readable), row.tried, row.stamp, row.withdrawn, removed)


def stored(db: Connection, document_id: int, version: int | None) -> Stored | None:
    """A document as it is shown, or a version of it; None where there is none that can be read."""
    documents, versions, contents = tables.documents, tables.versions, tables.contents
    rows = select(contents, versions.c.ordinal).join_from(versions, contents)
    rows = rows.where(versions.c.document_id == document_id, contents.c.readable).order_by(versions.c.ordinal.desc())
    rows = rows if version is None else rows.where(versions.c.ordinal == version)
    content = db.execute(rows.limit(1)).mappings().first()
    if content is None:
        return None
    row = db.execute(select(documents).where(documents.c.id == document_id)).mappings().one()
    listed, shown = settling.listed(db, document_id), row["content_id"] == content["id"]
    return Stored(
        document_id=document_id,
        document=replace(readings.get(db, content["id"]), source=listed.url),
        listed=listed,
        identity=settle(settling.identity(content), listed),
        sha256=content["sha256"],
        version=content["ordinal"],
        versions=row["version"],
        withdrawn=row["withdrawn"],
        revision=row["revision"],
        copied=copies.copied(db, document_id) if shown else frozenset(),
        also=copies.also(db, document_id) if shown else {},
    )
