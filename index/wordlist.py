"""The lists of Swedish words that stems and compounds go by: `index/lexicon/`."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words."""

    words: frozenset[str]
    firsts: dict[str, str]
    stopwords: frozenset[str]
    irregular: dict[str, str]  # form and word
    protected: frozenset[str]  # look like compounds, but their pieces say something else


@cache
def lexicon() -> Lexicon:
    """The lists, read once."""
    folder = resources.files("index") / "lexicon"
    lines = gzip.decompress((folder / "compounds.txt.gz").read_bytes()).decode().split("\n")
    firsts = dict(line.split("\t") for line in lines if "\t" in line)
    stopwords = (folder / "stopwords.txt").read_text(encoding="utf-8").split()
    irregular = dict(_irregular((folder / "irregular.txt").read_text(encoding="utf-8").splitlines()))
    protected = (folder / "protected.txt").read_text(encoding="utf-8").split()
    words = frozenset(line for line in lines if "\t" not in line)
    return Lexicon(words, firsts, frozenset(stopwords), irregular, frozenset(protected))


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


def listed() -> frozenset[str]:
    """The common words of Swedish, in small letters and all their forms."""
    return lexicon().words


def is_word(small: str) -> bool:
    """Whether this, in small letters, is a common Swedish word."""
    return small in lexicon().words


def indefinite(small: str) -> str:
    """ "skolan" -> "skola", "jobbet" -> "jobb", where that is a word."""
    known = lexicon().words
    word = small[:-1] if small.endswith("s") and small[:-1] in known else small
    if len(word) > 4 and word[-1] == "n" and word[:-1] in known and word[-2] in "aeiouyåäölr":
        return word[:-1]
    if len(word) > 5 and word.endswith(("et", "en")) and word[:-2] in known:
        return word[:-2]
    if len(word) > 5 and re.search(r"([mn])\1e[tn]\Z", word) and word[:-3] in known:
        return word[:-3]  # rummet
    return word
