"""Case numbers (diarienummer), in all the ways that registries print them, as UNIT YEAR/SERIAL."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from extractors import lexicon
from extractors.model import CaseNumber, Stretch

_WORDS = lexicon.load("case_numbers")
_UNITS = frozenset(_WORDS["units"])
_NOT_UNITS = frozenset(_WORDS["not_units"])

_YEAR = r"(?P<year>19[6-9]\d|20[0-4]\d)"
_SHORT = r"(?P<year>19[6-9]\d|20[0-4]\d|\d\d)"
_CUE = r"(?i:\b(?:(?P<cue>dnr|diarienummer|diarienr|ärendenummer|ärendenr)|ärendet?)\b\.?(?:\s?nr\.?)?:?[\s|*]{0,20})"
_UNIT = r"(?P<unit>[A-ZÅÄÖ](?:[A-ZÅÄÖ&]{0,8}[A-ZÅÄÖ]|[a-zåäö]{1,3})?)"
# .119 in KS-2021/549.119, :6 in SLK-2026-00676:6, -1.4.2: no part of the identity
_CLASS = r"(?:[.:]\d{1,3}\b|[-/]\d{3}\b|-\d(?:\.\d{1,2}){1,3}\b)?"
_END = r"(?!\d|[-/.:]\d|\s?(?:kr|tkr|mnkr|mkr|%))"
_FREE = r"(?<![\w.,/:-])"
_AFTER_HEAD = "|".join(rf"(?<=§ \d{{{width}}}{sign}\s)(?=\d{{4}}/)" for width in (1, 2, 3) for sign in (",", ""))
_SELF_TOLD = rf"(?:N\d{{3}}-(?=\d{{4}}/)|\d\.\d{{1,2}}-|(?=0\d{{3}}/)|{_AFTER_HEAD})"

# The forms, in the order they are tried; the first that fits a place has it.
_FORMS = (
    # KS-2021/549.119 · KS 2023-00686 · Bun/2024:263 · SN2022/12 · KS KF/2026:6
    rf"{_CUE}?(?<!\w){_UNIT}(?P<glue>[-/]\s?|\s|){_YEAR}(?P<sep>\s?[-/:]\s?)(?P<serial>\d{{1,6}}){_CLASS}{_END}",
    # 2026.288 KS · 2026. 113 KS-001, the unit also on the next line of a narrow column
    rf"{_FREE}{_YEAR}\.\s?(?P<serial>\d{{1,5}})\s{{1,3}}{_UNIT}(?:-\d{{3}})?(?![\w&])",
    # 2024-00512 KS
    rf"{_CUE}?{_FREE}{_YEAR}-(?P<serial>\d{{3,6}})(?P<after>\s){_UNIT}(?![\w&])",
    # MOS.2025.0233
    rf"(?<!\w){_UNIT}(?P<glue>\.){_YEAR}\.(?P<serial>\d{{1,6}}){_END}",
    # 25KS214
    r"(?<![\w.,/:-])(?P<year>\d\d)(?P<unit>[A-ZÅÄÖ]{2,4})(?P<run>)(?P<serial>\d{1,5})\b(?![-/.:]\d)",
    # 25/BIN 0144
    rf"{_FREE}(?P<year>\d\d)/{_UNIT}(?P<run>)\s?(?P<serial>\d{{3,5}}){_END}",
    # VON26/14 · KS25.118
    rf"{_CUE}?(?<!\w)(?P<unit>[A-ZÅÄÖ]{{2,5}})(?P<run>)(?P<year>\d\d)[/.](?P<serial>\d{{1,5}}){_END}",
    # KS 01122-2021 · Dnr 00456-2026
    rf"{_CUE}?(?<!\w){_UNIT}(?P<glue> )(?P<serial>0\d{{2,5}}|\d{{5,6}})-{_YEAR}{_END}",
    rf"{_CUE}(?P<serial>\d{{3,6}})-{_YEAR}{_END}",
    # 2013-KS0548/003 · 2025/KS0410
    rf"{_FREE}{_YEAR}[-/](?P<glue>){_UNIT}\s?(?P<serial>\d{{2,6}}){_CLASS}{_END}",
    # Ks 123/2024 · Dnr KS 123/24
    rf"{_CUE}?(?<!\w)(?<!§ ){_UNIT}(?P<glue>[- ])(?P<serial>\d{{1,6}})/{_SHORT}{_CLASS}{_END}",
    # Dnr Ks 00-1009 006
    rf"{_CUE}{_UNIT}[- /](?P<year>\d\d)[-/:](?P<serial>\d{{1,5}}){_CLASS}{_END}",
    # Dnr 2021-01234 · Diarienummer: 2018.52 · ärende 2023/389
    rf"{_CUE}{_YEAR}(?P<sep>[-/:.]\s?)(?P<serial>\d{{1,6}}){_CLASS}{_END}",
    # Dnr 48/23 · Diarienummer 1.1-123/2020 · N131-0123/22 (the number of a body, not a unit)
    rf"{_CUE}(?:N\d{{3}}-|\d(?:\.\d+)*-)?(?P<serial>\d{{1,6}})/{_SHORT}{_CLASS}{_END}",
    # Dnr 0533-24
    rf"{_CUE}(?P<serial>0\d{{3}})-(?P<year>\d\d){_END}",
    # N131-0123/22, 1.1-123/2020, 0123/22 with its zero, "§ 60, 1635/20" and "§ 12 1107/21" tell themselves
    rf"{_FREE}{_SELF_TOLD}(?P<serial>\d{{3,6}})/(?P<year>20[0-4]\d|\d\d){_END}",
)
_STRICT = tuple(re.compile(form) for form in _FORMS)
_LOOSE = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
# What each form must have, in small letters: where none of it stands near, the form is not tried.
_CUES = ("dnr", "diarie", "ärende")
_NEEDS = (
    ("-", "/", ":"),
    (".",),
    ("-",),
    (".",),
    ("",),
    ("/",),
    ("/", "."),
    ("-",),
    _CUES,
    ("-", "/"),
    ("/",),
    _CUES,
    _CUES,
    _CUES,
    _CUES,
    ("/",),
)
# Two figures with a sign between them that are no whole date: only around these is a number looked for.
_PLACE = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))\d{1,6}(?:\s?[-/:.]\s?\d|[-/][A-ZÅÄÖa-zåäö]{2,6}\s?\d|[A-ZÅÄÖ]{2,4}\d)"
)

_Judge = Callable[[re.Match[str]], str | None]


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
        for form in _LOOSE:
            match = form.fullmatch(candidate)
            if match and (number := _canonical(match)):
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


def _find(stretch: Stretch, forms: Iterable[re.Pattern[str]], believed: _Judge) -> Iterator[CaseNumber]:
    taken: list[tuple[int, int, str]] = []
    windows = [(*window, stretch.text[slice(*window)].lower()) for window in _windows(stretch.text)]
    for form, needs in zip(forms, _NEEDS, strict=True) if windows else ():
        fit = ((start, end) for start, end, words in windows if any(map(words.__contains__, needs)))
        for match in (m for window in fit for m in form.finditer(stretch.text, *window)):
            number, start = believed(match), _start(match)
            if number and not any(start < e and s < match.end() for s, e, _ in taken):
                taken.append((start, match.end(), number))
    for start, end, number in sorted(taken):
        yield CaseNumber(stretch.at(start, end), number, stretch.text[start:end])


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
    told = bool(parts.get("cue"))  # "Dnr"; the word "ärende" alone proves little
    if told:
        return True
    if unit is None:
        return len(serial) > 2 and not _span_of_years(year, serial)
    if parts.get("after") or parts.get("run") is not None:
        return unit in _UNITS and not _span_of_years(year, serial)
    known, glued = unit.upper() in _UNITS, (parts.get("glue") or " ").strip() != ""
    if (
        not (known or glued or unit.isupper())
        or (len(unit) == 1)
        or (len(unit) > 6 and not (glued and len(serial) > 3))
    ):
        return False
    if match.re.pattern.find("/(?P<year>") > 0:  # KSAU 130/2014 is a §, KF 23/10 a day
        return not unit.upper().endswith(("AU", "PU")) and (len(year) == 4 or (known and len(serial) > 2))
    if _span_of_years(year, serial) or (
        (parts.get("sep") or "").strip() == "-" and re.fullmatch(r"0\d|1[0-2]", serial)
    ):
        return known and (glued or ((parts.get("sep") or "").strip() != "-" and len(serial) < 4))
    return True


def _span_of_years(year: str, serial: str) -> bool:
    """2016/17 and 2024-2027."""
    if len(year) != 4:
        return False
    return int(year) < int(serial) <= int(year) + 40 if len(serial) == 4 else serial == f"{(int(year) + 1) % 100:02}"
