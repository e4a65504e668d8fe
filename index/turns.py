"""Turns (turordning): threads that would hinder one another go one after another, in the order they came."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """As a context: waits until fewer than `at_once` are inside, and those who came before have gone in."""

    def __init__(self, at_once: int) -> None:
        self._free, self._lock = at_once, threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()  # until the one who leaves hands over

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
