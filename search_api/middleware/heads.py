"""HEAD is answered as GET is, without the body (huvud); a file that would be long in the making is not made for it."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.sending import BODILESS


class Heads:
    """Asks for what GET would get, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
            elif not message.get("more_body", False):
                await send({"type": "http.response.body", "body": b""})

        scope["method"], scope[BODILESS] = "GET", True
        try:
            await self.app(scope, receive, without_body)
        finally:
            scope["method"] = "HEAD"
