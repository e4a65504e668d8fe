"""Tables with a line of headings: a cell that is empty on the page is empty in the text.

Cells are parted by two spaces, so "Anna Ek (S)  X" has its X in the first column after the name and "Bo Al (M)    X",
with an empty cell between, in the second. Without this a printed list of votes would not say who voted how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.sheet import Cell, Line

_FAR = 15  # lines without a row after which a table is over
_LONGEST = 45  # characters of a heading: Ledamot/tjänstgörande ersättare
_MOST = 16  # lines in which the headings of one table are written
_CLOSED = re.compile(r"[.;:]$|^(?!(?:19|20)\d\d$)[-−–+(]?\d[\d ,.]*\)?$")  # no heading: a sentence's end, a figure
_YEAR = re.compile(r"(?:\D*\b)?(?:19|20)\d\d")
_FIGURES = re.compile(r"[-−–+(]?\d[\d ,.]*\)?")


def show_empty_cells(lines: Sequence[Line]) -> None:
    """Rows with fewer cells than their table's headings get their empty cells, in place."""
    columns: list[Cell] = []
    since = 0
    for at, line in enumerate(lines):
        since += 1
        if 1 < len(line.cells) < len(columns) and (places := _columns(line.cells, columns)):
            texts = dict(zip(places, (cell.text for cell in line.cells), strict=True))
            line.text = "  ".join(texts.get(column, "") for column in range(max(places) + 1))
            since = 0
        elif _are_headings(line.cells) and not (len(line.cells) == len(columns) and _columns(line.cells, columns)):
            columns, since = _widened(line.cells, lines[at + 1 : at + 1 + _FAR]), 0
        elif len(line.cells) > len(columns) or since > _FAR:
            columns = [] if len(line.cells) > len(columns) > 0 or since > _FAR else columns
        elif len(line.cells) == len(columns) > 0:
            since = 0


def whole_headings(lines: list[Line]) -> list[Line]:
    """The lines of a page, with headings that were written one after another, each on lines of its own, on one line."""
    whole: list[Line] = []
    for line in lines:
        if len(line.cells) > 2 and _has_figures(line.cells[1:]):
            whole = _with_whole_headings(whole, line)
        whole.append(line)
    return whole


def _with_whole_headings(lines: list[Line], row: Line) -> list[Line]:
    """Lines of which the last are a row's headings; they are, where each column of them is set by itself."""
    start = len(lines)
    while start and len(lines) - start < _MOST and _goes_on(lines[start - 1], [*lines[start:], row][0]):
        start -= 1
    again = [after.top for before, after in pairwise(lines[start:]) if after.top < before.top - 2]  # the next column
    while again and lines[start].bottom < min(again) + 2:
        start += 1
    band = lines[start:]
    if not again or row.top - max(line.bottom for line in band) > 2 * row.size:
        return lines
    cells = _stacked(band)
    if len(cells) not in (len(row.cells), len(row.cells) - 1):
        return lines
    first = band[0]
    text = "  ".join(cell.text for cell in cells)
    top, bottom = min(line.top for line in band), max(line.bottom for line in band)
    one = Line(text, cells[0].left, top, cells[-1].right, bottom, first.size, first.bold, tuple(cells))
    return [*lines[:start], one]


def _goes_on(line: Line, after: Line) -> bool:
    """Whether a line may be part of headings that go on in the next: short words, right above it or beside it."""
    cells = line.cells or (Cell(line.text, line.left, line.right),)
    if not all(len(cell.text) <= _LONGEST and not _CLOSED.search(cell.text) for cell in cells):
        return False
    size = max(line.size, 6)
    return after.top - line.bottom < 2 * size and line.top - after.bottom < 2 * size


def _stacked(band: Sequence[Line]) -> list[Cell]:
    """The cells of the lines, those above each other as one, from left to right."""
    stacks: list[Cell] = []
    for line in band:
        for cell in line.cells or (Cell(line.text, line.left, line.right),):
            over = [at for at, stack in enumerate(stacks) if cell.left < stack.right and stack.left < cell.right]
            if len(over) > 1:
                return []
            if over:
                stack = stacks[over[0]]
                text = f"{stack.text} {cell.text}"
                stacks[over[0]] = Cell(text, min(stack.left, cell.left), max(stack.right, cell.right))
            else:
                stacks.append(cell)
    return sorted(stacks, key=lambda stack: stack.left)


def _are_headings(cells: Sequence[Cell]) -> bool:
    """Three short words or more, none with figures but a year's."""
    if len(cells) < 3 or not any(map(str.isalpha, "".join(cell.text for cell in cells))):
        return False
    return all(
        len(cell.text) <= _LONGEST
        and (_YEAR.fullmatch(cell.text) or (any(map(str.isalpha, cell.text)) and not any(map(str.isdigit, cell.text))))
        for cell in cells
    )


def _widened(headings: Sequence[Cell], rows: Sequence[Line]) -> list[Cell]:
    """The headings as wide as the columns of figures under them; with one for the labels where it is not written."""
    full = [row.cells for row in rows if len(row.cells) - len(headings) in (0, 1) and _has_figures(row.cells[1:])]
    if not full:
        return list(headings)
    size = max(map(len, full))
    if size > len(headings) and headings[0].left <= max(cells[0].right for cells in full if len(cells) == size):
        size = len(headings)
    full = [cells for cells in full if len(cells) == size]
    if not full:
        return list(headings)
    columns = list(headings) if size == len(headings) else [Cell("", full[0][0].left, full[0][0].left), *headings]
    for at in range(1, size):
        places = [cells[at] for cells in full]
        left, right = min(cell.left for cell in places), max(cell.right for cell in places)
        columns[at] = Cell(columns[at].text, min(left, columns[at].left), max(right, columns[at].right))
    apart = all(one.right < other.left for one, other in pairwise(columns[1:]))
    return columns if apart else list(headings)


def _has_figures(cells: Sequence[Cell]) -> bool:
    return sum(_FIGURES.fullmatch(cell.text) is not None for cell in cells) >= max(1, len(cells) - 1)


def _columns(cells: Sequence[Cell], headings: Sequence[Cell]) -> list[int] | None:
    """Under which heading each cell stands; None where one stands under none, or two under one."""
    if abs(cells[0].left - headings[0].left) > 8:
        return None
    columns = [0]
    for cell in cells[1:]:
        column = next((at for at, heading in enumerate(headings) if _under(cell, heading)), None)
        if column is None or column <= columns[-1]:
            return None
        columns.append(column)
    return columns


def _under(cell: Cell, heading: Cell) -> bool:
    """Whether the middle of one lies within the other."""
    middle, over = (cell.left + cell.right) / 2, (heading.left + heading.right) / 2
    return heading.left - 3 <= middle <= heading.right + 3 or cell.left - 3 <= over <= cell.right + 3
