"""Sentences of running text (meningar), where a paragraph, a bullet or another speaker also ends one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.leads import fold
from extractors.model import Stretch
from extractors.points import Point

_SHORT = "".join(
    rf"(?<!\b{word})" for word in ("bl\\.a", "t\\.ex", "s\\.k", "dvs", "kap", "kl", "nr", "dnr", "f\\.d", "jfr", "ca")
)
_SPEAKS_NEXT = (  # Rut Sand (M) yrkar ..., on a line of its own
    r"\n[A-ZÅÄÖ][\w’-]*\s[A-ZÅÄÖa-z][^\n.(]{1,50}\([A-ZÅÄÖa-zåäö-]{1,6}\)\s+(?:yrkar|yrkade|föreslår|föreslog|instämmer|tillstyrker|avstyrker)\b"
)
_SPEAKS_AFTER = r"\s[A-ZÅÄÖ][^\n.:(]{3,50}\([A-ZÅÄÖa-zåäö-]{1,6}\)[^.:\n]{0,200}?\b(?:yrkar|yrkade|föreslår|föreslog)\b"
_SENTENCE = re.compile(
    rf"\S.*?(?:{_SHORT}[.!?](?=\s+[A-ZÅÄÖ”\"•*–-]|\s*\Z)|:(?=\s*\n|\s+1[.)]\s|{_SPEAKS_AFTER})|(?=\n\s*(?:[•*–-]|\d{{1,2}}[.)])\s)|(?=\n\s*\n)"
    rf"|(?<!,)(?<!och)(?<!samt)(?={_SPEAKS_NEXT})|\Z)",
    re.DOTALL,
)
_LIST = re.compile(r"\s*\n\s*(?:[-–•*]\s*\S|1[.)]\s)")
_BULLET = re.compile(r"(?:[-–•*o]|\d{1,2}[.)])\s+")


def find(part: Stretch, start: int = 0) -> Iterator[Point]:
    """The sentences of a part from an offset on, white space folded and without the bullet before them.

    >>> [s.text for s in find(Stretch("Rut Sand (M) yrkar\\navslag. Se bl.a. Bilaga 2\\n\\n- Bo Al (V) yrkar bifall."))]
    ['Rut Sand (M) yrkar avslag.', 'Se bl.a. Bilaga 2', 'Bo Al (V) yrkar bifall.']
    """
    for match in _SENTENCE.finditer(part.text, start):
        bullet = _BULLET.match(match[0])
        at = match.start() + (bullet.end() if bullet else 0)
        yield Point(part.at(at, match.end()), fold(part.text[at : match.end()]))


def leads(sentence: str, after: str) -> bool:
    """Whether a sentence leads in a list: it ends with a colon, or with no sign before a bullet.

    >>> leads("Motionärerna föreslår följande", "\\n- Bron rivs."), leads("Bron rivs.", "\\n- Vägen stängs.")
    (True, False)
    """
    return sentence.endswith(":") or (sentence[-1:] not in ".!?" and bool(_LIST.match(after)))
