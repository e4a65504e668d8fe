"""Tables (tabeller): whether a sum stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIGURE = r"[-−–+]?\d{1,3}(?:[  ]\d{3})+(?:,\d+)?|[-−–+]?\d+(?:[.,]\d+)?"
_SUM = rf"(?:{_FIGURE})\s?(?:kr|kronor|tkr|mnkr|mkr|:-)"
_MEASURE = r"(?:\s?(?:/|per )\s?[\wåäö²³]+)?"
_GAP = re.compile(r"\t|\||[ ]{3,}")
_ONLY_SUMS = re.compile(rf"[\s|]*(?:(?:{_SUM}{_MEASURE}|{_FIGURE}|[-–+%])[\s|]*)+")
_SIDE_BY_SIDE = re.compile(rf"(?:{_SUM}){_MEASURE}[ \t|]+(?:{_SUM}|{_FIGURE})(?![\w,.])")
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
