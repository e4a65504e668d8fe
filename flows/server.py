"""Prefect's server in a process of its own, started by engine.py; it ends with the one that started it."""

from __future__ import annotations

import socket
from typing import Any

from extractors.lifeline import die_with_parent, watch_parent


def serve(parent: int, fd: int, database: str) -> None:
    """Answers on a listening socket that was inherited, with a new database, until killed or left alone."""
    die_with_parent(parent)
    watch_parent(parent)
    import uvicorn

    _make_tables(database)
    _let_runs_be_scheduled()
    config = uvicorn.Config("prefect.server.api.server:create_app", factory=True, log_level="error", lifespan="on")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=fd)])


def _let_runs_be_scheduled() -> None:
    """Prefect 3.8 inserts scheduled runs with a `state` that is no column; SQLAlchemy 2.1 must be told to leave it."""
    from prefect.server.database.orm_models import FlowRun, TaskRun

    for model in (FlowRun, TaskRun):
        inplace: Any = vars(model)["state"].inplace
        if hasattr(inplace, "bulk_dml"):
            inplace.bulk_dml(lambda cls, mapping, value: None)


def _make_tables(database: str) -> None:
    """Prefect's tables as its code has them today: its migrations would take ten seconds to come to the same.

    Some of its indexes are declared twice, and nobody needs the second.
    """
    from prefect.server.database.orm_models import Base
    from sqlalchemy import create_engine

    for table in Base.metadata.tables.values():
        once = {index.name: index for index in table.indexes}
        table.indexes.intersection_update(once.values())
    engine = create_engine(f"sqlite:///{database}")
    Base.metadata.create_all(engine)
    engine.dispose()
