"""Asking a server that is away, busy, refuses, or is none."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from index import connection
from index.connection import Connection, connect
from index.settings import Server
from index.vectors import GoneError, ServerError

_GOOD = (200, {"result": {"aliases": []}, "status": "ok", "time": 0.0})


class _Desk(BaseHTTPRequestHandler):
    """Gives the answers that are laid out, in order; the last one stays."""

    answers: list[tuple[int, object]] = []  # noqa: RUF012
    keys: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.keys.append(self.headers.get("api-key"))
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    monkeypatch.setattr(connection, "_PAUSES_S", (0.01, 0.01, 0.01))
    server = HTTPServer(("127.0.0.1", 0), _Desk)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _Desk.keys = []
    made = connect(Server(f"http://127.0.0.1:{server.server_port}", "hush", timeout=2.0))
    yield made
    made.close()
    server.shutdown()
    server.server_close()


def _refusal(status: int, error: str) -> tuple[int, object]:
    return status, {"status": {"error": error}, "time": 0.0}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_waited_for(desk: Connection, status: int) -> None:
    _Desk.answers = [(status, "busy"), _refusal(status, "busy"), _GOOD]
    assert desk.ask(desk.client.get_aliases).aliases == []
    assert _Desk.keys == ["hush"] * 3


@pytest.mark.parametrize(
    ("answer", "times", "told"),
    [
        (_refusal(400, "Wrong input: no such field"), 1, "refuses: Wrong input: no such field"),
        (_refusal(403, "Must provide an API key"), 1, "set QDRANT_API_KEY"),
        (_refusal(503, "no quorum"), 4, "refuses: no quorum"),
        ((404, "<html>nothing here</html>"), 1, "refuses: 404"),
        ((200, {"hello": "world"}), 1, "no Qdrant server that we understand"),
        ((200, "<html>welcome</html>"), 1, "no Qdrant server that we understand"),
    ],
)
def test_what_does_not_pass_is_told(desk: Connection, answer: tuple[int, object], times: int, told: str) -> None:
    _Desk.answers = [answer]
    with pytest.raises(ServerError, match=told):
        desk.ask(desk.client.get_aliases)
    assert len(_Desk.keys) == times


def test_a_collection_that_is_gone_is_told_apart(desk: Connection) -> None:
    _Desk.answers = [_refusal(404, "Not found: Collection `paragraf.1` doesn't exist!")]
    with pytest.raises(GoneError):
        desk.ask(desk.client.get_collection, "paragraf.1")


def test_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_PAUSES_S", (0.01,))
    away = connect(Server("http://127.0.0.1:9"))
    with pytest.raises(ServerError, match="no Qdrant server answers at"):
        away.ask(away.client.get_aliases)
