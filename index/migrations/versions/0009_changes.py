"""What a new version of a paper decides otherwise, kept when it comes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.column_types import Moment, Number

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """The table, empty: what changed before is seen by comparing versions."""
    op.create_table(
        "changes",
        sa.Column("id", Number, primary_key=True, autoincrement=True),
        sa.Column(
            "document_id",
            Number,
            sa.ForeignKey("documents.id", name="fk_changes_document_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("from_version", sa.Integer, nullable=False),
        sa.Column("to_version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("municipality_code", "number", "title")),
        sa.Column("item_index", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("what", "state")),
        sa.Column("outcome", sa.Text),
        *(sa.Column(name, sa.JSON) for name in ("before", "after")),
        sa.Column("found_at", Moment, nullable=False),
    )
    op.create_index("ix_changes_document_id", "changes", ["document_id"])
    op.create_index("ix_changes_found_at", "changes", ["found_at"])


def downgrade() -> None:
    """And away with it."""
    op.drop_table("changes")
