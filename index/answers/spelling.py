"""Words that were perhaps meant (stavningsförslag): the collection's own that are an edit or two from what was asked.

A letter more, less, other or swapped with the next is an edit; å for a, ä for a and ö for o is a fourth of one, since
many leave the marks out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

_PLAIN = str.maketrans("åäöéèáàüæø", "aaoeeaauao")
_BITS = np.array([1 << ord(chr(code).lower().translate(_PLAIN)[0]) % 64 for code in range(0x180)], dtype=np.uint64)
_MARK = 0.25  # of an edit
_TRIED = 24  # nearest words that are counted
_SHORTEST = 4  # letters of a word that is worth correcting
_LONG = 7  # letters of a word that may have two edits


class Speller:
    """The words of a collection, ready to be looked through: a set of letters each, and how long it is."""

    def __init__(self, candidates: Iterable[str]) -> None:
        self._words = [word for word in candidates if word]
        self._lengths = np.fromiter(map(len, self._words), dtype=np.int64, count=len(self._words))
        starts = np.cumsum(self._lengths + 1) - self._lengths - 1
        self._letters = np.bitwise_or.reduceat(_bits(" ".join(self._words)), starts) if self._words else starts

    def suggestions(self, word: str, count: Callable[[str], int], most: int = 3) -> list[tuple[str, int]]:
        """The nearest words that something has, the commonest of the equally near first, and how many items have each.

        >>> held = {"skolskjuts": 40, "skolskjutsen": 12, "skolskåp": 1, "skola": 90}
        >>> Speller(held).suggestions("skolskutjs", held.__getitem__)
        [('skolskjuts', 40)]
        >>> Speller(held).suggestions("skolskap", held.__getitem__)
        [('skolskåp', 1)]
        """
        small = word.lower()
        edits = 0 if len(small) < _SHORTEST else 1 if len(small) < _LONG else 2
        told = {(_apart(small, other.lower(), edits), other) for other in self._near(small, edits)} if edits else set()
        near = sorted((far, other) for far, other in told if 0 < far <= edits)
        held = sorted((far, -number, other) for far, other in near[:_TRIED] if (number := count(other)))
        return [(other, -number) for far, number, other in held if far <= held[0][0] + 0.5][:most]

    def _near(self, small: str, edits: int) -> list[str]:
        """The words that are so many edits away, marks apart: few of many, found without a loop over them."""
        from rapidfuzz.distance import OSA  # 50 ms that only a thin answer pays for

        if not self._words:
            return []
        differ = np.bitwise_count((self._letters ^ np.bitwise_or.reduce(_bits(small))) & ~_BITS[ord(" ")])
        fit = (np.abs(self._lengths - len(small)) <= edits) & (differ <= 2 * edits)
        like = [self._words[at] for at in np.flatnonzero(fit)]
        plain = small.translate(_PLAIN)
        return [word for word in like
                if OSA.distance(plain, word.lower().translate(_PLAIN), score_cutoff=edits) <= edits]  # fmt: skip


def _bits(text: str) -> NDArray[np.uint64]:
    """A bit for each letter of a text, the same with marks and without."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return _BITS[np.minimum(codes, len(_BITS) - 1)]


def _apart(one: str, other: str, most: int = 9) -> float:
    """How many edits two words are apart (optimal string alignment); counted no further than `most`.

    >>> [_apart("skjuts", word) for word in ("skjuts", "skujts", "sjuts", "skjuta", "skutjs")]
    [0.0, 1.0, 1.0, 1.0, 2.0]
    >>> _apart("foralder", "förälder")
    0.5
    """
    before, last = list[float](), [float(j) for j in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        row = [float(i)]
        for j, theirs in enumerate(other, 1):
            edits = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + _otherwise(letter, theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                edits = min(edits, before[j - 2] + 1)
            row.append(edits)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def _otherwise(letter: str, other: str) -> float:
    """What a letter instead of another costs."""
    if letter == other:
        return 0
    return _MARK if letter.translate(_PLAIN) == other.translate(_PLAIN) else 1
