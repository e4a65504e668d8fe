"""How often a client may ask (takt), told in the standard's headers: RateLimit, RateLimit-Policy, Retry-After."""

from __future__ import annotations

from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.settings import Rate
from search_api.problems import Problem
from search_api.rates import Rates

_UNLIMITED = ("/health", "/ready", "/metrics", "/static/")


class RateLimits:
    """Refuses a client that asks too often, and tells every client what it has left."""

    def __init__(self, app: ASGIApp, rate: Rate, shared: Path | None = None) -> None:
        self.app = app
        self._rates = Rates(rate, shared / "rates" if shared else None)
        self._policy = f'"default";q={rate.number};w={rate.seconds}'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_UNLIMITED):
            await self.app(scope, receive, send)
            return
        left = self._rates.take((scope.get("client") or ("",))[0])
        told = [
            (b"ratelimit-policy", self._policy.encode()),
            (b"ratelimit", f'"default";r={left.requests};t={left.whole_in}'.encode()),
        ]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *told]
            await send(message)

        if left.wait:
            said = f"too many requests; ask again in {left.wait} s"
            problem = Problem("too-many", 429, said, headers={"Retry-After": str(left.wait)})
            await problem.response(scope)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)
