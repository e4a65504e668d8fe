"""Letters in a row (bokstavsföljd): how a name or a passage is known again without being kept.

A text is compared by its letters and figures alone, in small letters, from the beginning of a word to the end of one:
"Anna-Lena Ek", "anna lena\\nek" and "Annalena Ek" are the same eleven letters, and so is a word that a line broke.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

MASK = "•"
_WORD = re.compile(r"[^\W_]+")
_NOT_BLANK = re.compile(r"\S")


class Letters(NamedTuple):
    """The letters of a text in a row; `at`: where each stands in it; `starts`, `ends`: of its words, in the row."""

    row: str
    at: list[int]
    starts: list[int]
    ends: frozenset[int]


class Place(NamedTuple):
    """A stretch of a text that is removed: start and end (exclusive), and the digest that found it."""

    start: int
    end: int
    digest: str


def letters(text: str) -> Letters:
    """
    >>> letters("Anna-Lena Ek.").row, letters("Anna-Lena Ek.").starts
    ('annalenaek', [0, 4, 8])
    """
    parts: list[str] = []
    at: list[int] = []
    starts, ends = list[int](), set[int]()
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        starts.append(len(at))
        if len(word) == match.end() - match.start():
            at.extend(range(match.start(), match.end()))
        else:  # ß becomes two
            at.extend(match.start() + n for n, sign in enumerate(match[0]) for _ in sign.casefold())
        parts.append(word)
        ends.add(len(at))
    return Letters("".join(parts), at, starts, frozenset(ends))


def digest(secret: bytes, row: str) -> str:
    """The keyed hash of letters in a row: nobody who lacks the key can try names against it."""
    return blake2b(row.encode("utf-8", "replace"), key=secret, digest_size=16).hexdigest()


def places(text: str, secret: bytes, wanted: Mapping[int, Iterable[str]]) -> list[Place]:
    """Where in a text letters stand whose digests are `wanted` (by how many they are), with the s of a genitive.

    >>> secret = b"of the example"
    >>> wanted = {6: {digest(secret, "annaek")}}
    >>> text = "Till Anna\\nEks ansökan; Anna Ekström"
    >>> [text[place.start : place.end] for place in places(text, secret, wanted)]
    ['Anna\\nEks']
    """
    if not wanted:
        return []
    row, at, starts, ends = letters(text)
    found: list[Place] = []
    for length, digests in wanted.items():
        known = frozenset(digests)
        for start in starts:
            end = start + length
            genitive = end + 1 in ends and row[end] == "s"
            if end not in ends and not genitive:
                continue
            told = digest(secret, row[start:end])
            if told in known:
                last = end if end in ends else end + 1
                found.append(Place(at[start], at[last - 1] + 1, told))
    return sorted(found)


def hidden(text: str, found: Iterable[Place]) -> str:
    """The text with these places masked, always of the same length; blanks and line ends stay.

    >>> hidden("Till Anna Ek.", [Place(5, 12, "")])
    'Till •••• ••.'
    """
    parts, done = [], 0
    for place in sorted(found):
        start = max(place.start, done)
        if start < place.end:
            parts += [text[done:start], _NOT_BLANK.sub(MASK, text[start : place.end])]
            done = place.end
    return "".join([*parts, text[done:]])


def composed(text: str) -> str:
    """With å as one character, as all text of papers is."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
