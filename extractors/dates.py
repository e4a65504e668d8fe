"""Dates (datum): days and months as they are written, a missing year from the document and never from the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors.model import Date, Stretch

_NAMES = ("januari jan", "februari feb febr", "mars mar", "april apr", "maj", "juni jun", "juli jul", "augusti aug",
          "september sep sept", "oktober okt", "november nov", "december dec")  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_FOREIGN = ("January", "February", "March", "May", "June", "July", "August", "October")

# The month is looked for first; the day before it and the year after it are then read from there.
_SPELLED = (*_MONTHS, *(name.capitalize() for name in _MONTHS), *(name.upper() for name in _MONTHS), *_FOREIGN)
_MONTH = re.compile(rf"(?:{'|'.join(sorted(_SPELLED, key=len, reverse=True))})(?![a-zåäöA-ZÅÄÖ-])")
_FREE = r"(?<![\d§/.,:-])(?<!§\s)"
_DAY_BEFORE = re.compile(  # 12-14 maj: two days
    rf"{_FREE}(?:(?P<first>\d{{1,2}})\s?(?:[-–]|och|till)\s?)?(?P<day>\d{{1,2}})(?::?[ea]|st|nd|rd|th)?\s{{1,2}}$"
)
_YEAR_AFTER = re.compile(  # mars 2021, okt. 2023, oktober månad 2022
    r"(?:(?<=\b[a-zA-Z]{3})\.|(?<=\b[a-zA-Z]{4})\.)?(?:\smånad)?,?\s{1,2}(?P<year>(?:19|20)\d\d)(?![\d/-])"
)
_IN_FIGURES = re.compile(
    rf"{_FREE}(?:(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"  # 2022-02-22
    r"|(?P<day2>\d{1,2})[/.](?P<month2>\d{1,2})[\s/.-](?P<year2>(?:19|20)\d\d)(?![\d/-]))"  # 24/10 2019, 24.10.2019
)
_MINUTES = ("protocol", "protocol_extract", "agenda")

_Found = tuple[int, int, str]  # start, end, value


def find(stretch: Stretch, bears: str | None = None) -> Iterator[Date]:
    """Every day, and every month with its year, in the order they stand. `bears` is the date of the paper itself.

    >>> [d.value for d in find(Stretch("I mars 2021, den 24 oktober 2019 och 2020-01-22, lag 2017:725, kl. 18:30"))]
    ['2021-03', '2019-10-24', '2020-01-22']
    >>> [(d.value, d.text) for d in find(Stretch("tisdagen den 30 augusti"), bears="2022-09-01")]
    [('2022-08-30', '30 augusti')]
    >>> list(find(Stretch("tisdagen den 30 augusti")))
    []
    """
    text = stretch.text
    for start, end, value in sorted({*_in_figures(text), *_in_words(text, bears)}):
        role = "mentioned"
        if value == bears:
            role = "meeting" if stretch.kind in _MINUTES else "document"
        yield Date(stretch.at(start, end), value, text[start:end], role)


def _in_figures(text: str) -> Iterator[_Found]:
    for match in _IN_FIGURES.finditer(text):
        year, month, day = (match[part] or match[f"{part}2"] for part in ("year", "month", "day"))
        if value := _day(year, month, day):
            yield *match.span(), value


def _in_words(text: str, bears: str | None) -> Iterator[_Found]:
    for month in _MONTH.finditer(text):
        offset = max(0, month.start() - 14)
        before = _DAY_BEFORE.search(text[offset : month.start()])
        after = _YEAR_AFTER.match(text, month.end())
        end = after.end() if after else month.end()
        if month[0] in _FOREIGN:
            if before and after and (value := _foreign(text[offset + before.start("day") : end])):
                yield offset + before.start("day"), end, value
            continue
        number = _MONTHS[month[0].lower()]
        if before:
            for part in ("first", "day"):
                year = after["year"] if after else _year(bears, number, before[part])
                if before[part] and (value := _day(year, number, before[part])):
                    stop = end if part == "day" else offset + before.end("first")
                    yield offset + before.start(part), stop, value
        elif after and not re.search(r"[\w§-]$|\d[.\s]\s?$", text[offset : month.start()]):
            yield month.start(), end, f"{after['year']}-{number:02}"


def _day(year: str | None, month: str | int, day: str | int) -> str | None:
    """The day as YYYY-MM-DD, None where the calendar lacks it."""
    try:
        return date(int(year or 0), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _year(bears: str | None, month: int, day: str | None) -> str | None:
    """The year of the paper, for a day within half a year of it; a day further off may as well be of another year."""
    near = _day(bears[:4], month, day) if bears and len(bears) == 10 and day else None
    if not bears or not near or abs((date.fromisoformat(near) - date.fromisoformat(bears)).days) > 183:
        return None
    return bears[:4]


def _foreign(text: str) -> str | None:
    """A day in English, in papers that quote one.

    Only these are left to dateparser: it takes 0.5 s to load and 3 ms a date, where a protocol has a hundred.
    """
    import dateparser

    found = dateparser.parse(text, settings={"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"})
    return found.date().isoformat() if found else None
