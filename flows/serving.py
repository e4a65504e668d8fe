"""The web server's processes (server): one, or several that share a port."""

from __future__ import annotations

import socket

import uvicorn
from uvicorn.supervisors.multiprocess import Multiprocess

_SILENT_S = 60  # opening a large index keeps a process from answering its parent


def serve(host: str, port: int, workers: int) -> None:
    """Answers on a port until told to stop."""
    config = uvicorn.Config(
        "search_api.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        timeout_worker_healthcheck=_SILENT_S,
    )
    alone = config.bind_socket()  # ends here, with a message, where the port is taken
    if workers == 1:
        uvicorn.Server(config).run(sockets=[_at_once(alone)])
    else:
        alone.close()
        _Several(config, []).run()


class _Several(Multiprocess):
    """Processes that each listen to the port with a socket of their own, so that the kernel divides the connections.

    Of one socket that all share, whichever process wakes first accepts all that wait: eight clients had one process of
    two, and the other idle.
    """

    @property
    def sockets(self) -> list[socket.socket]:
        """A socket for one process more; ours is closed when the process has its copy."""
        family = socket.AF_INET6 if ":" in self.config.host else socket.AF_INET
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.bind((self.config.host, self.config.port))
        listening.set_inheritable(True)
        return [_at_once(listening)]

    @sockets.setter
    def sockets(self, given: list[socket.socket]) -> None:
        """What the parent would share is not used."""


def _at_once(listening: socket.socket) -> socket.socket:
    """Connections take this from the socket they come in by. Without it the end of each answer waits 40 ms for an
    acknowledgement: asyncio sets it only where the socket tells its protocol, and uvicorn's does not."""
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
