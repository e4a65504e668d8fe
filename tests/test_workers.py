"""Reading processes: a paper that crashes, hangs or swells costs itself only, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from extractors.model import Document, Unreadable
from extractors.workers import Readers

ODD = "tests.odd_readers:read"


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(processes=2, timeout_s=3, memory_bytes=256 << 20, reader=ODD) as readers:
        yield readers


@pytest.mark.parametrize(
    ("data", "stage", "reason", "why"),
    [
        (b"crash", "process", "the process that read it was killed by SIGSEGV", "as PDFium may on a broken file"),
        (b"exit", "process", "the process that read it ended with status 3", "a library that exits"),
        (b"hang", "process", "not finished after 3 s", "waits for something that never comes"),
        (b"spin", "process", "not finished after 3 s", "holds the interpreter lock for ever"),
        (b"swell", "process", "needs more than 256 MB of memory", "a bomb"),
        (b"bug", "read", "a fault of the reader: KeyError: 'nyckel'", "a fault of ours"),
        (b"refuse", "format", "not a paper at all", "the reader says why"),
    ],
)
def test_a_bad_paper_costs_itself_only(readers: Readers, data: bytes, stage: str, reason: str, why: str) -> None:
    jobs = [(str(n), data if n == 3 else b"paper %d" % n, f"{n}.txt") for n in range(8)]
    results = dict(readers.read_all(jobs))
    assert sorted(results) == sorted(str(n) for n in range(8)), why
    bad = results.pop("3")
    assert isinstance(bad, Unreadable)
    assert (bad.stage, bad.reason) == (stage, reason)
    assert {key: r.text for key, r in results.items() if isinstance(r, Document)} == {
        str(n): f"paper {n}" for n in range(8) if n != 3
    }


def test_details_travel(readers: Readers) -> None:
    refused = readers.read(b"refuse")
    assert isinstance(refused, Unreadable)
    assert refused.details == {"found": "soup"}


def test_noise_on_stdout_does_no_harm(readers: Readers) -> None:
    assert isinstance(readers.read(b"print"), Document)


def test_paths_are_read_by_the_worker(readers: Readers, tmp_path: Path) -> None:
    paper = tmp_path / "å b.txt"
    paper.write_text("på papper")
    results = dict(
        readers.read_all([("here", paper, "x"), ("gone", tmp_path / "gone", "y"), ("folder", str(tmp_path), "z")])
    )
    here, gone, folder = results["here"], results["gone"], results["folder"]
    assert isinstance(here, Document)
    assert (here.text, here.source) == ("på papper", "x")
    assert isinstance(gone, Unreadable)
    assert (gone.stage, gone.reason) == ("fetch", "the file vanished before it was read")
    assert isinstance(folder, Unreadable)
    assert "cannot be opened: Is a directory" in folder.reason


def test_big_papers_go_through_the_pipe(readers: Readers) -> None:
    data = b"x" * (5 << 20)
    results = list(readers.read_all([(str(n), data, "") for n in range(5)]))
    assert [len(r.text) for _, r in results if isinstance(r, Document)] == [len(data)] * 5


def test_several_threads_share_the_readers(readers: Readers) -> None:
    with ThreadPoolExecutor(8) as threads:
        texts = list(threads.map(lambda n: readers.read(b"paper %d" % n), range(100)))
    assert [r.text for r in texts if isinstance(r, Document)] == [f"paper {n}" for n in range(100)]


def test_only_a_window_is_held(readers: Readers) -> None:
    taken = 0

    def jobs() -> Iterator[tuple[str, bytes, str]]:
        nonlocal taken
        for n in range(100):
            taken += 1
            yield str(n), b"paper", ""

    for done, _ in enumerate(readers.read_all(jobs(), window=4)):
        assert taken <= done + 5


def test_options_reach_the_reader() -> None:
    with Readers(processes=1, ocr=False, reader=ODD) as readers:
        document = readers.read(b"paper")
        assert isinstance(document, Document)
        assert document.text == "paper (without OCR)"


def test_who_waits_is_told_when_the_readers_close() -> None:
    readers = Readers(processes=1, reader=ODD)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(list, readers.read_all([("a", b"hang", ""), ("b", b"paper", "")]))
        time.sleep(0.3)
        readers.close()
        with pytest.raises(RuntimeError, match="the readers were closed"):
            waiting.result(timeout=5)


def test_a_reader_that_cannot_be_loaded_is_told_at_once() -> None:
    with Readers(processes=2, reader="tests.no_such_module:read") as readers:
        for _ in range(2):  # the second is no less told than the first
            with pytest.raises(RuntimeError, match=r"tests\.no_such_module:read cannot be loaded"):
                readers.read(b"paper")


def test_closing_ends_the_workers() -> None:
    before = set(psutil.Process().children())
    readers = Readers(processes=2, reader=ODD)
    waiting = [readers.submit(b"hang") for _ in range(5)]
    time.sleep(0.3)
    workers = set(psutil.Process().children()) - before
    readers.close()
    assert all(future.done() for future in waiting)
    assert len(workers) == 2
    assert not [worker for worker in workers if worker.is_running()]
    with pytest.raises(RuntimeError, match="closed"):
        readers.submit(b"paper")


@pytest.mark.parametrize("paper", [b"hang", b"spin", b"paper"])
def test_workers_die_with_their_parent(paper: bytes) -> None:
    code = (
        "import psutil, time; from extractors.workers import Readers\n"
        f"readers = Readers(processes=2, reader={ODD!r})\n"
        f"papers = [readers.submit({paper!r}) for _ in range(2)]; time.sleep(0.6)\n"
        "print(*[child.pid for child in psutil.Process().children()], flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=5)
    assert not [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie"]


def test_tesseract_dies_with_its_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, told = tmp_path / "tesseract", tmp_path / "pid"
    fake.write_text(f'#!/bin/sh\n[ "$1" = --list-langs ] && echo swe && exit\necho $$ > {told}\nexec sleep 300\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    scan = Path("examples/papers/trosa/2025-03-27-miljonamnden-protokollsutdrag-9-skannat.pdf").absolute()
    with Readers(processes=1) as readers:
        readers.submit(scan)
        until = time.monotonic() + 60
        while not (told.exists() and told.read_text().strip()) and time.monotonic() < until:
            time.sleep(0.05)
        tesseract = psutil.Process(int(told.read_text()))
        os.kill(tesseract.ppid(), signal.SIGKILL)
        psutil.wait_procs([tesseract], timeout=5)
        assert not tesseract.is_running() or tesseract.status() == psutil.STATUS_ZOMBIE
