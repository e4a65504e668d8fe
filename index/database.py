"""Opening the record's database: SQLite by default, PostgreSQL by URL, with its tables brought up to date."""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from index.changes import tables as _of_changes  # noqa: F401 -- tables of the record too
from index.removals import tables as _of_removals  # noqa: F401 -- tables of the record too
from index.tables import SCHEMA, counters
from index.watching import tables as _of_watching  # noqa: F401

_WAIT_MS = 60_000  # how long a writer waits for another one
_RUN_LOCK = 0x50415242  # the same, around a run
_MIGRATION_LOCK = 0x50415241  # any number that is ours alone: PostgreSQL's advisory lock around a migration


class CatalogError(RuntimeError):
    """The catalog cannot be opened or written, and why."""


def connect(url: str) -> Engine:
    """An engine with our pragmas and transactions, its tables made or brought up to date."""
    parsed = make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(parsed)
        _bring_up_to_date(engine)
    except (OSError, DBAPIError) as error:
        why = error.orig if isinstance(error, DBAPIError) else error
        raise CatalogError(f"the catalog {parsed.render_as_string()} cannot be opened: {why}") from error
    return engine


def is_there(url: str) -> bool:
    """Whether there may be a catalog at a URL: an SQLite file that does not exist holds none.

    >>> is_there("sqlite:////nowhere/catalog.sqlite"), is_there("postgresql+psycopg://host/name")
    (False, True)
    """
    parsed = make_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or ".").exists()


def _engine(url: URL) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def _pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: Python's own driver would say it too late
    for pragma in (f"busy_timeout={_WAIT_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """A writer takes SQLite's one write lock at once, so that it never finds half-way that another was first."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: all or nothing, and one at a time, from the lock on the revision to the commit."""
    try:
        with engine.connect().execution_options(writes=True) as db, db.begin():
            db.execute(select(counters.c.number).where(counters.c.name == "revision").with_for_update())
            yield db
    except OperationalError as error:  # a full disk, a lock nobody gives back: not the fault of what was saved
        raise CatalogError(f"the catalog {engine.url.render_as_string()} cannot be written: {_first(error)}") from error


@contextmanager
def alone(engine: Engine, busy: Callable[[], None]) -> Iterator[None]:
    """Nobody else is at work on this record in here, on whatever machine; `busy` is called before it is waited for.

    On PostgreSQL it is a lock of the session, which ends with it; SQLite has a file beside it for that.
    """
    if engine.dialect.name == "sqlite":
        with file_lock(Path(f"{engine.url.database}.lock"), busy):
            yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        asked = {"lock": _RUN_LOCK, "place": zlib.crc32(str(db.scalar(text("SELECT current_schema()"))).encode()) >> 1}
        if not db.scalar(text("SELECT pg_try_advisory_lock(:lock, :place)"), asked):
            busy()
            db.execute(text("SELECT pg_advisory_lock(:lock, :place)"), asked)
        try:
            yield
        finally:
            with suppress(DBAPIError):  # a session that is gone has let go of it
                db.execute(text("SELECT pg_advisory_unlock(:lock, :place)"), asked)


@contextmanager
def file_lock(path: Path, busy: Callable[[], None]) -> Iterator[None]:
    """Held by one process at a time; the kernel gives it back however that one ends."""
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            busy()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _first(error: BaseException) -> BaseException:
    """What went wrong first: on a full disk SQLite gives up the whole transaction, and closing it fails as well."""
    while error.__context__ is not None:
        error = error.__context__
    return error


def _bring_up_to_date(engine: Engine) -> None:
    """The schema's version is asked with one query: Alembic is imported only where there is work for it."""
    with engine.connect() as db:
        if _version(db) == SCHEMA:
            return
    with engine.connect().execution_options(writes=True) as db, db.begin():
        if db.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        if _version(db) != SCHEMA:  # unless another process was first
            _migrate(db, _version(db))


def _migrate(db: Connection, version: str | None) -> None:
    from index import migrations

    if version is not None and version not in migrations.known():
        raise CatalogError(f"this catalog was made by a newer Paragraf (schema {version}); install that one to open it")
    migrations.upgrade(db)


def _version(db: Connection) -> str | None:
    """The migration that the database stands at, None for an empty one."""
    if not inspect(db).has_table("alembic_version"):
        return None
    version: str | None = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version
