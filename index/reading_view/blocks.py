"""A stretch of a paper's text as it is set for reading (stycken): headings, paragraphs, points and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from extractors.drawing.marks import marks
from extractors.lines import unbroken, width_of
from extractors.model import Document

_GAP = re.compile(r" {2,}|\t+")  # between the cells of a row
_POINT = re.compile(r"(?:[-–•*▪●]|\(?\d{1,2}[.)]|\(?[a-zåäö][.)])\s")
_LEADERS = re.compile(r"\.{5,}")  # of a table of contents

Place = tuple[int, int]  # from, and to


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text: "head" (number and title of a §), "heading", "paragraph", "point" or "rows".

    `rows` are those of a table, each with the places of its cells; there are none in the others.
    """

    kind: str
    start: int
    end: int
    rows: tuple[tuple[Place, ...], ...] = ()


def blocks(document: Document, start: int, end: int) -> list[Block]:
    """document.text[start:end] in blocks. Only blanks lie between them; a line that was broken to fit goes on."""
    titles = [(m.span.start, m.span.end, m.kind) for m in marks(document) if m.kind in ("items", "sections")]
    heads = [(a, b) for a, b, kind in titles if kind == "items" and start <= a and b <= end]
    headings = {(a, b) for a, b, kind in titles if kind == "sections"}
    rows = list(_joined(_rows(document, start, end), heads))
    found: list[Block] = []
    for is_table, group in groupby(rows, key=lambda row: _is_table(document.text, row, heads)):
        if is_table:
            places = list(group)
            cells = tuple(tuple(_cells(document.text, *place)) for place in places)
            found.append(Block("rows", places[0][0], places[-1][1], cells))
        else:
            found += (Block(_kind(document.text, place, heads, headings), *place) for place in group)
    return found


def _rows(document: Document, start: int, end: int) -> Iterator[Place]:
    """The lines of the text without blanks around them, those that were broken to fit made whole."""
    text = unbroken(document.text, width_of(document.text))
    for match in re.compile(r"[^\n]+").finditer(text, start, end):
        words = match[0].strip()
        if words:
            at = match.start() + match[0].index(words[0])
            yield at, at + len(words)


def _joined(rows: Iterator[Place], heads: list[Place]) -> Iterator[Place]:
    """The lines of a head as one: a title may have several."""
    held: Place | None = None
    for row in rows:
        of = next((head for head in heads if head[0] <= row[0] and row[1] <= head[1]), None)
        if held and of and of[0] <= held[0]:
            held = (held[0], row[1])
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _is_table(text: str, row: Place, heads: list[Place]) -> bool:
    line = text[slice(*row)]
    in_head = any(head[0] <= row[0] < head[1] for head in heads)
    return not in_head and bool(_GAP.search(line) or _LEADERS.search(line))


def _cells(text: str, start: int, end: int) -> Iterator[Place]:
    at = start
    for gap in _GAP.finditer(text, start, end):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    yield at, end


def _kind(text: str, place: Place, heads: list[Place], headings: set[Place]) -> str:
    start, end = place
    if any(head[0] <= start < head[1] for head in heads):
        return "head"
    if any(start <= a and b <= end and not text[b:end].strip(" :") for a, b in headings):
        return "heading"
    return "point" if _POINT.match(text, start) else "paragraph"
