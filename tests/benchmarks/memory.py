"""The memory of a process and all it starts: summed PSS, in which a page that two processes share counts once."""

from __future__ import annotations

import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

import psutil


class Peak:
    """Samples the tree under a process while it runs: `with Peak(pid) as peak: ...; peak.bytes`."""

    def __init__(self, pid: int, every: float = 1.0) -> None:
        self.bytes, self.processes, self._pid, self._every = 0, 0, pid, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            with suppress(psutil.Error):
                root = psutil.Process(self._pid)
                sizes = [pss(process) for process in [root, *root.children(recursive=True)]]
                self.bytes, self.processes = max(self.bytes, sum(sizes)), max(self.processes, len(sizes))


def pss(process: psutil.Process) -> int:
    """A process's share of memory in bytes; nothing if it is gone."""
    with suppress(psutil.Error):
        full = process.memory_full_info()
        return int(getattr(full, "pss", full.rss))
    return 0
