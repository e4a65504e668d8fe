"""Those who are told, in this process: a real SMTP server and an HTTP server, each as unkind as a test wants."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Post:
    """What a mail server has: the mails it took, and what it says to each thing that is sent to it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.rcpt: Callable[[str], str | None] = lambda address: None
        self.data: Callable[[], str | None] = lambda: None
        self.url = ""
        self.closes_after_data = False
        self.seen = 0  # mails that came as far as their end

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if said := self.rcpt(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.seen += 1
        if self.closes_after_data:
            server.transport.abort()
            return "250 never heard"
        if said := self.data():
            return said
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[Post]:
    """A mail server on a port of this machine."""
    post = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    post.url = f"smtp://127.0.0.1:{port}"
    try:
        yield post
    finally:
        server.stop()


class Hook:
    """What a webhook's receiver got; `answer` is the status it gives, `hangs` how long it first waits."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answer, self.hangs, self.drips, self.url = 204, 0.0, False, ""


@contextmanager
def hook_server() -> Iterator[Hook]:
    """A receiver on a port of this machine."""
    hook, over = Hook(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.got.append((dict(self.headers), body))
            over.wait(hook.hangs)
            if hook.drips:
                self._drip()
            self.send_response(hook.answer)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            hook.got.append((dict(self.headers), b"GET"))

        def _drip(self) -> None:
            """A header that never ends, so that no single read waits long."""
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not over.wait(0.05):
                self.wfile.write(b"x")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.url = f"http://127.0.0.1:{server.server_address[1]}/hook?key=1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        over.set()
        server.shutdown()
        thread.join(10)
