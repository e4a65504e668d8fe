"""Processes that end with the one that started them, however that one ended (SIGKILL too)."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int | None = None) -> None:
    """The kernel kills this process when the thread that started it ends (Linux; elsewhere nothing happens).

    Call it first thing in the child, with the parent's process id: a parent that is gone already is noticed. It may
    also be a `preexec_fn`; the wish survives exec.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def watch_parent(parent: int, every_s: float = 0.5) -> None:
    """A thread that ends this process once `parent` is no longer its parent: for children that any thread may start."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every_s)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
