"""The words of a text (ord), cut once for all who look for words of some kind: most words come again and again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

_TOKEN = re.compile(r"([\w-]+)")

Meaning = TypeVar("Meaning")


def meaning(text: str, means: Callable[[str], Meaning | None]) -> Iterator[tuple[int, str, Meaning]]:
    """Every word (letters, figures and hyphens) that means something: where it starts, the word, what it means.

    `means` is asked once for each different word.

    >>> list(meaning("Bo och Bo-Ek", {"Bo": 1, "Bo-Ek": 2}.get))
    [(0, 'Bo', 1), (7, 'Bo-Ek', 2)]
    """
    parts, ends = _cut(text)
    known = {word: told for word in set(parts[1::2]) if (told := means(word)) is not None}
    if known:
        for at, word in enumerate(parts):
            if at % 2 and word in known:
                yield ends[at] - len(word), word, known[word]


@lru_cache(maxsize=2)
def _cut(text: str) -> tuple[list[str], list[int]]:
    """What stands between the words and the words, by turns, and where each ends."""
    parts = _TOKEN.split(text)
    return parts, list(accumulate(map(len, parts)))
