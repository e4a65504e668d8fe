"""Sums in a question (belopp): "över en miljon", "minst 500 000 kr", "mellan 1 och 3 miljoner"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.numbers import FIGURE, IN_WORDS, in_words, number
from index.asking.filters import Filters
from index.asking.reading import Reading

_NUMBER = rf"(?:(?:{FIGURE})|(?:{IN_WORDS}))"
_UNITS = {
    "mdkr": 1_000_000_000, "mdr": 1_000_000_000, "miljarder": 1_000_000_000, "miljard": 1_000_000_000,
    "mnkr": 1_000_000, "mkr": 1_000_000, "msek": 1_000_000, "miljoner": 1_000_000, "miljon": 1_000_000,
    "milj": 1_000_000, "mn": 1_000_000, "tkr": 1_000, "tusen": 1_000, "kronor": 1, "kr": 1, "sek": 1, ":-": 1,
}  # fmt: skip
# What may follow a bare "tre miljoner", which else counts things: "två miljoner besökare"
_NO_THING = (
    r"(?=\s*(?:$|[?!.,;:)]|\d{4}\b"
    r"|(?:i|till|för|på|om|från|per|av|och|som|under|åt|mellan|vid|hos|år|året|eller|sedan)\b))"
)


def _unit(n: int) -> str:
    return (
        rf"(?:(?P<unit{n}>mdkr|mdr|mnkr|mkr|msek|tkr|kronor|kr|sek|:-)(?!\w)\.?"
        rf"|(?P<big{n}>miljarder|miljard|miljoner|miljon|milj|mn|tusen)\b\.?(?:\s+(?:kronor|kr|sek)\b\.?|{_NO_THING}))"
    )


_PAIR = re.compile(
    rf"\b(?:mellan|från)\s+(?P<low>{_NUMBER})\s*(?:{_unit(1)})?\s*(?:och|till|-|–)\s*"
    rf"(?P<high>{_NUMBER})\s*{_unit(2)}",
    re.IGNORECASE,
)
_LEAST = r"(?P<least>över|mer än|mera än|minst|större än|dyrare än|från|överstig\w+|fler än)"
_MOST = r"(?P<most>under|mindre än|högst|max|maximalt|upp till|billigare än|understig\w+)"
_SINGLE = re.compile(rf"\b(?:{_LEAST}|{_MOST})\s+(?P<low>{_NUMBER})\s*{_unit(2)}", re.IGNORECASE)
_LEAST_AFTER = re.compile(rf"(?<!\w)(?P<low>{_NUMBER})\s*{_unit(2)}\s+eller\s+(?P<way>mer|mindre)\b", re.I)


def read(text: str) -> Iterator[Reading]:
    """The bounds of the sums that are asked for.

    >>> [(r.filters, r.start, r.end) for r in read("köp över en halv miljon")]
    [(Filters(min_kronor=500000.0), 4, 23)]
    >>> [r.filters for r in read("mellan 1 och 2,5 miljoner")], list(read("över två miljoner besökare"))
    ([Filters(min_kronor=1000000.0, max_kronor=2500000.0)], [])
    """
    if match := _PAIR.search(text):
        high = _worth(match, "2")
        own, figure = match["unit1"] or match["big1"], float(_value(match["low"]))
        low = figure * (_UNITS[own.lower()] if own else 1 if figure >= 1_000 else high)
        top = float(_value(match["high"])) * high
        if low <= top:
            yield Reading("sum", *match.span(), Filters(min_kronor=low, max_kronor=top), firm=True)
    elif match := _SINGLE.search(text) or _LEAST_AFTER.search(text):
        kronor = float(_value(match["low"])) * _worth(match, "2")
        least = match.groupdict().get("least") or match.groupdict().get("way") == "mer"
        bound = Filters(min_kronor=kronor) if least else Filters(max_kronor=kronor)
        yield Reading("sum", *match.span(), bound, firm=True)


def _worth(match: re.Match[str], n: str) -> int:
    return _UNITS[(match[f"unit{n}"] or match[f"big{n}"]).lower()]


def _value(told: str) -> Decimal:
    return number(told) if told[0].isdigit() or told[0] == "½" else in_words(told)
