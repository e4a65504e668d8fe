"""The first tables of the record.

A copy of what index/tables.py said when this was written, and never changed after a release: later migrations start
from here.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", Number, primary_key=True, autoincrement=True)


def _to(table: str, *, null: bool = False, index: bool = False, cascade: bool = False) -> sa.Column[int]:
    """A column that points at a row of another table: `sources` -> `source_id`."""
    name = {"cases": "case", "bodies": "body"}.get(table, table.removesuffix("s")) + "_id"
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE" if cascade else None)
    return sa.Column(name, Number, key, nullable=null, index=index)


def _find(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """A table of finds: in which content and item (null outside all items), and where in its text."""
    place = [sa.Column(part, sa.Integer, nullable=False) for part in ("span_start", "span_end", "page")]
    return sa.Table(
        name,
        metadata,
        _id(),
        _to("contents", index=True, cascade=True),
        _to("items", null=True, index=True, cascade=True),
        *place,
        *columns,
    )


sa.Table(
    "runs",
    metadata,
    _id(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("finished_at", sa.DateTime(timezone=True)),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("summary", sa.JSON(none_as_null=True)),
)

sa.Table(
    "counters",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("number", Number, nullable=False),
)

sa.Table(
    "sources",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("location", sa.Text, nullable=False),
)

sa.Table(
    "contents",
    metadata,
    _id(),
    sa.Column("sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("size", Number),
    sa.Column("format", sa.Text),
    sa.Column("readable", sa.Boolean, nullable=False),
    sa.Column("reader", sa.Text),
    sa.Column("tried", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text),
    sa.Column("municipality_code", sa.Text),
    sa.Column("municipality", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("date", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("page_count", sa.Integer, nullable=False),
    sa.Column("item_count", sa.Integer, nullable=False),
    sa.Column("decision_count", sa.Integer, nullable=False),
    sa.Column("find_count", sa.Integer, nullable=False),
)

sa.Table(
    "readings",
    metadata,
    sa.Column(
        "content_id", Number, sa.ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    sa.Column("document", sa.LargeBinary, nullable=False),
)

sa.Table(
    "meetings",
    metadata,
    _id(),
    sa.Column("municipality_code", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("date", sa.Text, nullable=False),
    sa.UniqueConstraint("municipality_code", "body", "date"),
)

sa.Table(
    "documents",
    metadata,
    _id(),
    _to("sources"),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # of the newest version: "read" or "unreadable"
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    _to("contents", null=True, index=True),
    _to("meetings", null=True, index=True),
    sa.Column("kind", sa.Text),
    sa.Column("municipality_code", sa.Text, index=True),
    sa.Column("municipality", sa.Text),
    sa.Column("municipality_from", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("body_from", sa.Text),
    sa.Column("date", sa.Text, index=True),
    sa.Column("date_from", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("title_from", sa.Text),
    sa.Column("revision", Number, nullable=False, index=True),
    sa.UniqueConstraint("source_id", "key"),
)

sa.Table(
    "listings",
    metadata,
    sa.Column(
        "document_id", Number, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("municipality_code", sa.Text),
    sa.Column("municipality", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("date", sa.Text),
    sa.Column("stamp", sa.Text),
    sa.Column("seen_run_id", Number, sa.ForeignKey("runs.id"), nullable=False),
)

sa.Table(
    "versions",
    metadata,
    _id(),
    _to("documents", cascade=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
    _to("contents", index=True),
    _to("runs"),
    sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("document_id", "ordinal"),
)

sa.Table(
    "items",
    metadata,
    _id(),
    _to("contents", cascade=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("number", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("case_number", sa.Text),
    sa.Column("span_start", sa.Integer, nullable=False),
    sa.Column("span_end", sa.Integer, nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
    sa.UniqueConstraint("content_id", "ordinal"),
)

sa.Table(
    "cases",
    metadata,
    _id(),
    sa.Column("municipality_code", sa.Text, nullable=False),
    sa.Column("case_number", sa.Text, nullable=False),
    sa.UniqueConstraint("municipality_code", "case_number"),
)

sa.Table(
    "case_items",
    metadata,
    sa.Column("case_id", Number, sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("document_id", Number, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("item_id", Number, sa.ForeignKey("items.id", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("own", sa.Boolean, nullable=False),
    sa.Index(None, "document_id"),
)

_find(
    "decisions",
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text),
)
_find(
    "proposals",
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("proposers", sa.Text, nullable=False),
)
_find(
    "votes",
    sa.Column("yes", sa.Integer, nullable=False),
    sa.Column("no", sa.Integer, nullable=False),
    sa.Column("abstain", sa.Integer, nullable=False),
    sa.Column("yes_means", sa.Text),
)
sa.Table(
    "voters",
    metadata,
    _id(),
    _to("votes", index=True, cascade=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("party", sa.Text),
    sa.Column("vote", sa.Text, nullable=False),
)
_find(
    "reservations",
    sa.Column("parties", sa.Text, nullable=False),
    sa.Column("people", sa.Text, nullable=False),
)
sa.Table(
    "item_parties",
    metadata,
    sa.Column("item_id", Number, sa.ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("party", sa.Text, primary_key=True),
    sa.Column("act", sa.Text, primary_key=True),
)
_find(
    "case_numbers",
    sa.Column("canonical", sa.Text, nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
)
_find(
    "amounts",
    sa.Column("kronor", sa.Numeric(20, 4), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("per", sa.Text),
    sa.Column("role", sa.Text),
)
_find(
    "table_sums",
    sa.Column("table_ordinal", sa.Integer, nullable=False),
    sa.Column("kronor", sa.Numeric(20, 4), nullable=False),
    sa.Column("row_words", sa.Text, nullable=False),
    sa.Column("column_words", sa.Text, nullable=False),
)
_find(
    "people",
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("party", sa.Text),
    sa.Column("role", sa.Text),
)
_find("parties", sa.Column("code", sa.Text, nullable=False), sa.Column("text", sa.Text, nullable=False))
_find(
    "dates",
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
)
_find("organisations", sa.Column("name", sa.Text, nullable=False), sa.Column("kind", sa.Text, nullable=False))

sa.Table(
    "issues",
    metadata,
    _id(),
    _to("contents", null=True, index=True, cascade=True),
    _to("documents", null=True, index=True, cascade=True),
    _to("sources", null=True, index=True, cascade=True),
    _to("runs", null=True),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("span_start", sa.Integer),
    sa.Column("span_end", sa.Integer),
    sa.Column("page", sa.Integer),
)

sa.Table(
    "saved_searches",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("query", sa.JSON, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("revision", Number, nullable=False),
)


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
    op.execute("INSERT INTO counters (name, number) VALUES ('revision', 0)")


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
