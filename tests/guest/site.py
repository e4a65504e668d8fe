"""A municipality's site on a port of this machine, with any fault wanted, which writes down who asked what and when."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

from flows.guest import Budget, Manners, SimulatedClock, Timeouts

LOCAL = (ipaddress.ip_network("127.0.0.0/8"),)
PDF = b"%PDF-1.7\n" + b"Kommunstyrelsen beslutar\n" * 400 + b"%%EOF\n"


def manners(**changed: object) -> Manners:
    """Those of a real night, without chance."""
    kept: dict[str, object] = {"networks": LOCAL, "jitter": 0.0}
    return Manners(**(kept | changed))  # type: ignore[arg-type]


HASTY = Timeouts(connect_s=1.0, silence_s=0.4, whole_s=1.0)  # for the faults that are only known by waiting


def budget(requests: int = 2_000, size: int = 4 << 30) -> Budget:
    return Budget(requests, size)


@dataclass
class Asked:
    """One request as the server saw it: `at` is simulated time of its host, the others are real seconds.

    It has ended when its last byte is handed over, or nothing more will be: before its asker may know.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float
    began: float
    ended: float = float("inf")


@dataclass
class Site:
    """`answers` has what each path answers: bytes, a status, where to go, a function of the handler, or several."""

    url: str
    clock: SimulatedClock
    answers: dict[str, object] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.url.split("//")[1].split(":")[0]

    @property
    def paths(self) -> list[str]:
        """What was asked, robots.txt apart."""
        return [asked.path for asked in self.log if asked.path != "/robots.txt"]

    @property
    def overlaps(self) -> int:
        """How many requests began before an earlier one had ended."""
        spans = sorted((asked.began, asked.ended) for asked in self.log)
        return sum(later[0] < earlier[1] for earlier, later in pairwise(spans))

    @property
    def pauses(self) -> list[float]:
        """Simulated seconds between one request and the next."""
        times = [asked.at for asked in self.log]
        return [later - earlier for earlier, later in pairwise(times)]


Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a body waits 40 ms for the receipt of its headers
    site: Site

    def do_GET(self) -> None:
        began, at = time.monotonic(), self.site.clock.monotonic(self.site.host)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        given = self.site.answers.get(self.path, 404 if self.path == "/robots.txt" else PDF)
        if isinstance(given, list):
            given = given.pop(0) if len(given) > 1 else given[0]
        self.entry = Asked(self.command, self.path, dict(self.headers), body, at, began)
        self.site.log.append(self.entry)
        with suppress(OSError):
            self._give(given)
        self.done()

    do_POST = do_HEAD = do_GET  # noqa: N815 - as the standard library names them

    def done(self) -> None:
        """From now on another may be asked."""
        self.entry.ended = min(self.entry.ended, time.monotonic())

    def _give(self, given: object) -> None:
        if isinstance(given, bytes):
            self.answer(200, given)
        elif isinstance(given, int):
            self.answer(given)
        elif isinstance(given, str):
            self.answer(302, Location=given)
        elif callable(given):
            given(self)

    def answer(self, status: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        """Headers are named with _ for -; `length` is what Content-Length says, None for the truth, -1 for nothing."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length != -1:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        else:
            self.close_connection = True
        self.done()
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None: ...


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50

    def handle_error(self, request: object, client_address: object) -> None: ...


@contextmanager
def site(address: str = "127.0.0.1", clock: SimulatedClock | None = None) -> Iterator[Site]:
    """A site at an address of its own: 127.0.0.2 is another host than 127.0.0.1."""
    made: type[Handler] = type("_Handler", (Handler,), {})
    server = _Server((address, 0), made)
    made.site = Site(f"http://{address}:{server.server_port}", clock or SimulatedClock())
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield made.site
    finally:
        server.shutdown()
        server.server_close()


# Faults


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    return lambda handler: handler.answer(code, body, None, **headers)


def ok(body: bytes = PDF, **headers: str) -> Answer:
    return lambda handler: handler.answer(200, body, None, **headers)


def hang_up(handler: Handler) -> None:
    """No answer at all."""
    handler.close_connection = True
    handler.done()
    handler.connection.shutdown(2)


def breaks_off(after: int, **headers: str) -> Answer:
    """The connection ends before all bytes that were promised have come."""
    return lambda handler: handler.answer(200, PDF[:after], len(PDF), **headers)


def silent(seconds: float) -> Answer:
    def wait(handler: Handler) -> None:
        handler.done()
        time.sleep(seconds)

    return wait


def drips(handler: Handler) -> None:
    """A byte now and then, for ever: never silent for long, never done."""
    handler.close_connection = True
    handler.done()
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)
