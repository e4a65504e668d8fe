"""Asking `paragraf serve` over HTTP, from clients in a process of their own that keep their connections."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil

from tests.benchmarks import asking, material
from tests.benchmarks.memory import pss

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@contextlib.contextmanager
def served(home: Path, workers: int = 1) -> Iterator[tuple[int, int]]:
    """A server on a free port while the block runs: its port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PARAGRAF_HOME": str(home), "PARAGRAF_RATE_LIMIT": "off"}
    command = [*material.PARAGRAF, "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


class Client:
    """One client; a thread has a connection of its own. Written down to the socket, as it shares the server's cores."""

    def __init__(self, port: int, more: dict[str, str]) -> None:
        self._port, self._more, self._local = port, more, threading.local()

    def ask(self, text: str) -> bytes:
        """The answer's bytes; raises RuntimeError for any but a good one."""
        connection: socket.socket | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = socket.create_connection(("127.0.0.1", self._port), 60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked = f"/api/v1/search?{urlencode({'q': text} | self._more)}"
        connection.sendall(f"GET {asked} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n".encode())
        head, _, body = _until(connection, b"\r\n\r\n").partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 200") or not length:
            raise RuntimeError(f"{head[:100]!r}: {body[:200]!r}")
        while len(body) < int(length[1]):
            body += _received(connection)
        return body


def _until(connection: socket.socket, end: bytes) -> bytes:
    told = _received(connection)
    while end not in told:
        told += _received(connection)
    return told


def _received(connection: socket.socket) -> bytes:
    told = connection.recv(1 << 18)
    if not told:
        raise ConnectionError("the server closed the connection")
    return told


def rows(home: Path, number: int, clients: int, workers: int) -> Iterator[tuple[str, dict[str, float], int]]:
    """Per way its figures, and the memory of the server's processes after it."""
    questions = asking.asked(home, 3 * number)
    with served(home, workers) as (port, pid):
        for way, more in {
            "HTTP, hybrid, facets": {},
            "HTTP, hybrid, filters and facets": {"year": "2025", "kind": "protocol"},
        }.items():
            client = Client(port, more)
            took = asking.times(client.ask, questions[:number], number)
            rate, slowest = asking.at_once(client.ask, questions[number:], number, clients)
            figures = {"p50": asking.percentile(took, 0.5), "p95": asking.percentile(took, 0.95), "longest": took[-1]}
            yield way, figures | {"rate": rate, "p95 of several": slowest}, _memory(pid)


def _memory(pid: int) -> int:
    process = psutil.Process(pid)
    return sum(pss(each) for each in (process, *process.children(recursive=True)))


def main() -> None:
    """Ask a home's server a little: `python -m tests.benchmarks.over_http HOME [WORKERS]`."""
    for way, figures, memory in rows(Path(sys.argv[1]), 200, 8, int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        print(way, {name: round(figure, 1) for name, figure in figures.items()}, f"{memory >> 20} MiB")


if __name__ == "__main__":
    main()
