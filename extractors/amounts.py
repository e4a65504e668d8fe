"""Sums of money (belopp) in kronor, in running text and lists. Those in the cells of tables are `tables`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extractors import lexicon, tables
from extractors.model import Amount, Stretch

_WORDS = lexicon.load("amounts")
_WORTH = {unit: Decimal(str(worth)) for unit, worth in (_WORDS["units"] | _WORDS["bare"]).items()}
_NUMERALS: dict[str, int] = _WORDS["words"]


_any = lexicon.any_of
_NAMED = _any([unit for unit in _WORDS["units"] if unit != ":-"])
# The unit is looked for first, and what stands before it is then read backwards: units are fewer than figures.
_UNIT = re.compile(
    rf"[\d\s](?:(?:{_NAMED}|(?P<bare>{_any(list(_WORDS['bare']))}))(?!\w|-\w)|(?<=\d):-)",
    re.IGNORECASE,
)
_FIGURE = (
    r"(?:(?<=[a-zåäö]\s)\d{1,3}(?: \d{3})*\s?\n\d{3}(?: \d{3})*(?!\d)|\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
)
_SIGN = r"(?:(?<![^\s(])[-−–])?"  # -3,2 mnkr, not the hyphen of 10-12 mnkr
_FREE = r"(?<![\w§.,:/])(?<![\w.,]-)(?<!§ )"
_FIGURE_BEFORE = re.compile(rf"(?:{_FREE}|(?<=\d[-–−]))(?P<figure>{_SIGN}{_FIGURE})\s?$")
_MINUS = re.compile(r"(?<![/\w])(?<!\d )minus\s$", re.IGNORECASE)  # not "10 minus 3 mnkr"
_LOW_END = re.compile(rf"{_FREE}(?P<figure>{_SIGN}{_FIGURE})(?P<sign>\s?[-–−]\s?|\s(?:till|och|respektive)\s)$", re.I)
_NUMERAL = rf"(?:{_any(list(_NUMERALS))})"
_WORDS_BEFORE = re.compile(
    rf"\b(?P<figure>en (?:halv|kvarts)|{_NUMERAL}+(?:\s{_NUMERAL}+)*(?:\soch\sen\shalv)?)\s$", re.IGNORECASE
)
_UNIT_FIRST = re.compile(  # SEK 2 500 000, kr 1 250:-
    rf"(?<!\w)(?<!\d )(?:SEK\s?(?P<sek>{_FIGURE})|kr\.?\s?(?P<kr>{_FIGURE}):-)(?![\w,.]*\d|\s?(?:kr|kronor|mnkr|tkr)\b)"
)
_AFTER_BARE = re.compile(
    rf"\s*(?:$|[.,;:)(—–/]|(?<=\n)\s*\n|(?:{_any(_WORDS['after_bare']['words'])})\b|\d{{4}}\b)", re.IGNORECASE
)
_MONEY = re.compile(
    rf"{_any(_WORDS['after_bare']['money'])}|\b(?:{_any(_WORDS['after_bare']['money_words'])})\b", re.IGNORECASE
)
_BOUGHT = re.compile(  # renovera badhuset för 90 miljoner
    r"\b(?:bygg\w*|renover\w*|rust\w*|köp\w*|sål[dt]\w*|sälj\w*|sålde\w*|anlägg\w*)\b[^.]{0,50}\bför (?:\w+ )?\S*$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s?(?:(?:per|i|om|för varje|/)\s?(?:påbörjad\s|och\s|inskriven\s)?)?(?P<word>(?<=[\s/])[\wåäö²³]+)", re.IGNORECASE
)
_PER_UNITS = {word: unit for unit, words in _WORDS["per"].items() for word in words}
_ROLES = "|".join(f"(?P<{role}>{_any(words)})" for role, words in _WORDS["roles"].items())
_ROLE = re.compile(_ROLES, re.IGNORECASE)
_AFTER = re.compile(rf"\s(?:per år )?(?:i|som)\s\w*?(?:{_ROLES})", re.IGNORECASE)  # 5 miljoner kronor i föreningsbidrag


def find(stretch: Stretch) -> Iterator[Amount]:
    """Every sum in running text and lists, in the order they stand.

    >>> [str(a.kronor) for a in find(Stretch("högst 1 250 000 kronor, varav 500 tkr, sedan 10-12 mnkr, nu -3,2 mnkr"))]
    ['1250000', '500000', '10000000', '12000000', '-3200000']
    >>> [(a.text, a.per, a.role) for a in find(Stretch("bidraget blir sju miljoner kronor, avgiften 5 kr/h"))]
    [('sju miljoner kronor', None, 'grant'), ('5 kr', 'hour', 'fee')]
    """
    text, done = stretch.text, 0
    for start, end, kronor in sorted(_sums(text)):
        if start >= done and not tables.in_cell(text, start, end):
            done = end
            yield Amount(
                stretch.at(start, end), tables.plain(kronor), text[start:end], _per(text, end), _role(text, start, end)
            )


def _sums(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """(start, end, kronor) of every sum, those in cells too."""
    for match in _UNIT_FIRST.finditer(text):
        yield match.start(), match.end(), _number(match["sek"] or match["kr"])
    for unit in _UNIT.finditer(text):
        start = unit.start() + 1  # after the figure or blank before it
        if unit["bare"] and not _about_money(text, start, unit.end()):
            continue
        offset = max(0, start - 60)
        before = text[offset:start]
        worth = _WORTH[" ".join(unit[0][1:].lower().split())]
        if figure := _FIGURE_BEFORE.search(before):
            yield from _low_end(before[: figure.start()], offset, figure["figure"], worth)
            worth = -worth if _MINUS.search(before, 0, figure.start("figure")) else worth
            yield offset + figure.start("figure"), unit.end(), worth * _number(figure["figure"])
        elif words := _WORDS_BEFORE.search(before):
            yield offset + words.start("figure"), unit.end(), worth * _in_words(words["figure"])


def _low_end(before: str, offset: int, high: str, worth: Decimal) -> Iterator[tuple[int, int, Decimal]]:
    """The first figure of a range: 10-12 mnkr, mellan 10 och 12 mnkr, från 10 till 12 mnkr."""
    match = _LOW_END.search(before)
    if not match or (_number(match["figure"]) >= _number(high) > 0 and match["sign"].strip() in "-–−"):
        return
    if match["sign"].strip() not in "-–−" and not re.search(
        r"\b(?:mellan|från|om|på)\s(?:ca |cirka )?$", before[: match.start()]
    ):
        return
    yield offset + match.start("figure"), offset + match.end("figure"), worth * _number(match["figure"])


def _number(figure: str) -> Decimal:
    """The figure as a number; a point before three figures parts thousands, another one is a decimal point.

    >>> _number("1 250 000"), _number("4,5"), _number("1.039.230"), _number("1.5")
    (Decimal('1250000'), Decimal('4.5'), Decimal('1039230'), Decimal('1.5'))
    """
    sign = -1 if figure[0] in "-−–" else 1
    figure = re.sub(r"[\s−–-]", "", figure)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figure):
        figure = figure.replace(".", "")
    return sign * Decimal(figure.replace(",", "."))


@cache
def _in_words(words: str) -> Decimal:
    """A number in words.

    >>> _in_words("sju"), _in_words("en halv"), _in_words("två och en halv"), _in_words("tvåhundrafemtio tusen")
    (Decimal('7'), Decimal('0.5'), Decimal('2.5'), Decimal('250000'))
    """
    words = " ".join(words.lower().split())
    for fraction, worth in (("en halv", Decimal("0.5")), ("en kvarts", Decimal("0.25"))):
        if words == fraction:
            return worth
        if words.endswith(f" och {fraction}"):
            return _in_words(words.removesuffix(f" och {fraction}")) + worth
    total = part = 0
    for value in (_NUMERALS[word] for word in re.findall(_NUMERAL, words)):
        if value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        else:
            part = max(part, 1) * 100 if value == 100 else part + value
    return Decimal(total + part)


def _about_money(text: str, start: int, end: int) -> bool:
    """Whether "15 miljoner" is plainly kronor: no thing is counted after it, and the words around speak of money."""
    if not _AFTER_BARE.match(text, end):
        return False
    return bool(_BOUGHT.search(text, max(0, start - 80), start) or _MONEY.search(text, max(0, start - 250), end + 100))


def _per(text: str, end: int) -> str | None:
    match = _PER.match(text, end, end + 40)
    if not match:
        return None
    said = match[0].strip().lower()
    if not said.startswith(("per", "/", "i ", "om ", "för varje")) and said != "årligen":
        return None
    return _PER_UNITS.get(match["word"].lower())


def _role(text: str, start: int, end: int) -> str | None:
    """What the nearest word in the same sentence calls the sum; a word before it is nearer than one after."""
    left = max(text.rfind(stop, max(0, start - 120), start) for stop in (". ", ".\n", "\n\n", "• "))
    before = list(_ROLE.finditer(text, max(left, start - 120, 0), start))
    if before:
        return before[-1].lastgroup
    after = _AFTER.match(text, end)
    return after.lastgroup if after else None
