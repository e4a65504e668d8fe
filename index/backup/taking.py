"""Making a backup (ta säkerhetskopia), while the night runs or not: the record of one moment, then its originals."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.pool import NullPool

from index import tables
from index.archive import Archive, ArchiveError
from index.backup import rows
from index.backup.manifest import HOME, KEPT, MANIFEST, ORIGINALS, RECORD, BackupError, Manifest
from index.catalog import Catalog
from index.database import connect, is_there
from index.settings import Settings
from index.stale import has_original

Tell = Callable[[int, int], None]  # originals looked at, of how many


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup came to: `copied` originals were new, `forgotten` are no longer in the record."""

    manifest: Manifest
    copied: int
    forgotten: int


def take(settings: Settings, folder: Path, tell: Tell = lambda done, total: None) -> Taken:
    """A whole backup in a folder, or the one that is there brought up to date. Raises BackupError.

    An original that the archive lacks, or has damaged, is told in `manifest.missing`; the rest is kept all the same.
    """
    if not is_there(settings.catalog):
        raise BackupError(f"there is no record at {settings.catalog} to make a backup of")
    _fit(folder)
    with _alone(folder):
        with Catalog(settings.catalog) as catalog:
            _snapshot(catalog.engine, folder / f"{RECORD}.new")
        record, originals = folder / f"{RECORD}.new", Archive(str(folder / ORIGINALS))
        wanted, documents, revision = _told(record)
        missing, copied = _copy(Archive(settings.archive), originals, wanted, tell)
        _home(settings.home, folder / HOME)
        (folder / MANIFEST).unlink(missing_ok=True)  # from here until it is written there is no whole backup
        record.replace(folder / RECORD)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(
            made_at, revision, documents, len(wanted) - len(missing), missing, of_file(folder / RECORD)
        )  # fmt: skip
        manifest.write(folder)
        return Taken(manifest, copied, _forget(originals, set(wanted)))


def _fit(folder: Path) -> None:
    """The folder is there, and is empty or a backup's: nobody's files are mixed with ours."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        inside = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise BackupError(f"{folder} cannot be a backup's folder: {error.strerror}") from None
    strange = {name for name in inside if not name.startswith((MANIFEST, RECORD, ORIGINALS, HOME, "lock"))}
    if strange:
        raise BackupError(f"{folder} has other files in it ({min(strange)}): name a folder of the backup's own")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"another backup is being made in {folder}") from None
        yield


def _snapshot(engine: Engine, path: Path) -> None:
    """The record as it stands now, as an SQLite file without what was freed in it."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.connection.driver_connection.execute("VACUUM INTO ?", (str(path),))  # type: ignore[union-attr]
        return
    target = connect(f"sqlite:///{path}")
    try:
        rows.copy(engine, target)
    finally:
        target.dispose()


def _told(record: Path) -> tuple[list[str], int, int]:
    """The sha256 of every content, how many documents there are, and the last revision."""
    engine = create_engine(f"sqlite:///file:{record}?mode=ro&uri=true", poolclass=NullPool)
    with engine.connect() as db:
        originals = list(
            db.scalars(select(tables.contents.c.sha256).where(has_original()).order_by(tables.contents.c.sha256))
        )
        documents = db.scalar(select(func.count()).select_from(tables.documents)) or 0
        number = select(tables.counters.c.number).where(tables.counters.c.name == "revision")
        return originals, documents, db.scalar(number) or 0


def _copy(archive: Archive, kept: Archive, wanted: list[str], tell: Tell) -> tuple[tuple[str, ...], int]:
    """What is lacking and how many were new; each is checked against its hash on the way."""
    missing, copied = [], 0
    for done, sha256 in enumerate(wanted, 1):
        if not kept.has(sha256):
            try:
                kept.put(archive.get(sha256))
                copied += 1
            except ArchiveError:
                if not archive.has(sha256) or not archive.intact(sha256):
                    missing.append(sha256)
                else:
                    raise  # the backup's own disk
        tell(done, len(wanted))
    return tuple(missing), copied


def of_file(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _home(home: Path, kept: Path) -> None:
    """What people told us there, and keys: links in mails that were sent hold only while the key does."""
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(mode=0o700)
    for pattern in KEPT:
        for path in home.glob(pattern):
            if path.is_dir():
                shutil.copytree(path, kept / path.name)
            else:
                shutil.copy2(path, kept / path.name)


def _forget(kept: Archive, wanted: set[str]) -> int:
    gone = [sha256 for sha256 in kept if sha256 not in wanted]
    for sha256 in gone:
        kept.remove(sha256)
    return len(gone)
