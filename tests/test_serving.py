"""`paragraf serve` as a process: it answers from one and from several, and ends when it is told to."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

_SERVE = "import sys; from flows.serving import serve; serve('127.0.0.1', int(sys.argv[1]), int(sys.argv[2]))"


@pytest.mark.parametrize("workers", [1, 2])
def test_it_answers_and_ends(tmp_path: Path, workers: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(port), str(workers)],
        env=os.environ
        | {"PARAGRAF_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        | {"PARAGRAF_RATE_LIMIT": "100/10000"},
        stderr=subprocess.DEVNULL,
    )
    try:
        assert _health(f"http://127.0.0.1:{port}/health", process) == {"status": "ok"}
        assert httpx.get(f"http://127.0.0.1:{port}/api/v1/search?q=skola", timeout=60).status_code == 503
        _counted_together(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        assert process.wait(60) is not None


def _counted_together(address: str) -> None:
    """Processes have one count of requests, and one limit for each client."""
    answers = [httpx.get(f"{address}/api/v1/search?q=skola", timeout=60) for _ in range(8)]  # a connection for each
    left = [int(re.search(r"r=(\d+)", answer.headers["ratelimit"])[1]) for answer in answers]  # type: ignore[index]
    assert left == list(range(98, 90, -1))
    told = httpx.get(f"{address}/metrics", timeout=60).text
    counted = re.search(r'requests_total\{method="GET",route="/api/v1/search",status="503"\} (\d+)', told)
    assert counted and int(counted[1]) == 9


def _health(address: str, process: subprocess.Popen[bytes]) -> object:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            return httpx.get(address, timeout=60).json()
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")
