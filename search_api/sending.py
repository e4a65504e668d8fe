"""Answers that are sent while they are made (strömmade svar): their work stops when their reader goes away."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import ExitStack
from types import TracebackType

import anyio
from anyio.to_thread import run_sync
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

BODILESS = "paragraf.head"  # in the scope of a request whose body nobody will see: a HEAD
_SLOWEST_S = 60.0  # a reader that takes nothing for so long has gone away


class FullError(RuntimeError):
    """As many are at work as may be."""


class AtOnce:
    """As a context: so many are inside at once, and nobody waits to come in."""

    def __init__(self, number: int) -> None:
        self._free = threading.BoundedSemaphore(number)

    def __enter__(self) -> None:
        if not self._free.acquire(blocking=False):
            raise FullError

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._free.release()


class Sending(StreamingResponse):
    """Pieces as they are made; `held` is let go of however it ends. What breaks off is sent no end of."""

    def __init__(self, pieces: Generator[bytes], held: ExitStack, media_type: str, headers: Mapping[str, str]) -> None:
        self._pieces, self._held = pieces, held
        super().__init__(self._made(), media_type=media_type, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def in_time(message: Message) -> None:
            with anyio.fail_after(_SLOWEST_S):
                await send(message)

        try:
            await super().__call__(scope, receive, in_time)
        finally:
            with anyio.CancelScope(shield=True):
                await run_sync(self._let_go)

    async def _made(self) -> AsyncIterator[bytes]:
        while (piece := await run_sync(next, self._pieces, None)) is not None:
            if piece:
                yield piece

    def _let_go(self) -> None:
        with self._held:
            self._pieces.close()
