"""References to a § of a meeting (hänvisningar): "§ 47 KSAU 2026-04-22", "KS § 114/2026", "den 12 mars 2018, § 23"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors import lexicon
from extractors.model import Document, Item, Span

_MONTHS = {name: at for at, names in enumerate(lexicon.load("dates")["months"], 1) for name in names}
_ANY_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ENDS = "nämnden|styrelsen|fullmäktige|utskottet|utskott|beredningen|direktionen|nämnd"
_GAP = r"[^\S\n]*\n?[^\S\n]*"  # white space, but no empty line
_SHORT = r"(?-i:[A-ZÅÄÖ]{2,7}|K[sf](?:au)?|[BSKTMVF][a-zåäö]{0,2}n(?:au)?)(?![\w-])"  # KSAU, Ks, Bun
_NAME = rf"(?:[\w-]*(?:nämnden|styrelsen)s\s)?[\w-]*(?:{_ENDS})"
_DAY = rf"(?:(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}\s(?:{_ANY_MONTH})\s(?:19|20)\d\d|(?:20)?[0-4]\d[01]\d[0-3]\d(?=[\s,]*§))"
_SIGN = rf"§{{1,2}}{_GAP}"
_END = r"(?![\d:-])"

_FORMS = re.compile(
    rf"""(?<![\w.-])(?P<day>{_DAY})[,;:(–]?{_GAP}\(?(?:(?P<between>{_SHORT})\s)?{_SIGN}(?P<of_day>\d{{1,4}}){_END}(?!/\d)
       | {_SIGN}(?P<of_year>\d{{1,4}})/(?P<year>20[0-4]\d|[0-4]\d)(?![\d/-])
       | {_SIGN}(?P<before_day>\d{{1,4}}){_END}[,;:(]?{_GAP}\(?(?:(?:i|vid|från|av)\s)?
         (?:(?P<inside>{_NAME}s?|{_SHORT})[,:]?{_GAP})?
         (?:(?:protokoll|sammanträde|beslut)\w*\s)?(?:(?:av|från)\s)?(?:den\s)?(?P<on>{_DAY})(?!,?{_GAP}§)""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(rf"\s(?P<body>{_SHORT})(?![\w-]|\s\d)")
_BEFORE = re.compile(rf"(?<![\w-])(?P<body>{_NAME}|{_SHORT})s?(?![\w-])", re.IGNORECASE)
_BREAK = re.compile(r"[.;•]\s|\n\s*\n|(?:^|(?<=\n))[A-ZÅÄÖ][^\n.,\d]{2,40}\n(?=[A-ZÅÄÖ])")  # the last is a heading
_LOOK_BACK = 200  # letters before a reference in which its body is looked for
_SAYS = 120  # letters after it that belong to what it says
# What is said where the § is a stop of the same matter, and no older decision that is built on
_HANDLED = re.compile(
    r"behandl|bordl[aä]|återremi|remi(?:ss|tt)|bere(?:d|tt)|hänsk[jö]|tillstyrk|avstyrk|föres[lå]|yttra|motion|ärendet"
    r"|initiativ|väckt|överlämna",
    re.IGNORECASE,
)
_FOUNDATION = re.compile(
    r"\b(?:enligt|antagen|antagna|antaget|antog|fastställ\w+|riktlinje\w*|policy\w*|reglemente\w*|uppdrag\w*"
    r"|beslutades\ssenast|nuvarande|budget\w*|taxa\w*|plan|expediering)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A § that a text refers to: its number, the day (or only the year) of the meeting, and the body as it is told.

    `body` is None where the sentence names none. `handled` is true where it says that the matter itself was dealt
    with there. `text` is the sentence.
    """

    span: Span
    number: str
    day: str | None
    year: str
    body: str | None
    handled: bool
    text: str


def of_item(document: Document, item: Item) -> Iterator[Reference]:
    """The references that stand in an item, but for its own head.

    >>> from extractors.model import Page
    >>> text = "§ 9 Cykelväg\\nKSAU har den 22 april 2026, § 47 behandlat ärendet. Se även KF § 12/2025."
    >>> item = Item(Span(0, len(text), 1), "9", "Cykelväg")
    >>> made = Document("x", "x", "protocol", text, (Page(1, 0, len(text)),), items=(item,))
    >>> [(r.number, r.day, r.year, r.body, r.handled) for r in of_item(made, item)]
    [('47', '2026-04-22', '2026', 'KSAU', True), ('12', None, '2025', 'KF', False)]
    """
    text = document.text[item.span.start : item.span.end]
    for match in _FORMS.finditer(text):
        number = str(int(match["of_day"] or match["of_year"] or match["before_day"]))
        day = _day(match["day"] or match["on"]) if match["year"] is None else None
        year = day[:4] if day else _year(match["year"])
        if year is None or (bare(item.number) == number and (day or year) in (document.date, str(document.date)[:4])):
            continue  # no year, or the § itself
        begin, end = _sentence(text, match)
        said = " ".join(text[begin:end].split())
        start = item.span.start + match.start()
        page = max((page.number for page in document.pages if page.start <= start), default=1)
        place = Span(start, item.span.start + match.end(), page)
        yield Reference(place, number, day, year, _body(text, match, begin), _is_handled(said), said)


def asked(text: str) -> tuple[str, str, str | None] | None:
    """The number, the day or the year, and the body of a reference that somebody writes; None where it is none.

    >>> asked("§ 47 KSAU 2026-04-22"), asked("ks § 114/2026"), asked("§ 47")
    (('47', '2026-04-22', 'KSAU'), ('114', '2026', 'KS'), None)
    """
    found = [(match, told) for told in (text, text.upper()) if (match := _FORMS.search(told))]
    found.sort(key=lambda each: _body(each[1], each[0], 0) is None)  # KSAU is a body, ksau is not
    for match, told in found[:1]:
        number = str(int(match["of_day"] or match["of_year"] or match["before_day"]))
        when = _year(match["year"]) or _day(match["day"] or match["on"])
        return (number, when, _body(told, match, 0)) if when else None
    return None


def row(one: Reference) -> dict[str, Any]:
    """A reference as the columns of `item_references`, but for its place."""
    told = {"number": one.number, "day": one.day, "year": one.year, "body": one.body}
    return told | {"handled": one.handled, "text": one.text}


def bare(number: str | None) -> str | None:
    """The number of a § without the year that some bodies put behind it, and without zeros before it.

    >>> bare("63/24"), bare("07"), bare(None)
    ('63', '7', None)
    """
    first = (number or "").partition("/")[0].strip()
    return str(int(first)) if first.isdecimal() else number


def _day(told: str | None) -> str | None:
    """A day as YYYY-MM-DD.

    >>> _day("22 april 2026"), _day("260422"), _day("2026-04-22"), _day("99 maj 2026")
    ('2026-04-22', '2026-04-22', '2026-04-22', None)
    """
    if told is None:
        return None
    if told.isdigit():
        told = told if len(told) == 8 else f"20{told}"
        year, month, day = told[:4], int(told[4:6]), int(told[6:])
    elif "-" in told:
        year, month, day = told[:4], int(told[5:7]), int(told[8:])
    else:
        first, name, year = told.split()
        month, day = _MONTHS[name.lower()], int(first)
    return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _year(told: str | None) -> str | None:
    return None if told is None else told if len(told) == 4 else f"20{told}"


def _sentence(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the sentence of a reference begins and ends."""
    low = max(0, match.start() - _LOOK_BACK)
    begin = max([low, *(low + one.end() for one in _BREAK.finditer(text[low : match.start()]))])
    after = _BREAK.search(text, match.end(), match.end() + _SAYS)
    return begin, after.start() if after else min(len(text), match.end() + _SAYS)


def _body(text: str, match: re.Match[str], begin: int) -> str | None:
    """The body that is told beside the number, else the last one before it in the sentence."""
    if told := match["between"] or match["inside"]:
        return str(told)
    if after := _AFTER.match(text, match.end()):
        return after["body"]
    before = [one["body"] for one in _BEFORE.finditer(text, begin, match.start())]
    return " ".join(before[-1].split()) if before else None


def _is_handled(said: str) -> bool:
    return bool(_HANDLED.search(said)) and not _FOUNDATION.search(said)
