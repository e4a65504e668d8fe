"""Numbers (tal) as they are written, in figures and in words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractors import lexicon

_WORDS = lexicon.load("amounts")
_NUMERALS: dict[str, int] = _WORDS["words"]
_FRACTIONS = {words: Decimal(str(worth)) for words, worth in _WORDS["fractions"].items()}
_any = lexicon.any_of

SIGN = r"(?:(?<![^\s(])[-−–])?"  # -3,2 mnkr, not the hyphen of 10-12 mnkr
# 1 250 000, 1.250.000, 1,250,000, 21:50, 4,5 and 1½; one after a small letter or a bracket may go on on the next line
FIGURE = (
    r"(?!0\d)(?:(?:(?<=[a-zåäö]\s)|(?<=\())\d{1,3}(?: \d{3})*\s?\n\d{3}(?: \d{3})*(?!\d)"
    r"|\d{1,3}(?:[ .'’]\d{3})+(?!\d)|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d{1,4}:\d\d(?!\d)|\d*½|\d+)(?:[.,]\d+)?"
)
_NUMERAL = rf"(?:{_any(_NUMERALS)})"
_PLAIN = rf"{_NUMERAL}+(?:\s{_NUMERAL}+)*"
IN_WORDS = rf"(?:{_any(_FRACTIONS)}|{_PLAIN}(?:\soch\sen\s(?:halv|kvarts)|\skomma\s{_NUMERAL}+)?)"


def number(figure: str) -> Decimal:
    """A figure as a number; a point before three figures parts thousands, another one is a decimal point.

    >>> number("1 250 000"), number("4,5"), number("1.039.230"), number("1.5"), number("21:50"), number("1½")
    (Decimal('1250000'), Decimal('4.5'), Decimal('1039230'), Decimal('1.5'), Decimal('21.50'), Decimal('1.5'))
    """
    sign = -1 if figure[0] in "-−–" else 1
    figure = re.sub(r"[\s−–'’-]", "", figure).replace("½", ".5").replace(":", ".")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figure):
        figure = figure.replace(".", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?", figure):
        figure = figure.replace(",", "")
    return sign * Decimal(figure.replace(",", "."))


@cache
def in_words(words: str) -> Decimal:
    """A number in words.

    >>> in_words("sju"), in_words("en halv"), in_words("två och en halv"), in_words("tvåhundrafemtio tusen")
    (Decimal('7'), Decimal('0.5'), Decimal('2.5'), Decimal('250000'))
    >>> in_words("tre kvarts"), in_words("fyra komma fem")
    (Decimal('0.75'), Decimal('4.5'))
    """
    words = " ".join(words.lower().split())
    if words in _FRACTIONS:
        return _FRACTIONS[words]
    whole, _, part = words.partition(" komma ")
    if part:
        return in_words(whole) + in_words(part) / 10
    for fraction, worth in _FRACTIONS.items():
        if words.endswith(f" och {fraction}"):
            return in_words(words.removesuffix(f" och {fraction}")) + worth
    return Decimal(_sum([_NUMERALS[word] for word in re.findall(_NUMERAL, words)]))


def _sum(values: list[int]) -> int:
    """Two, hundred, fifty, thousand: 250 000."""
    total = part = 0
    for value in values:
        if value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        else:
            part = max(part, 1) * 100 if value == 100 else part + value
    return total + part
