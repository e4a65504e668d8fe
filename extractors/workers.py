"""Papers read in processes of their own: one that crashes, hangs or swallows the memory costs itself and no other.

PDFium is not thread-safe, so nothing but such a process reads PDFs. A worker is a plain `python -c` with a pipe in
and a pipe out; `_Worker` is the parent's end of it, worker.py the child's. One thread of the parent (`_Supervisor`)
feeds all workers, keeps the time and starts new ones: the kernel ends a worker with the thread that started it, so
that thread must live as long as the workers do.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractors.model import BROKEN_OFF, Document, Unreadable
from extractors.worker import LENGTH, frame

TIMEOUT_S = 180.0
MEMORY_BYTES = 1 << 30
START_S = 60.0  # a worker that is not up by then will never be
AHEAD = 2  # papers a worker holds: one being read, one waiting so that it never does
ATTEMPTS = 2  # the kernel may kill an innocent worker, so a paper whose worker died is tried once more
_PIPE_BYTES = 1 << 20
_START = "import sys; sys.path[:] = {path!r}; from extractors.worker import work; work({parent}, {memory})"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}

Job = tuple[str, bytes | Path | str, str]
Result = Document | Unreadable


class Readers:
    """Processes that read papers. Safe to use from several threads; a context manager, so that none is left behind.

    >>> with Readers(processes=1) as readers:
    ...     "empty" in readers.read(b"", "tom.pdf").reason
    True
    """

    def __init__(
        self,
        processes: int = 2,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
        ocr: bool = True,
        reader: str = "extractors:read",
    ) -> None:
        self.processes = processes
        self._supervisor = _Supervisor(processes, timeout_s, memory_bytes, {"ocr": ocr}, reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def submit(self, data: bytes | Path | str, source: Any = "") -> Future[Result]:
        """A paper to be read, given by its bytes or by the path under which the worker shall fetch them.

        `source` is the second thing that the reader is told; of a paper, where it came from.
        """
        return self._supervisor.submit(data, source)

    def read(self, data: bytes | Path | str, source: str = "") -> Result:
        """One paper, read; what could not be read comes back as Unreadable, it is not raised."""
        return self.submit(data, source).result()

    def read_all(self, jobs: Iterable[Job], window: int | None = None) -> Iterator[tuple[str, Result]]:
        """Every paper with its key, in the order they are ready; at most `window` of them are held at once."""
        window = window or self.processes * (AHEAD + 2)
        waiting: dict[Future[Result], str] = {}
        for key, data, source in jobs:
            waiting[self.submit(data, source)] = key
            while len(waiting) >= window:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)

    def close(self) -> None:
        """End the workers; who still waits for a paper is told (RuntimeError)."""
        self._supervisor.close()


def _done(waiting: dict[Future[Result], str]) -> Iterator[tuple[str, Result]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()


@dataclass(eq=False, slots=True)
class _Task:
    """A paper on its way, and how often it was tried."""

    data: bytes | str
    source: Any
    future: Future[Result]
    attempts: int = 0


@dataclass(eq=False)
class _Worker:
    """A reading process, seen from its parent: what it holds, since when, and the bytes half sent and half come."""

    process: subprocess.Popen[bytes]
    since: float
    ready: bool = False
    tasks: deque[_Task] = field(default_factory=deque)
    outgoing: bytearray = field(default_factory=bytearray)
    incoming: bytearray = field(default_factory=bytearray)

    @property
    def pipes(self) -> tuple[int, int]:
        assert self.process.stdin and self.process.stdout
        return self.process.stdin.fileno(), self.process.stdout.fileno()

    def frames(self) -> Iterator[Any]:
        """The messages that have come whole, as they came."""
        at = 0
        while len(self.incoming) >= at + LENGTH.size:
            (length,) = LENGTH.unpack_from(self.incoming, at)
            if len(self.incoming) < at + LENGTH.size + length:
                break
            at += LENGTH.size
            yield pickle.loads(memoryview(self.incoming)[at : at + length].tobytes())
            at += length
        del self.incoming[:at]

    def end(self) -> int:
        """Kill it if it lives; what it ended with."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        return self.process.wait()


class _Supervisor:
    """The one thread that starts, feeds, times and replaces the workers."""

    def __init__(
        self, processes: int, timeout_s: float, memory_bytes: int, options: dict[str, Any], reader: str
    ) -> None:
        self.processes, self.timeout_s, self.memory_bytes = processes, timeout_s, memory_bytes
        self.hello = frame((reader, options, memory_bytes))
        self.queue: deque[_Task] = deque()
        self.workers: list[_Worker] = []
        self.selector = selectors.DefaultSelector()
        self.lock = threading.Lock()
        self.closed = False
        self.broken: str | None = None
        self.failed_starts = 0
        self._wake_out, self._wake_in = os.pipe()
        os.set_blocking(self._wake_out, False)
        os.set_blocking(self._wake_in, False)
        self.selector.register(self._wake_out, selectors.EVENT_READ)
        self.thread = threading.Thread(target=self._run, name="readers", daemon=True)
        self.thread.start()

    def submit(self, data: bytes | Path | str, source: Any) -> Future[Result]:
        task = _Task(data if isinstance(data, bytes) else str(data), source, Future())
        with self.lock:
            if self.closed:
                raise RuntimeError("these readers are closed")
            self.queue.append(task)
        self._wake()
        return task.future

    def close(self) -> None:
        with self.lock:
            self.closed = True
        self._wake()
        self.thread.join()

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError, OSError):
            os.write(self._wake_in, b".")

    def _run(self) -> None:
        try:
            while not self.closed:
                self._start_missing()
                self._hand_out()
                self._listen()
                self._keep_time()
        except BaseException as error:  # a fault of ours must not leave anybody waiting for ever
            self.broken = f"the reading processes cannot be kept: {error!r}"
            raise
        finally:
            self._shut()

    def _start_missing(self) -> None:
        wanted = min(self.processes, len(self.queue) + sum(len(worker.tasks) for worker in self.workers))
        while len(self.workers) < wanted:
            worker = _Worker(_spawn(self.memory_bytes), time.monotonic())
            worker.outgoing += self.hello
            for pipe in worker.pipes:
                os.set_blocking(pipe, False)
                with contextlib.suppress(OSError, AttributeError):
                    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            self.selector.register(worker.pipes[1], selectors.EVENT_READ, worker)
            self.workers.append(worker)

    def _hand_out(self) -> None:
        for depth in range(1, AHEAD + 1):  # everybody gets one before anybody gets two
            for worker in self.workers:
                if self.queue and len(worker.tasks) < depth:
                    self._give(worker, self.queue.popleft())
        for worker in list(self.workers):
            self._send(worker)

    def _give(self, worker: _Worker, task: _Task) -> None:
        if not worker.tasks:
            worker.since = time.monotonic()
        worker.tasks.append(task)
        worker.outgoing += frame((task.data, task.source))

    def _send(self, worker: _Worker) -> None:
        stdin = worker.pipes[0]
        try:
            while worker.outgoing:
                sent = os.write(stdin, memoryview(worker.outgoing)[:_PIPE_BYTES])
                del worker.outgoing[:sent]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            worker.outgoing.clear()  # it is dead; its other pipe will tell
        with contextlib.suppress(KeyError):
            self.selector.unregister(stdin)
        if worker.outgoing:
            self.selector.register(stdin, selectors.EVENT_WRITE, worker)

    def _listen(self) -> None:
        for key, _ in self.selector.select(self._until_deadline()):
            if key.data is None:
                os.read(self._wake_out, 4096)
            elif key.data in self.workers and key.fd == key.data.pipes[1]:
                self._receive(key.data)

    def _until_deadline(self) -> float | None:
        busy = [worker.since + self._limit(worker) for worker in self.workers if worker.tasks or not worker.ready]
        return max(0.0, min(busy) - time.monotonic()) if busy else None

    def _limit(self, worker: _Worker) -> float:
        return self.timeout_s if worker.ready else START_S

    def _receive(self, worker: _Worker) -> None:
        try:
            data = os.read(worker.pipes[1], _PIPE_BYTES)
        except BlockingIOError:
            return
        worker.incoming += data
        for message, retiring in worker.frames():
            self._take(worker, message)
            if retiring:
                self._replace(worker)
                return
        if not data:
            self._lost(worker)

    def _take(self, worker: _Worker, message: Any) -> None:
        worker.since = time.monotonic()
        if not worker.ready:
            worker.ready, self.failed_starts = message is None, 0
            if message:
                self._give_up(message)
            return
        task = worker.tasks.popleft()
        _settle(task, Unreadable(*message) if isinstance(message, tuple) else message)

    def _keep_time(self) -> None:
        now = time.monotonic()
        for worker in list(self.workers):
            if not worker.ready and now >= worker.since + START_S:
                self._lost(worker)
            elif worker.ready and worker.tasks and now >= worker.since + self.timeout_s:
                _settle(worker.tasks.popleft(), Unreadable(BROKEN_OFF, f"not finished after {self.timeout_s:g} s"))
                self._replace(worker)

    def _lost(self, worker: _Worker) -> None:
        """A worker is dead: the paper it was reading is tried once more, the one behind it is not to blame."""
        status = self._replace(worker, blame=worker.ready)
        if not worker.ready:
            self.failed_starts += 1
            if self.failed_starts >= 3:
                self._give_up(f"the reading processes do not start (the last one {_ending(status)})")

    def _replace(self, worker: _Worker, blame: bool = False) -> int:
        self.workers.remove(worker)
        for pipe in worker.pipes:
            with contextlib.suppress(KeyError):
                self.selector.unregister(pipe)
        status = worker.end()
        if blame and worker.tasks:
            worker.tasks[0].attempts += 1
            if worker.tasks[0].attempts >= ATTEMPTS:
                reason = f"the process that read it {_ending(status)}"
                _settle(worker.tasks.popleft(), Unreadable(BROKEN_OFF, reason))
        self.queue.extendleft(reversed(worker.tasks))
        worker.tasks.clear()
        return status

    def _give_up(self, reason: str) -> None:
        """Nothing can be read now; whoever waits is told, and the next paper is a new try."""
        self.failed_starts = 0
        for worker in self.workers:
            self.queue.extend(worker.tasks)
            worker.tasks.clear()
        while self.queue:
            _fail(self.queue.popleft(), RuntimeError(reason))

    def _shut(self) -> None:
        with self.lock:
            self.closed = True
        left = [*self.queue, *(task for worker in self.workers for task in worker.tasks)]
        for worker in self.workers:
            worker.end()
        for task in left:
            _fail(task, RuntimeError(self.broken or "the readers were closed"))  # cancel() would not wake wait()
        self.selector.close()
        os.close(self._wake_out)
        os.close(self._wake_in)


def _spawn(memory_bytes: int) -> subprocess.Popen[bytes]:
    start = _START.format(path=sys.path, parent=os.getpid(), memory=memory_bytes)
    return subprocess.Popen(
        [sys.executable, "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("PARAGRAF_DEBUG") else subprocess.DEVNULL,
        bufsize=0,
        env={**os.environ, **_ONE_THREAD},
    )


def _settle(task: _Task, result: Result) -> None:
    with contextlib.suppress(Exception):  # somebody cancelled it
        task.future.set_result(result)


def _fail(task: _Task, error: Exception) -> None:
    with contextlib.suppress(Exception):
        task.future.set_exception(error)


def _ending(status: int) -> str:
    """
    >>> _ending(-11), _ending(3)
    ('was killed by SIGSEGV', 'ended with status 3')
    """
    return f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
