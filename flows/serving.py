"""The web server's processes (server): one, or several that share a port."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors.multiprocess import Multiprocess

from flows import places
from flows.confirming import confirming
from index import settings

_SHARED = "PARAGRAF_SHARED"
_ASIDE, _MOMENT_S = 20, 0.002  # how often and how long a process leaves a connection to those that have fewer
_SILENT_S = 60  # opening a large index keeps a process from answering its parent


def serve(host: str, port: int, workers: int) -> None:
    """Answers on a port until told to stop."""
    found = settings.load()  # what is wrong with them is told here, and not by each process
    config = uvicorn.Config(
        "search_api.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        loop="flows.serving:OneByOne",
        http="h11",  # it limits how long the headers of a request may be
        access_log=False,
        server_header=False,
        timeout_worker_healthcheck=_SILENT_S,
    )
    listening = config.bind_socket()
    # Connections take this from the socket they come in by. Without it the end of each answer waits 40 ms for an
    # acknowledgement: asyncio sets it only where the socket tells its protocol, and uvicorn's does not
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with confirming(found):
        if workers == 1:
            uvicorn.Server(config).run(sockets=[listening])
            return
        # Each process searches on one core; more threads of numpy's would only be in the way of the others
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        with tempfile.TemporaryDirectory(prefix="paragraf-") as shared:
            _share(Path(shared), workers)
            Multiprocess(config, sockets=[listening]).run()


class OneByOne(asyncio.SelectorEventLoop):
    """A loop that accepts one connection at a time, so that processes that share a socket divide those that wait.

    As asyncio has it, whichever process wakes first accepts them all: eight clients had one process of two. A socket
    for each process (SO_REUSEPORT) divides them by chance, and a busy process gets as many as an idle one. Here the one
    that has the fewest accepts; the others stand aside for a moment, though not for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        shared = os.environ.get(_SHARED)
        self._place, self._aside = places.take(Path(shared)) if shared else None, 0
        if self._place:
            self._place.stay()

    def _accept_connection(
        self, protocol: Any, sock: Any, sslcontext: Any = None, server: Any = None, backlog: int = 1, *more: Any
    ) -> None:
        if self._place and self._place.has_most(_connections(server)) and self._aside < _ASIDE:
            self._aside += 1
            self._remove_reader(sock.fileno())  # type: ignore[attr-defined]
            self.call_later(_MOMENT_S, self._come_back, protocol, sock, sslcontext, server, backlog, *more)
            return
        self._aside = 0
        accept = super()._accept_connection  # type: ignore[misc]
        accept(protocol, sock, sslcontext, server, 1, *more)

    def _come_back(self, protocol: Any, sock: Any, *more: Any) -> None:
        if sock.fileno() >= 0:  # the server still listens
            self._start_serving(protocol, sock, *more)  # type: ignore[attr-defined]


def _connections(server: Any) -> int:
    """How many connections an asyncio server has; it tells nobody."""
    clients = getattr(server, "_clients", None)  # from Python 3.12.1 on
    return int(server._active_count) if clients is None else len(clients)


def _share(folder: Path, workers: int) -> None:
    """What the processes count, they count together: requests for Prometheus, and how often each client asks."""
    counted = folder / "metrics"
    counted.mkdir()
    places.lay_out(folder, workers)
    os.environ |= {_SHARED: str(folder), "PROMETHEUS_MULTIPROC_DIR": str(counted)}
