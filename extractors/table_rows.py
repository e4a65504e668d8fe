"""Which lines of a text are a table: its rows, the heads above them, and the unit that its caption tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors import units
from extractors.cells import FIGURE, SUM, WORDS, Piece, holds_sum, is_code, is_head, is_loose, names, pieces

_LONGEST = 100  # characters of a line above a table that may hold its heads
_HALF = 90  # characters of the other half of a label
_SHORT = 60  # characters of a line among the rows that is no row
_REACH = 4  # lines from a caption to its table
_LOOSE_ENDS = 4  # lines in a row that are no rows: the table is over
_MOST_HEADS = 3
_MOST_HALVES = 6  # lines that a label's other half may have
_NEXT = 6  # lines between two parts of a table
_ODD = re.compile(r"(?<! )(?: {3}| {5}| {7}| {9,})(?! )")
_ENDS_IN_FIGURE = re.compile(r"(?<![^\d\s] (?:19|20)\d)\d(?:\s?(?:kr|tkr|mnkr|mkr))?$")
_UNIT_PARTS = ("kr", "Kr", "KR", "iljoner", "SEK", "sek")
_OPEN = re.compile(
    r"(?:[-,/(]|\b(?:och|samt|eller|av|för|från|i|inkl|med|mellan|om|på|till|vid|inom|under|över|per|enligt))$"
)
_LETTER = re.compile(r"[^\W\d_]")
_CLOSED = re.compile(r"[.:;!?]$|^(?:§|[•*]\s|\d+[.)]\s)")


@dataclass(slots=True)
class Line:
    """A line of the text with its cells; none where nothing parts it."""

    start: int
    text: str
    parts: list[Piece]

    @property
    def is_row(self) -> bool:
        """Whether figures or sums stand beside words, or figures alone beside each other."""
        return bool(self.parts) and any(part.kind in (FIGURE, SUM) for part in self.parts[1:]) and not self.is_head

    @property
    def is_head(self) -> bool:
        return is_head(self.parts)


@dataclass(slots=True)
class Block:
    """A table's lines by their numbers; `more` are words that the label of a row begins or goes on in."""

    rows: list[int]
    heads: list[int] = field(default_factory=list)
    unit: Decimal | None = None
    first: int = 0
    before: dict[int, str] = field(default_factory=dict)
    after: dict[int, str] = field(default_factory=dict)
    typed: bool = False


def lines(text: str) -> list[Line]:
    """The lines of a text; only those with a gap and a figure or a head's words are taken apart."""
    found: list[Line] = []
    at = 0
    for line in text.split("\n"):
        parted = "  " in line or "\t" in line or "|" in line
        found.append(Line(at, line, pieces(line) if parted else []))
        at += len(line) + 1
    return found


def blocks(found: Sequence[Line]) -> Iterator[Block]:
    """Every run of rows that may be a table, with its heads and its unit, in order."""
    at, floor, reach = 0, 0, -1
    before: Block | None = None
    while at < len(found):
        line = found[at]
        if line.is_row or (at <= reach and _is_loose_row(line)):
            block = Block(_rows(found, at))
            _look_up(found, block, floor)
            _look_down(found, block)
            if before:
                _go_on(found, block, before)
            _labels(found, block)
            yield block
            before, at = block, block.rows[-1] + 1
            floor, reach = at, -1
            continue
        if _tells_unit(line):
            reach = at + _REACH
        at += 1


def _tells_unit(line: Line) -> bool:
    """Whether a line is a caption with the unit, or the heads themselves on one line."""
    text = line.text
    if len(text) > _LONGEST or (
        "kr" not in text.lower() and "miljoner" not in text.lower() and "sek" not in text.lower()
    ):
        return False
    return units.in_caption(text) is not None or (units.in_head(text) is not None and text[-1:] not in ".,;")


def _is_loose_row(line: Line) -> bool:
    """Whether a line ends in a figure that is no year, with a blank before it."""
    return not line.parts and _ENDS_IN_FIGURE.search(line.text) is not None and is_loose(line.text)


def _rows(found: Sequence[Line], first: int) -> list[int]:
    """The numbers of the rows from the first on; heads that come again on a new page are passed over."""
    rows, misses = [first], 0
    heads = {line.text for line in found[max(0, first - _MOST_HEADS) : first] if line.text}
    is_loose = not found[first].is_row
    for at in range(first + 1, len(found)):
        line = found[at]
        if line.is_row or (is_loose and _is_loose_row(line)):
            rows.append(at)
            misses = 0
        elif not line.text or line.text in heads:
            misses += line.text in heads and misses > 0
        elif (line.text[0].islower() or line.text[0] == "(") and not line.parts and _is_half(line):
            continue
        elif line.is_head or len(line.text) > _SHORT or _CLOSED.search(line.text) or units.in_caption(line.text):
            break
        else:
            misses += 1
            if misses >= _LOOSE_ENDS:
                break
    return rows


def _look_up(found: Sequence[Line], block: Block, floor: int) -> None:
    """The heads right above the first row, and a caption above them."""
    at, first = block.rows[0] - 1, block.rows[0]
    above = [number for number in range(at, max(floor - 1, at - 4), -1) if found[number].text][:2]
    begun = _own_label(found[first])[:1].islower() and above and _is_half(found[above[0]])
    if len(above) == 2 and (begun or _is_group(found[above[0]])) and found[above[1]].is_head:
        at = above[1]
    while at >= floor and first - at <= _MOST_HEADS + 1 and len(block.heads) < _MOST_HEADS:
        line = found[at]
        if line.is_head:
            block.heads.insert(0, at)
        elif line.text:
            break
        at -= 1
    if not block.heads and at >= floor and not found[at].parts and _may_be_heads(found[at].text, found[first]):
        block.heads.append(at)
        at -= 1
    block.first = min([first, *block.heads])
    seen = 0
    while at >= floor and seen < _REACH:
        if found[at].text:
            seen += 1
            if len(found[at].text) <= 2 * _LONGEST and (unit := units.in_caption(found[at].text)):
                block.unit = unit
                return
        at -= 1


def _is_group(line: Line) -> bool:
    """Whether a line may name the rows under it: Förskola."""
    return not line.parts and line.text[:1].isupper() and len(line.text) <= _SHORT and not _CLOSED.search(line.text)


def _may_be_heads(text: str, row: Line) -> bool:
    """Whether a line that nothing parts holds heads: two or more words with capitals or years, all of the line."""
    if not text or len(text) > _LONGEST or text[-1] in ".:;," or holds_sum(text):
        return False
    parts = names(text)
    figures = sum(part.kind in (FIGURE, SUM) for part in row.parts) if row.parts else 1
    return len(parts) >= 2 and len(parts) >= figures and parts[0].start == 0


def _look_down(found: Sequence[Line], block: Block) -> None:
    """The unit that a line under the table tells: Belopp i tkr, Tabell 2. Kostnader, mnkr."""
    if block.unit is not None:
        return
    below = [line for line in found[block.rows[-1] + 1 : block.rows[-1] + 4] if line.text][:1]
    if below and not below[0].parts and len(below[0].text) <= _HALF:
        block.unit = units.in_caption(below[0].text)


def _labels(found: Sequence[Line], block: Block) -> None:
    """Labels broken over lines: those above begin what the row's own words go on, or are all; those below go on."""
    taken = {*block.rows, *block.heads}
    for at in block.rows:
        parts = found[at].parts
        own = _own_label(found[at])
        above = _above(found, at, taken) if own[:1].islower() or not own else []
        below = _below(found, at, taken) if not parts or parts[-1].kind != WORDS else []
        taken.update(above, below)
        if above:
            block.before[at] = " ".join(found[line].text for line in above)
        if below:
            block.after[at] = " ".join(found[line].text for line in below)


def _own_label(line: Line) -> str:
    """The words at the left of a row, or of a line that nothing parts; a code may stand before them."""
    if not line.parts:
        return line.text
    words = [part.text for part in line.parts[:2] if part.kind == WORDS]
    return words[1] if len(words) == 2 and is_code(words[0]) else words[0] if words else ""


def _above(found: Sequence[Line], row: int, taken: set[int]) -> list[int]:
    """The lines right above a row that begin its label: up to a capital, where the row has words of its own."""
    lines: list[int] = []
    for at in range(row - 1, max(-1, row - 1 - _MOST_HALVES), -1):
        if at in taken or not _is_half(found[at]):
            break
        lines.insert(0, at)
        if _own_label(found[row]) and found[at].text[0].isupper():
            break
    return lines


def _below(found: Sequence[Line], row: int, taken: set[int]) -> list[int]:
    """The lines right under a row that its label goes on in: they begin with a small letter, or it has no end."""
    lines: list[int] = []
    own = _own_label(found[row]) if found[row].parts else ""
    for at in range(row + 1, min(len(found), row + 1 + _MOST_HALVES)):
        if at in taken or not _is_half(found[at]) or found[at].text[-1] == ".":
            break
        if not (found[at].text[0].islower() or found[at].text[0] == "(") and not (own and _OPEN.search(own)):
            break
        own = found[at].text
        lines.append(at)
    return lines


def _is_half(line: Line) -> bool:
    return bool(line.text) and not line.parts and len(line.text) <= _HALF and _LETTER.search(line.text) is not None


def _go_on(found: Sequence[Line], block: Block, before: Block) -> None:
    """Gives a table that goes on from the one before, over a page or a remark, the same heads and unit."""
    first, last = found[block.rows[0]], found[before.rows[-1]]
    if not block.heads and block.rows[0] - before.rows[-1] <= _NEXT and len(first.parts) == len(last.parts) > 0:
        block.heads = before.heads
        block.unit = block.unit or before.unit
    elif block.heads and [found[at].text for at in block.heads] == [found[at].text for at in before.heads]:
        block.unit = block.unit or before.unit


def is_typed(found: Sequence[Line], block: Block) -> bool:
    """Whether columns are set with blanks, as on a typewriter, and not with two blanks at each gap."""
    return any(_ODD.search(found[at].text) for at in (*block.heads, *block.rows))
