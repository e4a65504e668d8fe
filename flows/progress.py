"""What is told while a run goes on: a bar on a terminal, now and then a line elsewhere. Always on stderr."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from extractors import privacy

EVERY_S = 10.0


class Progress(Protocol):
    """Told what is being done, how much of it there is, and each time a piece is ready."""

    def start(self, what: str, total: int | None = None) -> None: ...
    def step(self, pieces: int = 1) -> None: ...
    def say(self, line: str) -> None: ...


class Silent:
    """Tells nothing."""

    def start(self, what: str, total: int | None = None) -> None: ...
    def step(self, pieces: int = 1) -> None: ...
    def say(self, line: str) -> None: ...


class Lines:
    """A line when something begins, and then every ten seconds."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        self.every_s, self.what, self.done = every_s, "", 0
        self.told = time.monotonic()
        self.lock = threading.Lock()
        self.total: int | None = None

    def start(self, what: str, total: int | None = None) -> None:
        self.what, self.total, self.done, self.told = what, total, 0, time.monotonic()
        self.say(f"{what} ..." if total is None else f"{what}: {total}")

    def step(self, pieces: int = 1) -> None:
        with self.lock:
            self.done += pieces
            if time.monotonic() - self.told < self.every_s:
                return
            self.told = time.monotonic()
        self.say(f"{self.what}: {self.done}" + (f" of {self.total}" if self.total is not None else ""))

    def say(self, line: str) -> None:
        print(privacy.mask(line), file=sys.stderr, flush=True)


class Bar:
    """A bar with rich; `Progress` of rich is safe to use from several threads."""

    def __init__(self, bar: Any) -> None:
        self.bar = bar
        self.task: Any = None

    def start(self, what: str, total: int | None = None) -> None:
        if self.task is not None:
            self.bar.stop_task(self.task)
        self.task = self.bar.add_task(what, total=total)

    def step(self, pieces: int = 1) -> None:
        if self.task is not None:
            self.bar.advance(self.task, pieces)

    def say(self, line: str) -> None:
        self.bar.console.print(privacy.mask(line), markup=False, highlight=False)


@contextmanager
def shown(quiet: bool = False) -> Iterator[Progress]:
    """A bar where somebody looks at a terminal, lines elsewhere, nothing if quiet."""
    if quiet:
        yield Silent()
    elif not sys.stderr.isatty():
        yield Lines()
    else:
        from rich import progress as rich
        from rich.console import Console

        columns = (rich.TextColumn("{task.description}"), rich.BarColumn(), rich.MofNCompleteColumn())
        with rich.Progress(*columns, rich.TimeElapsedColumn(), console=Console(stderr=True)) as bar:
            yield Bar(bar)
