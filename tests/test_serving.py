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

from flows import places

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


def test_each_process_has_a_place_of_its_own(tmp_path: Path) -> None:
    """Two places of two; a third process finds none. Who has more connections than another knows it."""
    places.lay_out(tmp_path, 2)
    first, second = places.take(tmp_path), places.take(tmp_path)
    assert first and second and {first.number, second.number} == {0, 1} and places.take(tmp_path) is None
    assert [first.has_most(n) for n in (0, 1)] == [False, True]
    assert [second.has_most(n) for n in (0, 1, 2)] == [False, False, True] and not first.has_most(1)


def test_a_process_stays_on_its_core_where_there_are_no_more_cores_than_processes(tmp_path: Path) -> None:
    allowed = os.sched_getaffinity(0)
    places.lay_out(tmp_path, len(allowed))
    taken = places.take(tmp_path)
    try:
        assert taken
        taken.stay()
        assert os.sched_getaffinity(0) == {min(allowed)}
    finally:
        os.sched_setaffinity(0, allowed)
