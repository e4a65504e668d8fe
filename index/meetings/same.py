"""Whether two texts are the same § of a meeting (samma paragraf), but for what printing adds: its furniture.

An extract has a foot that certifies it, pages have heads, hyphens fall elsewhere. A word that is another one, or is
left out, makes another text: then both stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

FOOT = 60  # words that may stand after the § in one of the two: who certifies, when it was put up

_WORD = re.compile(r"\w+")
# What a page's head or foot, and who certifies an extract, is known by; and what may stand with it
_FURNITURE = {
    "sammanträdesprotokoll", "protokollsutdrag", "utdrag", "utdraget", "utdragsbestyrkande", "bestyrks", "bestyrkes",
    "sida", "sid", "sammanträdesdatum", "justerandes", "sign", "signatur", "paragraf",
}  # fmt: skip
_BESIDE = _FURNITURE | {"protokoll", "rätt", "intygar", "intygas", "justerande", "kommun", "kommunfullmäktige"}
_BESIDE |= {"kommunstyrelsen", "nämnden", "styrelsen", "av", "ur"}


def is_same(one: str, other: str) -> bool:
    """Whether two texts of a § are one.

    >>> is_same("Beslut\\nNämnden av-\\nslår motionen.", "Beslut Nämnden avslår motionen. Rätt utdraget intygar Ada Ek")
    True
    >>> is_same("Nämnden avslår motionen.", "Nämnden avslår inte motionen.")
    False
    """
    here, there = _words(one), _words(other)
    if not here or not there:
        return False
    if here == there:
        return True
    if abs(len(here) - len(there)) > FOOT + len(min(here, there, key=len)) // 4:
        return False
    start = _shared(here, there)
    end = _shared(here[start:][::-1], there[start:][::-1])
    return _differ_in_furniture(here[start : len(here) - end], there[start : len(there) - end], at_end=end == 0)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shared(here: Sequence[str], there: Sequence[str]) -> int:
    """How many words two lists have in common from their beginning."""
    for n, (one, other) in enumerate(zip(here, there, strict=False)):
        if one != other:
            return n
    return min(len(here), len(there))


def _differ_in_furniture(here: list[str], there: list[str], at_end: bool) -> bool:
    """Whether what is left of two texts, without their common beginning and end, is nothing but furniture."""
    for tag, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag == "equal" or "".join(here[a:b]) == "".join(there[c:d]):
            continue  # also a word that one of them has broken in two
        is_foot = at_end and b == len(here) and d == len(there)
        if not all(_is_furniture(words, is_foot) for words in (here[a:b], there[c:d])):
            return False
    return True


def _is_furniture(words: Sequence[str], is_foot: bool) -> bool:
    """Whether words are furniture; a foot begins with it, and who certifies stands there. Figures alone are none."""
    if not words or (is_foot and len(words) <= FOOT and not _FURNITURE.isdisjoint(words[:3])):
        return True
    return not _FURNITURE.isdisjoint(words) and all(word.isdigit() or word in _BESIDE for word in words)
