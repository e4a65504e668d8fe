"""Who may visit now (filer): so many hosts at once, each by one alone, in the order of the sources.

That no host is asked two things at once is the guest's matter, who knows where redirects lead. This keeps sixty
sources of one host from taking all the places while it answers one of them.
"""

from __future__ import annotations

import threading
from bisect import insort
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

HOSTS = 16


class StoppedError(RuntimeError):
    """The run ends, so nothing more is begun."""


class Lanes:
    """Places for visits, of which each host has one at most. A context manager: whoever waits at its end is told."""

    __slots__ = ("_change", "_most", "_visited", "_waiting", "closed")

    def __init__(self, most: int = HOSTS) -> None:
        self._most = most
        self._change = threading.Condition()
        self._waiting: list[tuple[int, str]] = []
        self._visited: set[str] = set()
        self.closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._change:
            self.closed = True
            self._change.notify_all()

    @contextmanager
    def turn(self, number: int, host: str) -> Iterator[None]:
        """A place for a visit to a host; of those who could have one, the lowest number is first."""
        mine = (number, host)
        with self._change:
            insort(self._waiting, mine)
            self._change.wait_for(lambda: self.closed or self._next() == mine)
            self._waiting.remove(mine)
            if self.closed:
                raise StoppedError
            self._visited.add(host)
            self._change.notify_all()
        try:
            yield
        finally:
            with self._change:
                self._visited.discard(host)
                self._change.notify_all()

    def _next(self) -> tuple[int, str] | None:
        if len(self._visited) >= self._most:
            return None
        return next((each for each in self._waiting if each[1] not in self._visited), None)
