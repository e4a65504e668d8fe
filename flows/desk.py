"""Papers being read ahead of those that are saved (läsbord): each content once, few of them in memory.

Papers are fetched of many hosts at once and saved in the order of the sources. What is read before its turn has come
waits here, and where that is much, on the disk: a slow host holds up no reading, and the memory that a night takes
does not grow with it.
"""

from __future__ import annotations

import pickle
import queue
import shutil
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from extractors.model import Document, Unreadable
from extractors.workers import Readers, Result
from index.archive import Archive

IN_MEMORY = 48  # readings that wait; the rest of those that wait are on the disk
_AHEAD = 4  # papers per reading process that are on their way to it


@dataclass(eq=False, slots=True)
class _Reading:
    """A content on its way: how many papers want it, and what reading it gave, or where that lies."""

    source: str
    wanted: int = 1
    ready: threading.Event = field(default_factory=threading.Event)
    result: Result | None = None
    put_aside: Path | None = None
    broken: BaseException | None = None


class Desk:
    """Contents by their hash, read by the reading processes: what is wanted first is read first."""

    def __init__(self, readers: Readers, archive: Archive, folder: Path, in_memory: int = IN_MEMORY) -> None:
        self._readers, self._archive, self._folder, self._in_memory = readers, archive, folder, in_memory
        self._readings: dict[str, _Reading] = {}
        self._lock = threading.Lock()
        self._queue: queue.PriorityQueue[tuple[int, int, str]] = queue.PriorityQueue()
        self._count = count()
        self._room = threading.Semaphore(readers.processes * _AHEAD)
        self._held = 0
        self.begun = 0

    def __enter__(self) -> Self:
        shutil.rmtree(self._folder, ignore_errors=True)  # what a run that was killed had put aside
        self._thread = threading.Thread(target=self._hand_out, name="desk", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._queue.put((-1, -1, ""))
        self._room.release()
        self._thread.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def read(self, sha256: str, source: str, turn: int = 0) -> None:
        """An archived content shall be read, before those of a later turn; once, however many want it."""
        with self._lock:
            if sha256 in self._readings:
                self._readings[sha256].wanted += 1
                return
            self._readings[sha256] = _Reading(source)
            self.begun += 1
        self._queue.put((turn, next(self._count), sha256))

    def take(self, sha256: str) -> Result:
        """What reading gave, waited for. As often as it was asked for."""
        reading = self._readings[sha256]
        reading.ready.wait()
        with self._lock:
            reading.wanted -= 1
            if not reading.wanted:
                del self._readings[sha256]
                self._held -= reading.result is not None
        if reading.broken is not None:
            raise reading.broken
        if reading.put_aside is not None:
            result: Result = pickle.loads(reading.put_aside.read_bytes())
            if not reading.wanted:
                reading.put_aside.unlink()
        else:
            assert reading.result is not None
            result = reading.result
        return of_these_bytes(self._archive, sha256, result)

    def _hand_out(self) -> None:
        """A thread's work: never more on their way to the processes than these can use, for bytes may be many."""
        while True:
            turn, _, sha256 = self._queue.get()
            if turn < 0:
                return
            self._room.acquire()
            try:
                data = self._archive.path(sha256) or self._archive.get(sha256)
                future = self._readers.submit(data, self._readings[sha256].source)
            except Exception as error:
                self._came(sha256, error)
            else:
                future.add_done_callback(partial(self._done, sha256))

    def _done(self, sha256: str, future: Future[Result]) -> None:
        self._came(sha256, future.exception() or future.result())

    def _came(self, sha256: str, result: Result | BaseException) -> None:
        self._room.release()
        reading = self._readings[sha256]
        if isinstance(result, BaseException) and not isinstance(result, Unreadable):
            reading.broken = result
        elif self._held >= self._in_memory and (path := self._put_aside(sha256, result)):
            reading.put_aside = path
        else:
            with self._lock:
                reading.result = result
                self._held += 1
        reading.ready.set()

    def _put_aside(self, sha256: str, result: Result) -> Path | None:
        """Into a file; where the disk does not take it, memory must."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / sha256
            path.write_bytes(pickle.dumps(result))
            return path
        return None


def of_these_bytes(archive: Archive, sha256: str, result: Result) -> Result:
    """What reading gave, unless the file that was read is not what was archived: a worker looks at no hash.

    A reason why bytes cannot be read counts only if these are the bytes.
    """
    if result.id == sha256 if isinstance(result, Document) else archive.intact(sha256):
        return result
    return Unreadable("archive", f"the original in the archive is damaged: {sha256} has other bytes")
