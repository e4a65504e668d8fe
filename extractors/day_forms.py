"""How days and months are written (datum): in figures, in words, as lists and ranges, in another language."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from extractors import lexicon, tokens

_WORDS = lexicon.load("dates")
_MONTHS = {name: number for number, names in enumerate(_WORDS["months"], start=1) for name in names}
_FOREIGN = frozenset(_WORDS["foreign_months"])
_ORDINALS = {word: number for number, word in enumerate(_WORDS["ordinals"], start=1)}
_any = lexicon.any_of
_WEEKDAY = rf"(?P<weekday>{_any(_WORDS['weekdays'])})(?:en)?"

# A word with a month in it is looked for first; the days before it and the year after it are then read from there.
_MONTH = re.compile(
    rf"(?<![^\W\d_])(?:{_any(_FOREIGN)}|(?i:{_any(_MONTHS)}))(?![^\W\d]|\d(?!\d{{3}}\b)|-(?!\d|(?:{_any(_MONTHS)})\b))"
)
_STEM = re.compile("|".join(sorted({name[:3].lower() for name in (*_MONTHS, *_FOREIGN)})), re.IGNORECASE)
_FREE = r"(?<![\d§/.,:-])(?<!§\s)"
_NTH = r"(?::?(?:[ae]|de|dje|sta|nde)|st|nd|rd|th|\.)?"
_AND = r"(?:\s?[-–]\s?|,?\s(?:och|till|samt|eller|resp(?:ektive|\.))\s(?:den\s)?|,\s(?=.*\s(?:och|samt)\s))"
_DAYS_BEFORE = re.compile(  # 12-14 maj: two days; den 12, 13 och 14 maj: three
    rf"(?<![\d§/.,:])(?<![\W\d]-)(?<!§\s)(?P<more>(?:\d{{1,2}}{_NTH}{_AND})*)(?P<day>\d{{1,2}}){_NTH}\s{{0,2}}(?:of\s)?$"
)
_ORDINAL_BEFORE = re.compile(rf"\b(?P<day>{_any(_ORDINALS)}|sista)\s$", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(rf"\b{_WEEKDAY},?\s(?:den\s)?$", re.IGNORECASE)
_YEAR_AFTER = re.compile(  # mars 2021, okt. 2023, oktober månad 2022, maj -26
    r"(?:(?<=\b[a-zA-Z]{3})\.|(?<=\b[a-zA-Z]{4})\.)?(?:\smånad)?(?:,?\s{1,2}(?:år\s)?|(?=\d{4}))"
    r"(?P<year>(?:19|20)\d\d)(?![\d/-]\d)"
    rf"|\s?[-–'’´](?P<short>[0-4]\d)(?![\w:.]*\d|\s?(?:{_any(_MONTHS)}))(?=\W|$)"
)
_RELATIVE = re.compile(rf",?\s(?P<words>{_any(_WORDS['years'])}|samma år)\b", re.IGNORECASE)
_NO_MONTH_BEFORE = re.compile(r"[\w§]\Z|(?<![^\W\d]{3})(?<!\d{4})[-–]$|\d[.\s]\s?$")  # but mars-maj

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"(?P<year>[0-4]\d)"
_FORMS = tuple(
    map(
        re.compile,
        (
            # 2022-02-22, also 2022 -02- 22 and 2022–2–2
            rf"(?<![\w/.]){_YEAR}\s?[-–]\s?(?P<month>\d{{1,2}})\s?[-–]\s?(?P<day>\d{{1,2}})(?!\d)",
            # 2022.02.22, 2022/02/22
            rf"(?<![\w/.]){_YEAR}(?P<sign>[./])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?![\d./]\w)",
            # 202202-22, which lost its first hyphen at the end of a line
            rf"(?<![\w/.]){_YEAR}(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?![\w-])",
            # 24/10 2019, 24.10.2019
            rf"(?:{_FREE}|(?<=\d[-–]))(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})[\s,/.-]{{1,2}}{_YEAR}(?![\d/-]\w)",
            rf"{_FREE}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.\s?{_YEAR}(?![\d/-]\w)",
            # 3/5-26
            rf"{_FREE}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})\s?[-–/]\s?{_SHORT}(?![\w/-]|[.,:]\d)",
            # 26-05-03
            rf"(?<![\w.,:/-]){_SHORT}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])",
            # 260503, 20260503: only among words that let it be one
            rf"(?<![\w.,:/-])(?P<run>){_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\w-])",
            rf"(?<![\w.,:/-])(?P<run>){_SHORT}(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\w|[-.:,/]\d)",
            # den 3/5, and 1/1-31/12 2026: the year stands elsewhere
            r"(?<=\b[Dd]en\s)(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/]|\s?[-–]?\s?(?:20)?\d\d(?![\d/]))",
            rf"{_FREE}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?=\s?[-–]\s?\d{{1,2}}/\d)",
        ),
    )
)
_FIGURES = re.compile(r"(?<!\d)(?:\d{1,8}(?=\s?[-–./]\s?\d)|\d{6,8})")  # only where one of these begins
_RUN_BEFORE = re.compile(r"(?:[a-zåäö]{2}|[A-ZÅÄÖ]{2})[),]{0,2}\s{1,2}\(?$")  # KSAU 260503, rapport (260503)
_RUN_AFTER = re.compile(r"\s*(?:$|\n|[).;]|,?\s?§|\s?[-–]\s?\d{6}\b)")
_NUMBERED = re.compile(
    r"(?:n(?:umme)?r|id|kod(?:er)?|faktura|ocr|konto|telefon|tel|giro|serie)\.?:?\s?\(?$", re.IGNORECASE
)
_FAR = 15  # years back from the paper's own day beyond which six figures are no day


@dataclass(frozen=True, slots=True)
class Written:
    """A day or a month as written at text[start:end]; `day` and `year` are None where they are not written.

    `weekday` (0 is Monday) and `relative` ("nästa år") are what stands beside a day without its year.
    """

    start: int
    end: int
    month: int
    day: int | None = None
    year: int | None = None
    weekday: int | None = None
    relative: str | None = None

    def value(self) -> str | None:
        """YYYY-MM-DD or YYYY-MM; None where the year is missing or the calendar lacks the day."""
        if self.year is None or not 1 <= self.month <= 12:
            return None
        return f"{self.year}-{self.month:02}" if self.day is None else iso(self.year, self.month, self.day)


def iso(year: int, month: int, day: int) -> str | None:
    """The day as YYYY-MM-DD, None where the calendar lacks it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def written(text: str, own: str | None = None) -> list[Written]:
    """Every day and month in the text, in the order they stand. `own` is the day of the paper.

    >>> [(one.month, one.day, one.year) for one in written("12-13 maj, 3/5-26 och i mars 2021")]
    [(5, 12, None), (5, 13, None), (5, 3, 2026), (3, None, 2021)]
    """
    return sorted({*_in_figures(text, own), *_in_words(text)}, key=lambda one: (one.start, one.end))


def _in_figures(text: str, own: str | None) -> Iterator[Written]:
    for place in _FIGURES.finditer(text):
        match = next((found for form in _FORMS if (found := form.match(text, place.start()))), None)
        if match is None:
            continue
        parts = match.groupdict()
        year = int(parts["year"]) if parts.get("year") else None
        year = year + 2000 if year is not None and year < 100 else year
        if parts.get("run") is not None and not _is_run(text, match, year, own):
            continue
        if iso(year or 2024, int(match["month"]), int(match["day"])):
            yield Written(match.start(), match.end(), int(match["month"]), int(match["day"]), year)


def _is_run(text: str, match: re.Match[str], year: int | None, own: str | None) -> bool:
    """Whether figures without a sign between them are a day (KSAU 260503, § 12) and not a number of something."""
    before = text[max(0, match.start() - 25) : match.start()]
    if _NUMBERED.search(before):
        return False
    near = own is None or -_FAR <= (year or 0) - int(own[:4]) <= 1
    told = _RUN_BEFORE.search(before) and _RUN_AFTER.match(text, match.end())
    return len(match["year"]) == 4 or bool(near and told)


def _in_words(text: str) -> Iterator[Written]:
    for start, _, months in tokens.meaning(text, _months):
        for first, last in months:
            yield from _at_month(text, start + first, start + last)


@lru_cache(maxsize=50_000)
def _months(word: str) -> tuple[tuple[int, int], ...] | None:
    """Where months stand in a word: one mostly, two in "mars-maj"."""
    return tuple(match.span() for match in _MONTH.finditer(word)) or None if _STEM.search(word) else None


def _at_month(text: str, start: int, end: int) -> Iterator[Written]:
    """The days before a month that stands at text[start:end], or the month itself."""
    offset, name = max(0, start - 45), text[start:end]
    before, after = text[offset:start], _YEAR_AFTER.match(text, end)
    if name in _FOREIGN:
        yield from _foreign(text, offset, start, end)
        return
    month, year = _MONTHS[name.lower()], _year(after)
    days, ordinal = _DAYS_BEFORE.search(before), _ORDINAL_BEFORE.search(before)
    if days and not before.rstrip().endswith("."):  # "1. april 2026" is the first of a list
        last = Written(offset + days.start("day"), after.end() if after else end, month, int(days["day"]), year)
        relative = None if after else _RELATIVE.match(text, end)
        weekday = None if days["more"] else _WEEKDAY_BEFORE.search(before, 0, days.start())
        yield from _listed(_beside(last, weekday, relative), days, offset)
    elif ordinal and after and year and after["year"]:
        day = _ORDINALS.get(ordinal["day"].lower()) or monthrange(year, month)[1]
        yield Written(offset + ordinal.start("day"), after.end(), month, day, year)
    elif not _NO_MONTH_BEFORE.search(before):
        told = after is not None and after["year"] is not None
        yield Written(start, after.end() if after and told else end, month, None, year if told else None)


def _year(after: re.Match[str] | None) -> int | None:
    return None if after is None else int(after["year"] or 2000 + int(after["short"]))


def _beside(day: Written, weekday: re.Match[str] | None, relative: re.Match[str] | None) -> Written:
    number = _WORDS["weekdays"].index(weekday["weekday"].lower()) if weekday else None
    return replace(day, weekday=number, relative=relative["words"].lower() if relative else None)


def _listed(last: Written, days: re.Match[str], offset: int) -> Iterator[Written]:
    """The days of a list or a range before one month, the last with the month in its text."""
    for figure in re.finditer(r"\d+", days["more"]):
        start = offset + days.start("more") + figure.start()
        yield replace(last, start=start, end=start + len(figure[0]), day=int(figure[0]))
    yield last


def _foreign(text: str, offset: int, month: int, end: int) -> Iterator[Written]:
    """A day with its year in another language, in papers that quote one: 12 May 2024, May 12, 2024, 12. mai 2024.

    Only these are left to dateparser: it takes 0.5 s to load and 3 ms a date, where a protocol has a hundred.
    """
    before = _DAYS_BEFORE.search(text[offset:month])
    start = offset + before.start("day") if before else month
    behind = r"\.?,?\s" if before else r"\s\d{1,2}(?:st|nd|rd|th)?,?\s"
    if after := re.compile(rf"{behind}(?:19|20)\d\d\b").match(text, end):
        import dateparser

        settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
        found = dateparser.parse(text[start : after.end()], languages=["en", "fi", "nb", "de"], settings=settings)
        if found:
            yield Written(start, after.end(), found.month, found.day, found.year)
