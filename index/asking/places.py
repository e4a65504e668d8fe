"""Municipalities in a question (kommuner): "i Göteborg", "Göteborgs taxor", "Lomma kommun"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from extractors import lexicon
from index import words
from index.asking.filters import Filters
from index.asking.reading import Reading
from index.points import key

_WORD = re.compile(r"(?<![\w-])(?=([^\W\d_]+(?:[ -][^\W\d_]+)?))([^\W\d_]+)")
_KIND = re.compile(r"\s+(?:kommun|stad)(?:en)?s?\b(?!\s+och\s+region)", re.IGNORECASE)
_IN = re.compile(r"(?:^|[\s,(])(?:i|från|inom|för|hos)\s+(?:[A-ZÅÄÖ][\w-]+(?:\s+och|\s+eller|,)\s+)*$")
# What is called after a town and is not its municipality: Örebro län, Göteborgs universitet, IFK Göteborg
_NO_MUNICIPALITY = re.compile(
    r"\s+(?:län|läns|landsting|universitet|högskola|tingsrätt|hovrätt|FF|FK|IF|IK|BK|HC|SK)\b"
)
_CLUB_BEFORE = re.compile(r"\b(?:IFK|IK|FK|BK|IF|AIK|Region|Tolkförmedling)\s+$")
_JOINED = re.compile(r"\s*(?:,|och|eller|samt|&|och/eller)\s*(?:i\s+|från\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:mellan|både|med|till|jämför\w*)\s+$", re.IGNORECASE)
_SHORT = 4  # letters of a name that is as soon another word


def read(text: str) -> Iterator[Reading]:
    """The municipality that a question is about, or several that are alternatives.

    >>> [r.filters for r in read("skolskjuts i Ystad eller Mora")]
    [Filters(municipality=('1286', '2062')), Filters(municipality=('1286', '2062'))]
    >>> [r.firm for r in read("avtal mellan Ystad och Mora")]
    [False, False]
    """
    found = list(_named(text))
    codes = tuple(dict.fromkeys(code for code, _, _ in found))
    firm = len(codes) == 1 or _are_alternatives(text, found)
    for _, start, end in found:
        yield Reading("municipality", start, end, Filters(municipality=codes), firm)


def _are_alternatives(text: str, found: list[tuple[str, int, int]]) -> bool:
    """ "i Ystad och Mora" are two places to look in; an agreement between two is in either."""
    between = [text[one[2] : other[1]] for one, other in pairwise(found)]
    return bool(found) and all(map(_JOINED.fullmatch, between)) and not _BETWEEN.search(text[: found[0][1]])


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    """Each municipality that is plainly named, and where."""
    places, done = _places(), 0
    for match in _WORD.finditer(text):
        for name in dict.fromkeys((match[1], match[2])):  # "Upplands Väsby" before "Upplands"
            code = places.get(key(name)) or places.get(key(name).removesuffix("s"))
            if code and match.start() >= done and _is_plain(name, match.start(), text):
                tail = _KIND.match(text, match.start() + len(name))
                done = tail.end() if tail else match.start() + len(name)
                yield code, match.start(), done


def _is_plain(name: str, at: int, text: str) -> bool:
    """Whether a municipality's name means the municipality: "Mark" is also land, "vara" also to be."""
    end = at + len(name)
    if _KIND.match(text, end):
        return True
    if _NO_MUNICIPALITY.match(text, end) or _CLUB_BEFORE.search(text, 0, at) or re.match(r"\s*\(", text[end:]):
        return False
    common = any(map(words.is_word, {key(name), key(name).removesuffix("s")})) or len(name) < _SHORT
    if name[0].isupper():
        return not common or bool(_IN.search(text, 0, at))
    return not common and len(name) > _SHORT


@cache
def _places() -> dict[str, str]:
    return {key(name): code for code, name in lexicon.load("municipalities")["codes"].items()}
