"""Removals: what must not be shown, and how it is known again."""

from __future__ import annotations

from secrets import token_hex

import sqlalchemy as sa
from alembic import op

from index.column_types import Moment, Number

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Three tables, and how much is masked in each content."""
    op.add_column("contents", sa.Column("removed_places", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "removals",
        sa.Column("id", Number, primary_key=True, autoincrement=True),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("municipality_code", sa.Text),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("places", sa.Integer, nullable=False),
        sa.Column("hidden_at", Moment),
        sa.Column("purged_at", Moment),
        sa.UniqueConstraint("token", name="uq_removals_token"),
    )
    op.create_table(
        "removal_hashes",
        sa.Column(
            "removal_id",
            Number,
            sa.ForeignKey("removals.id", name="fk_removal_hashes_removal_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.UniqueConstraint("removal_id", "form", "hash", name="uq_removal_hashes_removal_id"),
    )
    op.create_index("ix_removal_hashes_hash", "removal_hashes", ["hash"])
    made = op.create_table(
        "secrets", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False)
    )
    op.bulk_insert(made, [{"name": "hashes", "value": token_hex(32)}])


def downgrade() -> None:
    """And away with them: what they hide would come back with the next visit."""
    for name in ("secrets", "removal_hashes", "removals"):
        op.drop_table(name)
    op.drop_column("contents", "removed_places")
