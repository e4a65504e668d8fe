"""The last resort: an error that nobody expected becomes a problem that tells nothing of our insides (fel)."""

from __future__ import annotations

import traceback

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api import logs
from search_api.problems import Problem


class Catching:
    """Answers 500 where the application breaks, and logs where that was.

    What an error says may hold what somebody asked for, so it is left out unless `tell`.
    """

    def __init__(self, app: ASGIApp, tell: bool = False) -> None:
        self.app, self._tell = app, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noticing(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noticing)
        except Exception as error:
            if scope["type"] != "http":
                raise
            request = scope.get("state", {}).get("request_id")
            logs.error("error", id=request, error=type(error).__name__, where=self._where(error))
            if started:
                raise  # half an answer must not look like a whole one
            said = "something broke here; the logs tell more under the id of this request"
            await Problem("internal", 500, said).response(scope)(scope, receive, send)

    def _where(self, error: Exception) -> str:
        if self._tell:
            return "".join(traceback.format_exception(error))
        return "".join(traceback.format_tb(error.__traceback__))
