"""What a mark looks like on the page (figurer): colour over words and paragraphs, a line under, a bar beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.drawing.marks import KINDS, Mark
from extractors.drawing.tags import BAR
from extractors.drawing.wish import Rect

_BLOCK, _WORDS = 0.09, 0.2  # how much of its colour a kind lays over the page
_OWN = {"left_out": 0.3, "outside": 0.12, "items": 0.14, "tables": 0.05}
_UNBARRED = ("left_out", "tables", "outside")


class Layer(NamedTuple):
    """A rectangle of colour, as thick as `part` says (1 hides what is there); with an outline or without."""

    rect: Rect
    part: float
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark on one page: its kind, its rectangles in points; `mark` is None where it is no find (left out)."""

    kind: str
    layers: tuple[Layer, ...]
    mark: Mark | None = None


def shapes(places: Iterable[tuple[Mark, Sequence[Rect]]], left_out: Iterable[Rect] = ()) -> list[Shape]:
    """The marks of a page in the order in which they lie over each other: words over paragraphs."""
    order = list(KINDS)
    found = [Shape(mark.kind, tuple(_layers(mark.kind, rects)), mark) for mark, rects in places if rects]
    found += [Shape("left_out", tuple(_layers("left_out", [rect]))) for rect in left_out]
    return sorted(found, key=lambda shape: order.index(shape.kind))


def _layers(name: str, rects: Iterable[Rect]) -> Iterator[Layer]:
    kind = KINDS[name]
    part = _OWN.get(name, _BLOCK if kind.block else _WORDS)
    for rect in rects:
        left, top, right, bottom = rect
        if name == "extents":
            yield Layer(Rect(BAR.left, top, BAR.right, bottom), 1.0)
            continue
        yield Layer(rect, part, kind.block and name != "outside")
        if not kind.block:
            yield Layer(Rect(left, bottom - 0.9, right, bottom), 1.0)
        elif name not in _UNBARRED:
            yield Layer(Rect(left - 4, top, left - 1.5, bottom), 1.0)
