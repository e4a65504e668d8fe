"""The tables of what is removed: in the record like those of index/tables.py, without a word of what it was."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from index.column_types import Moment, Number
from index.tables import metadata

removals = Table(
    "removals",  # borttagningar: what must not be shown, ever, without what it was
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("token", String(32), nullable=False, unique=True),  # what it is known by in every copy of the record
    Column("kind", Text, nullable=False),  # "document", "passage" or "person"
    Column("reason", Text, nullable=False),
    Column("municipality_code", Text),  # a person is removed from the papers of this one alone; null: from all
    Column("made_at", Moment, nullable=False),
    Column("documents", Integer, nullable=False),  # how many it hid, or hid something of
    Column("places", Integer, nullable=False),
    Column("hidden_at", Moment),  # when nothing showed it any more; null while that is being done
    Column("purged_at", Moment),  # when no file of ours had it any more
)

removal_hashes = Table(
    "removal_hashes",  # what a removal knows of its own: sha256 of bytes, keyed hashes of letters
    metadata,
    Column("removal_id", Number, ForeignKey("removals.id", ondelete="CASCADE"), nullable=False),
    Column("form", Text, nullable=False),  # "bytes", "text" (all of a paper), "letters" (of a name, a passage)
    Column("hash", String(64), nullable=False, index=True),
    Column("length", Integer, nullable=False),  # how many letters
    UniqueConstraint("removal_id", "form", "hash"),
)

secrets = Table(
    "secrets",  # "hashes": the key that letters are hashed with, so that a hash alone cannot be guessed at
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
