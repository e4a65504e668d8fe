"""A place for each process of the server (plats): a core of its own, and a count of its connections for the others.

A search goes from thread to thread: the loop's, the one that searches, the engine's. On one core each hands over at
once; on two busy ones each waits until the other process leaves a core. And a process that has six of eight clients
answers slowly while the other waits for work, so the one that has fewer takes the next.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from pathlib import Path

_FOLDER, _COUNTS, _COUNT = "places", "counts", struct.Struct("i")


def lay_out(shared: Path, processes: int) -> None:
    """Makes places for so many processes, under a folder that they share."""
    folder = shared / _FOLDER
    folder.mkdir()
    for number in range(processes):
        (folder / str(number)).touch()
    (folder / _COUNTS).write_bytes(bytes(_COUNT.size * processes))


def take(shared: Path) -> Place | None:
    """A place that no other process has, None where there is none."""
    folder = shared / _FOLDER
    numbers = sorted(int(file.name) for file in folder.glob("*") if file.name.isdigit())
    for number in numbers:
        held = os.open(folder / str(number), os.O_RDWR)  # open, and so locked, for as long as the process lives
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            continue
        return Place(folder, number, len(numbers))
    return None


class Place:
    """The place of this process among `of`."""

    def __init__(self, folder: Path, number: int, of: int) -> None:
        self.number, self._of = number, of
        with (folder / _COUNTS).open("r+b") as file:
            self._counts = mmap.mmap(file.fileno(), 0)

    def stay(self) -> None:
        """Keeps this process, and threads that are yet to be, on one core, where there are no more than processes."""
        cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []  # Linux alone
        if 1 < len(cores) <= self._of:
            os.sched_setaffinity(0, {cores[self.number % len(cores)]})

    def has_most(self, connections: int) -> bool:
        """Tells the others how many connections this process has; whether that is more than another one has."""
        _COUNT.pack_into(self._counts, self.number * _COUNT.size, connections)
        return connections > min(int(count) for (count,) in _COUNT.iter_unpack(self._counts[:]))
