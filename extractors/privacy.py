"""Personnummer and samordningsnummer, masked with as many characters so that all offsets hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MASK = "•"
_NUMBER = re.compile(
    r"""(?<![\d•])(?<!\d[.,:/+–-])                    # not inside a longer number
        (?P<century>18|19|20)?
        (?P<year>\d{2})[ ]?(?P<month>\d{2})[ ]?(?P<day>\d{2})
        (?P<sign>[ ]?[-–−+][ ]?|[ ])?                # 811228-9874, 811228 – 9874, 19811228 9874, 198112289874
        (?P<serial>\d{3})(?P<check>\d)
        (?!\d)(?![-–/.,:]\d)""",
    re.VERBOSE,
)
_SPACED = re.compile(  # 8 1 1 2 2 8 - 9 8 7 4, as in the boxes of a form
    r"""(?<![\d•])(?<!\d[ .,:/+–-])
        (?P<century>1[ ]8|1[ ]9|2[ ]0)?[ ]?
        (?P<year>\d[ ]\d)[ ](?P<month>\d[ ]\d)[ ](?P<day>\d[ ]\d)
        (?P<sign>[ ]?[-–−+][ ]?|[ ])
        (?P<serial>\d[ ]\d[ ]\d)[ ](?P<check>\d)
        (?![ ]?\d)(?![-–/.,:]\d)""",
    re.VERBOSE,
)
# The figures, blanks and signs among which a number stands; it is looked for nowhere else.
_PLACE = re.compile(r"\d[\d +–−-]{8,}\d")
_SPOKEN = re.compile(r"person-?\s?n(?:umme)?r|pers\.?\s?nr|pnr|samordnings-?n(?:umme)?r|född", re.IGNORECASE)
_NEAR = 60  # characters before a bare number in which a word may call it a personnummer


def mask(text: str) -> str:
    """The text with every personnummer's figures as "•", its sign and blanks left; always of the same length.

    >>> mask("Anna, 811228-9874, bor på Storgatan 1. Bolaget har 556036-0793.")
    'Anna, ••••••-••••, bor på Storgatan 1. Bolaget har 556036-0793.'
    >>> mask("Sökande: 8 1 1 2 2 8 - 9 8 7 4")
    'Sökande: • • • • • • - • • • •'
    """
    parts, done = [], 0
    for match in _written(text):
        if match.start() >= done and _is_personal(match):
            parts += [text[done : match.start()], _masked(match)]
            done = match.end()
    return "".join([*parts, text[done:]])


def _written(text: str) -> Iterator[re.Match[str]]:
    """Everything that has the form of such a number."""
    for place in _PLACE.finditer(text):
        for form in (_NUMBER, _SPACED):
            yield from form.finditer(text, place.start(), place.end() + 2)


def _masked(match: re.Match[str]) -> str:
    return re.sub(r"\d", _MASK, match[0])


def _is_personal(match: re.Match[str]) -> bool:
    """A date (or a date plus 60 days), a check digit that fits, and a form in which such numbers are written."""
    figures = {name: (match[name] or "").replace(" ", "") for name in ("century", "year", "month", "day", "serial")}
    whole = figures["year"] + figures["month"] + figures["day"] + figures["serial"]
    if not _is_date(figures) or not _checks(whole, match["check"]):
        return False
    if (match["sign"] or "").strip() or match["century"]:
        return True
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return _SPOKEN.search(before) is not None  # ten bare figures are more often a telephone or an order


def _is_date(figures: dict[str, str]) -> bool:
    """Whether year, month and day (less 60 in a samordningsnummer) are a day of some possible century."""
    day = int(figures["day"])
    day -= 60 if day > 60 else 0
    centuries = [figures["century"]] if figures["century"] else ["19", "20"]
    return any(_exists(int(century + figures["year"]), int(figures["month"]), day) for century in centuries)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _checks(figures: str, check: str) -> bool:
    """Luhn: every other figure doubled, cross sums added, up to the next ten."""
    total = sum(sum(divmod(int(figure) * (2 - at % 2), 10)) for at, figure in enumerate(figures))
    return (10 - total % 10) % 10 == int(check)
