"""The tables of who is told of what: in the record like those of index/tables.py."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from index.column_types import Moment, Number
from index.tables import metadata, row_id, to_row

subscriptions = Table(
    "subscriptions",  # bevakningar: a search that somebody is told of, by "mail" or "webhook"
    metadata,
    row_id(),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("search", JSON, nullable=False),
    Column("language", Text, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),  # of the secret in the links to confirm and to end
    Column("created_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("ended_at", Moment),
    Column("end_reason", Text),
    Column("since", Moment, nullable=False),  # what was first seen before is no news
    Column("revision", Number, nullable=False),  # looked through up to here
)

messages = Table(
    "messages",  # utkorgen: what is to be sent, or was; `content` goes when it is
    metadata,
    row_id(),
    to_row("subscriptions", index=True, cascade=True),
    Column("kind", Text, nullable=False),  # "confirm" or "digest"
    Column("made_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("last_error", Text),
    Column("content", JSON(none_as_null=True)),
)

deliveries = Table(
    "deliveries",  # which item is told to whom, in which message: no item twice
    metadata,
    Column(
        "subscription_id",
        Number,
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("item_key", String(36), primary_key=True),
    to_row("messages", index=True, cascade=True),
)
