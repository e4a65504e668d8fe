"""Swedish words for the lexical leg (ord): stems, the parts of compounds, and numbers as they stand.

Passages, items and questions go through the same functions, so that what is asked for is what was stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from zlib import crc32

from index.compounds import parts as parts_of
from index.stems import stem as stem
from index.wordlist import is_word as is_word
from index.wordlist import lexicon
from index.wordlist import listed as listed

_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"  # vård, e-tjänst
_TOKEN = re.compile(
    rf"""§\s?\d+                                  # § 114
      | \d+(?:[-/:.,]\d+)*(?:[a-zåäö](?!\w))?   # 2026, 1:155, 2026-06-15, 4,5, 93a
      | {_WORD}
      | \w+                                      # co2
    """,
    re.VERBOSE,
)
# A word with a capital in the middle of a sentence
_NAME = re.compile(rf"(?<=[a-zåäö0-9,;)] )[A-ZÅÄÖÉ]{_WORD}")
# A part matters less than the word that somebody wrote
PART_WEIGHT = 0.6

# Whole items are met by the beginnings of words too: "betala" by "betalning", which no stemmer holds for one word
_BEGINNING, BEGINNING_WEIGHT = 5, 0.5

# BM25: how soon a repeated word stops counting, how much length counts (in a passage, in a whole item), and the usual
# numbers of words in a passage and in an item.
K1, B, ITEM_B = 1.2, 0.75, 0.85
USUAL_LENGTH, USUAL_ITEM = 110.0, 300.0


@dataclass(frozen=True, slots=True)
class Sparse:
    """A sparse vector: which words (by number, rising), and how much each counts."""

    indices: list[int]
    values: list[float]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its stem, and the stems of the words that it is made of, if it is a compound."""

    stem: str
    parts: tuple[str, ...] = ()


def words(text: str) -> Iterator[Word]:
    """Every word that carries meaning, in order; numbers and §§ are words as they stand.

    >>> [w.stem for w in words("Avgifterna för dricksvattnet enligt § 114, 2026-06-15")]
    ['avgift', 'dricksvat', '§114', '2026-06-15']
    >>> [w.parts for w in words("skolskjutsavgift för Lindberg")]
    [('skolskjut', 'avgift', 'skol', 'skjut'), ()]
    """
    for match in _TOKEN.finditer(text):
        yield from _of_token(match[0], _is_name(match, text))


def _of_token(token: str, name: bool) -> Iterator[Word]:
    small = token.lower()
    if token.isalpha():
        if len(small) > 1 and small not in lexicon().stopwords:
            yield Word(stem(small)) if name else _word(small)  # a name is one word, whatever it looks like
    elif token[0] == "§":
        yield Word("§" + token[1:].strip())
    elif re.fullmatch(_WORD, small):
        yield from _hyphenated(small)
    else:
        yield Word(small)


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether a token is a name: not in the list, and with a capital where another word would have none."""
    if not match[0][0].isupper() or match[0].lower() in lexicon().words:
        return False
    return _NAME.match(text, match.start()) is not None


def _hyphenated(small: str) -> Iterator[Word]:
    """e-tjänst is "etjänst" as well as "tjänst"."""
    pieces = [piece for piece in re.split(r"[-'’]", small) if len(piece) > 1 and piece not in lexicon().stopwords]
    whole = re.sub(r"[-'’]", "", small)
    parts = dict.fromkeys(part for piece in pieces for part in (stem(piece), *_word(piece).parts))
    yield Word(stem(whole), tuple(part for part in parts if part != stem(whole)))


@lru_cache(maxsize=500_000)
def _word(small: str) -> Word:
    whole, stopwords = stem(small), lexicon().stopwords
    stems = dict.fromkeys(stem(part) for part in parts_of(small))
    return Word(whole, tuple(part for part in stems if part != whole and part not in stopwords))


def places(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where the words with these stems (or parts with them) stand, and which of the stems each has."""
    done = 0
    for spot in _beginnings(wanted).finditer(text):
        if spot.start() < done:
            continue
        start, done = _around(text, max(done, spot.start()))
        for match in _TOKEN.finditer(text, start, done):  # to find the stems of a word takes far longer than the spots
            if not wanted.isdisjoint(_stems(match[0], False)):
                stems = wanted & _stems(match[0], _is_name(match, text))
                if stems:
                    yield *match.span(), stems


def _around(text: str, spot: int) -> tuple[int, int]:
    """A stretch around a spot that cuts no token: tokens have no space, but after §.

    >>> [_around("enligt § 7 i stadgan", spot) for spot in (2, 7, 9, 15)]
    [(0, 6), (7, 10), (7, 10), (13, 20)]
    """
    start, end = text.rfind(" ", 0, spot) + 1, text.find(" ", spot)
    if start > 1 and text[start - 2] == "§":
        start -= 2
    if end > 0 and text[end - 1] == "§":
        end = text.find(" ", end + 1)
    return start, end if end >= 0 else len(text)


@lru_cache(maxsize=1_000)
def _beginnings(wanted: frozenset[str]) -> re.Pattern[str]:
    """The beginnings of which a word with one of these stems, or a part of it, has one; or a hyphen, as e-tjänst has.

    >>> [bool(_beginnings(frozenset(["stad", "avgift"])).search(w)) for w in ("Småstäder", "Skolavgiften", "skola")]
    [True, True, False]
    """
    forms = (form for stem in wanted for form in (stem, *_irregular().get(stem, ())))
    begun = sorted({re.escape(form[: 3 if len(form) > 4 else 2]).replace("§", r"§\s?") for form in forms})
    return re.compile("|".join((*begun, r"\w[-'’]\w")) if begun else r"(?!)", re.IGNORECASE)


@cache
def _irregular() -> dict[str, list[str]]:
    """The irregular forms of each stem."""
    found: dict[str, list[str]] = {}
    for form, word in lexicon().irregular.items():
        found.setdefault(stem(word), []).append(form)
    return found


@lru_cache(maxsize=100_000)
def _stems(token: str, name: bool) -> frozenset[str]:
    return frozenset(stem for word in _of_token(token, name) for stem in (word.stem, *word.parts))


def number(word: str) -> int:
    """The number that stands for a word in the index.

    >>> number("avgift")
    2176855586
    """
    return crc32(word.encode())


@dataclass(frozen=True, slots=True)
class Bag:
    """How often each word and part stands in a text, by number, how many words count, and all as they are written.

    `beginnings` counts those of the words.
    """

    counts: Counter[int]
    length: int
    said: tuple[str, ...] = ()
    beginnings: Counter[int] = field(default_factory=Counter)

    def __add__(self, other: Bag) -> Bag:
        counts, beginnings = self.counts + other.counts, self.beginnings + other.beginnings
        return Bag(counts, self.length + other.length, self.said + other.said, beginnings)


def bag(text: str) -> Bag:
    """The words of a passage, counted."""
    counts: Counter[int] = Counter()
    beginnings: Counter[int] = Counter()
    length = 0
    names = {name for name in _NAME.findall(text) if name.lower() not in lexicon().words}
    tokens = _TOKEN.findall(text)
    for token, times in Counter(tokens).items():
        numbers = _numbers(token, token in names)
        if numbers:
            length += times
            for n in numbers:
                counts[n] += times
            if begins := _beginning(token):
                beginnings[begins] += times
    return Bag(counts, length, tuple(map(_written, tokens)), beginnings)


def said(text: str) -> list[str]:
    """The words of a text as they are written, but for capitals: what phrases are looked for in.

    >>> said("Bifall till e-tjänst, § 114 i KS 2021/549")
    ['bifall', 'till', 'e-tjänst', '§114', 'i', 'ks', '2021/549']
    """
    return [_written(token) for token in _TOKEN.findall(text)]


def _written(token: str) -> str:
    return "§" + token[1:].strip() if token[0] == "§" else token.lower()


@lru_cache(maxsize=500_000)
def _numbers(token: str, name: bool) -> tuple[int, ...]:
    """The numbers of a token's words and their parts."""
    return tuple(number(stem) for word in _of_token(token, name) for stem in (word.stem, *word.parts))


@lru_cache(maxsize=500_000)
def _beginning(token: str) -> int:
    """The number of a word's beginning, 0 of what is no word."""
    return number(f"{token[:_BEGINNING].lower()}*") if token[0].isalpha() else 0


def passage_vector(*bags: Bag) -> Sparse:
    """The BM25 weights of a passage's words and their parts (without IDF, which the store adds)."""
    return _weights([each.counts for each in bags], sum(each.length for each in bags), B, USUAL_LENGTH)


def item_vector(*bags: Bag) -> Sparse:
    """The same of a whole item, where a long one has to say a word more often, and with the beginnings of its words."""
    counted = [counts for each in bags for counts in (each.counts, each.beginnings)]
    return _weights(counted, sum(each.length for each in bags), ITEM_B, USUAL_ITEM)


def _weights(counted: Sequence[Counter[int]], length: int, b: float, usual: float) -> Sparse:
    counts: Counter[int] = Counter()
    for each in counted:
        counts.update(each)
    norm = K1 * (1 - b + b * length / usual)
    return _sparse({word: n * (K1 + 1) / (n + norm) for word, n in counts.items()})


def question_vector(text: str) -> Sparse:
    """The words of a question, each as heavy as it is whole: a part or a beginning counts less than its word."""
    weights: dict[int, float] = {}
    for word in words(text):
        weights[number(word.stem)] = 1.0
        for part in word.parts:
            weights.setdefault(number(part), PART_WEIGHT)
    for token in _TOKEN.findall(text):
        if _numbers(token, False) and (begins := _beginning(token)):
            weights[begins] = BEGINNING_WEIGHT
    return _sparse(weights)


def stems(text: str) -> frozenset[str]:
    """The stems of a text and of the parts of its compounds."""
    return frozenset(stem for word in words(text) for stem in (word.stem, *word.parts))


def _sparse(weights: dict[int, float]) -> Sparse:
    rising = sorted(weights.items())
    return Sparse([index for index, _ in rising], [value for _, value in rising])
