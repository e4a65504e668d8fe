"""What gives way under a night: clock, database, Prefect's server. It ends with a sentence, or does not mind."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from flows.failing import explain
from flows.nightly import nightly
from index.catalog import Catalog
from index.settings import load
from tests.running import api, at_home, contents, start, when, write_papers
from tests.test_kill import SLOWLY, documents

TRAY = '[[source]]\nname = "tray"\nkind = "folder"\npath = "papers"\n'


def clock(days: int) -> type[datetime]:
    """A clock that is wrong by so many days."""

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(days=days)

    return Jumped


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_papers(tmp_path / "papers", 2)
    (tmp_path / "sources.toml").write_text(TRAY)
    with at_home(tmp_path) as settings:
        assert nightly().tally.read == 2
        before = contents(tmp_path)
        for days in (400, -400):
            for module in ("index.catalog", "index.saving", "flows.morning.night", "flows.checks"):
                monkeypatch.setattr(f"{module}.datetime", clock(days))
            again = nightly()
            assert (again.tally.unchanged, again.failed()) == (2, False)
        monkeypatch.undo()
        assert contents(tmp_path) == before
        with Catalog(settings.catalog) as catalog:
            assert [run.state for run in catalog.runs()] == ["finished"] * 3
        assert len(list((tmp_path / "reports").glob("*.html"))) == 3, "a day that the clock told has its report"


class Line:
    """A line to a server that can be cut, as when that is restarted, and mended."""

    def __init__(self, to: str) -> None:
        self.to = urlsplit(to)
        self.cut = False
        self.pairs: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}{self.to.path}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                one, _ = self.listener.accept()
                if self.cut:
                    one.close()
                    continue
                other = socket.create_connection((self.to.hostname, self.to.port))
                self.pairs += [one, other]
                for source, sink in ((one, other), (other, one)):
                    threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def hang_up(self) -> None:
        """Every connection breaks."""
        for each in self.pairs:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.pairs.clear()


@contextmanager
def line(to: str) -> Iterator[Line]:
    made = Line(to)
    try:
        yield made
    finally:
        made.hang_up()
        made.listener.close()


def test_a_prefect_server_that_is_restarted_is_not_minded(tmp_path: Path) -> None:
    papers = write_papers(tmp_path / "papers", 30)
    with line(api()) as prefect:
        process = start(tmp_path / "home", "ingest", str(papers), "-q", PREFECT_API_URL=prefect.url, **SLOWLY)
        when(lambda: documents(tmp_path / "home") > 2 or process.poll() is not None)
        assert process.poll() is None, process.communicate()
        prefect.cut = True
        prefect.hang_up()
        when(lambda: documents(tmp_path / "home") > 10)
        prefect.cut = False
        _, told = process.communicate(timeout=240)
    assert process.returncode in (0, 1), told
    assert "Traceback" not in told
    assert documents(tmp_path / "home") == 30, "all is saved, whoever answers"


def test_a_record_that_another_program_holds_is_waited_for(tmp_path: Path) -> None:
    papers, home = write_papers(tmp_path / "papers", 3), tmp_path / "home"
    Catalog(load({"PARAGRAF_HOME": str(home)}).catalog).close()
    with closing(sqlite3.connect(home / "catalog.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process = start(home, "ingest", str(papers), "-q", PREFECT_API_URL=api())
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(6)
        other.execute("ROLLBACK")
    _, told = process.communicate(timeout=240)
    assert (process.returncode, documents(home)) == (0, 3), told


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ConnectError("refused"), "Prefect's server does not answer any more"),
        (
            OperationalError("SELECT 1", {}, Exception("server closed the connection")),
            "the catalog's database does not",
        ),
    ],
)
def test_a_server_that_is_gone_is_told_in_a_sentence(error: Exception, said: str) -> None:
    told, code = explain(error)
    assert told.startswith(said)
    assert told.endswith("run it again, it goes on where it was")
    assert code == 1
