"""A command that runs a flow: Prefect ready, and somebody told how it goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flows.engine import engine
from flows.progress import shown
from index.settings import Settings


@contextmanager
def running(settings: Settings, quiet: bool = False) -> Iterator[None]:
    """Prefect started and progress shown, both until the end."""
    with shown(quiet) as progress, engine(settings):
        from flows.ingest import progress as told

        token = told.set(progress)
        try:
            yield
        finally:
            told.reset(token)
