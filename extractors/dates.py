"""Dates (datum): days and months as they are written, a missing year from the paper and never from the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from extractors import lexicon, occasions
from extractors.day_forms import Written, iso, written
from extractors.lines import unbroken
from extractors.model import Date, Stretch

_WORDS = lexicon.load("dates")
_EVERY_YEAR = re.compile(r"\b(?:varje|vartannat|respektive) år\b|\bårligen\b", re.IGNORECASE)
_OTHER_YEAR = re.compile(r"\s(?:året|åren|följande|det år|valår)", re.IGNORECASE)  # den 1 januari året efter valet
_LINK = re.compile(  # 1 januari–31 december 2026, mellan den 1 och den 5 maj 2026, januari t.o.m. april 2026
    r"\.?\s?(?:[-–]|,|(?:fram\s)?till(?:\soch\smed)?|t\.?\s?o\.?\s?m\.?|och|samt|eller|respektive)\s?"
    rf"(?:(?:{lexicon.any_of(_WORDS['weekdays'])})(?:en)?\s)?(?:den\s)?",
    re.IGNORECASE,
)
_DEN_BEFORE = re.compile(r"\bden $", re.IGNORECASE)
_CELLS = re.compile(r"\s*[|\t]\s*| {2,}")
_ALONE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[ /][\w.]{1,9}(?: (?:19|20)\d\d)?")  # a cell that holds a day
_ROWS = 600  # characters above and below a row in which another must stand, for the two to be a table
_TOP = 500  # characters: where the head of a paper sets its own day beside its number and its office
_NEAR = 120  # days from the paper's own day within which a day of the year before or after is meant


def find(stretch: Stretch, bears: str | None = None) -> Iterator[Date]:
    """Every day, and every month with its year, in the order they stand, but those in the cells of tables.

    `bears` is the date of the paper itself.

    >>> [d.value for d in find(Stretch("I mars 2021, den 24 oktober 2019 och 2020-01-22, lag 2017:725, kl. 18:30"))]
    ['2021-03', '2019-10-24', '2020-01-22']
    >>> [(d.value, d.text) for d in find(Stretch("tisdagen den 30 augusti"), bears="2022-09-01")]
    [('2022-08-30', '30 augusti')]
    >>> list(find(Stretch("tisdagen den 30 augusti")))
    []
    """
    text = unbroken(stretch.text, stretch.width)
    own = bears if bears and len(bears) == 10 else None
    days = written(text, own)
    for day in _with_years(text, days, own, stretch.kind):
        value = day.value()
        if value and not _in_cell(text, day):
            role = occasions.role(text, (day.start, day.end), value, own, stretch.kind)
            yield Date(stretch.at(day.start, day.end), value, stretch.text[day.start : day.end], role)


def whole(text: str) -> Iterator[tuple[int, int, str]]:
    """Every day that is written with its year: where it starts (with its "den") and ends, and its value.

    >>> list(whole("Mora den 3 maj 2031, 2031-05-04"))
    [(5, 19, '2031-05-03'), (21, 31, '2031-05-04')]
    """
    for day in written(text):
        if day.day is not None and (value := day.value()):
            den = _DEN_BEFORE.search(text, max(0, day.start - 5), day.start)
            yield den.start() if den else day.start, day.end, value


def _in_cell(text: str, day: Written) -> bool:
    """Whether the day is all that a cell of a table holds."""
    head, tail = text.rfind("\n", 0, day.start) + 1, text.find("\n", day.end)
    line = text[head : tail if tail >= 0 else len(text)]
    if len(line) > _ROWS:
        return False
    cell = _CELLS.split(text[head : day.start])[-1] + _CELLS.split(line[day.end - head :])[0]
    if cell.strip(" |\t") or head < _TOP:
        return False
    near = text[max(0, head - _ROWS) : head], text[head + len(line) : head + len(line) + _ROWS]
    return _is_row(line) and any(_is_row(other) for rows in near for other in rows.split("\n"))


def _is_row(line: str) -> bool:
    """Whether a line is a row of three cells or more, one of which holds a day alone."""
    cells = _CELLS.split(line.strip(" |\t"))
    return len(cells) > 2 and any(map(_ALONE.fullmatch, cells))


def _with_years(text: str, days: Sequence[Written], own: str | None, kind: str | None) -> list[Written]:
    """The days with the years that they lack: of the next in a range, of words behind them, or from the paper's own."""
    done: list[Written] = []
    for day in reversed(days):
        after = done[-1] if done else None
        if (
            day.year is None
            and after
            and after.year
            and (day.day is None) == (after.day is None)
            and _linked(text, day, after)
        ):
            wraps = (day.month, day.day or 0) > (after.month, after.day or 0)
            day = replace(day, year=after.year - wraps, relative=None)
        done.append(day)
    done.reverse()
    told: list[Written] = []
    for day in done:
        told.append(day if day.year or not day.day else replace(day, year=_missing(text, day, told, own, kind)))
    return told


def _linked(text: str, day: Written, after: Written) -> bool:
    return day.end <= after.start and _LINK.fullmatch(text, day.end, after.start) is not None


def _missing(text: str, day: Written, told: Sequence[Written], own: str | None, kind: str | None) -> int | None:
    """The year of a day without one: by words behind it, by its weekday, else the one nearest to the paper's day."""
    if day.relative == "samma år":
        return next((one.year for one in reversed(told) if one.year and one.start > day.start - 400), None)
    if own is None:
        return None
    if day.relative:
        return int(own[:4]) + int(_WORDS["years"][day.relative])
    bears = date.fromisoformat(own)
    years = [year for year in (bears.year, bears.year - 1, bears.year + 1) if iso(year, day.month, day.day or 1)]
    days = [date(year, day.month, day.day or 1) for year in years]
    if day.weekday is not None:
        return next((one.year for one in days if one.weekday() == day.weekday), None)
    every = _EVERY_YEAR.search(text, max(0, day.start - 80), day.end + 40)
    if kind == "other" or every or _OTHER_YEAR.match(text, day.end):
        return None  # what comes again every year: a rule's last day of application
    nearest = min(days, key=lambda one: abs((one - bears).days), default=bears)
    if nearest.year < bears.year and occasions.is_deadline(text, day.start):
        return None  # a last day that has been, or one that is a long way off
    far = abs((nearest - bears).days) > (183 if nearest.year == bears.year else _NEAR)
    return None if far else nearest.year
