"""The record of everything known (katalog): sources, documents, versions, finds, cases, runs and issues, in SQL.

    catalog = Catalog(settings.catalog)
    run = catalog.start_run("ingest")
    catalog.source("papers", "folder", "/srv/papers")
    catalog.save(Listed("papers", "a.pdf", "/srv/papers/a.pdf"), sha256, document, run)
    catalog.finish_run(run, {"read": 1})

Each saved change has a revision, numbered in commit order: who has seen revision n asks for `changes(n)`.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, or_, select, update
from sqlalchemy.exc import DataError, IntegrityError

from extractors import privacy
from extractors.model import Document, Issue, Unreadable
from index import saving, stale, stored, tables, visits
from index.database import CatalogError, connect, writing
from index.listed import Identity, Listed, Meeting
from index.removals.rules import HIDDEN, Rules, rules, walked
from index.saving import Paper, Saved
from index.status import Run, Status, runs, status
from index.stored import Known, Stored
from index.visits import Visit

__all__ = ["Catalog", "CatalogError", "Change", "Identity", "Known", "Listed", "Meeting", "Paper", "Run"]
__all__ += ["Saved", "Stale", "Status", "Stored", "Version", "Visit"]

_PAGE = 500  # rows fetched at a time, so that no reader keeps a transaction open for long
_UNSAVEABLE = (DataError, IntegrityError, OverflowError, UnicodeError)  # the paper's own fault, not the database's


@dataclass(frozen=True, slots=True)
class Change:
    """A document that came out different: `gone` where there is nothing (more) of it to search."""

    revision: int
    document_id: int
    gone: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document: its bytes, and when they were first seen."""

    ordinal: int
    sha256: str
    readable: bool
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Stale:
    """A content that is worth reading again; `source` is the address of one document that has it."""

    sha256: str
    source: str


class Catalog:
    """The record at a database URL, made if it is not there. Safe to use from many threads and processes."""

    def __init__(self, url: str) -> None:
        self.engine = connect(url)

    def close(self) -> None:
        """Gives back the connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Sources and runs

    def source(self, name: str, kind: str, location: str, expect: Mapping[str, Any] | None = None) -> int:
        """The id of a source, made or told anew where it is, and what is expected of it (index/books/expecting.py)."""
        told = {"kind": kind, "location": location, "expect": expect}
        with writing(self.engine) as db:
            where = tables.sources.c.name == name
            source_id: int | None = db.scalar(select(tables.sources.c.id).where(where))
            if source_id is None:
                return saving.add_row(db, tables.sources, told | {"name": name})
            db.execute(update(tables.sources).where(where).values(told))
            return source_id

    def start_run(self, kind: str) -> int:
        """A run ("ingest", "nightly", "rebuild"...) begins now, in this process."""
        values = {"kind": kind, "started_at": datetime.now(UTC), "host": platform.node(), "pid": os.getpid()}
        with writing(self.engine) as db:
            return saving.add_row(db, tables.runs, values)

    def finish_run(self, run_id: int, summary: dict[str, Any]) -> None:
        """A run came to its end, and what it did, as JSON."""
        with writing(self.engine) as db:
            values = {"finished_at": datetime.now(UTC), "summary": walked(summary, rules(db).mask)}
            db.execute(update(tables.runs).where(tables.runs.c.id == run_id).values(values))

    def runs(self, limit: int = 20) -> list[Run]:
        """The last runs, newest first; one that was killed is "interrupted"."""
        with self.engine.connect() as db:
            return runs(db, limit)

    def add_issue(self, source: str, stage: str, reason: str, run_id: int) -> None:
        """Something wrong with a source as a whole, as when its listing cannot be had."""
        with writing(self.engine) as db:
            saving.add_issues(db, (Issue(stage, reason),), source_id=_source_id(db, source), run_id=run_id)

    # Visits

    def list_all(
        self,
        source: str,
        papers: Sequence[Listed],
        meetings: Sequence[Meeting],
        run_id: int,
        now: datetime | None = None,
    ) -> None:
        """What a source lists, before anything is fetched: every paper is a document, "listed" until it was tried.

        Each key is to stand in a list once. What is listed as it was costs next to nothing.
        """
        with writing(self.engine) as db:
            visits.begin(db, _source_id(db, source), papers, meetings, run_id, now or datetime.now(UTC))

    def visited(
        self,
        source: str,
        run_id: int,
        troubles: Mapping[str, str] | None = None,
        covers: Callable[[str], bool] = lambda key: True,
        now: datetime | None = None,
    ) -> Visit:
        """A visit is over. Without troubles its list was whole: what left it is marked, nothing is deleted.

        `troubles` are the places that could not be listed, each with its reason; `covers` tells of a key whether its
        paper is gone when it is not listed.
        """
        with writing(self.engine) as db:
            return visits.end(db, _source_id(db, source), run_id, troubles or {}, covers, now or datetime.now(UTC))

    # What is known already

    def known(self, source: str, key: str) -> Known | None:
        """What the record has under a source's key, None if it has never been listed."""
        with self.engine.connect() as db:
            keys = (key, rules(db).hidden_key(key))
            return next((known for _, known in stored.known(db, source, tables.documents.c.key.in_(keys))), None)

    def all_known(self, source: str) -> dict[str, Known]:
        """Everything the record has of a source, by key; `get` finds what is kept under a hash of its key too."""
        with self.engine.connect() as db:
            return _ByKey(dict(stored.known(db, source)), rules(db))

    def content_read(self, sha256: str, reader: str) -> bool:
        """Whether these bytes need not be read (again): this reader tried them, or they are removed."""
        contents = tables.contents.c
        with self.engine.connect() as db:
            where = (contents.sha256 == sha256, contents.tried == reader)
            return db.execute(select(contents.id).where(*where)).first() is not None or sha256 in rules(db).contents

    def may_keep(self, sha256: str) -> bool:
        """Whether the archive may have these bytes: nothing is removed of what they say, as far as is known."""
        contents = tables.contents.c
        with self.engine.connect() as db:
            places = db.scalar(select(contents.removed_places).where(contents.sha256 == sha256))
            return not places and sha256 not in rules(db).contents

    # Saving

    def save(
        self,
        listed: Listed,
        sha256: str | None,
        result: Document | Unreadable,
        run_id: int,
        *,
        reader: str = "",
        size: int | None = None,
        format: str | None = None,
    ) -> Saved:
        """A paper that was read, or could not be; without sha256 its bytes could not even be had.

        `reader` tells who failed where the result is Unreadable; a Document tells its own.
        """
        return self.save_all([Paper(listed, sha256, result, reader, size, format)], run_id)[0]

    def save_all(self, papers: Iterable[Paper], run_id: int) -> list[Saved]:
        """Several papers in one transaction; one that the database will not take becomes an issue."""
        with writing(self.engine) as db:
            return [_save(db, paper, run_id) for paper in papers]

    def unchanged(self, listed: Listed, sha256: str, run_id: int) -> Saved:
        """A listing whose bytes the record has read before, under this key or another: it is seen now."""
        return self.save_all([Paper(listed, sha256, None)], run_id)[0]

    def save_reading(self, sha256: str, result: Document | Unreadable, run_id: int, *, reader: str = "") -> bool:
        """A content that was read again, for all documents that have it. True if there is a new reading of it."""
        with writing(self.engine) as db:
            content = saving.get_content(db, sha256)
            if content is None:
                raise LookupError(f"{sha256} is not in the record")
            paper = Paper(Listed("", "", ""), sha256, result, reader)
            changed = saving.put_content(db, paper, run_id)
            if changed:
                saving.refresh_content(db, content["id"])
            return changed

    # Reading the record

    def revision(self) -> int:
        """The number of the last change."""
        with self.engine.connect() as db:
            where = tables.counters.c.name == "revision"
            number: int = db.execute(select(tables.counters.c.number).where(where)).scalar_one()
            return number

    def record(self) -> str:
        """What tells this record from every other: when and where its first run began; "" before there was one."""
        with self.engine.connect() as db:
            first = db.execute(select(tables.runs).order_by(tables.runs.c.id).limit(1)).mappings().first()
            began = first and first["started_at"].astimezone(UTC).isoformat()
            return f"{began} {first['host']} {first['pid']}" if first else ""

    def changes(self, since: int = 0) -> Iterator[Change]:
        """Every document that changed after a revision, once, in the order of its last change."""
        documents = tables.documents.c
        rows = select(documents.revision, documents.id, documents.content_id).order_by(documents.revision).limit(_PAGE)
        while True:
            with self.engine.connect() as db:
                page = db.execute(rows.where(documents.revision > since)).all()
            for row in page:
                yield Change(row.revision, row.id, row.content_id is None)
            if len(page) < _PAGE:
                return
            since = page[-1].revision

    def document(self, document_id: int, version: int | None = None) -> Stored | None:
        """A document as it stands, or an older version of it; None where there is none that could be read."""
        with self.engine.connect() as db:
            return stored.stored(db, document_id, version)

    def documents(self, ids: Iterable[int] | None = None) -> Iterator[Stored]:
        """These documents, or all, as far as they could be read."""
        for document_id in self.document_ids() if ids is None else ids:
            found = self.document(document_id)
            if found is not None:
                yield found

    def document_ids(self) -> Iterator[int]:
        """Every document that has a version that could be read, in order of id."""
        documents, last = tables.documents.c, 0
        rows = select(documents.id).where(documents.content_id.is_not(None)).order_by(documents.id).limit(_PAGE)
        while True:
            with self.engine.connect() as db:
                page = db.scalars(rows.where(documents.id > last)).all()
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1]

    def find(self, source: str) -> list[int]:
        """The documents that somebody may mean by a path, an address, a key, or (the start of) a sha256."""
        documents, listings, contents = tables.documents, tables.listings.c, tables.contents.c
        rows = select(documents.c.id).join(tables.listings, listings.document_id == documents.c.id)
        rows = rows.outerjoin(tables.contents, contents.id == documents.c.content_id).order_by(documents.c.id)
        kept = privacy.mask(source)
        meant = [listings.url.in_((source, kept)), documents.c.key == source]
        if len(source) >= 8 and source.isalnum():
            meant.append(contents.sha256.startswith(source.lower(), autoescape=True))
        with self.engine.connect() as db:
            return list(db.scalars(rows.where(or_(*meant))))

    def versions(self, document_id: int) -> list[Version]:
        """All versions of a document, the oldest first."""
        contents, versions = tables.contents.c, tables.versions
        rows = select(versions.c.ordinal, contents.sha256, contents.readable, versions.c.first_seen)
        rows = rows.join_from(versions, tables.contents).where(versions.c.document_id == document_id)
        with self.engine.connect() as db:
            return [Version(*row) for row in db.execute(rows.order_by(versions.c.ordinal))]

    def stale(self, reader: str, ocr: bool = False) -> Iterator[Stale]:
        """Every content that another reader tried last, or whose reading broke off; with `ocr` also scans left unread.

        What is read well meanwhile is no longer among them, so who stops goes on where it was.
        """
        contents, last = tables.contents.c, 0
        address = select(tables.listings.c.url).join_from(tables.versions, tables.listings, _same_document())
        address = address.where(tables.versions.c.content_id == contents.id).order_by(tables.versions.c.id).limit(1)
        rows = select(contents.id, contents.sha256, func.coalesce(address.scalar_subquery(), "").label("source"))
        rows = rows.where(stale.stale(reader, ocr)).order_by(contents.id).limit(_PAGE)
        while True:
            with self.engine.connect() as db:
                page = db.execute(rows.where(contents.id > last)).all()
            yield from (Stale(row.sha256, row.source) for row in page)
            if len(page) < _PAGE:
                return
            last = page[-1].id

    def why_unreadable(self, sha256: str) -> str | None:
        """What kept these bytes from being read, "stage: reason"; None where nothing did."""
        issues, contents = tables.issues, tables.contents
        rows = select(issues.c.stage, issues.c.reason).join(contents, contents.c.id == issues.c.content_id)
        with self.engine.connect() as db:
            row = db.execute(rows.where(contents.c.sha256 == sha256, ~contents.c.readable).limit(1)).first()
            return row and f"{row.stage}: {row.reason}"

    def status(self, reader: str | None = None) -> Status:
        """How much there is of everything; with a reader, also how much another one read."""
        with self.engine.connect() as db:
            return status(db, reader)


class _ByKey(dict[str, Known]):
    """What is known by the keys that may be told; of a removed paper it is told only to who has its key."""

    def __init__(self, held: dict[str, Known], known: Rules) -> None:
        super().__init__({key: each for key, each in held.items() if not key.startswith(HIDDEN)})
        self._held, self._rules = held, known

    def get(self, key: str, default: Any = None) -> Any:
        return self._held.get(key) or self._held.get(self._rules.hidden_key(key)) or default


def _source_id(db: Connection, source: str) -> int:
    source_id: int = db.execute(select(tables.sources.c.id).where(tables.sources.c.name == source)).scalar_one()
    return source_id


def _save(db: Connection, paper: Paper, run_id: int) -> Saved:
    try:
        with db.begin_nested():
            return saving.save(db, paper, run_id)
    except _UNSAVEABLE as error:
        if not isinstance(paper.result, Document):
            raise
        why = Unreadable("save", f"the record cannot hold what was read: {_first_line(error)}")
        with db.begin_nested():
            return saving.save(db, replace(paper, result=why, reader=paper.result.reader), run_id)


def _first_line(error: Exception) -> str:
    """What the database says, without our SQL."""
    lines = str(getattr(error, "orig", None) or error).splitlines() or [type(error).__name__]
    return lines[0][:200]


def _same_document() -> Any:
    return tables.versions.c.document_id == tables.listings.c.document_id
