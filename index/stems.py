"""The stems of Swedish words (stammar): the forms of one word have the same."""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache

from index.compounds import split
from index.wordlist import indefinite, lexicon

_OF_NOUNS = ("", "s", "er", "ar", "erna", "arna", "en", "ers", "ars", "ernas", "arnas", "ens")


@lru_cache(maxsize=500_000)
def stem(small: str) -> str:
    """The stem of a word in small letters; the forms of one word have the same.

    >>> [stem(w) for w in ("föreningarna", "skolan", "skolor", "cykeln", "cyklar", "jobbet", "beviljades")]
    ['förening', 'skol', 'skol', 'cykel', 'cykel', 'jobb', 'bevilj']
    >>> [stem(w) for w in ("städerna", "avslogs", "föreslagit", "småstäder", "lekplatser", "lekplatsen")]
    ['stad', 'avslå', 'föreslå', 'småstad', 'lekplats', 'lekplats']
    """
    if regular := lexicon().irregular.get(small):
        return stem(regular)
    for ending in _OF_NOUNS:
        if small.endswith(ending) and _is_noun(whole := small.removesuffix(ending)):
            return whole  # the stemmer would take "kommentar" for a plural, and "nämnden" is no form of nämnde
    word = _plain_form(indefinite(small))
    two = split(small)
    if two and (word not in lexicon().words or _is_noun(stem(two[1]))):
        # as its last word: the list knows "vattnet" but not "kranvattnet", "lekplatser" but not "lekplatsen"
        return small[: len(small) - len(two[1])] + stem(two[1])
    if plural := re.fullmatch(r"(.*[^aeiouyåäö])([lrn])(?:[ae]r(?:na)?|et|en)s?", word):
        whole = f"{plural[1]}e{plural[2]}"  # cyklar, vattnet, fönstret
        word = whole if whole in lexicon().words else word
    stemmed = str(_stemmer().stem(word))
    if stemmed.endswith(("ad", "s")) and stemmed != word:  # kostnader -> kostnad -> kostn, platsen -> plats -> plat
        return stem(stemmed)
    return stemmed


def _is_noun(word: str) -> bool:
    """Whether this is surely a noun as it stands in the list: "kommentar", as there are kommentaren and kommentarer."""
    known = lexicon().words
    return (
        not word.endswith("het")  # trygghet meets trygg
        and word in known
        and f"{word}en" in known
        and any(word + plural in known for plural in ("er", "ar"))
    )


def _plain_form(word: str) -> str:
    """ "genomfört" -> "genomföra", "socialt" -> "sociala", "löftet" -> "löfte", where that is a word."""
    known = lexicon().words
    verb = re.fullmatch(r"(.{3,}[^aeiouyåäö])(?:[dt]es?|ts?)", word)
    if verb and f"{verb[1]}a" in known and f"{word}en" not in known and f"{word}et" not in known:
        return f"{verb[1]}a"
    if neuter := re.fullmatch(r"(.{3,}nde|.{4,}sam)(?:na|nas|t|ts|ma)", word):
        return neuter[1]
    if word.endswith(("et", "ets")) and (whole := word.rstrip("s")[:-1]) in known and whole[:-1] not in known:
        return whole
    return word[:-1] if word.endswith("ades") else word


class _Stemmer(threading.local):
    """The stemmer of a thread: it works on one word at a time, which another thread would change under its hands."""

    def __init__(self) -> None:
        from snowballstemmer.swedish_stemmer import SwedishStemmer  # the package's front door loads 30 languages

        self.stem = SwedishStemmer().stemWord


@cache
def _stemmer() -> _Stemmer:
    return _Stemmer()
