"""A question in English (engelska): which it is, and the Swedish words to search by.

Every English word or expression becomes a group of Swedish words that count as one; names, numbers and words that the
list does not have stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors import lexicon
from index import words
from index.asking.wordlist import LONGEST, WordList, load
from index.points import key
from index.vectors import OneOf, Where
from index.words import Sparse

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\S")
_GLANCE = {
    "the", "of", "and", "to", "for", "from", "with", "about", "is", "are", "was", "what", "which", "who", "how", "does",
    "did", "has", "have", "by", "on", "at",
}  # fmt: skip
_SWEDISH_LETTER = re.compile(r"[åäö]", re.IGNORECASE)
_STRONG = 2  # what a word with å, ä or ö counts for
_MARGIN = 2  # English words for each Swedish one, at least
_SHARE = 0.5  # of n Swedish words for an English one each counts 1/n to this; all of 0.25 to 1 did the same


@dataclass(frozen=True, slots=True)
class English:
    """A question in English: as asked, in Swedish, and the Swedish words for each of its own."""

    asked: str
    swedish: str
    meanings: tuple[tuple[str, tuple[str, ...]], ...]

    def terms(self, stems: tuple[str, ...]) -> Where:
        """What an item must have: for each word one of the Swedish ones at least, of the stems to search by."""
        groups = (tuple(head for one in swedish if (head := _head(one)) in stems) for _, swedish in self.meanings)
        return tuple(OneOf("terms", tuple(map(words.number, group))) for group in dict.fromkeys(groups) if group)

    def vector(self) -> Sparse:
        """As words.question_vector, but the Swedish words for one English share the weight of one."""
        weights: dict[int, float] = {}
        for _, swedish in self.meanings:
            for one in swedish:
                vector = words.question_vector(_spaced(one))
                for index, value in zip(vector.indices, vector.values, strict=True):
                    weights[index] = max(weights.get(index, 0.0), value / len(swedish) ** _SHARE)
        rising = sorted(weights.items())
        return Sparse([index for index, _ in rising], [value for _, value in rising])

    def to_json(self) -> dict[str, list[str]]:
        """Each English word and what it was read as."""
        return {english: [_spaced(one) for one in swedish] for english, swedish in self.meanings}


def read(text: str) -> English | None:
    """A question in English as Swedish words; None for any other.

    >>> read("vindkraft i skogen"), read("plan och budget"), read("hundar")
    (None, None, None)
    >>> read("school lunches in Mora").swedish
    'skollunch skolmat i Mora'
    >>> dict(read("How much did the new bridge cost?").meanings)
    {'new': ('ny',), 'bridge': ('bro',), 'cost': ('kostnad', 'kosta')}
    """
    tokens = _TOKEN.findall(text.replace("’", "'"))
    if not _is_english(tokens):
        return None
    swedish: list[str] = []
    meanings: dict[str, tuple[str, ...]] = {}
    for english, alternatives, counts in _translated(text.replace("’", "'"), load()):
        swedish += alternatives
        if counts:
            meanings.setdefault(english, alternatives)
    return English(text, " ".join(map(_spaced, swedish)), tuple(meanings.items()))


def _translated(text: str, known: WordList) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Each expression of the question, what it is in Swedish, and whether it is a word to search by."""
    tokens = re.findall(r"[^\s,;!?()\"]+|[,;!?()\"]", text)
    at = 0
    while at < len(tokens):
        found, length = _longest(tokens[at : at + LONGEST], known, first=at == 0)
        if found:
            yield found.lower(), known.swedish(found), found not in known.function
        elif words.stems(tokens[at]):
            yield tokens[at], (tokens[at].removesuffix("'s").strip("."),), True
        at += length


def _longest(tokens: list[str], known: WordList, first: bool) -> tuple[str | None, int]:
    """The longest entry that begins here, and its number of words; a municipality's name is not translated."""
    plain = [token.strip(".:'") for token in tokens]
    if plain[0] in known.entries and not plain[0].islower():  # IT, May
        return plain[0], 1
    for length in range(len(tokens), 0, -1):
        if length == 1 and not first and plain[0][:1].isupper() and key(plain[0]) in _places():
            continue
        expression = " ".join(plain[:length]).lower()
        for spelling in dict.fromkeys((expression, expression.replace("-", " "), expression.replace("-", ""))):
            if found := known.entry(spelling):
                return found, length
    return None, 1


def _is_english(tokens: list[str]) -> bool:
    """Whether there are enough words that are English and not Swedish, and they are not the name of a company."""
    spelt = [token for token in tokens if token[0].isalpha()]
    if _plainly_swedish(spelt):
        return False
    known = load()
    english = [token for token in spelt if _english_only(token, known)]
    named = (
        len(english) < len(spelt) and not any(token[0].islower() for token in english) and not _begins(spelt, english)
    )
    swedish = sum(_swedish(token, at, known) for at, token in enumerate(spelt))
    return bool(english) and not named and len(english) > _MARGIN * swedish


def _begins(spelt: list[str], english: list[str]) -> bool:
    """Whether the first word is English, with a capital only because it is the first."""
    return spelt[0] in english and (spelt[1].islower() or key(spelt[1]) in _places())


def _plainly_swedish(spelt: list[str]) -> bool:
    """Whether half of the words are Swedish at a glance, so that the word list need not be opened."""
    if not _GLANCE.isdisjoint(spelt):
        return False
    small = [token for token in spelt if token.islower()]
    return 2 * sum(not words.stems(token) or _SWEDISH_LETTER.search(token) is not None for token in small) > len(spelt)


def _english_only(token: str, known: WordList) -> bool:
    """Whether a word is English and cannot be Swedish."""
    small = token.lower()
    found = known.entry(small) or known.entry(small.replace("-", " "))
    if not found or small in known.both or found in known.both:
        return False
    return found == small or not _is_swedish_word(small)


def _swedish(token: str, at: int, known: WordList) -> int:
    """How much a word speaks for Swedish; a name does not."""
    small = token.lower()
    name = token != small and (at > 0 or key(token) in _places())
    if name or small in _places() or known.entry(small):
        return 0
    if _SWEDISH_LETTER.search(small):
        return _STRONG
    return int(not words.stems(small) or _is_swedish_word(small))


def _is_swedish_word(small: str) -> bool:
    return words.is_word(small) or any(word.parts for word in words.words(small) if "-" not in small)


@cache
def _places() -> frozenset[str]:
    return frozenset(key(name) for name in lexicon.load("municipalities")["codes"].values())


def _head(one: str) -> str:
    """The stem that an item must have for a word or an expression: that of the last word."""
    found = [word.stem for word in words.words(_spaced(one))]
    return found[-1] if found else ""


def _spaced(one: str) -> str:
    return one.replace("_", " ")
