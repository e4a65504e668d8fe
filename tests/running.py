"""Running the real command in tests, killing it, and looking at what it made and what it left."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import select

from flows.engine import Server, be_quiet, engine
from index import tables
from index.catalog import Catalog
from index.settings import Settings, load

_COMMAND = [sys.executable, "-c", "import sys; from flows.cli import app; sys.argv[0] = 'paragraf'; app()"]
_PASSING = {"run_id", "first_run_id", "seen_run_id", "failed_run_id", "first_seen", "revision", "reader", "tried"}
_PASSING |= {"since", "closed_at"}  # of alarms
_NUMBERS = {"id", "item_id", "vote_id"}  # of rows that are made anew when a paper is read again


def start(home: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """The command begins, in a home of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PARAGRAF_", "PREFECT_"))}
    return subprocess.Popen(
        [*_COMMAND, *arguments],
        env={**inherited, "PARAGRAF_HOME": str(home), "PYTHONPATH": str(Path.cwd()), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def paragraf(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command from beginning to end."""
    process = start(home, *arguments, **environment)
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@cache
def api() -> str:
    """The address of a Prefect server that the tests of one process share; each run would start its own otherwise."""
    server = Server(Path(tempfile.gettempdir(), f"paragraf-tests-{os.getuid()}"))
    be_quiet(server.folder)
    server.__enter__()
    atexit.register(server.__exit__, None, None, None)
    server.wait()
    return server.url


def kill(process: subprocess.Popen[str]) -> None:
    """As the kernel does when memory is short: no last word."""
    process.kill()
    process.communicate()


def when(condition: Callable[[], object], timeout_s: float = 120) -> None:
    """Wait until something is so."""
    until = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.02)


def left_behind(home: Path, wait_s: float = 10) -> list[str]:
    """The processes that work on a home and do not end by themselves."""
    until = time.monotonic() + wait_s
    while (left := list(_working(home))) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def _working(home: Path) -> Iterator[str]:
    for process in psutil.process_iter():
        try:
            if process.environ().get("PARAGRAF_HOME") == str(home) and process.status() != psutil.STATUS_ZOMBIE:
                yield f"{process.pid} {' '.join(process.cmdline())[:200]}"
        except psutil.Error:
            continue


def contents(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The whole record, without what depends on when a run was."""
    with Catalog(load({"PARAGRAF_HOME": str(home)}).catalog) as catalog, catalog.engine.connect() as db:
        found = {
            table.name: sorted(map(tuple, db.execute(_lasting(table)).all()), key=repr)
            for table in tables.metadata.sorted_tables
            if table.name not in ("runs", "counters", "visits", "secrets")
        }
    found["readings"] = [(content, _without_reader(packed)) for content, packed in found["readings"]]
    return found


def _without_reader(packed: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(zlib.decompress(packed))
    return document | {"reader": ""}


def _lasting(table: Any) -> Any:
    passing = _PASSING | (_NUMBERS if "content_id" in table.c or table.name == "voters" else set())
    return select(*(column for column in table.c if column.name not in passing))


@contextmanager
def at_home(home: Path, reader: str = "tests.odd_readers:real", workers: int = 1) -> Iterator[Settings]:
    """This process works on that home, with Prefect ready: flows are called as functions.

    A reading process takes 1.5 s of a core to start, so more than one is for tests of several.
    """
    with pytest.MonkeyPatch.context() as patch:
        told = {"HOME": str(home), "READER": reader, "WORKERS": str(workers), "READ_TIMEOUT": "20"}
        for name, value in told.items():
            patch.setenv(f"PARAGRAF_{name}", value)
        patch.setenv("PREFECT_API_URL", api())
        with engine(load()):
            yield load()


def protocol(number: int) -> str:
    """A small invented protocol with a decision, a sum and a case number of its own."""
    return f"""Björkviks kommun
Kommunstyrelsen
Sammanträdesprotokoll 2031-{number % 12 + 1:02}-{number % 27 + 1:02}

§ {number} Bidrag till förening nummer {number}
Dnr KS 2031/{number}
Beslut
Kommunstyrelsen beslutar att bevilja {number} 000 kronor till Förening {number} för lägerverksamhet.
Ärendebeskrivning
Föreningen ordnar läger för unga i åldern {number % 9 + 7} år och söker {number + 5} 000 kronor.
Påhittat exempel.
"""


def write_papers(folder: Path, number: int) -> Path:
    """A folder of such protocols."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in range(1, number + 1):
        (folder / f"{each:03}.txt").write_text(protocol(each), encoding="utf-8")
    return folder
