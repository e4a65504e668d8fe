"""What is left in files when the record has forgotten (rensning): the index, originals, pictures, freed pages."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from sqlalchemy import Engine, select, text

from index import backend, tables
from index.archive import Archive
from index.catalog import Catalog
from index.database import CatalogError
from index.embed import Encoder
from index.embedded import Embedded
from index.moving import Copy
from index.pictures.store import Store
from index.removals.rules import rules
from index.removals.tables import removal_hashes
from index.settings import Settings
from index.sync import sync
from index.vectors import Meta

_SHA256 = re.compile(r"[0-9a-f]{64}")
_WAIT_MS = 20_000  # how long who reads or writes in the database is waited for


def index(settings: Settings, catalog: Catalog, encode: Encoder | None = None) -> None:
    """The index without what is removed, and no older one beside it; whoever has one of those open takes this.

    An embedded index is made of the points of the one before, without those of papers that have changed: its files keep
    what is taken out of them. A server's is changed where it is.
    """
    kept = backend.of(settings)
    if not kept.name():
        with kept.lock(urgent=True):  # what a sync has in the making goes, so that it begins with what is left
            if not kept.name():
                kept.clean(at_once=True)
                return
    if kept.shared:
        sync(settings, encode=encode, urgent=True)
        return

    def changed(meta: Meta) -> frozenset[int]:
        return frozenset(change.document_id for change in catalog.changes(meta.revision))

    sync(settings, encode=encode, rebuild=True, fill=Copy(Embedded(settings.vectors), changed), urgent=True)


def originals(settings: Settings, engine: Engine) -> None:
    """The archive keeps no bytes of which something is removed, and no pictures of their pages are kept."""
    archive, pictures = Archive(settings.archive), Store(settings.home / "pictures", 0)
    for sha256 in _removed(engine):
        archive.remove(sha256)
        pictures.forget(sha256)


def reports(settings: Settings, engine: Engine) -> None:
    """The pages of morning reports: those that link to removed bytes go, in others what is removed is masked."""
    with engine.connect() as db:
        known = rules(db)
    for page in sorted((settings.home / "reports").glob("*.html")):
        text = page.read_text("utf-8")
        if known.contents.intersection(_SHA256.findall(text)):
            page.unlink()
        elif (masked := known.mask(text)) != text:
            page.write_text(masked, "utf-8")


def _removed(engine: Engine) -> Iterator[str]:
    hashes, contents = removal_hashes.c, tables.contents.c
    with engine.connect() as db:
        yield from db.scalars(select(hashes.hash).where(hashes.form == "bytes").order_by(hashes.hash)).all()
        yield from db.scalars(select(contents.sha256).where(contents.removed_places > 0).order_by(contents.id)).all()


def database(engine: Engine) -> bool:
    """The database's files are written anew without what was deleted; False where somebody keeps it busy for too long.

    On PostgreSQL what was deleted is given free (VACUUM), and overwritten when the room is used.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text("VACUUM"))
        return True
    held = engine.raw_connection()
    try:
        held.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
        held.execute("VACUUM")
        return not held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise CatalogError(f"the record's files cannot be written anew: {error}; the next run tries again") from error
    finally:
        held.detach()  # with its short patience
        held.close()
