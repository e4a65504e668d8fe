"""A sync in a process of its own, begun while papers are still being saved (följare).

Saving keeps one core busy and reading the others; what is saved goes into the next generation meanwhile, so that little
is left to do when the last paper is in. A follower that breaks is no harm: whoever asked syncs anew and hears why.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
from typing import BinaryIO

from extractors.lifeline import die_with_parent
from index.settings import Settings
from index.sync import Synced, sync

_START = "import sys; sys.path[:] = {path!r}; from index.follower import follow; follow({parent})"
_LOOK_S = 0.3  # how often it looks for what was saved


class Follower:
    """The parent's end of such a process; `close` it in any case."""

    def __init__(self, settings: Settings) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path, parent=os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("PARAGRAF_DEBUG") else subprocess.DEVNULL,
        )
        with contextlib.suppress(OSError):  # it is dead already, which `finish` will find
            self._pipe.write(pickle.dumps(settings))
            self._pipe.flush()

    def close(self) -> None:
        """End it, done or not; without `finish` before, what it did is thrown away."""
        self._process.kill()
        self._process.communicate()

    @property
    def _pipe(self) -> BinaryIO:
        assert self._process.stdin
        return self._process.stdin  # type: ignore[return-value]

    def finish(self) -> Synced | None:
        """Everything is saved: what the sync did, None if it broke and is to be run again."""
        try:
            told, _ = self._process.communicate(b".")
        except OSError:
            return None
        return pickle.loads(told) if self._process.returncode == 0 and told else None


def follow(parent: int) -> None:
    """The child's life: put in what is saved until a byte comes, then the rest, and tell; without a byte, nothing."""
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's matter
    orders, answer = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not print into the answer
    settings: Settings = pickle.load(orders)
    saving = True

    def more() -> bool:
        nonlocal saving
        if not saving:
            return False
        if select.select([orders], [], [], _LOOK_S)[0]:
            saving = False
            if not orders.read(1):
                os._exit(1)  # whoever saves is gone or has given up
        return True

    answer.write(pickle.dumps(sync(settings, more=more)))
    answer.close()
