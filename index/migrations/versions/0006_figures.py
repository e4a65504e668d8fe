"""What an alarm's reason is made of, so that it can be told in other languages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The column, empty where an alarm stands already: the next night fills it."""
    op.add_column("alarms", sa.Column("figures", sa.JSON))


def downgrade() -> None:
    """And away with it."""
    op.drop_column("alarms", "figures")
