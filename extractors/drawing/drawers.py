"""Pages drawn in processes of their own: a PDF that crashes, hangs or swallows the memory costs its own pages only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from extractors.drawing.marks import Mark
from extractors.drawing.wish import DPI, Drawn, Wish, wish_for
from extractors.model import Document, Unreadable
from extractors.workers import MEMORY_BYTES, TIMEOUT_S, Readers

_BATCH = 6  # pages that are drawn at a time, and lost together
_DRAW = "extractors.drawing.pages:draw"


class Drawers:
    """Processes that draw pages. Safe to use from several threads; a context manager, so that none is left behind."""

    def __init__(
        self, processes: int = 1, timeout_s: float = TIMEOUT_S, memory_bytes: int = MEMORY_BYTES, ocr: bool = True
    ) -> None:
        self._readers = Readers(processes, timeout_s, memory_bytes, ocr, _DRAW)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._readers.close()

    def submit(self, data: bytes | Path, wish: Wish) -> Future[list[Drawn] | Unreadable]:
        """Pages to be drawn of a PDF, given by its bytes or its path."""
        return cast("Future[list[Drawn] | Unreadable]", self._readers.submit(data, wish))

    def draw(
        self, data: bytes | Path, document: Document, marks: Sequence[Mark] = (), numbers: Iterable[int] | None = None,
        painted: bool = False, dpi: int = DPI,
    ) -> Iterator[Drawn]:  # fmt: skip
        """Pages of a PDF that was read as `document`, all or some, in order; one that cannot be drawn says why."""
        wanted = iter([page.number for page in document.pages] if numbers is None else numbers)
        waiting: list[tuple[list[int], Future[list[Drawn] | Unreadable]]] = []
        while some := list(islice(wanted, _BATCH)):
            waiting.append((some, self.submit(data, wish_for(document, marks, some, painted, dpi))))
        for some, future in waiting:
            drawn = future.result()
            if isinstance(drawn, Unreadable):
                yield from (Drawn(number, 0, 0, b"", trouble=str(drawn)) for number in some)
            else:
                yield from drawn
