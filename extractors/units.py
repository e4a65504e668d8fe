"""The unit that a table's head, caption or row tells for its bare figures: Belopp i tkr · Avgift (kr) · mnkr."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors import lexicon

_WORDS = lexicon.load("tables")
_KRONOR = {
    unit: Decimal(str(worth))
    for unit, worth in (lexicon.load("amounts")["units"] | _WORDS["units"]).items()
    if unit[0].isalpha() and unit not in ("krona", "kronorna", "kronors")
}
_NAME = lexicon.any_of(_KRONOR)
_HEAD = re.compile(rf"(?<![\w-])(?<!\d )(?P<unit>{_NAME})(?![\w-])", re.IGNORECASE)
# In a line of its own: Belopp i tkr · Tabell 1. Driftramar, tkr · Hamnar (kr per säsong) · Miljoner kronor
_CAPTION = re.compile(
    rf"(?:^|\b[iI]\s|[,(:–-]\s?|[Bb]elopp\s)(?P<unit>{_NAME})(?![\w-])"
    r"(?=\s*(?:$|[),;:/]|\.\s*$|\.\s[A-ZÅÄÖ]|per\s|inkl|exkl|  |\t))",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?:{lexicon.any_of(_WORDS['counts']['first'])})(?![\w-])", re.IGNORECASE)
_ROW = re.compile(rf"(?:{lexicon.any_of(_WORDS['counts']['row'])})(?![\w-])", re.IGNORECASE)
_THINGS = re.compile(rf"(?:{lexicon.any_of(_WORDS['counts']['things'])})(?![\w-])", re.IGNORECASE)
_INSIDE = re.compile(rf"(?<!\w)(?<!\d )(?:{lexicon.any_of(_WORDS['counts']['inside'])})(?!\w)", re.IGNORECASE)
_LONGEST_MEASURE = 20  # characters after the unit: /lägenhet och år
_PER = re.compile(r"(?:/|\bper|\bi)\s?$", re.IGNORECASE)


def in_head(text: str) -> Decimal | None:
    """What one of the unit that a head's cell names is in kronor.

    >>> in_head("Budget 2026, tkr"), in_head("Avgift (kr/år)"), in_head("Utfall"), in_head("får 5 tkr")
    (Decimal('1000'), Decimal('1'), None, None)
    """
    return _worth(_HEAD.search(text)) if "r" in text or "k" in text.lower() or "m" in text.lower() else None


def in_caption(text: str) -> Decimal | None:
    """The same of a line of words, where a unit counts that is set off from the words before it.

    >>> in_caption("Tabell 1. Driftramar, tkr"), in_caption("Alla belopp i tkr."), in_caption("Det kostar många kronor")
    (Decimal('1000'), Decimal('1000'), None)
    """
    return _worth(_CAPTION.search(text))


def alone(text: str) -> Decimal | None:
    """The same of a cell that names the unit of its row: kr/år, tkr, kr per m².

    >>> alone("kr/år"), alone("Tkr"), alone("kr i månaden"), alone("Kräver bygglov")
    (Decimal('1'), Decimal('1000'), Decimal('1'), None)
    """
    match = _HEAD.match(text)
    return _worth(match) if match and len(text) <= match.end() + _LONGEST_MEASURE else None


def _worth(match: re.Match[str] | None) -> Decimal | None:
    return _KRONOR[" ".join(match["unit"].lower().split())] if match else None


def counts(head: str, row: str, unit: Decimal) -> bool:
    """Whether the words of a column or a row tell of something else than money, in a table of such a unit.

    >>> [counts(head, "Skola", Decimal(1000)) for head in ("Antal barn", "Avvikelse %", "Kostnad per m2", "Elever")]
    [True, True, False, True]
    >>> counts("Barn", "Simhall", Decimal(1)), counts("Budget", "Antal elever", Decimal(1000))
    (False, True)
    >>> counts("2026", "Container 8 m3", Decimal(1)), counts("2026", "Elanvändning, kWh", Decimal(1))
    (False, True)
    """
    if _FIRST.match(head) or _ROW.match(row) or _holds(head) or _holds(row):
        return True
    return unit > 1 and _THINGS.match(head) is not None


def _holds(text: str) -> bool:
    """Whether words name a measure that is not what something is counted by: 12 km, but not kr per km."""
    return any(not _PER.search(text, 0, match.start()) for match in _INSIDE.finditer(text))


def worth(name: str) -> Decimal:
    """What one of a unit is in kronor; :- and ,- are kronor."""
    return _KRONOR.get(" ".join(name.lower().split()), Decimal(1))


NAME = _NAME
