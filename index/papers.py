"""The paper that an address means (handling): a document by its number, or by the sha256 of any version."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, case, select

from index import settling, tables
from index.catalog import Catalog, Listed, Stored, Version
from index.settling import REMOVED

_ID = re.compile(r"[1-9]\d{0,17}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Told:
    """Something that could not be read or is unclear, as the record tells it: at which stage, why, on which page."""

    stage: str
    reason: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the record in one version. `stored` is None where that version could not be read: `issues` say why.

    `unreadable` says that the newest bytes could not be read, and an older version is shown in their place.
    """

    document_id: int
    listed: Listed
    withdrawn: bool
    unreadable: bool
    newest: int
    stored: Stored | None
    versions: tuple[Version, ...]
    issues: tuple[Told, ...]

    @property
    def is_old(self) -> bool:
        """Whether a later version can be read."""
        readable = [version.ordinal for version in self.versions if version.readable]
        return self.stored is not None and self.stored.version < max(readable, default=0)

    @property
    def original(self) -> str | None:
        """Where the municipality publishes it, if that is an address on the web."""
        is_web = self.listed.url.lower().startswith(("https://", "http://"))
        return self.listed.url if is_web else None


def find(catalog: Catalog, address: str) -> Paper | None:
    """The paper at an address, None where there is none: of an id the newest version that can be read.

    Where several documents have the same bytes it is one that has them now and is still listed.
    """
    with catalog.engine.connect() as db:
        meant = _meant(db, address)
        if meant is None:
            return None
        document_id, version = meant
        row = db.execute(select(tables.documents).where(tables.documents.c.id == document_id)).mappings().one()
        listed = settling.listed(db, document_id)
    versions = tuple(catalog.versions(document_id))
    stored = catalog.document(document_id, version)
    sha256 = (
        stored.sha256 if stored else next((v.sha256 for v in versions if v.ordinal == (version or row["version"])), "")
    )
    unreadable = row["state"] == "unreadable"
    issues = _issues(catalog, document_id, sha256)
    return Paper(document_id, listed, row["withdrawn"], unreadable, row["version"], stored, versions, issues)


def _meant(db: Connection, address: str) -> tuple[int, int | None] | None:
    """The document and, where an address is of certain bytes, the version."""
    documents, versions, contents = tables.documents, tables.versions, tables.contents
    if _ID.fullmatch(address):
        found = db.scalar(select(documents.c.id).where(documents.c.id == int(address), documents.c.state != REMOVED))
        return None if found is None else (found, None)
    if not _SHA256.fullmatch(address):
        return None
    rows = (
        select(documents.c.id, versions.c.ordinal)
        .join_from(versions, contents)
        .join(documents, documents.c.id == versions.c.document_id)
        .where(contents.c.sha256 == address)
        .order_by(
            case((documents.c.content_id == contents.c.id, 0), else_=1), documents.c.withdrawn, documents.c.id,
            versions.c.ordinal.desc(),
        )
    )  # fmt: skip
    row = db.execute(rows.limit(1)).first()
    return None if row is None else (row.id, row.ordinal)


def _issues(catalog: Catalog, document_id: int, sha256: str) -> tuple[Told, ...]:
    """Those of the bytes, and those of the document."""
    issues, contents = tables.issues, tables.contents
    rows = select(issues.c.stage, issues.c.reason, issues.c.page).outerjoin(
        contents, contents.c.id == issues.c.content_id
    )
    where = (contents.c.sha256 == sha256) | (issues.c.document_id == document_id)
    with catalog.engine.connect() as db:
        return tuple(dict.fromkeys(Told(*row) for row in db.execute(rows.where(where).order_by(issues.c.id))))
