"""The life of a reading process that workers.py started: papers come through one pipe, go back read through another."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from extractors.lifeline import die_with_parent
from extractors.model import BROKEN_OFF, Unreadable

LENGTH = struct.Struct("<Q")  # before every message: how many bytes it has


def frame(message: Any) -> bytes:
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


def work(parent: int, memory_bytes: int) -> None:
    """A worker's life: fetch a paper from the pipe, read it, send what was read, until the pipe is closed."""
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's matter
    jobs, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # a library that prints must not print into our messages
    _limit_memory(memory_bytes)
    reader, options, _ = _next(jobs)
    try:
        module, _, name = reader.partition(":")
        read = getattr(importlib.import_module(module), name)
    except Exception as error:
        return _send((f"the reader {reader} cannot be loaded: {error!r}", True), results)
    _send((None, False), results)
    while (job := _next(jobs)) is not None:
        result, spent = _read(read, job, options, memory_bytes)
        _send((result, spent), results)
        if spent:
            return None
    return None


def _next(jobs: BinaryIO) -> Any:
    head = jobs.read(LENGTH.size)
    return pickle.loads(jobs.read(*LENGTH.unpack(head))) if len(head) == LENGTH.size else None


def _send(message: tuple[Any, bool], results: BinaryIO) -> None:
    results.write(frame(message))
    results.flush()


def _read(
    read: Callable[..., Any], job: tuple[bytes | str, Any], options: dict[str, Any], memory_bytes: int
) -> tuple[Any, bool]:
    """What the reader answers, or the parts of an Unreadable as a tuple; and whether this process has grown too big."""
    data, source = job
    try:
        data = data if isinstance(data, bytes) else Path(data).read_bytes()
    except FileNotFoundError:
        return ("fetch", "the file vanished before it was read", {}), False
    except OSError as error:
        return ("fetch", f"the file cannot be opened: {error.strerror or error}", {}), False
    try:
        answer = read(data, source, **options)
    except Unreadable as unreadable:
        return (unreadable.stage, unreadable.reason, unreadable.details), False
    except MemoryError:
        return (BROKEN_OFF, f"needs more than {memory_bytes >> 20} MB of memory", {}), True
    except Exception as error:
        return ("read", f"a fault of the reader: {type(error).__name__}: {error}"[:300], {"at": _place(error)}), False
    return answer, _resident() > memory_bytes // 2


def _place(error: Exception) -> str:
    """The file and line where it went wrong: the same for the same paper, so the record does not change by itself."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _limit_memory(memory_bytes: int) -> None:
    """A limit on what the process allocates; it is also the first that a machine short of memory takes."""
    import resource

    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (memory_bytes, memory_bytes))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800")


def _resident() -> int:
    """Bytes of memory this process holds now (0 where the system does not tell)."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
