"""When the papers asked for are from (tid): "2024", "sedan 2023", "våren 2025", "de senaste två åren".

What is said from today's point of view is read only if the asker tells which day today is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from extractors import lexicon
from extractors.numbers import IN_WORDS, in_words
from index.asking.filters import Filters
from index.asking.reading import Reading, blanked

_MONTHS = {name: n for n, names in enumerate(lexicon.load("dates")["months"], 1) for name in names}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_PARTS = {  # of a year: its first and last month
    "våren": (1, 6), "vårterminen": (1, 6), "sommaren": (6, 8), "hösten": (8, 12), "höstterminen": (8, 12),
    "första kvartalet": (1, 3), "andra kvartalet": (4, 6), "tredje kvartalet": (7, 9), "fjärde kvartalet": (10, 12),
    "första halvåret": (1, 6), "andra halvåret": (7, 12),
}  # fmt: skip
_PART = "|".join(_PARTS)
_YEAR = r"(?:19[6-9]|20[0-4])\d"
_FREE = r"(?<![\w/.:,-])(?<!\d )"  # no piece of a case number or a larger figure
_END = r"(?![\w/:-]|[.,]\d)"
_OR = re.compile(r"\s*(?:,|och|eller|samt)\s*", re.IGNORECASE)

# "Budget 2027" is decided in 2026, "Vision 2040" whenever: such a year tells what the paper is about
_ABOUT = re.compile(
    r"""(?:
        budget|bokslut|plan(?:er|en)?|vision(?:en)?|program(?:met)?|strategi(?:n|er)?|agenda(?:n)?|redovisning(?:en|ar)?
        |rapport(?:en|er)?|uppföljning(?:en|ar)?|prognos(?:en)?|tax(?:a|an|or)|avgift(?:en|er|erna)?|arvoden?
        |ram(?:ar)?|mål(?:en)?|val(?:et|en)?|skattesats\w*|utdebitering\w*|anvisning\w*|direktiv\w*|berättelsen?
        |granskning(?:en|ar)?|ansvarsfrihet(?:en)?|inför|till|(?:per|för)(?:\s+(?:år(?:et|en)?|månad))?
        |(?:perioden|tertial\w*|nästa\s+år)|\b(?-i:[A-ZÅÄÖ]{3,5})
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


def read(text: str, today: date | None = None) -> Iterator[Reading]:
    """The times that a question names, as spans of days or as years.

    >>> [r.filters for r in read("motioner sedan 2023")], [r.filters for r in read("cykel 2024")]
    ([Filters(date_from='2023')], [Filters(year=(2024,))])
    >>> [r.filters for r in read("de senaste två åren", date(2026, 3, 1))]
    [Filters(date_from='2024-03-01', date_to='2026-03-01')]
    >>> [r.firm for r in read("budget 2026")], [r.firm for r in read("cykel våren 2025")]
    ([False], [True])
    """
    found: list[Reading] = []
    for pattern, meaning in _FORMS:
        for match in pattern.finditer(blanked(text, found)):
            filters = meaning(match, today)
            if filters:
                found.append(Reading("time", *match.span(), filters, _is_firm(text, match, today)))
    yield from _alternatives(text, sorted(found, key=lambda reading: reading.start))


def _alternatives(text: str, found: list[Reading]) -> Iterator[Reading]:
    """The same, where "2023 och 2024" are either year; other times told together leave it open which counts."""
    years = tuple(reading.filters.year for reading in found)
    between = [text[one.end : other.start] for one, other in pairwise(found)]
    if len(found) > 1 and all(years) and all(map(_OR.fullmatch, between)):
        both = Filters(year=tuple(dict.fromkeys(year for several in years for year in several)))
        yield Reading("time", found[0].start, found[-1].end, both, all(reading.firm for reading in found))
        return
    firm = {reading.filters for reading in found if reading.firm}
    kinds = [(bool(each.year), bool(each.date_from), bool(each.date_to)) for each in firm]
    clear = len(firm) < 2 or sorted(kinds) == [(False, False, True), (False, True, False)]  # efter 2020 och före 2023
    for reading in found:
        if reading.firm and clear:
            yield reading
        elif year := _one_of(reading.filters):
            yield replace(reading, filters=year, firm=False)


def _one_of(filters: Filters) -> Filters:
    """The year that a time lies in; a span of several, in a plan, says nothing of when it was decided."""
    if filters.year or not (filters.date_from and filters.date_to):
        return Filters(year=filters.year)
    first, last = int(filters.date_from[:4]), int(filters.date_to[:4])
    return Filters(year=(first,) if first == last else ())


def _is_firm(text: str, match: re.Match[str], today: date | None) -> bool:
    """Whether it tells when the paper is from, and not what it is about."""
    if told := match.groupdict().get("part"):
        return not told.lower().endswith(("kvartalet", "halvåret"))  # a report of them is from after
    if match.re in (_ALONE, _DASHED):
        return not _ABOUT.search(text, 0, match.start())
    return True


def _span(first: str | None, last: str | None) -> Filters:
    return Filters(date_from=first, date_to=last)


def _day_span(first: date, last: date) -> Filters:
    return _span(first.isoformat(), last.isoformat())


def _month(told: str) -> int:
    return _MONTHS[told.lower().rstrip(".")]


def _months(year: int, first: int, last: int) -> Filters:
    """The days from the first of one month to the last of another."""
    return _span(f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]:02}")


def _range(match: re.Match[str], today: date | None) -> Filters:
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    if int(first) >= int(last) or int(last) > int(first) + 40:
        return Filters()
    return _span(first, last)


def _since(match: re.Match[str], today: date | None) -> Filters:
    if match["month"]:
        return _span(f"{match['year']}-{_month(match['month']):02}", None)
    return _span(str(int(match["year"]) + (match["way"].lower() == "efter")), None)


def _until(match: re.Match[str], today: date | None) -> Filters:
    if match["month"]:
        last = date(int(match["year"]), _month(match["month"]), 1)
        if match["way"].lower() in ("före", "innan"):
            return _span(None, (last - timedelta(days=1)).isoformat())
        return _span(None, last.strftime("%Y-%m"))
    return _span(None, str(int(match["year"]) - (match["way"].lower() in ("före", "innan"))))


def _of_month(match: re.Match[str], today: date | None) -> Filters:
    several = match["last"] or match["to"]
    first, last = _month(match["first"]), _month(several or match["first"])
    if match["year"]:
        return _months(int(match["year"]), first, last) if first <= last else Filters()
    if today is None or not match["lead"]:
        return Filters()
    return _months(today.year - (first > today.month), first, first) if not several else Filters()


def _on_day(match: re.Match[str], today: date | None) -> Filters:
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
        else:
            day = date(int(match["year"]), _month(match["month"]), int(match["day"]))
    except ValueError:
        return Filters()
    return _day_span(day, day)


def _part(match: re.Match[str], today: date | None) -> Filters:
    return _months(int(match["year"]), *_PARTS[" ".join(match["part"].lower().split())])


def _this_part(match: re.Match[str], today: date | None) -> Filters:
    """ "I våras", "i höstas": the last one that has begun."""
    if today is None:
        return Filters()
    first, last = {"vår": (1, 6), "somr": (6, 8), "höst": (8, 12)}[match["part"].lower()]
    return _months(today.year - (first > today.month), first, last)


def _one_year(match: re.Match[str], today: date | None) -> Filters:
    if today is None:
        return Filters()
    told = " ".join(match[0].lower().split())
    back = 0 if told.startswith(("i år", "det här", "detta", "innevarande", "årets")) else 1
    return Filters(year=(today.year - (2 if told.startswith("förrförra") else back),))


def _last(match: re.Match[str], today: date | None) -> Filters:
    """ "De senaste tre månaderna": so far back from today."""
    if today is None:
        return Filters()
    number = int(match["number"]) if (match["number"] or "").isdigit() else int(in_words(match["number"] or "ett"))
    unit = match["unit"].lower()
    if unit.startswith(("dag", "dygn", "veck")):
        return _day_span(today - timedelta(days=number * (7 if unit.startswith("veck") else 1)), today)
    months = number * (
        12 if unit.startswith("år") else 6 if unit.startswith("halv") else 3 if unit.startswith("kv") else 1
    )
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1900:
        return Filters()
    first = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    return _day_span(first, today)


def _calendar(match: re.Match[str], today: date | None) -> Filters:
    """ "Förra månaden", "den här veckan", "i går"."""
    if today is None:
        return Filters()
    told = " ".join(match[0].lower().split())
    if "månad" in told:
        last = today.replace(day=1) - timedelta(days=1) if told.startswith("förra") else today
        return _months(last.year, last.month, last.month)
    if "veck" in told:
        monday = today - timedelta(days=today.weekday() + (7 if told.startswith("förra") else 0))
        return _day_span(monday, monday + timedelta(days=6))
    day = today - timedelta(days=1) if told in ("igår", "i går") else today
    return _day_span(day, day)


def _year(match: re.Match[str], today: date | None) -> Filters:
    return Filters(year=(int(match["year"]),))


def _form(*pieces: str) -> re.Pattern[str]:
    return re.compile("".join(pieces), re.IGNORECASE)


_TO = r"\s?(?:[-–—]|\s(?:och|till och med|till|t\.?\s?o\.?\s?m\.?)\s)\s?(?:år\s+)?"
_SINCE = r"sedan|efter|från och med|fr\.?\s?o\.?\s?m\.?"
_UNTIL = r"före|innan|till och med|t\.?\s?o\.?\s?m\.?|fram till|senast"
_MONTH_OF_YEAR = rf"\s+(?:år\s+|i\s+)?(?:(?P<month>{_MONTH})\s+)?(?P<year>{_YEAR}){_END}"
_UNITS = (
    r"åren|året|år|halvåret|kvartalen|kvartalet|månaderna|månaden|månader|veckorna|veckan|veckor|dagarna|dygnet|dagar"
)

_ISO_DAY = rf"{_FREE}(?P<iso>{_YEAR}-\d\d-\d\d)(?![\w-])"
_DAY = rf"\b(?P<day>\d\d?)(?::e)?\s+(?P<month>{_MONTH})\s+(?P<year>{_YEAR}){_END}"
_MONTHS_TO = rf"\s?[-–]\s?(?P<last>{_MONTH})|\s+(?:och|till)\s+(?P<to>{_MONTH})"
_DASHED = _form(rf"{_FREE}(?P<first>{_YEAR})\s?[-–—]\s?(?P<last>{_YEAR}|\d\d){_END}")  # 2022–2024
_ALONE = _form(rf"(?:\b(?:från|under|i|år|året)\s+)*{_FREE}(?P<year>{_YEAR}){_END}")  # 2024, i 2024, under år 2024

# What is looked for, the longer forms first: a word that one has taken is no other's
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Filters]], ...] = (
    # den 15 juni 2026, 2026-06-15
    (_form(rf"(?:\b(?:den|på|från)\s+)*(?:{_ISO_DAY}|{_DAY})"), _on_day),
    # mellan 2022 och 2024, från 2022 till 2024, åren 2022–2024
    (
        _form(
            r"\b(?:mellan|från|fr\.?\s?o\.?\s?m\.?|åren)\s+(?:åren\s+|år\s+)?",
            rf"(?P<first>{_YEAR}){_TO}(?P<last>{_YEAR}|\d\d){_END}",
        ),
        _range,
    ),
    # sedan 2023, efter maj 2023
    (_form(rf"\b(?P<way>{_SINCE}){_MONTH_OF_YEAR}"), _since),
    # före 2020, till och med juni 2020
    (_form(rf"\b(?P<way>{_UNTIL}){_MONTH_OF_YEAR}"), _until),
    # våren 2025, första kvartalet 2026
    (_form(rf"\b(?:(?:under|i|från)\s+)?(?P<part>{_PART})\s+(?:år\s+)?(?P<year>{_YEAR}){_END}"), _part),
    # juni 2024, mars–maj 2025, i maj
    (
        _form(
            rf"\b(?P<lead>(?:i|under|från)\s+)?(?P<first>{_MONTH})(?:{_MONTHS_TO})?",
            rf"(?:\s+(?P<year>{_YEAR}){_END}|(?![\w-]))",
        ),
        _of_month,
    ),
    # de senaste två åren, senaste månaden
    (
        _form(
            r"\b(?:under\s+)?(?:(?:de|den|det)\s+)?senaste\s+",
            rf"(?:(?P<number>\d{{1,2}}|{IN_WORDS})\s+)?(?P<unit>{_UNITS})\b",
        ),
        _last,
    ),
    # förra året, i fjol, i år
    (
        _form(
            r"\b(?:under\s+)?(?:förrförra året|förra året|föregående år|i fjol|ifjol|i år|det här året|detta år",
            r"|innevarande år)\b",
        ),
        _one_year,
    ),
    (_form(r"\bi (?P<part>vår|somr|höst)as\b"), _this_part),
    # förra månaden, den här veckan, i går
    (_form(r"\b(?:förra|den här|denna) (?:månaden?|veckan?)\b|\b(?:idag|i dag|igår|i går)\b"), _calendar),
    (_DASHED, _range),
    (_ALONE, _year),
)
