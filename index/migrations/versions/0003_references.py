"""The §§ that an item refers to have a table: a case is followed through them."""

from __future__ import annotations

import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

from extractors.json import from_json
from index.cases import references

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_AT_A_TIME = 200


def upgrade() -> None:
    """The table, filled from the readings that the record has: nothing need be read again."""
    made = op.create_table(
        "item_references",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("content_id", _NUMBER, sa.ForeignKey("contents.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("item_id", _NUMBER, sa.ForeignKey("items.id", ondelete="CASCADE"), index=True),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("day", sa.Text),
        sa.Column("year", sa.Text, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("handled", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Index("ix_item_references_number", "number", "day"),
    )
    _fill(op.get_bind(), made)


def downgrade() -> None:
    """And away with it."""
    op.drop_table("item_references")


def _fill(db: sa.Connection, made: sa.Table) -> None:
    some = "SELECT content_id, document FROM readings WHERE content_id > :after ORDER BY content_id LIMIT :some"
    after, page = 0, sa.text(some)
    items = sa.text("SELECT id FROM items WHERE content_id = :content ORDER BY ordinal")
    while rows := db.execute(page, {"after": after, "some": _AT_A_TIME}).all():
        found: list[dict[str, Any]] = []
        for content_id, packed in rows:
            document, after = from_json(json.loads(zlib.decompress(packed))), content_id
            ids = db.scalars(items, {"content": content_id}).all()
            for item, item_id in zip(document.items, ids, strict=True):
                for one in references.of_item(document, item):
                    place = {"span_start": one.span.start, "span_end": one.span.end, "page": one.span.page}
                    found.append({"content_id": content_id, "item_id": item_id} | place | references.row(one))
        if found:
            db.execute(made.insert(), found)
