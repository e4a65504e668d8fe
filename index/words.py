"""Swedish words for the lexical leg (ord): stems, the parts of compounds, and numbers as they stand.

Passages, items and questions go through the same functions, so that what is asked for is what was stored.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from zlib import crc32

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
_SHORTEST = 7  # letters of a word that may be a compound
_LONGEST = 50
# Endings that look like words
_NO_LAST = re.compile(
    r"(?:sam|lig|bar|lös)?(?:het(?:en|er|erna)?|are|ing|ion|lig|bar|sam|dom|las|ande|ende|sen|ser|serna|else|[aeo]rna|iska?|ning|lade)s?"
)
_SURELY_FIRST = re.compile(r".{3,}(?:ing|ion|het|skap|itet|nad|else)s")  # utskänknings-
_DOERS = re.compile(r".{4,}[^aeiouyåäö]ar")  # avhoppar-
_OF_NOUNS = ("", "s", "er", "ar", "erna", "arna", "en", "ers", "ars", "ernas", "arnas", "ens")
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
        if len(small) > 1 and small not in _lexicon().stopwords:
            yield Word(stem(small)) if name else _word(small)  # a name is one word, whatever it looks like
    elif token[0] == "§":
        yield Word("§" + token[1:].strip())
    elif re.fullmatch(_WORD, small):
        yield from _hyphenated(small)
    else:
        yield Word(small)


def _is_name(match: re.Match[str], text: str) -> bool:
    """Whether a token is a name: not in the list, and with a capital where another word would have none."""
    if not match[0][0].isupper() or match[0].lower() in _lexicon().words:
        return False
    return _NAME.match(text, match.start()) is not None


def _hyphenated(small: str) -> Iterator[Word]:
    """e-tjänst is "etjänst" as well as "tjänst"."""
    pieces = [piece for piece in re.split(r"[-'’]", small) if len(piece) > 1 and piece not in _lexicon().stopwords]
    whole = re.sub(r"[-'’]", "", small)
    parts = dict.fromkeys(part for piece in pieces for part in (stem(piece), *_word(piece).parts))
    yield Word(stem(whole), tuple(part for part in parts if part != stem(whole)))


@lru_cache(maxsize=500_000)
def _word(small: str) -> Word:
    whole = stem(small)
    return Word(whole, tuple(part for part in dict.fromkeys(_parts(small)) if part != whole))


@lru_cache(maxsize=500_000)
def stem(small: str) -> str:
    """The stem of a word in small letters; the forms of one word have the same.

    >>> [stem(w) for w in ("föreningarna", "skolan", "skolor", "cykeln", "cyklar", "jobbet", "beviljades")]
    ['förening', 'skol', 'skol', 'cykel', 'cykel', 'jobb', 'bevilj']
    >>> [stem(w) for w in ("städerna", "avslogs", "föreslagit", "småstäder")]
    ['stad', 'avslå', 'föreslå', 'småstad']
    """
    if regular := _lexicon().irregular.get(small):
        return stem(regular)
    for ending in _OF_NOUNS:
        if small.endswith(ending) and _is_noun(whole := small.removesuffix(ending)):
            return whole  # the stemmer would take "kommentar" for a plural, and "nämnden" is no form of nämnde
    word = _plain_form(_indefinite(small))
    split = None if word in _lexicon().words else _split(small)
    if split:  # as its last word: the list knows "vattnet" but not "kranvattnet"
        return small[: len(small) - len(split[1])] + stem(split[1])
    if plural := re.fullmatch(r"(.*[^aeiouyåäö])([lrn])(?:[ae]r(?:na)?|et|en)s?", word):
        whole = f"{plural[1]}e{plural[2]}"  # cyklar, vattnet, fönstret
        word = whole if whole in _lexicon().words else word
    stemmed = str(_stemmer().stem(word))
    if stemmed.endswith(("ad", "s")) and stemmed != word:  # kostnader -> kostnad -> kostn, platsen -> plats -> plat
        stemmed = str(_stemmer().stem(stemmed))
    return stemmed


def _is_noun(word: str) -> bool:
    """Whether this is surely a noun as it stands in the list: "kommentar", as there are kommentaren and kommentarer."""
    known = _lexicon().words
    return (
        not word.endswith("het")  # trygghet meets trygg
        and word in known
        and f"{word}en" in known
        and any(word + plural in known for plural in ("er", "ar"))
    )


def _plain_form(word: str) -> str:
    """ "genomfört" -> "genomföra", "socialt" -> "sociala", "löftet" -> "löfte", where that is a word."""
    known = _lexicon().words
    verb = re.fullmatch(r"(.{3,}[^aeiouyåäö])(?:[dt]es?|ts?)", word)
    if verb and f"{verb[1]}a" in known and f"{word}en" not in known and f"{word}et" not in known:
        return f"{verb[1]}a"
    if neuter := re.fullmatch(r"(.{3,}nde|.{4,}sam)(?:na|nas|t|ts|ma)", word):
        return neuter[1]
    if word.endswith(("et", "ets")) and (whole := word.rstrip("s")[:-1]) in known and whole[:-1] not in known:
        return whole
    return word[:-1] if word.endswith("ades") else word


def _indefinite(small: str) -> str:
    """ "skolan" -> "skola", "jobbet" -> "jobb", where that is a word."""
    known = _lexicon().words
    word = small[:-1] if small.endswith("s") and small[:-1] in known else small
    if len(word) > 4 and word[-1] == "n" and word[:-1] in known and word[-2] in "aeiouyåäölr":
        return word[:-1]
    if len(word) > 5 and word.endswith(("et", "en")) and word[:-2] in known:
        return word[:-2]
    if len(word) > 5 and re.search(r"([mn])\1e[tn]\Z", word) and word[:-3] in known:
        return word[:-3]  # rummet
    return word


def _parts(small: str) -> Iterator[str]:
    """The stems of the words that a compound is made of, longer ones first."""
    split = _split(small)
    if split:
        yield from (stem(word) for word in split if stem(word) not in _lexicon().stopwords)
        for word in split:
            yield from _parts(word)


@lru_cache(maxsize=500_000)
def _split(small: str) -> tuple[str, str] | None:
    """The two words that a compound is made of: "skolskjuts" -> ("skola", "skjuts"); the longest last one wins.

    Remembered, since beginnings are asked for again and again; what is longer than any compound is an address.
    """
    if not _SHORTEST <= len(small) <= _LONGEST:
        return None
    lexicon = _lexicon()
    for at in range(3, len(small) - 2):
        first = lexicon.firsts.get(small[:at]) or _long_first(small[:at])
        if first and _may_be_last(small[at:]):
            return first, small[at:]
        if first and small[at - 1] == small[at - 2] and _may_be_last(small[at - 1 :]):
            return first, small[at - 1 :]  # nat(t)-tåg
    return None


def _long_first(first: str) -> str | None:
    """The word behind a first form that is a compound itself: "skolskjuts", "barnomsorgs"."""
    if len(first) < 7:
        return None
    for word in (first[:-1], first) if first.endswith("s") else (first,):
        if word in _lexicon().words or _split(word):
            return word
    if _SURELY_FIRST.fullmatch(first):
        return first[:-1]
    return f"{first}e" if _DOERS.fullmatch(first) else None


def _may_be_last(last: str) -> bool:
    lexicon = _lexicon()
    if len(last) < 3 or _NO_LAST.fullmatch(last) or last in lexicon.stopwords:
        return False
    return last in lexicon.words or _indefinite(last) in lexicon.words


def places(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where the words with these stems (or parts with them) stand, and which of the stems each has."""
    for match in _TOKEN.finditer(text):
        if not wanted.isdisjoint(_stems(match[0], False)):
            stems = wanted & _stems(match[0], _is_name(match, text))
            if stems:
                yield match.start(), match.end(), stems


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
    names = {name for name in _NAME.findall(text) if name.lower() not in _lexicon().words}
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


def listed() -> frozenset[str]:
    """The common words of Swedish, in small letters and all their forms."""
    return _lexicon().words


def is_word(small: str) -> bool:
    """Whether this, in small letters, is a common Swedish word."""
    return small in _lexicon().words


def _sparse(weights: dict[int, float]) -> Sparse:
    rising = sorted(weights.items())
    return Sparse([index for index, _ in rising], [value for _, value in rising])


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: frozenset[str]
    firsts: dict[str, str]
    stopwords: frozenset[str]
    irregular: dict[str, str]  # form and word


@cache
def _lexicon() -> _Lexicon:
    folder = resources.files("index") / "lexicon"
    lines = gzip.decompress((folder / "compounds.txt.gz").read_bytes()).decode().split("\n")
    firsts = dict(line.split("\t") for line in lines if "\t" in line)
    stopwords = (folder / "stopwords.txt").read_text(encoding="utf-8").split()
    irregular = dict(_irregular((folder / "irregular.txt").read_text(encoding="utf-8").splitlines()))
    return _Lexicon(frozenset(line for line in lines if "\t" not in line), firsts, frozenset(stopwords), irregular)


def _irregular(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each form whose vowel changes, and the word it is a form of.

    >>> list(_irregular(["bok +böcker", "ligga (låg) | före"]))[3:]
    [('böckernas', 'bok'), ('förelåg', 'föreligga')]
    """
    for line in lines:
        if line.startswith("#"):
            continue
        told, _, beginnings = line.partition(" | ")
        word, *forms = told.split()
        for form in forms:
            if form.startswith("+"):
                yield from ((form[1:] + ending, word) for ending in ("", "s", "na", "nas"))
            elif not form.startswith("("):
                yield form, word
        for start in beginnings.split():
            yield from ((start + form.strip("()"), start + word) for form in forms)


class _Stemmer(threading.local):
    """The stemmer of a thread: it works on one word at a time, which another thread would change under its hands."""

    def __init__(self) -> None:
        from snowballstemmer.swedish_stemmer import SwedishStemmer  # the package's front door loads 30 languages

        self.stem = SwedishStemmer().stemWord


@cache
def _stemmer() -> _Stemmer:
    return _Stemmer()
