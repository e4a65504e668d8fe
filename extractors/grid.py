"""Tables with a line of headings: a cell that is empty on the page is empty in the text.

Cells are parted by two spaces, so "Anna Ek (S)  X" has its X in the first column after the name and "Bo Al (M)    X",
with an empty cell between, in the second. Without this a printed list of votes would not say who voted how.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.sheet import Cell, Line

_FAR = 15  # lines without a row after which a table is over
_LONGEST = 30  # characters of a heading


def show_empty_cells(lines: Sequence[Line]) -> None:
    """Rows with fewer cells than their table's headings get their empty cells, in place."""
    headings: tuple[Cell, ...] = ()
    since = 0
    for line in lines:
        since += 1
        if 1 < len(line.cells) < len(headings) and (at := _columns(line.cells, headings)):
            texts = dict(zip(at, (cell.text for cell in line.cells), strict=True))
            line.text = "  ".join(texts.get(column, "") for column in range(max(at) + 1))
            since = 0
        elif _are_headings(line.cells) and not (len(line.cells) == len(headings) and _columns(line.cells, headings)):
            headings, since = line.cells, 0
        elif len(line.cells) > len(headings) or since > _FAR:
            headings = () if len(line.cells) > len(headings) > 0 or since > _FAR else headings
        elif len(line.cells) == len(headings) > 0:
            since = 0


def _are_headings(cells: Sequence[Cell]) -> bool:
    """Three short words or more, none with figures."""
    if len(cells) < 3:
        return False
    return all(len(cell.text) <= _LONGEST and not any(map(str.isdigit, cell.text)) for cell in cells) and all(
        any(map(str.isalpha, cell.text)) for cell in cells
    )


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
