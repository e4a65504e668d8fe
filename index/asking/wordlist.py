"""The Swedish–English word list (ordlista): what an English word or expression is called in Swedish papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

LONGEST = 5  # words of an expression
_BRITISH = (
    ("iz", "is"),
    ("yz", "ys"),
    ("or", "our"),
    ("ter", "tre"),
    ("og", "ogue"),
    ("gram", "gramme"),
    ("ense", "ence"),
)

_ENDINGS = (
    ("'s", ""), ("s'", "s"), ("s", ""), ("es", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("er", ""),
    ("er", "e"), ("est", ""), ("est", "e"), ("ally", ""), ("ly", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordList:
    """`entries`: English to Swedish words; `function`: its words that only hold a sentence together.

    `both` are words that are Swedish too, spelt the same; `forms` leads an irregular form to its base.
    """

    entries: dict[str, str]
    function: frozenset[str]
    both: frozenset[str]
    forms: dict[str, str]

    def entry(self, expression: str) -> str | None:
        """The expression as the list has it, its last word in another form or spelling if need be.

        >>> load().entry("building permits"), load().entry("municipalities"), load().entry("theaters")
        ('building permits', 'municipalities', 'theater')
        >>> load().entry("strangest"), load().entry("xylophone")
        ('strange', None)
        """
        before, _, last = expression.rpartition(" ")
        for form in _forms(last, self.forms):
            found = f"{before} {form}" if before else form
            if found in self.entries:
                return found
        return None

    def swedish(self, entry: str) -> tuple[str, ...]:
        """The Swedish words for an entry, the likeliest first.

        >>> load().swedish("waste water")
        ('avlopp', 'spillvatten')
        """
        return tuple(self.entries[entry].split())


def _forms(word: str, irregular: dict[str, str]) -> Iterator[str]:
    """A word, what it may be a form of, and both in British spelling, the likeliest first."""
    bases = [word, *([irregular[word]] if word in irregular else []), *_bases(word)]
    yield from bases
    for base in bases:
        yield from (re.sub(f"{there}(?=$|[aehinsm])", here, base) for there, here in _BRITISH if there in base)


def _bases(word: str) -> Iterator[str]:
    """What a word may be a regular form of.

    >>> list(_bases("bicycles")), list(_bases("planned")), list(_bases("cities"))
    (['bicycle', 'bicycl'], ['plann', 'plan', 'planne'], ['city', 'citie', 'citi'])
    """
    for ending, instead in (("ies", "y"), ("ied", "y"), ("iest", "y"), ("ier", "y"), ("ily", "y"), ("ves", "f")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word.removesuffix(ending) + instead
    for ending, instead in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) > 2:
            yield base + instead
            if not instead and ending in {"ing", "ed", "er", "est"} and base[-1] == base[-2]:
                yield base[:-1]


@cache
def load() -> WordList:
    """The list that comes with the package."""
    text = (resources.files("index") / "lexicon" / "english.txt").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^\[(\w+)\]\n([^\[]*)", text, re.MULTILINE))
    function, listed, forms = (_rows(parts[name]) for name in ("function", "words", "forms"))
    return WordList(function | listed, frozenset(function), frozenset(parts["both"].split()), forms)


def _rows(part: str) -> dict[str, str]:
    return dict(line.split("\t") for line in part.split("\n") if "\t" in line)
