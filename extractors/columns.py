"""Two columns of running text that a PDF wrote row by row, put back in reading order: the left one, then the right one.

Most PDFs write column after column and need nothing. A table, a label with its value or a list of sums is read by rows
and stays: only lines that plainly go on below themselves, in both columns, are columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.sheet import Cell, Line

_LEAST = 4  # rows
_NARROWEST = 18  # characters of a column's line on average; shorter cells are a table's


def unweave(lines: list[Line]) -> list[Line]:
    """The lines of a page, with every run of interwoven columns taken apart."""
    ordered: list[Line] = []
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        run = lines[at:end]
        if end - at >= _LEAST and _are_columns(run):
            ordered += [*_column(run, 0), *_column(run, 1)]
            at = end
        else:
            ordered.append(lines[at])
            at += 1
    return ordered


def _run(lines: Sequence[Line], start: int) -> int:
    """Where the rows end that have two cells with the same gutter, or one cell on one side of it."""
    if len(lines[start].cells) != 2:
        return start
    gutter = lines[start].cells[1].left
    end = start
    for line in lines[start:]:
        cells = line.cells or (Cell(line.text, line.left, line.right),)
        if len(cells) > 2 or (len(cells) == 2 and abs(cells[1].left - gutter) > 4):
            break
        if len(cells) == 1 and cells[0].left < gutter < cells[0].right:
            break
        if line.top < lines[max(end - 1, start)].top - 3:
            break
        end += 1
    return end


def _are_columns(run: Sequence[Line]) -> bool:
    """Whether both sides are text that goes on from row to row."""
    both = [line.cells for line in run if len(line.cells) == 2]
    if len(both) < 0.7 * len(run):
        return False
    return all(_goes_on([cells[side].text for cells in both]) for side in (0, 1))


def _goes_on(texts: Sequence[str]) -> bool:
    """Whether lines are long and mostly begin in the middle of a sentence."""
    if sum(map(len, texts)) < _NARROWEST * len(texts):
        return False
    inside = sum(text[:1].islower() for text in texts[1:])
    return inside >= 0.4 * (len(texts) - 1)


def _column(run: Sequence[Line], side: int) -> list[Line]:
    """One side of the rows as lines of their own."""
    gutter = run[0].cells[1].left
    found: list[Line] = []
    for line in run:
        cells = line.cells or (Cell(line.text, line.left, line.right),)
        for cell in cells:
            if (cell.left >= gutter - 4) == bool(side):
                found.append(Line(cell.text, cell.left, line.top, cell.right, line.bottom, line.size, line.bold))
    return found
