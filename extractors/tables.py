"""Tables (tabeller): the sums in their cells with row and column, and whether a sum of the text stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.model import Cell, Span, Stretch, Table

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
    """Whether text[start:end], a sum, is all that a cell of a table holds.

    >>> row = "Grundskola\\t1 250 kr\\t1 300 kr"
    >>> in_cell(row, 11, 19), in_cell("avgiften är 1 250 kr per år", 12, 20)
    (True, False)
    """
    head = text.rfind("\n", 0, start) + 1
    tail = text.find("\n", end)
    tail = len(text) if tail < 0 else tail
    line, before, after = text[head:tail], text[head:start], text[end:tail]
    if _between_gaps(before, after) or _SIDE_BY_SIDE.search(line):
        return True
    row = _ONLY_SUMS.fullmatch(line) is not None or _is_row(before, after)
    return row and any(map(_row_like, _neighbours(text, head, tail)))


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


# The unit in a head: Belopp i tkr · Resultaträkning (mnkr) · Investering, miljoner kr · tkr Budget Utfall
_UNITS = {
    "kr": 1, "kronor": 1, "tkr": 1_000, "tusentals kronor": 1_000, "tusental kronor": 1_000, "ksek": 1_000,
    "mnkr": 1_000_000, "mkr": 1_000_000, "msek": 1_000_000, "miljoner kronor": 1_000_000, "miljoner kr": 1_000_000,
    "mdkr": 1_000_000_000,
}  # fmt: skip
_UNIT_NAME = "|".join(sorted(_UNITS, key=len, reverse=True))
_HEAD = re.compile(
    rf"(?:(?:\b(?:belopp|siffror|allt)\s+)?\bi\s+|[,(|]\s*|^\W*)(?P<unit>{_UNIT_NAME})(?:\)|\b)(?=\W*(?:$|\||\s{{2,}}|[A-ZÅÄÖ]|20\d\d))",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^[\s|]*(?P<label>[^\d\s|](?:[^|\t]*?[^\s|])?)(?:\s*\||\t|\s)+"
    r"(?P<figures>[-−–+]?\d[-−–+\d ,.%|\t]*(?:kr|tkr|mnkr|mkr)?[\s|]*)$"
)
_NO_SUM = re.compile(r"(?:19|20)\d\d|\d{7,}")  # a year, a number of something
_PARTED = re.compile(r"\s*[|\t]\s*|\s{2,}")
_CELL = re.compile(rf"({_FIGURE})\s?(kr|kronor|tkr|mnkr|mkr)?")
_LOOSE_ENDS = 3  # lines in a row that are no rows: the table is over


def find(stretch: Stretch) -> Iterator[Table]:
    """Every table whose head tells the unit of its sums; a row that can be read in two ways is left out.

    >>> text = "Belopp i tkr\\tBudget\\tUtfall\\nGrundskola\\t1 250\\t-1 300,5\\nSumma\\t2 000\\t2 100\\n"
    >>> [(c.row, c.column, str(c.kronor)) for table in find(Stretch(text)) for c in table.cells][:2]
    [('Grundskola', 'Budget', '1250000'), ('Grundskola', 'Utfall', '-1300500')]
    """
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", stretch.text)]
    at = 0
    while at < len(lines):
        head = _head(lines[at][1])
        if head is None or re.search(rf"\d\s?(?:{_UNIT_NAME})\b", lines[at][1][: head.end()], re.IGNORECASE):
            at += 1
            continue
        columns, last = _columns(lines[at][1], head), at
        cells: list[Cell] = []
        for row in range(at + 1, len(lines)):
            found = list(_cells(stretch, *lines[row], columns, _UNITS[head["unit"].lower()]))
            if found:
                cells, last = [*cells, *found], row
            elif _head(lines[row][1]) or row - last >= _LOOSE_ENDS:
                break
            elif not cells and not columns and (names := _columns(lines[row][1], None)):
                columns = names  # the names of the columns stand on the line under the unit
        if len({cell.row for cell in cells}) > 1:
            end = lines[last][0] + len(lines[last][1])
            yield Table(stretch.at(lines[at][0], end), tuple(cells))
        at = last + 1


def _head(line: str) -> re.Match[str] | None:
    """The unit that a head line tells; every unit has these letters."""
    lowered = line.lower()
    return _HEAD.search(line) if "kr" in lowered or "sek" in lowered else None


def _columns(line: str, head: re.Match[str] | None) -> list[str]:
    """The names of the columns of figures: what the head line holds after the unit, or the unit itself (kr/år)."""
    rest = line[head.end() :] if head else line
    if rest.startswith("/"):
        return [" ".join(line.split()[-2:])] if len(rest.split()) == 1 else []
    parts = [part for part in _PARTED.split(rest.strip(" |\t)")) if part]
    if len(parts) == 1 and head:
        parts = parts[0].split()  # "Budget Utfall Avvikelse": one word each
    return parts if len(parts) > 1 or head else []


def _cells(stretch: Stretch, start: int, line: str, columns: list[str], unit: int) -> Iterator[Cell]:
    row = _ROW.match(line)
    if not row or line.rstrip().endswith("."):
        return
    offset = start + row.start("figures")
    figures = _figures(row["figures"], len(columns))
    named = columns if len(columns) == len(figures) else [""] * len(figures)
    for (first, last), column in zip(figures, named, strict=True):
        cell = _CELL.fullmatch(row["figures"][first:last])
        if cell and "%" not in column and not _NO_SUM.fullmatch(cell[1]):
            worth = _UNITS[cell[2]] if cell[2] else unit
            span: Span = stretch.at(offset + first, offset + last)
            yield Cell(span, plain(_kronor(cell[1]) * worth), " ".join(row["label"].split()), column)


def _figures(text: str, columns: int) -> list[tuple[int, int]]:
    """Where each figure of a row stands: parted by more than a blank, or split in the only way the columns allow."""
    text = text.rstrip(" |\t")
    if _PARTED.search(text):
        starts = [0, *(match.end() for match in _PARTED.finditer(text))]
        ends = [*(match.start() for match in _PARTED.finditer(text)), len(text)]
        return list(zip(starts, ends, strict=True))
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    ways = list(_ways([text[a:b] for a, b in words], max(columns, 1)))
    if len(ways) != 1:
        return []
    return [(words[first][0], words[last - 1][1]) for first, last in ways[0]]


def _ways(words: list[str], columns: int, start: int = 0) -> Iterator[list[tuple[int, int]]]:
    """Every way to read words as so many figures: 1 250 300 in two columns is 1 250 and 300, or 1 and 250 300."""
    if columns == 0:
        if start == len(words):
            yield []
        return
    for end in range(start + 1, min(len(words), start + 4) + 1):
        if re.fullmatch(_FIGURE, " ".join(words[start:end])):
            for rest in _ways(words, columns - 1, end):
                yield [(start, end), *rest]


def _kronor(figure: str) -> Decimal:
    sign = -1 if figure[0] in "-−–" else 1
    return sign * Decimal(re.sub(r"[^\d,.]", "", figure).replace(",", "."))


def plain(kronor: Decimal) -> Decimal:
    """4500000 for 4500000.0, 21.36 as it is."""
    return Decimal(int(kronor)) if kronor == kronor.to_integral_value() else kronor.normalize()
