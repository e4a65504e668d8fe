"""Finds on scanned pages carry OCR's confidence in their least sure word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FINDS = (
    "decisions",
    "proposals",
    "votes",
    "reservations",
    "case_numbers",
    "amounts",
    "table_sums",
    "people",
    "parties",
    "dates",
    "organisations",
)


def upgrade() -> None:
    """The column, empty for what was read before: those papers are read again as any that an older reader read."""
    for table in _FINDS:
        op.add_column(table, sa.Column("confidence", sa.Float))


def downgrade() -> None:
    """And away with it."""
    for table in _FINDS:
        op.drop_column(table, "confidence")
