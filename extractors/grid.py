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
_LONGEST = 30  # characters of a heading
_MOST = 16  # lines in which the headings of one table are written
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
