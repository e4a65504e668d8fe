"""Tables (tabeller): the sums in their cells with row and column, and whether a sum of the text stands in a cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractors import table_rows, units
from extractors.cells import FIGURE, SUM, WORDS, Piece, is_code, loose, names, without_blanks
from extractors.model import Cell, Stretch, Table
from extractors.table_heads import combined, figures, parted, under
from extractors.table_rows import Block, Line

_FIGURE = r"[-−–+]?\d{1,3}(?:[  ]\d{3})+(?:,\d+)?|[-−–+]?\d+(?:[.,]\d+)?"
_SUM = rf"(?:{_FIGURE})\s?(?:kr|kronor|tkr|mnkr|mkr|:-)"
_MEASURE = r"(?:\s?(?:/|per )\s?[\wåäö²³]+)?"
_GAP = re.compile(r"\t|\||[ ]{3,}")
_ONLY_SUMS = re.compile(rf"[\s|]*(?:(?:{_SUM}{_MEASURE}|{_FIGURE}|[-–+%])[\s|]*)+")
_SIDE_BY_SIDE = re.compile(rf"(?:{_SUM}){_MEASURE}[ \t|]+(?:{_SUM}|(?!(?:19|20)\d\d\b)(?:{_FIGURE}))(?![\w,.])")
_ENDS_IN_SUM = re.compile(rf"(?:^|\s)(?:{_SUM}){_MEASURE}\s*$")
_OPEN_END = re.compile(
    r"(?:\b(?:om|på|till|med|av|och|är|var|blir|ca|cirka|högst|maximalt|max|minst|totalt|från|än|för|motsvarande|kostar|mellan|ytterligare"
    r"|samt|eller|uppgår|utgör|drygt|knappt|närmare|i|under|över|ett|en|den|det|de|belopp|summa|summan)|,)\s*$"
)
_LISTED = re.compile(r"\s*(?:[•\-–*]|\d+[.)]\s|[a-z]\))")
_JOINED = re.compile(
    r"(?:[:;=(–-]|\b(?:om|på|till|med|av|och|är|var|blir|ca|cirka|högst|maximalt|max|minst|totalt|från|än|för|kostar|på))\s*$"
)


def in_cell(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], a sum, is all that a cell of a table holds, found as one or not.

    >>> row = "Grundskola\\t1 250 kr\\t1 300 kr"
    >>> in_cell(row, 11, 19), in_cell("avgiften är 1 250 kr per år", 12, 20)
    (True, False)
    """
    head = text.rfind("\n", 0, start) + 1
    tail = text.find("\n", end)
    tail = len(text) if tail < 0 else tail
    line, before, after = text[head:tail], text[head:start], text[end:tail]
    if _between_gaps(before, after) or _SIDE_BY_SIDE.search(line) or _is_found(text, start):
        return True
    row = _ONLY_SUMS.fullmatch(line) is not None or _is_row(before, after)
    return row and any(map(_row_like, _neighbours(text, head, tail)))


def _is_found(text: str, start: int) -> bool:
    """Whether one of the tables that are found has a cell there."""
    starts, ends = _places(text)
    at = bisect_right(starts, start) - 1
    return at >= 0 and start < ends[at]


@lru_cache(maxsize=2)
def _places(text: str) -> tuple[list[int], list[int]]:
    """Where the cells of all tables begin and end."""
    cells = [cell for _, _, cells in _tables(text) for cell in cells]
    return [cell.start for cell in cells], [cell.end for cell in cells]


def _between_gaps(before: str, after: str) -> bool:
    label = before.rstrip(" \t|")
    gap_before = _GAP.search(before[len(label) :]) is not None and label.strip() != ""
    if gap_before and len(before) - len(label) > 5:  # columns laid out with blanks: the next cell begins with a capital
        return not _OPEN_END.search(label) and not re.match(r"\s?[a-zåäö(]", after)
    return (
        gap_before
        and (after.strip() == "" or _GAP.match(after.lstrip(" ")) is not None)
        and not _OPEN_END.search(label)
    )


def _is_row(before: str, after: str) -> bool:
    """A label and the sum: no bullet, no colon, no little word before the sum, nothing after it."""
    return (
        not after.strip(" -–|\t") and before.strip() != "" and not _LISTED.match(before) and not _JOINED.search(before)
    )


def _neighbours(text: str, head: int, tail: int) -> Iterator[str]:
    yield text[:head].rstrip("\n")[-200:].rpartition("\n")[2]
    yield text[tail:].lstrip("\n")[:200].partition("\n")[0]


def _row_like(line: str) -> bool:
    match = _ENDS_IN_SUM.search(line)
    return match is not None and not _JOINED.search(line[: match.start() + 1])


class _Found(NamedTuple):
    """A cell on its way: where it stands in the text, its worth in kronor, the words of its row and column."""

    start: int
    end: int
    kronor: Decimal
    row: str
    column: str


def find(stretch: Stretch) -> Iterator[Table]:
    """Every table with sums of money; a figure whose unit nothing tells, or that can be read in two ways, is left out.

    >>> text = "Belopp i tkr\\tBudget\\tUtfall\\nGrundskola\\t1 250\\t-1 300,5\\nSumma\\t2 000\\t2 100\\n"
    >>> [(c.row, c.column, str(c.kronor)) for table in find(Stretch(text)) for c in table.cells][:2]
    [('Grundskola', 'Budget', '1250000'), ('Grundskola', 'Utfall', '-1300500')]
    """
    for start, end, cells in _tables(stretch.text):
        told = (Cell(stretch.at(cell.start, cell.end), cell.kronor, cell.row, cell.column) for cell in cells)
        yield Table(stretch.at(start, end), tuple(told))


@lru_cache(maxsize=2)  # sums of running text ask for the cells of the same text
def _tables(text: str) -> tuple[tuple[int, int, tuple[_Found, ...]], ...]:
    """(start, end, cells) of every table."""
    lines = table_rows.lines(text)
    found = []
    for block in table_rows.blocks(lines):
        cells = tuple(_cells(lines, block))
        if cells:
            last = lines[block.rows[-1]]
            found.append((lines[block.first].start, last.start + len(last.text), cells))
    return tuple(found)


def _cells(lines: Sequence[Line], block: Block) -> Iterator[_Found]:
    """The sums of a table; none of one that is but a row with a sum."""
    typed = table_rows.is_typed(lines, block)
    heads = _heads(lines, block, typed)
    if typed and block.heads and not heads:
        return
    rows = []
    for at in block.rows:
        line = lines[at]
        parts = line.parts or loose(line.text, max(1, len(heads) - 1))
        pairs = under(parts, line.text, heads, typed) if parts else []
        label, rest = _labelled(pairs)
        words = " ".join(filter(None, (block.before.get(at), label, block.after.get(at))))
        rows.append((line.start, " ".join(words.split()), rest))
    corner = units.in_head(heads[0].text) if heads else None
    sums = list(_sums(rows, heads, corner or block.unit))
    told = len({cell.row for cell in sums}) > 1 or (len(sums) > 1 and bool(heads) and all(cell.column for cell in sums))
    if told:
        yield from sums


def _heads(lines: Sequence[Line], block: Block, typed: bool) -> list[Piece]:
    """The heads of the columns, the first mostly that of the labels."""
    columns = max((figures(lines[at].parts[1:]) + 1 for at in block.rows if lines[at].parts), default=0)
    above = []
    for at in block.heads:
        parts = lines[at].parts
        if not parts:
            parts = parted(lines[at].text, columns) if columns else names(lines[at].text)
        elif len(parts) < columns and len(more := names(lines[at].text)) in (columns, min(columns, len(parts) + 1)):
            parts = more
        if parts:
            above.append(without_blanks(parts) if typed else parts)
    return combined(above, typed)


def _labelled(pairs: list[tuple[Piece, Piece | None]]) -> tuple[str, list[tuple[Piece, Piece | None]]]:
    """The words at the left of a row, and its other cells: 4010, Livsmedel, 1 200 has the words Livsmedel."""
    for at, (part, _) in enumerate(pairs):
        if part.kind == WORDS and not (is_code(part.text) and at + 1 < len(pairs) and pairs[at + 1][0].kind == WORDS):
            return part.text, pairs[at + 1 :]
        if part.kind == SUM or (part.kind == FIGURE and at):
            break
    if pairs and pairs[0][0].is_year:
        return pairs[0][0].text, pairs[1:]
    return "", pairs


def _sums(
    rows: Sequence[tuple[int, str, list[tuple[Piece, Piece | None]]]], heads: Sequence[Piece], unit: Decimal | None
) -> Iterator[_Found]:
    """The cells that hold money: by their own unit, that of the row, the column or the whole table."""
    years = _columns_of_years(rows)
    own = _own_units(rows)
    for start, row, pairs in rows:
        by_row = next(filter(None, (units.alone(part.text) for part, _ in pairs if part.kind == WORDS)), None)
        by_row = by_row or units.in_caption(row)
        for part, head in pairs:
            column = head.text if head else ""
            if part.kind == SUM and part.unit:
                worth: Decimal | None = part.unit
            elif part.kind != FIGURE or (heads and head is None) or column in years:
                continue
            elif told := by_row or units.in_head(column) or own.get(column):
                worth = told
            else:
                worth = None if unit is None or units.counts(column, row, unit) else unit
            if worth:
                yield _Found(start + part.start, start + part.end, plain(part.number * worth), row, column)


def _columns_of_years(rows: Sequence[tuple[int, str, list[tuple[Piece, Piece | None]]]]) -> set[str]:
    """Columns whose figures all look like years, 2026: they may be years."""
    seen: dict[str, list[bool]] = {}
    for _, _, pairs in rows:
        for part, head in pairs:
            if part.kind == FIGURE:
                seen.setdefault(head.text if head else "", []).append(part.is_year)
    return {column for column, years in seen.items() if all(years)}


def _own_units(rows: Sequence[tuple[int, str, list[tuple[Piece, Piece | None]]]]) -> dict[str, Decimal]:
    """The unit of columns in which some cells have one and the others none."""
    seen: dict[str, set[Decimal]] = {}
    for _, _, pairs in rows:
        for part, head in pairs:
            if part.unit and head:
                seen.setdefault(head.text, set()).add(part.unit)
    return {column: units_.pop() for column, units_ in seen.items() if len(units_) == 1}


def plain(kronor: Decimal) -> Decimal:
    """4500000 for 4500000.0, 21.36 as it is."""
    return Decimal(int(kronor)) if kronor == kronor.to_integral_value() else kronor.normalize()
