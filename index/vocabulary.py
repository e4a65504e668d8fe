"""The words of the collection as they are written (ordförråd): which there are, and in how many items each is.

Most words of any paper are in the word list of the language. Only the others (names, rare compounds and forms) are
stored, in "forms" on the leads, and how many items have a word is counted when it is asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from index import words
from index.vectors import LEADS, Phrase, Vectors

_MOST = 10_000_000  # forms of a collection
_stored: WeakKeyDictionary[Vectors, Mapping[str, int]] = WeakKeyDictionary()  # per generation, since it never changes


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a store. `rare` has those outside the word list, and about how many items have each."""

    store: Vectors
    rare: Mapping[str, int]

    def count(self, word: str) -> int:
        """How many items have the word, just as it is written but for capitals."""
        written = " ".join(words.said(word))
        return self.store.count((*LEADS, Phrase("said", written))) if written else 0

    def known(self, word: str) -> bool:
        """Whether an item has the word."""
        return word.lower() in self.rare or self.count(word) > 0

    def candidates(self) -> Iterator[str]:
        """Every word that an item may have: the collection's own, and those of the word list."""
        yield from self.rare
        yield from words.listed()

    def starting_with(self, beginning: str) -> list[str]:
        """The words that an item may have and that begin so; those of the word list need not be in the collection."""
        start = beginning.lower()
        return sorted({word for word in self.candidates() if word.startswith(start)})

    def alike(self, word: str) -> list[str]:
        """The words that an item may have and that are this one but for dots, rings and accents."""
        plain = without_marks(word)
        own = [rare for rare in self.rare if without_marks(rare) == plain]
        return sorted({*own, *_listed_by_letters().get(plain, ())})


def vocabulary(store: Vectors) -> Vocabulary:
    """The words of a store; they are read once."""
    if store not in _stored:
        _stored[store] = {str(form): count for form, count in store.facet("forms", LEADS, _MOST)}
    return Vocabulary(store, _stored[store])


def is_kept(word: str) -> bool:
    """Whether a word is stored: a word of letters that is in no list.

    >>> [word for word in ("kommunen", "kallbadhusflotten", "2026-06-15", "ks") if is_kept(word)]
    ['kallbadhusflotten']
    """
    return len(word) > 2 and word[0].isalpha() and not words.is_word(word)


def without_marks(word: str) -> str:
    """A word in small letters without the marks on them.

    >>> without_marks("Älvsjö"), without_marks("armé")
    ('alvsjo', 'arme')
    """
    return "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if letter.isalnum() or letter == "-")


@cache
def _listed_by_letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words.listed():
        found.setdefault(without_marks(word), []).append(word)
    return found
