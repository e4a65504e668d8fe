"""What a run works with: record, archive, reading processes and progress, opened and closed together."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from extractors.workers import Readers
from flows.desk import Desk
from flows.progress import Progress, Silent
from flows.reader import readers
from flows.tally import Outcome, Tally
from index.archive import Archive
from index.catalog import Catalog
from index.database import alone, file_lock
from index.follower import Follower
from index.removals.remove import finish as finish_removals
from index.settings import Settings

_BUSY = "another run is at work here; waiting for it to end"


class BusyError(RuntimeError):
    """Another run is at work on the same record."""


class Bench:
    """One run's tools. With slots: Prefect cannot take it apart and send it to its server."""

    __slots__ = (
        "archive",
        "began",
        "catalog",
        "desk",
        "follower",
        "notes",
        "progress",
        "readers",
        "run_id",
        "settings",
    )

    def __init__(self, settings: Settings, catalog: Catalog, readers: Readers, run_id: int, progress: Progress) -> None:
        self.settings, self.catalog, self.readers, self.run_id = settings, catalog, readers, run_id
        self.archive, self.progress = Archive(settings.archive), progress
        self.desk = Desk(readers, self.archive, settings.home / "desk")
        self.began = time.monotonic()
        self.follower: Follower | None = None
        self.notes: dict[str, Any] = {}  # what else the record shall know of the run

    def follow(self) -> None:
        """From now on the index is filled while papers are saved: for runs with more to do than a moment's work."""
        if self.follower is None:
            self.follower = Follower(self.settings)

    @property
    def seconds(self) -> float:
        """How long it has been at work."""
        return time.monotonic() - self.began

    def finish(self, tally: Tally, synced: dict[str, Any]) -> Outcome:
        """The run is done, and the record knows it."""
        outcome = Outcome(tally, synced, self.seconds)
        self.catalog.finish_run(self.run_id, outcome.to_json() | self.notes)
        return outcome


@contextmanager
def bench(settings: Settings, kind: str, progress: Progress | None = None) -> Iterator[Bench]:
    """The tools of a run of this kind, with the record of the run; one at a time works on a home, and on a record."""
    progress = progress or Silent()
    with (
        one_at_a_time(settings.home, progress),
        Catalog(settings.catalog) as catalog,
        alone(catalog.engine, lambda: progress.say(_BUSY)),
        readers(settings) as processes,
    ):
        finish_removals(settings, catalog, progress.say)
        run_id = catalog.start_run(kind)
        tools = Bench(settings, catalog, processes, run_id, progress)
        try:
            with tools.desk:
                yield tools
        except BaseException as error:
            with suppress(Exception):  # a full disk takes this no more than the rest
                catalog.finish_run(run_id, {"failed": f"{type(error).__name__}: {error}"} | tools.notes)
            raise
        finally:
            if tools.follower is not None:
                tools.follower.close()


@contextmanager
def one_at_a_time(home: Path, progress: Progress) -> Iterator[None]:
    """The home's lock, waited for; the kernel gives it back however a run ends."""
    home.mkdir(parents=True, exist_ok=True)
    with file_lock(home / "run.lock", lambda: progress.say(_BUSY)):
        yield
