"""One server that plays many towns, each under an address of its own (127.0.x.y, one port), and keeps a log."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.towns import NOT_FOUND, Answer, Request, Town


@dataclass(frozen=True)
class Asked:
    """One line of the log: who was asked what, from when to when, and what came of it."""

    host: str
    method: str
    target: str
    headers: dict[str, str]
    began: float
    ended: float
    status: int


class Towns:
    """The towns as they are served now, and every request that was made of them."""

    def __init__(self, towns: Iterable[Town]) -> None:
        self.towns = list(towns)
        self.log: list[Asked] = []
        self.by_host: dict[str, Town] = {}

    def open(self, port: int) -> None:
        """Every town is given its address."""
        for number, town in enumerate(self.towns):
            host = f"127.0.{1 + number // 250}.{1 + number % 250}"
            town.base = f"http://{host}:{port}"
            self.by_host[f"{host}:{port}"] = town

    def answer(self, request: Request) -> Answer:
        """What the town says that the Host header names."""
        town = self.by_host.get(request.headers.get("host", ""))
        if town is None:
            return NOT_FOUND
        if request.path == "/robots.txt":
            return Answer(200, town.session.get("robots", "User-agent: *\nDisallow:\n").encode())
        return importlib.import_module(f"tests.towns.{town.platform}").answer(town, request)


@contextmanager
def served(*towns: Town) -> Iterator[Towns]:
    """These towns on the loopback until the end; each has its `base`."""
    all_of_them = Towns(towns)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # an answer leaves in one piece: in two, the second waits 40 ms for the first's receipt

        def _any(self) -> None:
            began = time.monotonic()
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = all_of_them.answer(Request(self.command, self.path, headers, body))
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
            host, ended = headers.get("host", ""), time.monotonic()
            all_of_them.log.append(Asked(host, self.command, self.path, headers, began, ended, answer.status))

        do_GET = do_POST = do_HEAD = _any  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("0.0.0.0", 0), Handler) as server:
        server.daemon_threads = True
        all_of_them.open(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield all_of_them
        finally:
            server.shutdown()
            thread.join()
