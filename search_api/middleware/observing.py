"""Every request is numbered, timed, counted and logged (loggar); what was asked for is not, unless a setting says."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api import logs, metrics
from search_api.routes import template

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)  # what a proxy in front of us may call a request
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_GONE = 499  # the one who asked went away before there was an answer


class Observing:
    """Gives each request an id and tells, when it is answered, what it was and how long it took."""

    def __init__(self, app: ASGIApp, log_questions: bool = False) -> None:
        self.app, self._log_questions = app, log_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), _GONE, 0
        given = Headers(scope=scope).get("x-request-id", "")
        request = given if _ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request

        async def noticing(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request.encode())]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, noticing)
        finally:
            took = time.perf_counter() - began
            method, route = scope["method"] if scope["method"] in _METHODS else "other", template(scope)
            metrics.observe(method, route, status, took)
            told: dict[str, Any] = {"id": request, "method": method, "route": route, "status": status}
            if self._log_questions:
                told["query"] = scope["query_string"].decode("latin-1")
            logs.info("request", **told, ms=round(took * 1000, 1), bytes=size)
