"""The table of changes: in the record like those of index/tables.py."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text

from index.column_types import Moment, Number
from index.tables import metadata

changes = Table(
    "changes",  # ändringar: what a version of a paper decides otherwise than the one before it
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("document_id", Number, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("from_version", Integer, nullable=False),  # ordinals of the document's versions
    Column("to_version", Integer, nullable=False),
    Column("municipality_code", Text),
    Column("number", Text),  # of the §; null in a paper without
    Column("title", Text),
    Column("item_index", Integer),  # of the § in the newer version, from 0; null where it is gone
    Column("what", Text, nullable=False),  # "decision" or "votes"
    Column("state", Text, nullable=False),  # "added", "removed" or "changed"
    Column("outcome", Text),  # now, or before where it is removed
    Column("before", JSON(none_as_null=True)),  # of a decision text, outcome, kronor, page; of votes yes, no, abstain
    Column("after", JSON(none_as_null=True)),
    Column("found_at", Moment, nullable=False, index=True),
)
