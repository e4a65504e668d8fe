"""The same § in several papers of a meeting: which is searched and counted, and where else it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.column_types import Number
from index.meetings import copies

revision = "0010"
down_revision = "0009"

_SEVERAL = """SELECT id FROM documents WHERE meeting_id IN (
    SELECT meeting_id FROM documents WHERE content_id IS NOT NULL GROUP BY meeting_id HAVING count(*) > 1
) ORDER BY id"""


def upgrade() -> None:
    """The table, filled from what the record has; the index is made anew, for its points are others now."""
    op.create_table(
        "copies",
        _document("document_id"),
        sa.Column("ordinal", sa.Integer, nullable=False, autoincrement=False),
        _document("of_document_id"),
        sa.Column("of_ordinal", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name="pk_copies"),
    )
    op.create_index("ix_copies_of_document_id", "copies", ["of_document_id"])
    db = op.get_bind()
    for document_id in db.scalars(sa.text(_SEVERAL)).all():
        copies.settle(db, document_id)


def _document(name: str) -> sa.Column[int]:
    key = sa.ForeignKey("documents.id", name=f"fk_copies_{name}", ondelete="CASCADE")
    return sa.Column(name, Number, key, nullable=False, autoincrement=False)


def downgrade() -> None:
    """And away with it."""
    op.drop_table("copies")
