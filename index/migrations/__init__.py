"""Migrations of the record's tables, run by the program itself when it opens a catalog (Alembic)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def config(db: Connection | None = None) -> Config:
    """Alembic's settings, with the connection it is to work on; there is no ini file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.attributes["connection"] = db
    return made


def head() -> str | None:
    """The newest migration there is."""
    return ScriptDirectory.from_config(config()).get_current_head()


def known() -> set[str]:
    """Every migration there is."""
    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def upgrade(db: Connection) -> None:
    """Every migration that the database lacks, in the transaction of the connection."""
    command.upgrade(config(db), "head")
