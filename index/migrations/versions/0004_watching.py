"""Watched searches: who is told of what, what waits to be sent, and what was sent to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.column_types import Moment, Number

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Three tables in the place of `saved_searches`, which nothing was ever written to."""
    op.drop_table("saved_searches")
    op.create_table(
        "subscriptions",
        sa.Column("id", Number, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("search", sa.JSON, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("confirmed_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("end_reason", sa.Text),
        sa.Column("since", Moment, nullable=False),
        sa.Column("revision", Number, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("token_hash", name="uq_subscriptions_token_hash"),
    )
    op.create_table(
        "messages",
        sa.Column("id", Number, primary_key=True, autoincrement=True),
        sa.Column("subscription_id", Number, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("sent_at", Moment),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", Moment, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.Column("content", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="fk_messages_subscription_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_messages_subscription_id", "messages", ["subscription_id"])
    op.create_table(
        "deliveries",
        sa.Column("subscription_id", Number, nullable=False),
        sa.Column("item_key", sa.String(36), nullable=False),
        sa.Column("message_id", Number, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "item_key", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="fk_deliveries_subscription_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_deliveries_message_id", ondelete="CASCADE"),
    )
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"])


def downgrade() -> None:
    """And back to the table that was there."""
    op.drop_table("deliveries")
    op.drop_table("messages")
    op.drop_table("subscriptions")
    op.create_table(
        "saved_searches",
        sa.Column("id", Number, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.JSON, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("revision", Number, nullable=False),
        sa.UniqueConstraint("name", name="uq_saved_searches_name"),
    )
