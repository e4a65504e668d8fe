"""Sums of money (belopp) in kronor, in running text and lists. Those in the cells of tables are `tables`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractors import lexicon, purposes, tables
from extractors.lines import unbroken
from extractors.model import Amount, Stretch
from extractors.numbers import FIGURE, IN_WORDS, SIGN, in_words, number

_WORDS = lexicon.load("amounts")
_WORTH = {unit: Decimal(str(worth)) for unit, worth in (_WORDS["units"] | _WORDS["bare"]).items()}
_any = lexicon.any_of
_SIGNS = (":-", ",-")  # units that are no words

# The unit is looked for first, and what stands before it is then read backwards: units are fewer than figures.
_UNIT = re.compile(
    rf"[\d\s½](?:(?:{_any([unit for unit in _WORDS['units'] if unit not in _SIGNS])}|(?P<bare>{_any(_WORDS['bare'])}))"
    r"(?!\w|-[^\W\d])|(?<=\d)[:,]-(?!\d))",
    re.IGNORECASE,
)
_FREE = r"(?<![\w§.,:/'’])(?:(?<![\w.,]-)|(?<=kr-))(?<!§ )"
_FIGURE_BEFORE = re.compile(rf"(?:{_FREE}|(?<=\d[-–−—]))(?P<figure>{SIGN}{FIGURE})(?!\n\n)\s?$")
_MINUS = re.compile(r"(?<![/\w])(?<!\d )minus\s$", re.IGNORECASE)  # not "10 minus 3 mnkr"
_WORDS_BEFORE = re.compile(rf"\b(?P<figure>{IN_WORDS})(?!\n\n)\s$", re.IGNORECASE)
_MILLIONS_BEFORE = re.compile(rf"\b(?P<figure>{IN_WORDS})\smiljon(?:er)?\s(?:och\s)?$", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:flera|några|åtskilliga|många|par|antal)\s$", re.IGNORECASE)  # flera hundra tusen kronor
_AND = r"(?P<sign>\s?[-–−—]\s?|\s(?:till|och|eller|samt|respektive)\s)$"
_LOW_END = re.compile(rf"{_FREE}(?P<figure>{SIGN}{FIGURE}){_AND}", re.IGNORECASE)
_LOW_WORDS = re.compile(rf"\b(?P<figure>{IN_WORDS}){_AND}", re.IGNORECASE)
_PAIR_BEFORE = re.compile(
    r"\b(?:mellan|från|om|på|både|med|kostar|är|till)\s(?:ca |cirka |drygt |omkring )?$", re.IGNORECASE
)
_COUNTS = re.compile(
    r"(?:§|\b(?:nr|punkt(?:erna)?|kl\.?|kap\.?|bilaga|sida|år|åren|årskurs|ålder|klass))\s$", re.IGNORECASE
)
_UNIT_FIRST = re.compile(  # SEK 2 500 000, MSEK 5, kr 1 250:-, Summa: kr 500
    rf"(?<!\w)(?<!\d )(?:(?P<unit>[MTK]?SEK)\s?(?P<sek>{FIGURE})(?P<more>\s(?:miljoner|miljarder|tusen)\b)?"
    rf"|kr\.?\s?(?P<kr>{FIGURE}):-|(?<![iI] )kr\s(?P<plain>(?!(?:19|20)\d\d\b){FIGURE})(?=\s*(?:$|\n|[.;)]|/|per\b)))"
    r"(?![\w,.]*\d|\s?(?:kr|kronor|mnkr|tkr)\b)"
)
_FIRST_WORTH = {"SEK": 1, "MSEK": 1_000_000, "TSEK": 1_000, "KSEK": 1_000}
_MORE = {"miljoner": 1_000_000, "miljarder": 1_000_000_000, "tusen": 1_000}
_AFTER_BARE = re.compile(
    rf"\s*(?:$|[.,;:)(—–/]|(?<=\n)\s*\n|(?:{_any(_WORDS['after_bare']['words'])})\b|\d{{4}}\b)", re.IGNORECASE
)
_MONEY = re.compile(
    rf"{_any(_WORDS['after_bare']['money'])}|\b(?:{_any(_WORDS['after_bare']['money_words'])})\b", re.IGNORECASE
)
_TOGETHER = re.compile(r"\s?(?:[-–—−]|och|till|eller|samt|respektive)\s?(?:ca |cirka |drygt )?", re.IGNORECASE)
_TO = re.compile(r"(?:\s?/\w+|\s(?:per|i|om)\s\w+)?\still\s(?:ca |cirka |drygt )?", re.IGNORECASE)
_BOUGHT = re.compile(  # renovera badhuset för 90 miljoner
    r"\b(?:bygg\w*|renover\w*|rust\w*|köp\w*|sål[dt]\w*|sälj\w*|sålde\w*|anlägg\w*)\b[^.]{0,50}\bför (?:\w+ )?\S*$",
    re.IGNORECASE,
)


def find(stretch: Stretch) -> Iterator[Amount]:
    """Every sum in running text and lists, in the order they stand.

    >>> [str(a.kronor) for a in find(Stretch("högst 1 250 000 kronor, varav 500 tkr, sedan 10-12 mnkr, nu -3,2 mnkr"))]
    ['1250000', '500000', '10000000', '12000000', '-3200000']
    >>> [(a.text, a.per, a.role) for a in find(Stretch("bidraget blir sju miljoner kronor, avgiften 5 kr/h"))]
    [('sju miljoner kronor', None, 'grant'), ('5 kr', 'hour', 'fee')]
    """
    text, found, done = unbroken(stretch.text, stretch.width), [], 0
    for start, end, kronor in sorted(_sums(text)):
        if start >= done and not tables.in_cell(text, start, end):
            done = end
            what, unit = purposes.role(text, start, end), purposes.per(text, start, end)
            found.append(Amount(stretch.at(start, end), tables.plain(kronor), stretch.text[start:end], unit, what))
    yield from _with_shared_unit(found, stretch)


def _with_shared_unit(amounts: list[Amount], stretch: Stretch) -> Iterator[Amount]:
    """The same sums; what is told once for two, "mellan 600 000 och 800 000 kronor per år", holds for both."""
    for at, (one, other) in enumerate(pairwise(amounts)):
        between = stretch.text[one.span.end - stretch.start : other.span.start - stretch.start]
        if one.per is None and _TOGETHER.fullmatch(between):
            amounts[at] = replace(one, per=other.per)
        elif other.per is None and _TO.fullmatch(between):
            amounts[at + 1] = replace(other, per=one.per)
    yield from amounts


def _sums(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """(start, end, kronor) of every sum, those in cells too."""
    for match in _UNIT_FIRST.finditer(text):
        worth = _FIRST_WORTH[match["unit"] or "SEK"] * _MORE.get((match["more"] or "").strip(), 1)
        yield match.start(), match.end(), worth * number(match["sek"] or match["kr"] or match["plain"])
    for unit in _UNIT.finditer(text):
        start = unit.start() + 1  # after the figure or blank before it
        if not unit["bare"] or _about_money(text, start, unit.end()):
            yield from _before(text, start, unit.end(), _WORTH[" ".join(unit[0][1:].lower().split())])


def _before(text: str, start: int, end: int, worth: Decimal) -> Iterator[tuple[int, int, Decimal]]:
    """The sum, or the two sums of a range, whose unit stands at text[start:end]."""
    offset = max(0, start - 60)
    before = text[offset:start]
    if figure := _FIGURE_BEFORE.search(before):
        high, at = number(figure["figure"]), figure.start("figure")
        yield from _low_end(before[: figure.start()], offset, figure["figure"], worth)
        yield offset + at, end, (-worth if _MINUS.search(before, 0, at) else worth) * high
    elif (words := _WORDS_BEFORE.search(before)) and not _VAGUE.search(before, 0, words.start()):
        millions = _MILLIONS_BEFORE.search(before[: words.start()]) if worth < 1_000_000 else None
        kronor = worth * in_words(words["figure"]) + (1_000_000 * in_words(millions["figure"]) if millions else 0)
        yield from _low_words(before[: words.start()], offset, worth)
        yield offset + (millions or words).start("figure"), end, kronor


def _low_end(before: str, offset: int, high: str, worth: Decimal) -> Iterator[tuple[int, int, Decimal]]:
    """The first figure of a range: 10-12 mnkr, mellan 10 och 12 mnkr, 3-5 000 kr."""
    match = _LOW_END.search(before)
    if not match:
        return
    low, top, sign = number(match["figure"]), number(high), match["sign"].strip().lower()
    if sign in ("-", "–", "−", "—"):
        if high.endswith(" 000") and 0 < low < 1000 and low < top / 1000:
            low *= 1000
        if low >= top > 0:
            return
    elif not _is_pair(before, match, high, sign):
        return
    yield offset + match.start("figure"), offset + match.end("figure"), worth * low


def _is_pair(before: str, match: re.Match[str], high: str, sign: str) -> bool:
    """Whether two figures with a word between them are two sums, and not a year or a number of things and a sum."""
    low = match["figure"]
    if re.fullmatch(r"(?:19|20)\d\d", low) or _COUNTS.search(before, 0, match.start()):
        return False
    alike = all(re.search(r"\d[,. ]\d", figure) for figure in (low, high))
    return (
        sign == "respektive"
        or alike
        or sign in ("till", "eller")
        or bool(_PAIR_BEFORE.search(before, 0, match.start()))
    )


def _low_words(before: str, offset: int, worth: Decimal) -> Iterator[tuple[int, int, Decimal]]:
    """The first number of a range in words: mellan fem och sju miljoner kronor, fem till sju miljoner kronor."""
    match = _LOW_WORDS.search(before)
    if match and (
        match["sign"].strip().lower() not in ("och", "samt") or _PAIR_BEFORE.search(before, 0, match.start())
    ):
        yield offset + match.start("figure"), offset + match.end("figure"), worth * in_words(match["figure"])


def _about_money(text: str, start: int, end: int) -> bool:
    """Whether "15 miljoner" is plainly kronor: no thing is counted after it, and the words around speak of money."""
    if not _AFTER_BARE.match(text, end):
        return False
    return bool(_BOUGHT.search(text, max(0, start - 80), start) or _MONEY.search(text, max(0, start - 250), end + 100))
