"""A record from one database into another (rader): what SQLite's own copy cannot do, to and from PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from index.removals.tables import secrets
from index.tables import counters, metadata

_ROWS = 200  # at a time; a reading may be a megabyte

_MADE = (counters, secrets)  # an empty record has rows of these already


def copy(source: Engine, target: Engine) -> None:
    """Every row of one record into another that has none, all or nothing; what is read is of one moment."""
    level = {"isolation_level": "REPEATABLE READ"} if source.dialect.name == "postgresql" else {}
    with (
        source.connect().execution_options(**level) as read,
        target.connect().execution_options(writes=True) as write,
        write.begin(),
    ):
        for table in _MADE:
            write.execute(table.delete())
        for table in metadata.sorted_tables:
            _copy(read, write, table)
        if target.dialect.name == "postgresql":
            _go_on_counting(write)


def is_empty(engine: Engine) -> bool:
    """Whether nothing was ever written to a record."""
    with engine.connect() as db:
        return not any(
            db.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables if table not in _MADE
        )


def _copy(read: Connection, write: Connection, table: Table) -> None:
    asked = select(table).order_by(*table.primary_key.columns)
    streamed = read.execution_options(yield_per=_ROWS).execute(asked).mappings()
    for rows in streamed.partitions(_ROWS):
        write.execute(insert(table), [dict(row) for row in rows])


def _go_on_counting(db: Connection) -> None:
    """PostgreSQL numbers new rows by sequences, which know nothing of rows that came with their numbers."""
    for table in metadata.sorted_tables:
        sequence = "id" in table.c and db.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
        if sequence:
            most = f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name})"
            db.execute(text(f"SELECT setval(:sequence, {most}, false)"), {"sequence": sequence})
