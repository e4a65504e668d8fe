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

from flows.confirming import confirming
from index import settings

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
        with tempfile.TemporaryDirectory(prefix="paragraf-") as shared:
            _share(Path(shared))
            Multiprocess(config, sockets=[listening]).run()


class OneByOne(asyncio.SelectorEventLoop):
    """A loop that accepts one connection at a time, so that processes that share a socket divide those that wait.

    As asyncio has it, whichever process wakes first accepts them all: eight clients had one process of two. A socket
    for each process (SO_REUSEPORT) divides them by chance, and a busy process gets as many as an idle one.
    """

    def _accept_connection(
        self, protocol: Any, sock: Any, sslcontext: Any = None, server: Any = None, backlog: int = 1, *more: Any
    ) -> None:
        accept = super()._accept_connection  # type: ignore[misc]
        accept(protocol, sock, sslcontext, server, 1, *more)


def _share(folder: Path) -> None:
    """What the processes count, they count together: requests for Prometheus, and how often each client asks."""
    counted = folder / "metrics"
    counted.mkdir()
    os.environ |= {"PARAGRAF_SHARED": str(folder), "PROMETHEUS_MULTIPROC_DIR": str(counted)}
