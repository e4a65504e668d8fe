"""The items that a search found, as a table beside the record for as long as a connection needs it (träffmängd).

However many there are, they are handed over a thousand at a time and lie on the database's disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table
from sqlalchemy.dialects import postgresql, sqlite

from index.column_types import Number

Found = Iterable[Mapping[str, Any]]  # of each item its FIELDS, as the index has them

FIELDS = ("document", "sha256", "item_index")
_AT_A_TIME = 1000

items = Table(
    "found_items",
    MetaData(),
    Column("document_id", Number, primary_key=True, autoincrement=False),
    Column("sha256", String(64), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    prefixes=["TEMPORARY"],
)


def keep(db: Connection, found: Found) -> None:
    """Puts the items in the table, which is gone when the transaction ends (it is never committed)."""
    items.create(db)
    insert = (postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert)(items).on_conflict_do_nothing()
    left = iter(found)
    while batch := [
        {"document_id": each["document"], "sha256": each["sha256"], "ordinal": each["item_index"] + 1}
        for each in islice(left, _AT_A_TIME)
    ]:
        db.execute(insert, batch)
