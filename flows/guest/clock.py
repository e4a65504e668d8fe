"""What time it is for a guest (klocka): real, or simulated, where pauses are counted and not slept.

Every host has a line of time of its own, for waiting for one keeps nobody from asking another. Only the waiting is
simulated: what the network takes is real, and so are its time limits.
"""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """The time, and waiting; all seconds."""

    def now(self, host: str = "") -> datetime:
        """The time of day, with a zone."""
        ...

    def monotonic(self, host: str = "") -> float:
        """Seconds since some moment."""
        ...

    def sleep(self, s: float, host: str = "") -> None:
        """Waits before the next request to a host."""
        ...


class RealClock:
    """The clock on the wall."""

    def now(self, host: str = "") -> datetime:
        return datetime.now(UTC)

    def monotonic(self, host: str = "") -> float:
        return time.monotonic()

    def sleep(self, s: float, host: str = "") -> None:
        time.sleep(max(0.0, s))


class SimulatedClock:
    """Nothing is slept. `waits` has every wait, per host and in order; `log` is a file with a line of JSON for each.

    >>> clock = SimulatedClock()
    >>> clock.sleep(30.0, "kommun.example")
    >>> clock.monotonic("kommun.example"), clock.monotonic("other.example"), dict(clock.waits)
    (30.0, 0.0, {'kommun.example': [30.0]})
    """

    def __init__(self, log: Path | None = None) -> None:
        self.waits: defaultdict[str, list[float]] = defaultdict(list)
        self.log = log
        self._past: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    def now(self, host: str = "") -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.monotonic(host))

    def monotonic(self, host: str = "") -> float:
        with self._lock:
            return self._past[host]

    def sleep(self, s: float, host: str = "") -> None:
        if s <= 0:
            return
        with self._lock:
            self._past[host] += s
            self.waits[host].append(s)
            if self.log is not None:
                line = json.dumps({"host": host, "waited_s": round(s, 3), "at": datetime.now(UTC).isoformat()})
                with self.log.open("a", encoding="utf-8") as file:  # one write a line: processes may share the file
                    file.write(line + "\n")
