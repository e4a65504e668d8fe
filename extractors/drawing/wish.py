"""What shall be drawn of a PDF, and what comes back: plain values that travel between processes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.drawing.marks import Mark
from extractors.model import Document, Span

DPI = 110


class Rect(NamedTuple):
    """A rectangle: left, top, right, bottom in points from the upper left corner of the page as shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that shall be drawn: its number from 1, its stretch of Document.text, and whether OCR read it."""

    number: int
    start: int
    text: str
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Pages, what is marked in them, and stretches of Document.text that are blacked out beside what is masked.

    `painted` puts the marks and a legend on the picture; else their places are told and the picture is the page's own.
    A `width` in pixels counts before `dpi`.
    """

    sheets: tuple[Sheet, ...]
    marks: tuple[Mark, ...] = ()
    hidden: tuple[Span, ...] = ()
    painted: bool = False
    dpi: int = DPI
    width: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: its size in points, its picture as PNG (none where `trouble` says why), where each mark stands on it.

    `places` are marks with their rectangles, in the order of the wish; `left_out` is printed and not in the text.
    """

    number: int
    width: float
    height: float
    picture: bytes
    places: tuple[tuple[Mark, tuple[Rect, ...]], ...] = ()
    left_out: tuple[Rect, ...] = ()
    trouble: str = ""


def wish_for(
    document: Document, marks: Sequence[Mark], numbers: Iterable[int], painted: bool = False, dpi: int = DPI
) -> Wish:
    """The wish for some pages of a document, with those of its marks that stand on them."""
    wanted = set(numbers)
    pages = [page for page in document.pages if page.number in wanted]
    sheets = tuple(Sheet(page.number, page.start, document.text[page.start : page.end], page.ocr) for page in pages)
    there = tuple(mark for mark in marks if any(meets(mark.span, page.start, page.end) for page in pages))
    return Wish(sheets, there, painted=painted, dpi=dpi)


def meets(span: Span, start: int, end: int) -> bool:
    """Whether something of a span lies in a stretch of the text."""
    return span.start < end and span.end > start
