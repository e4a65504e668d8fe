"""Words beside the page (etiketter): which § reaches how far, how a decision went, how a vote ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.drawing.marks import Mark
from extractors.drawing.wish import Rect

SIZE = 6.5  # points, of a tag's letters
HEIGHT = 9.5
BAR = Rect(8, 0, 10.5, 0)  # left and right edge of the bar along a §
_LETTER = 0.66  # of a tag's size, what a letter takes at most on average
_APART = 1.0


class Tag(NamedTuple):
    """A tag: its mark's kind, what it says, and its place in points."""

    kind: str
    text: str
    rect: Rect


def tags(places: Iterable[tuple[Mark, Sequence[Rect]]], width: float) -> list[Tag]:
    """The tags of a page that is `width` points wide: those of §§ in its left margin, others right of all its text."""
    placed = [(mark, rects) for mark, rects in places if rects]
    edge = max((rect.right for mark, rects in placed for rect in rects), default=0.0)
    found: list[Tag] = []
    for mark, rects in sorted(placed, key=lambda place: place[1][0].top):
        if mark.tag:
            wide = len(mark.tag) * _LETTER * SIZE + 4
            left = BAR.right + 1 if mark.kind == "extents" else min(edge + 4, width - wide - 1)
            found.append(Tag(mark.kind, mark.tag, _free(found, left, rects[0].top, wide)))
    return found


def _free(others: Sequence[Tag], left: float, top: float, wide: float) -> Rect:
    """The first place from `top` downwards that no other tag takes."""
    for other in sorted(others, key=lambda tag: tag.rect.top):
        if left < other.rect.right and left + wide > other.rect.left and abs(other.rect.top - top) < HEIGHT:
            top = other.rect.bottom + _APART
    return Rect(left, top, left + wide, top + HEIGHT)
