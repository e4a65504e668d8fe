"""The words that a Swedish compound (sammansättning) is made of.

By a word list and the forms in which words stand first, both counted in the training texts
(`index/training/compounds.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.wordlist import indefinite, lexicon

_SHORTEST = 7  # letters of a word that may be a compound
_LONGEST = 50
# Endings that look like words
_NO_LAST = re.compile(
    r"(?:sam|lig|bar|lös)?(?:het(?:en|er|erna)?|are|ing|ion|lig|bar|sam|dom|las|ande|ende|sen|ser|serna|else|[aeo]rna|iska?|ning|lade)s?"
)
# Endings of one word, which the list has as words since somebody wrote them so: beslut-ades, stöd-ets, förening-arnas
_ENDING = re.compile(r"[aeo]r|[aeo]?rnas?|nas|a?[dt]es?|ats|its|e[nrt]s?|ligas?|ligt|era[drst]?|erades?|rens?")
_SURELY_FIRST = re.compile(r".{3,}(?:ing|ion|het|skap|itet|nad|else)s")  # utskänknings-
_DOERS = re.compile(r".{4,}[^aeiouyåäö]ar")  # avhoppar-


def parts(small: str) -> Iterator[str]:
    """The words that a compound is made of, longer ones first.

    >>> list(parts("dricksvattentaxa"))
    ['dricksvatten', 'taxa', 'dricka', 'vatten']
    """
    two = split(small)
    if two:
        yield from two
        for word in two:
            yield from parts(word)


@lru_cache(maxsize=500_000)
def split(small: str) -> tuple[str, str] | None:
    """The two words that a compound is made of: "skolskjuts" -> ("skola", "skjuts"); the longest last one wins.

    Remembered, since beginnings are asked for again and again; what is longer than any compound is an address.
    """
    known = lexicon()
    if not _SHORTEST <= len(small) <= _LONGEST or {small, small.removesuffix("s")} & known.protected:
        return None
    for at in range(3, len(small) - 2):
        first = known.firsts.get(small[:at]) or _long_first(small[:at])
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
        if word in lexicon().words or split(word):
            return word
    if _SURELY_FIRST.fullmatch(first):
        return first[:-1]
    return f"{first}e" if _DOERS.fullmatch(first) else None


def _may_be_last(last: str) -> bool:
    known = lexicon()
    if len(last) < 3 or _NO_LAST.fullmatch(last) or _ENDING.fullmatch(last) or last in known.stopwords:
        return False
    return last in known.words or indefinite(last) in known.words
