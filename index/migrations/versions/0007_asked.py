"""The day on which a meeting's papers were last asked for, so that old ones need not be asked for every night."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """The column, empty: the next visit asks for every meeting."""
    op.add_column("listed_meetings", sa.Column("asked", sa.Text))


def downgrade() -> None:
    """And away with it."""
    op.drop_column("listed_meetings", "asked")
