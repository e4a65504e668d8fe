"""Words that somebody may be about to write (komplettering): the collection's own, and those of the word list that are
in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from weakref import WeakKeyDictionary

from index import words
from index.asking.listed import still_listed
from index.vectors import LEADS, OneOf, Vectors
from index.vocabulary import vocabulary
from index.wordlist import lexicon

_SHORTEST = 2  # letters before anything is completed
_COUNTED = 60  # words of the list whose items are counted, the shortest first
_KNOWN = 2  # items that a word outside the list must be in: what stands once may be the name of anybody
_BODIES = 2_000
_sorted: WeakKeyDictionary[Vectors, list[str]] = WeakKeyDictionary()
_bodies: WeakKeyDictionary[Vectors, list[tuple[str, int]]] = WeakKeyDictionary()

Counted = list[tuple[str, int]]


def completions(store: Vectors, beginning: str, most: int) -> Counted:
    """Words that begin so, and about how many items can be found by each, the commonest first."""
    start = beginning.lower()
    if len(start) < _SHORTEST or not start.isalpha():
        return []
    rare = vocabulary(store).rare
    if store not in _sorted:
        _sorted[store] = sorted(word for word, number in rare.items() if number >= _KNOWN)
    found = {word: rare[word] for word in _beginning(_sorted[store], start)}
    by_stem: dict[str, str] = {}
    for word in sorted(_beginning(_listed(), start), key=len):
        if word not in lexicon().stopwords:
            by_stem.setdefault(words.stem(word), word)  # one form of each word will do
        if len(by_stem) == _COUNTED:
            break
    for stem, word in by_stem.items():
        if number := store.count((*LEADS, *still_listed(store), OneOf("terms", (words.number(stem),)))):
            found[word] = number
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def bodies(store: Vectors, beginning: str, most: int) -> Counted:
    """Bodies one of whose words begins so, and how many items each has, those with most first."""
    if store not in _bodies:
        _bodies[store] = [
            (str(body), number) for body, number in store.facet("body", (*LEADS, *still_listed(store)), _BODIES)
        ]
    start = beginning.lower()
    if len(start) < _SHORTEST:
        return []
    return [(body, number) for body, number in _bodies[store] if f" {start}" in f" {body.lower()}"][:most]


def _beginning(rising: Sequence[str], start: str) -> Sequence[str]:
    return rising[bisect_left(rising, start) : bisect_left(rising, start + "\U0010ffff")]


@cache
def _listed() -> list[str]:
    return sorted(words.listed())
