"""From items to passages worth embedding (stycken): about 900 letters each, cut where something ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.model import Document, Item, Span

SIZE = 900  # letters: a static model and BM25 both blur above 1,500 and lose the matter below 400
_LONGEST = 1300  # a passage is cut here even where nothing ends
_MOST = 20_000  # passages of one item; the rest of a longer one (18 million letters) is not indexed

# Where a passage may end, best first: an empty line, a line after a full stop, a full stop, any line, any space
_ENDS = tuple(
    re.compile(end) for end in (r"\n[ \t]*\n", r"(?<=[.!?:])[ \t]*\n", r"(?<=[.!?])\s+(?=[A-ZÅÄÖ•§\d])", r"\n", r"\s+")
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an item small enough to say one thing (stycke). `number` counts within the item, from 0."""

    item: int
    number: int
    span: Span
    text: str
    heading: str

    @property
    def folded(self) -> str:
        """The text on one line, without the heading if it opens with it: what is embedded is said once."""
        return " ".join(self.text.split())

    @property
    def whole(self) -> str:
        """What the passage is about: its heading and its text."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


def passages(document: Document) -> Iterator[Passage]:
    """Every passage of every item, in order; an item without text still has one, for its heading."""
    starts = [page.start for page in document.pages]
    for index, item in enumerate(document.items):
        heading = " ".join((item.title or document.title or "").split())
        for number, (start, end) in enumerate(_cut(document.text, item)):
            if number == _MOST:
                break
            span = Span(start, end, max(1, bisect_right(starts, start)))
            yield Passage(index, number, span, document.text[start:end], heading)


def _cut(text: str, item: Item) -> Iterator[tuple[int, int]]:
    """Stretches of the item's text of about the right size, without space at their ends."""
    start, stop = item.span.start, item.span.end
    found = False
    while start < stop:
        end = _end(text, start, stop)
        first, last = _trim(text, start, end)
        if first < last:
            found = True
            yield first, last
        start = end
    if not found:
        yield item.span.start, item.span.start


def _end(text: str, start: int, stop: int) -> int:
    """Where a passage from `start` ends: the last good place before it is too long."""
    if stop - start <= _LONGEST:
        return stop
    low, high = start + SIZE * 6 // 10, start + _LONGEST
    for ends in _ENDS:
        places = [match.end() for match in ends.finditer(text, low, high)]
        if places:
            return min(places, key=lambda place: abs(place - start - SIZE))
    return high


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())
