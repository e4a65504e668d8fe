"""Words that stand together (närhet): an item rises whose passage has the question's words side by side, as asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product

from index import words
from index.ranking.fusion import Ranked, in_order
from index.vectors import Vectors

_WORTH = 0.3  # of a passage where all neighbours of the question are neighbours; docs/search.md has what others gave
_READ = 20  # items, the best before, whose best passage is read
_LETTERS = 3  # that a form of a word has of its stem
_APART = 20  # letters between neighbours at most: "stöd för de unga"

Pair = tuple[str, str]


def raise_near(store: Vectors, text: str, found: dict[str, Ranked]) -> None:
    """The best items rise by how many of the question's neighbouring words are neighbours in their best passage."""
    asked = pairs(text)
    if not asked:
        return
    best = in_order(found.values())[:_READ]
    payloads = store.fields([one.passage for one in best], ("text",))
    for one in best:
        has = together(asked, str(payloads.get(one.passage, {}).get("text") or ""))
        one.score += _WORTH * has / len(asked)


def pairs(text: str) -> frozenset[Pair]:
    """The stems of the words that stand side by side in a question, but for words that say nothing by themselves.

    >>> sorted(pairs("stöd till sociala insatsgrupper"))
    [('social', 'insatsgrupp'), ('stöd', 'social')]
    """
    return frozenset(pair for pair in pairwise(word.stem for word in words.words(text)) if pair[0] != pair[1])


def together(asked: frozenset[Pair], text: str) -> int:
    """How many of the pairs stand side by side in a text, in their order.

    >>> asked = pairs("stöd till sociala insatsgrupper")
    >>> together(asked, "Den sociala insatsgruppen får stöd."), together(asked, "En social grupp för insatsgrupper.")
    (1, 0)
    """
    return len(asked.intersection(_neighbours(text, _beginnings(asked))))


def _neighbours(text: str, beginnings: re.Pattern[str]) -> Iterator[Pair]:
    """The stems of each two words that begin so, with nothing between them that says something."""
    for one, other in pairwise(beginnings.finditer(text)):
        if other.start() - one.end() <= _APART and not words.stems(text[one.end() : other.start()]):
            yield from product(words.stems(one[0]), words.stems(other[0]))


@lru_cache(maxsize=100)
def _beginnings(asked: frozenset[Pair]) -> re.Pattern[str]:
    """Words that begin as the stems do: to look at every word takes ten times as long."""
    begun = sorted({re.escape(stem[:_LETTERS]) for pair in asked for stem in pair})
    return re.compile(rf"(?<!\w)(?:{'|'.join(begun)})[\w-]*", re.IGNORECASE)
