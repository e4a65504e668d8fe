"""One server that plays many towns, each under an address of its own (127.0.x.y), with faults, and keeps a log.

It is fast enough to be no brake (connections stay open, answers leave at once) and true: every request stands in the
log with its begin and its end, the paper that it was for, and the fault that was played.
"""

from __future__ import annotations

import importlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.towns import NOT_FOUND, Answer, Request, Town
from tests.towns.faults import Fault, Reply

_CONDITIONS = ("if-none-match", "if-modified-since")


@dataclass(frozen=True)
class Asked:
    """One line of the log: who was asked what, from when to when, what came of it; `paper` is the key of the town's."""

    host: str
    method: str
    target: str
    headers: dict[str, str]
    began: float
    ended: float
    status: int
    paper: str | None = None
    fault: str | None = None


class Towns:
    """The towns as they are served now, the faults they have (by paper's key, or town's code), and what was asked."""

    def __init__(self, towns: Iterable[Town], faults: dict[str, Fault] | None = None) -> None:
        self.towns = list(towns)
        self.faults = faults or {}
        self.log: list[Asked] = []
        self.by_host: dict[str, Town] = {}
        self.times: Counter[str] = Counter()  # how often what has a fault was asked for
        self.by_bytes: dict[int, str] = {}
        self.serves = True

    def open(self, port: int, closed: int = 0) -> None:
        """Every town is given its address; `closed` is a port on which nobody answers."""
        for number, town in enumerate(self.towns):
            host = f"127.0.{1 + number // 250}.{1 + number % 250}"
            town.base = f"http://{host}:{port}"
            self.by_host[f"{host}:{port}"] = town
            if fault := self.faults.get(town.code):
                town.base = fault.base.format(host=host, closed=closed, code=town.code) if fault.base else town.base
                town.session |= {"robots": fault.robots} if fault.robots else {}
        self.changed()

    def changed(self) -> None:
        """Papers were uploaded, taken away or put back."""
        papers = (paper for town in self.towns for meeting in town.meetings for paper in meeting.papers)
        self.by_bytes = {id(paper.data): paper.key for paper in papers}

    def answer(self, request: Request) -> tuple[Answer, str | None, str | None]:
        """What the town says that the Host header names; the key of the paper it is, and the fault in it."""
        town = self.by_host.get(request.headers.get("host", ""))
        if town is None:
            return NOT_FOUND, None, None
        fault = self.faults.get(town.code)
        if request.path == "/robots.txt":
            if fault and fault.robots_status:
                return Answer(fault.robots_status, b"robots.txt"), None, fault.name
            return Answer(200, town.session.get("robots", "User-agent: *\nDisallow:\n").encode()), None, None
        play = importlib.import_module(f"tests.towns.{town.platform}").answer
        answer = play(town, request)
        key = self.by_bytes.get(id(answer.body))
        if answer.status == 304:
            bare = {name: value for name, value in request.headers.items() if name not in _CONDITIONS}
            key = self.by_bytes.get(id(play(town, replace(request, headers=bare)).body))
        if fault and fault.play and fault.path in request.path:
            return self._faulty(fault, town.code, request, answer), None, fault.name
        if key is not None and (of_paper := self.faults.get(key)) and of_paper.play:
            return self._faulty(of_paper, key, request, answer), key, of_paper.name
        return answer, key, None

    def _faulty(self, fault: Fault, key: str, request: Request, answer: Answer) -> Answer:
        assert fault.play
        self.times[key] += 1
        return fault.play(request, answer, self.times[key])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 20  # an answer leaves as a whole, after it has been written down
    timeout = 60
    played: Towns

    def _any(self) -> None:
        began = time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not self.played.serves:
            self.close_connection = True
            return
        answer, paper, fault = self.played.answer(Request(self.command, self.path, headers, body))
        self._send(answer)
        asked = (headers.get("host", ""), self.command, self.path, headers, began, time.monotonic())
        self.played.log.append(Asked(*asked, answer.status, paper, fault))
        with suppress(OSError):
            self.wfile.flush()  # only now: what is asked next begins after this has ended

    def _send(self, answer: Answer) -> None:
        reply = answer if isinstance(answer, Reply) else Reply(answer.status, answer.body, answer.headers)
        self.send_response(reply.status)
        length = {} if reply.slowly_s else {"Content-Length": str(len(reply.body))}
        for name, value in {**length, **reply.headers}.items():
            self.send_header(name, value)
        if reply.slowly_s:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.command == "HEAD":
            return
        if reply.cut_after is not None:
            self.wfile.write(reply.body[: reply.cut_after])
            self.close_connection = True
        elif reply.slowly_s:
            for start in range(0, len(reply.body), 1500):
                part = reply.body[start : start + 1500]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                self.wfile.flush()
                time.sleep(reply.slowly_s)
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(reply.body)

    do_GET = do_POST = do_HEAD = _any  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked is gone: killed, or it had enough."""


@contextmanager
def served(*towns: Town, faults: dict[str, Fault] | None = None) -> Iterator[Towns]:
    """These towns on the loopback until the end; each has its `base`."""
    all_of_them = Towns(towns, faults)
    handler = type("Handler", (_Handler,), {"played": all_of_them})
    with _Server(("0.0.0.0", 0), handler) as server, socket.socket() as nobody:
        nobody.bind(("0.0.0.0", 0))
        all_of_them.open(server.server_address[1], nobody.getsockname()[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield all_of_them
        finally:
            server.shutdown()
            thread.join()
