"""How much anybody may send (storlek): addresses and bodies have an end, and no address has a NUL in it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.problems import Problem

ADDRESS = 16_384  # bytes of a path and its query
BODY = 131_072


class SizeLimits:
    """Reads a body before it is handed on, and refuses one that is too large, as an address that is too long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > ADDRESS:
            problem = Problem("too-long", 414, f"an address may have {ADDRESS} bytes; ask for less at a time")
            await problem.response(scope)(scope, receive, send)
            return
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:  # no paper has one, and PostgreSQL takes none
            problem = Problem("bad-input", 422, "an address with a NUL (%00) in it means nothing")
            await problem.response(scope)(scope, receive, send)
            return
        headers = Headers(scope=scope)
        told = headers.get("content-length", "0")
        if told == "0" and "transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        body = None if told.isdigit() and int(told) > BODY else await _body(receive)
        if body is None:
            problem = Problem("too-large", 413, f"a body may have {BODY} bytes", headers={"Connection": "close"})
            await problem.response(scope)(scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)


async def _body(receive: Receive) -> list[Message] | None:
    """All of a body, None where it is too large."""
    read: list[Message] = []
    size, more = 0, True
    while more:
        message = await receive()
        read.append(message)
        size += len(message.get("body", b""))
        if size > BODY:
            return None
        more = message["type"] == "http.request" and message.get("more_body", False)
    return read


def _again(body: list[Message], receive: Receive) -> Receive:
    """What was read is received once more, then whatever comes."""
    kept = iter(body)

    async def receiving() -> Message:
        message = next(kept, None)
        return message if message is not None else await receive()

    return receiving
