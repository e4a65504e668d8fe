"""The books: visits, listed meetings and alarms; papers that are listed and not fetched yet, or rotated out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from index.column_types import Moment, Number

revision = "0005"
down_revision = "0004"

_FIRST = "SELECT min(v.run_id) FROM versions v WHERE v.document_id = listings.document_id"


def upgrade() -> None:
    """What is held was first listed by the run that first had it, as far as that is known.

    Columns are added and no table is made anew: SQLite would empty every table that refers to it.
    """
    op.add_column("sources", sa.Column("expect", sa.JSON))
    op.add_column("documents", sa.Column("rotated_out", sa.Boolean, nullable=False, server_default=sa.false()))
    for name in ("kind", "meeting"):
        op.add_column("listings", sa.Column(name, sa.Text))
    for name in ("first_run_id", "failed_run_id"):
        op.add_column("listings", sa.Column(name, Number, sa.ForeignKey("runs.id")), inline_references=True)
    op.execute(f"UPDATE listings SET first_run_id = coalesce(({_FIRST}), seen_run_id)")
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "visits",
        _id(), _source("visits"), _run("visits", "run_id"),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", sa.Text),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("papers", "meetings", "new_papers")),
        *(sa.Column(name, sa.Integer) for name in ("withdrawn", "rotated_out", "doubted")),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        sa.UniqueConstraint("source_id", "run_id", name="uq_visits_source_id"),
    )  # fmt: skip
    op.create_table(
        "listed_meetings",
        _id(), _source("listed_meetings"),
        sa.Column("key", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("municipality_code", "municipality", "body")),
        sa.Column("date", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("state", "url")),
        *(_run("listed_meetings", name) for name in ("first_run_id", "seen_run_id")),
        sa.PrimaryKeyConstraint("id", name="pk_listed_meetings"),
        sa.UniqueConstraint("source_id", "key", name="uq_listed_meetings_source_id"),
    )  # fmt: skip
    op.create_index("ix_listed_meetings_municipality_code", "listed_meetings", ["municipality_code"])
    op.create_table(
        "alarms",
        _id(), _source("alarms"),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "about", "reason")),
        sa.Column("since", Moment, nullable=False),
        _run("alarms", "run_id"),
        sa.Column("closed_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )  # fmt: skip
    op.create_index("ix_alarms_source_id", "alarms", ["source_id"])


def _id() -> sa.Column[int]:
    return sa.Column("id", Number, autoincrement=True)


def _source(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("sources.id", name=f"fk_{table}_source_id", ondelete="CASCADE")
    return sa.Column("source_id", Number, key, nullable=False)


def _run(table: str, name: str) -> sa.Column[int]:
    return sa.Column(name, Number, sa.ForeignKey("runs.id", name=f"fk_{table}_{name}"), nullable=False)


def downgrade() -> None:
    """And back to a record that knows only what was fetched."""
    for table in ("alarms", "listed_meetings", "visits"):
        op.drop_table(table)
    op.execute("DELETE FROM documents WHERE state IN ('listed', 'waiting')")
    for name in ("kind", "meeting", "first_run_id", "failed_run_id"):
        op.drop_column("listings", name)
    op.drop_column("documents", "rotated_out")
    op.drop_column("sources", "expect")
