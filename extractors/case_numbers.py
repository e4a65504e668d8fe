"""Case numbers (diarienummer), in all the ways that registries print them, as UNIT YEAR/SERIAL."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from extractors import lexicon
from extractors.model import CaseNumber, Stretch

_WORDS = lexicon.load("case_numbers")
_UNITS = frozenset(_WORDS["units"])
_NOT_UNITS = frozenset(_WORDS["not_units"])

_DAY = r"(?!\d{4}(?:-\d\d-|\.\d\d\.)\d\d(?!\d))"  # 2024-05-06 is no year and serial
_YEAR = rf"{_DAY}(?P<year>19[6-9]\d|20[0-4]\d)"
_SHORT = r"(?P<year>19[6-9]\d|20[0-4]\d|\d\d)"
_CUE = (
    r"(?i:\b(?:(?P<cue>d\.?\s?nr|diarie-?nummer|diarie\s?-?nr|diariet|ärendenummer|ärendenr)|ärendet?|beteckning)\b"
    r"\.?(?:\s?nr\.?)?:?[\s|*]{0,20})"
)
_SERIAL = r"(?P<serial>\d{1,6})"
_UNIT = r"(?P<unit>[A-ZÅÄÖ](?:[A-ZÅÄÖ&]{0,8}[A-ZÅÄÖ]|[a-zåäö]{1,3})?)"
_CAPITALS = r"(?P<unit>[A-ZÅÄÖ]{2,5})"
# .119 in KS-2021/549.119, :6 in SLK-2026-00676:6, -1.4.2, -10: no part of the identity
_CLASS = r"(?:[.:]\d{1,3}\b|[-/]\d{3}\b|-\d(?:\.\d{1,2}){1,3}\b|-\d{1,2}\b)?"
_END = r"(?!\d|[-/.:–]\d|\s?(?:kr|tkr|mnkr|mkr|%))"
_FREE = r"(?<![\w.,/:–-])"
_AFTER_HEAD = "|".join(rf"(?<=§ \d{{{width}}}{sign}\s)(?=\d{{4}}/)" for width in (1, 2, 3) for sign in (",", ""))
_SELF_TOLD = rf"(?:N\d{{3}}-(?=\d{{4}}/)|\d\.\d{{1,2}}-|(?=0\d{{3}}/)|{_AFTER_HEAD})"
_CUES = ("dnr", "d.nr", "diarie", "ärende", "beteckning")

# The forms, in the order they are tried; the first that fits a place has it. Behind each, what it must have: where none
# of these signs or words (in small letters) stands near, the form is not tried.
_FORMS: dict[str, Sequence[str]] = {
    # KS-2021/549.119 · KS 2023-00686 · Bun/2024:263 · SN2022/12 · KS KF/2026:6 · T2023-01234
    rf"{_CUE}?(?<!\w){_UNIT}(?P<glue>[-–/]\s?|\s{{1,2}}|){_YEAR}(?P<sep>\s?[-–/:]\s?){_SERIAL}{_CLASS}{_END}": "-–/:",
    # sbf/2023:00123
    rf"{_CUE}?(?<![\w/.-])(?P<small>)(?P<unit>[a-zåäö]{{2,4}})(?P<glue>[/-]){_YEAR}[:/-]{_SERIAL}{_CLASS}{_END}": "/-",
    # 2026.288 KS · 2026. 113 KS-001, the unit also on the next line of a narrow column
    rf"{_FREE}{_YEAR}\.\s?(?P<serial>\d{{1,5}})\s{{1,3}}{_UNIT}(?:-\d{{3}})?(?![\w&])": ".",
    # 2024-00512 KS · 2023/0123 VON
    rf"{_CUE}?{_FREE}{_YEAR}[-/:](?P<serial>\d{{3,6}})(?P<after> ){_CAPITALS}(?![\w&]|\s?§|\s\d{{4}}-)": "-/:",
    # MOS.2025.0233 · KS 2023.0123.012
    rf"{_CUE}?(?<!\w){_UNIT}(?P<glue>[-.]|\s|){_YEAR}(?P<sep>\.){_SERIAL}{_CLASS}{_END}": ".",
    # 25KS214 · 2023KS/0123
    rf"{_FREE}(?P<year>(?:20)?\d\d)(?P<unit>[A-ZÅÄÖ]{{2,4}})(?P<run>)/?(?P<serial>\d{{1,5}})\b(?![-/.:]\d)": "",
    # 25/BIN 0144
    rf"{_FREE}(?P<year>\d\d)/{_UNIT}(?P<run>)\s?(?P<serial>\d{{3,5}}){_END}": "/",
    # VON26/14 · KS25.118 · KK23-123
    rf"{_CUE}?(?<!\w){_CAPITALS}(?P<run>)(?P<year>\d\d)(?:[/.]|-(?=\d{{3}}))(?P<serial>\d{{1,5}}){_END}": "/.-",
    # KS0123/23 · KS123-23
    rf"{_CUE}?(?<!\w){_CAPITALS}(?P<run>)(?P<serial>0\d{{3}}(?=/)|\d{{3,4}}(?=-))[/-](?P<year>\d\d){_END}": "/-",
    # KS 01122-2021 · Dnr 00456-2026
    rf"{_CUE}?(?<!\w){_UNIT}(?P<glue> )(?P<serial>0\d{{2,5}}|\d{{5,6}})-{_YEAR}{_END}": "-",
    rf"{_CUE}(?P<serial>\d{{3,6}})-{_YEAR}{_END}": _CUES,
    # 2013-KS0548/003 · 2025/KS0410
    rf"{_FREE}{_YEAR}[-/](?P<glue>){_UNIT}\s?(?P<serial>\d{{2,6}}){_CLASS}{_END}": "-/",
    # Ks 123/2024 · Dnr KS 123/24 · RS/123/2023
    rf"{_CUE}?(?<!\w)(?<!§ ){_UNIT}(?P<glue>[- /]){_SERIAL}/(?P<last>){_SHORT}{_CLASS}{_END}": "/",
    # KS 23/0123
    rf"{_CUE}?(?<!\w)(?<!§ ){_CAPITALS}(?P<run>) (?P<year>[0-4]\d)/(?P<serial>\d{{3,5}}){_END}": "/",
    # Dnr Ks 00-1009 006
    rf"{_CUE}{_UNIT}[- /](?P<year>\d\d)[-/:](?P<serial>\d{{1,5}}){_CLASS}{_END}": _CUES,
    # Dnr 2021-01234 · Diarienummer: 2018.52 · ärende 2023/389
    rf"{_CUE}{_YEAR}(?P<sep>[-–/:.]\s?){_SERIAL}{_CLASS}{_END}": _CUES,
    # Dnr 48/23 · Diarienummer 1.1-123/2020 · N131-0123/22 (the number of a body, not a unit)
    rf"{_CUE}(?:N\d{{3}}-|\d(?:\.\d+)*\.?-)?{_SERIAL}/{_SHORT}{_CLASS}{_END}": _CUES,
    # Dnr 0533-24 · Dnr 123-23 · Dnr 23-00123
    rf"{_CUE}(?P<serial>\d{{3,5}})-(?P<year>[0-4]\d){_END}": _CUES,
    rf"{_CUE}(?P<year>[0-4]\d)-(?P<serial>\d{{3,5}}){_END}": _CUES,
    # N131-0123/22, 1.1-123/2020, 0123/22 with its zero, "§ 60, 1635/20" and "§ 12 1107/21" tell themselves
    rf"{_FREE}{_SELF_TOLD}(?P<serial>\d{{3,6}})/(?P<year>20[0-4]\d|\d\d){_END}": "/",
    # 2023/123-1.4.1.1, by its class
    rf"{_FREE}{_YEAR}/(?P<serial>\d{{3,6}})-\d(?:\.\d{{1,2}}){{1,3}}(?![\w.]\d)": "-",
    # 1123/22 and 2023/389 as cells under the heading Dnr
    r"(?<!\S)(?<![:,;]\s)(?P<column>)(?P<serial>\d{3,5})/(?P<year>\d\d)(?!\S)": "/",
    rf"(?:^|(?<=\s\s)|(?<=[|\t])|(?<=\| ))(?P<column>){_YEAR}[-/:](?P<serial>\d{{3,6}})(?=$|\s\s|\t|\n| ?\|)": "-/:",
}
_STRICT = tuple((re.compile(form, re.MULTILINE), needs) for form, needs in _FORMS.items())
_LOOSE = tuple((re.compile(form, re.IGNORECASE | re.MULTILINE), needs) for form, needs in _FORMS.items())
_COLUMN = re.compile(
    r"(?:^|\t|\|| {2})[ *]*(?:dnr|diarienummer|diarienr|ärendenummer|ärendenr)\.?[ *]*(?:$|\t|\|| {2})",
    re.IGNORECASE | re.MULTILINE,
)
_COLUMN_LENGTH = 5_000  # characters from its heading to the last cell that is believed
_AND = re.compile(rf"(?:,|;|\s(?:och|samt))\s{_YEAR}(?P<sep>[-/:]){_SERIAL}{_END}")  # KS 2024/12 och 2024/13
# Two figures with a sign between them that are no whole date: only around these is a number looked for.
_PLACE = re.compile(
    r"(?<!\d)(?<!\d-)(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))"
    r"\d{1,6}(?:\s?[-–/:.]\s?\d|[-/][A-ZÅÄÖa-zåäö]{2,6}\s?\d|[A-ZÅÄÖ]{2,5}/?\d)"
)

_Judge = Callable[[re.Match[str]], str | None]
_Forms = Iterable[tuple[re.Pattern[str], Sequence[str]]]


def find(stretch: Stretch) -> Iterator[CaseNumber]:
    """Every case number, in the order they stand.

    >>> [n.canonical for n in find(Stretch("§ 6 Dnr KS-2021/549.119, jfr 2026.288 KS och 2013-KS0548/003"))]
    ['KS 2021/549', 'KS 2026/288', 'KS 2013/548']
    >>> list(find(Stretch("§ 12, kommunallagen (2017:725), KF 2024-05-06 § 7, läsåret 2016/17, Kråkan 5:12")))
    []
    """
    yield from _find(stretch, _STRICT, _believed)


def find_in_question(text: str) -> Iterator[CaseNumber]:
    """Every case number in somebody's question, where small letters are as good.

    >>> [n.canonical for n in find_in_question("vad hände med ks-2021-549 under 2020-2024?")]
    ['KS 2021/549']
    """
    yield from _find(Stretch(text), _LOOSE, _asked)


def canonical(text: str) -> str | None:
    """The canonical form of one case number as somebody writes it, None where it is none.

    >>> canonical("ks-2021-549"), canonical("2026.225 KS"), canonical("ärende TEN 2026-117"), canonical("0123/22")
    ('KS 2021/549', 'KS 2026/225', 'TEN 2026/117', '2022/123')
    >>> canonical("2017:725"), canonical("2024-05-06"), canonical("Kråkan 5:12")
    (None, None, None)
    """
    text = " ".join(text.split())
    for candidate in (text, *(() if re.match(r"\d{4}[:-]\d{1,4}$", text) else (f"Dnr {text}",))):
        for form, _ in _LOOSE:
            match = form.fullmatch(candidate)
            if match and "column" not in match.groupdict() and (number := _canonical(match)):
                return number
    return None


def with_units(numbers: Iterable[CaseNumber]) -> tuple[CaseNumber, ...]:
    """The same numbers; one printed without its unit gets the unit that the paper prints with it elsewhere.

    >>> [n.canonical for n in with_units(find(Stretch("Dnr 2023/389 ... SLK-2023-00389 ... Dnr 2023/7")))]
    ['SLK 2023/389', 'SLK 2023/389', '2023/7']
    """
    numbers = tuple(numbers)
    units = defaultdict(set)
    for number in numbers:
        unit, _, bare = number.canonical.rpartition(" ")
        if unit:
            units[bare].add(number.canonical)
    return tuple(
        replace(n, canonical=min(units[n.canonical])) if len(units.get(n.canonical, ())) == 1 else n for n in numbers
    )


def _find(stretch: Stretch, forms: _Forms, believed: _Judge) -> Iterator[CaseNumber]:
    text = stretch.text
    taken: list[tuple[int, int, str]] = []
    windows = [(*window, text[slice(*window)].lower()) for window in _windows(text)]
    for form, needs in forms if windows else ():
        fit = ((start, end) for start, end, words in windows if not needs or any(map(words.__contains__, needs)))
        for match in (m for window in fit for m in form.finditer(text, *window)):
            number, start = believed(match), _start(match)
            if number and _is_free(taken, start, match.end()):
                for found in ((start, match.end(), number), *_more(text, match.end(), number)):
                    if _is_free(taken, *found[:2]):
                        insort(taken, found)
    for start, end, number in taken:
        yield CaseNumber(stretch.at(start, end), number, text[start:end])


def _is_free(taken: list[tuple[int, int, str]], start: int, end: int) -> bool:
    """Whether no number taken, in the order they stand, has any of this place."""
    at = bisect_left(taken, (start, end, ""))
    return (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or taken[at][0] >= end)


def _more(text: str, end: int, first: str) -> Iterator[tuple[int, int, str]]:
    """Those that follow one in a list and are of the same registry: KS 2024/12 och 2024/13."""
    unit = first.rpartition(" ")[0]
    while match := _AND.match(text, end):
        if _span_of_years(match["year"], match["serial"]) or (match["sep"] == "-" and len(match["serial"]) < 3):
            return
        end = match.end()
        yield match.start("year"), end, f"{unit} {match['year']}/{int(match['serial'])}".strip()


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Where to look: a little around each place, together where they meet."""
    start, end = 0, -1
    for place in _PLACE.finditer(text):
        if place.start() - 45 > end:
            if end > 0:
                yield start, end
            start = max(0, place.start() - 45)
        end = min(len(text), place.end() + 25)
    if end > 0:
        yield start, end


def _start(match: re.Match[str]) -> int:
    """Where the number itself starts, after "Dnr"."""
    cue = re.match(_CUE, match[0])
    return match.start() + (cue.end() if cue else 0)


def _canonical(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    unit, serial, year = (parts.get("unit") or "").upper(), int(parts["serial"]), parts["year"]
    if serial == 0 or unit in _NOT_UNITS or unit.endswith("FS"):  # SFS, TSFS, HSLF-FS: law
        return None
    if len(year) == 2:
        year = ("19" if year >= "60" else "20") + year
    return f"{unit} {year}/{serial}".strip()


def _believed(match: re.Match[str]) -> str | None:
    """The canonical form, where unit, signs and figures together can only be a case number."""
    return _canonical(match) if _plausible(match) else None


def _asked(match: re.Match[str]) -> str | None:
    unit = match.groupdict().get("unit")
    if unit and not unit.isupper() and unit.upper() not in _UNITS and len(unit) > 4:
        return None
    return _believed(match)


def _plausible(match: re.Match[str]) -> bool:
    """Whether figures that could be a month, a day or a span of years have a unit or word before them that says no."""
    parts = match.groupdict()
    unit, serial, year = parts.get("unit"), parts["serial"], parts["year"]
    known = unit is not None and unit.upper() in _UNITS
    if parts.get("after"):  # a word of capitals after a number is mostly the next heading
        return known and not _span_of_years(year, serial)
    if parts.get("cue"):  # "Dnr"; the word "ärende" alone proves little
        return True
    if unit is None:
        if len(serial) < 3 or _span_of_years(year, serial):
            return False
        above = max(0, match.start() - _COLUMN_LENGTH)
        return parts.get("column") is None or bool(_COLUMN.search(match.string, above, match.start()))
    if parts.get("run") is not None or parts.get("small") is not None:
        return known and not _span_of_years(year, serial)
    glued = (parts.get("glue") or " ").strip() != ""
    if parts.get("last") is not None:  # KSAU 130/2014 is a §, KF 23/10 a day, 2024/2025 a span of years
        return (
            _has_unit(unit, serial, glued)
            and not (unit.upper().endswith(("AU", "PU")) or _span_of_years(serial, year))
            and (len(year) == 4 or (known and len(serial) > 2))
        )
    return _has_unit(unit, serial, glued) and _is_serial(parts, known, glued)


def _has_unit(unit: str, serial: str, glued: bool) -> bool:
    """Whether letters before a year can be a registry's: known, or capitals, or joined to the year by a sign."""
    if len(unit) == 1:  # E2023-01234, B 2023-000123
        return len(serial) > 4 and serial[0] == "0"
    return (unit.upper() in _UNITS or glued or unit.isupper()) and (len(unit) <= 6 or (glued and len(serial) > 3))


def _is_serial(parts: dict[str, str], known: bool, glued: bool) -> bool:
    """Whether the figures after a year are a serial: those of a month or another year need a registry that we know."""
    year, serial, sep = parts["year"], parts["serial"], (parts.get("sep") or "").strip()
    if sep == "." and not (known or glued):
        return False
    if _span_of_years(year, serial) or (sep in ("-", "–", ".") and re.fullmatch(r"0\d|1[0-2]", serial)):
        return known and (glued or (sep in ("/", ":") and len(serial) < 4))
    return True


def _span_of_years(year: str, serial: str) -> bool:
    """2016/17 and 2024-2027."""
    if len(year) != 4:
        return False
    return int(year) < int(serial) <= int(year) + 40 if len(serial) == 4 else serial == f"{(int(year) + 1) % 100:02}"
