"""Prefect, set up our way: quiet, without telemetry, and with a server of its own that never outlives us.

Prefect needs a server to run a flow. Unless PREFECT_API_URL names one, each of our runs starts its own on a free
port of this machine, on a scratch database under PARAGRAF_HOME: the record of runs is the catalog, not Prefect.
Nothing here imports Prefect before its settings are in the environment; the server starts while we import.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from index.settings import Settings

START_S = 120.0
_SWEEPING = "sweep.lock"
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # we tell what happened ourselves
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",  # never one that outlives us
    "PREFECT_RUNNER_POLL_FREQUENCY": "5",
}
_LASTING = {  # for a server that somebody looks at: what became of each paper is in its logs, and not on our stderr
    "PREFECT_LOGGING_LEVEL": "INFO",
    "PREFECT_LOGGING_TO_API_ENABLED": "true",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}
_SERVER = {
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
    "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false",  # server.py makes the tables
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT__SERVER_FINAL": "1",
}
_START = "import sys; sys.path[:] = {path!r}; from flows.server import serve; serve({parent}, {fd}, {database!r})"


class EngineError(RuntimeError):
    """Prefect's server does not start, and where its log is."""


@contextmanager
def engine(settings: Settings) -> Iterator[str]:
    """Prefect ready for use, with the address of its API; whatever was started for it is gone afterwards."""
    be_quiet(settings.home)
    if given := os.environ.get("PREFECT_API_URL"):
        sweep(settings.home / "prefect")
        with _using(given):
            yield given
        return
    with Server(settings.home / "prefect") as server:
        os.environ["PREFECT_API_URL"] = server.url  # for Prefect's own threads, which look nowhere else
        try:
            with _using(server.url):
                server.wait()
                yield server.url
        finally:
            del os.environ["PREFECT_API_URL"]


@contextmanager
def _using(url: str) -> Iterator[None]:
    """Prefect imported, and told anew where its server is if it was imported before."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: url}):
        yield


def be_quiet(home: Path | None = None) -> None:
    """What Prefect shall find in the environment when it is imported; what stands there already counts."""
    lasting = _LASTING if "PREFECT_API_URL" in os.environ else {}
    for name, value in {**_QUIET, **lasting, **({"PREFECT_HOME": str(home / "prefect")} if home else {})}.items():
        os.environ.setdefault(name, value)


class Server:
    """A Prefect server in a child process, on a database that is thrown away with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scratch = folder / f"run-{os.getpid()}"
        self.database = self.scratch / "prefect.db"
        self.log = self.scratch / "server.log"
        self.url = ""
        self.lock: IO[str] | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _SWEEPING).open("w") as sweeping:  # nobody takes a folder away before it is locked
            fcntl.flock(sweeping, fcntl.LOCK_EX)
            _sweep(self.folder)
            self.scratch.mkdir(parents=True, exist_ok=True)
            self.lock = _locked(self.scratch)
        self.process = self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        _remove(self.scratch)
        if self.lock:
            self.lock.close()

    def _start(self) -> subprocess.Popen[bytes]:
        """The child inherits the listening socket, so no other program can take the port in between."""
        with socket.create_server(("127.0.0.1", 0)) as listener, self.log.open("wb") as log:
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
            code = _START.format(path=sys.path, parent=os.getpid(), fd=listener.fileno(), database=str(self.database))
            return subprocess.Popen(
                [sys.executable, "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[listener.fileno()],
                env={**os.environ, **_SERVER, "PREFECT_HOME": str(self.scratch)} | self._address(),
            )

    def _address(self) -> dict[str, str]:
        return {"PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{self.database}"}

    def wait(self) -> None:
        """Until it answers."""
        import httpx

        until = time.monotonic() + START_S
        with httpx.Client(trust_env=False, timeout=5) as client:
            while not _healthy(client, f"{self.url}/health"):
                if self.process.poll() is not None or time.monotonic() > until:
                    raise EngineError(f"Prefect's server did not start: {self._last_words()}")
                time.sleep(0.05)

    def _last_words(self) -> str:
        """The last line of its log."""
        lines = self.log.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
        return lines[-1]


def _healthy(client: object, url: str) -> bool:
    import httpx

    assert isinstance(client, httpx.Client)
    try:
        return client.get(url).status_code == 200
    except httpx.HTTPError:
        return False


def sweep(folder: Path) -> None:
    """Take away what runs that were killed have left."""
    if not folder.is_dir():
        return
    with (folder / _SWEEPING).open("w") as sweeping:
        fcntl.flock(sweeping, fcntl.LOCK_EX)
        _sweep(folder)


def _sweep(folder: Path) -> None:
    for scratch in folder.glob("run-*"):
        if lock := _locked(scratch):
            _remove(scratch)
            lock.close()


def _locked(scratch: Path) -> IO[str] | None:
    """A run's folder, held by us; None if its run lives and holds it. A lock is never somebody else's, as a number is.

    The kernel lets go of it when the process ends, however that ends, and the server does not inherit it.
    """
    try:
        lock = (scratch / "lock").open("a")
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _remove(scratch: Path) -> None:
    """A folder, also if a server that is dying still writes in it."""
    for _ in range(40):
        shutil.rmtree(scratch, ignore_errors=True)
        if not scratch.exists():
            return
        time.sleep(0.05)
