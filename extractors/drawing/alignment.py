"""Where each letter of the canonical text stands among the letters of its page (inpassning).

The text is the page's, but for running heads left out, columns and rows put in reading order, broken words made whole
and signs tidied. So long stretches are the same in both: those are found first, then what lies between them, and at
last what stands elsewhere. Blanks and hyphens do not count, and accents do not either.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

NOWHERE = -1
_GRAMS = (24, 8, 3)  # letters that two stretches have in common and that neither has twice; the surest first
_ROUNDS = 20  # times that what is left is looked for elsewhere on the page
_MOST = 90_000  # pairs of words that are compared at most
_WORD, _LINE = 1, 2  # what begins at a letter
_HYPHENS = frozenset("-\u2010\u2011\u00ad\ufffe\u0002")
_BULLETS = frozenset("\u25cf\u25aa\u25a0\u25fc\u2023\u2043\u2219")
_NO_LETTER = frozenset(("Mn", "Cf", "Cc", "Cs"))
_MASK = "•"


@lru_cache(4096)
def fold(char: str) -> str:
    """What counts of a letter: nothing of blanks and hyphens, no accents, "fi" of its ligature, one kind of bullet.

    >>> [fold(char) for char in "åÉﬁ- \\uf0b7"]
    ['a', 'E', 'fi', '', '', '•']
    """
    if char in _HYPHENS or char.isspace():
        return ""
    if char in _BULLETS or "\ue000" <= char <= "\uf8ff":
        return _MASK
    parts = (part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) not in _NO_LETTER)
    return "".join(part for part in parts if not part.isspace())


@dataclass(frozen=True, slots=True)
class _Letters:
    """Letters as they are compared: what each stands for, and before which a word or a line begins (and at the end)."""

    text: str
    origin: list[int]
    begins: list[int]

    def left(self, kept: Sequence[int], between: str) -> _Letters:
        """Some of the letters, with a sign between those that do not follow each other; they stand for themselves."""
        letters: list[str] = []
        origin: list[int] = []
        begins: list[int] = []
        before = NOWHERE
        for at in kept:
            if at != before + 1:
                letters.append(between)
                origin.append(NOWHERE)
                begins.append(_LINE)
            letters.append(self.text[at])
            origin.append(at)
            begins.append(self.begins[at] if at == before + 1 else _LINE)
            before = at
        return _Letters("".join(letters), origin, [*begins, _LINE])


def _letters(chars: str, starts: Sequence[int]) -> _Letters:
    letters: list[str] = []
    origin: list[int] = []
    begins: list[int] = []
    begin = _LINE
    for at, char in enumerate(chars):
        begin = max(begin, starts[at], _WORD * (char in _HYPHENS))
        for letter in fold(char):
            letters.append(letter)
            origin.append(at)
            begins.append(begin)
            begin = 0
    return _Letters("".join(letters), origin, [*begins, _LINE])


def _starts(text: str) -> list[int]:
    """Before which characters of a text a line (or a cell of a row) begins, before which a word."""
    return [
        0 if at and not text[at - 1].isspace() else _LINE if at == 0 or _is_edge(text, at) else _WORD
        for at in range(len(text))
    ]


def _is_edge(text: str, at: int) -> bool:
    return text[at - 1] in "\n\t" or text[at - 2 : at] == "  "


def align(text: str, printed: str, apart: Sequence[bool]) -> list[int]:
    """For each character of a page's text the number of the printed letter it came from, -1 where it has none.

    `apart` says before which printed letters white space stands.

    >>> align("Bo Al\\nbeslutar", "Sid3AlBobe-slutar", [at in (3, 4, 6, 8) for at in range(17)])
    [6, 7, -1, 4, 5, -1, 8, 9, 11, 12, 13, 14, 15, 16]
    """
    ours, page = _letters(text, _starts(text)), _letters(printed, [_WORD * there for there in apart])
    placed = [NOWHERE] * len(text)
    for at, there in enumerate(_place(ours, page)):
        if there != NOWHERE and placed[ours.origin[at]] == NOWHERE:
            placed[ours.origin[at]] = page.origin[there]
    _place_rewritten(text, printed, placed)
    _place_hyphens(text, printed, placed)
    return placed


def _place(ours: _Letters, page: _Letters) -> list[int]:
    """For each letter of ours its number on the page."""
    found = [NOWHERE] * len(ours.text)
    mine: Sequence[int] = range(len(ours.text))
    theirs: Sequence[int] = range(len(page.text))
    for _ in range(_ROUNDS):
        a, b = ours.left(mine, "\x00"), page.left(theirs, "\x01")
        search = _Search(a, b)
        search.run(0, len(a.text), 0, len(b.text))
        used = set()
        for start, there, size in search.blocks:
            for step in range(size):
                found[a.origin[start + step]] = b.origin[there + step]
                used.add(b.origin[there + step])
        mine = [at for at in mine if found[at] == NOWHERE]
        theirs = [at for at in theirs if at not in used]
        if not (search.blocks and mine and theirs):
            break
    return found


class _Search:
    """The stretches that two texts have in common, in one order; `blocks` holds them: start here, there, length."""

    def __init__(self, a: _Letters, b: _Letters) -> None:
        self._a, self._b = a, b
        self.blocks: list[tuple[int, int, int]] = []

    def run(self, a0: int, a1: int, b0: int, b1: int, level: int = 0) -> None:
        """Finds those within a[a0:a1] and b[b0:b1]: the longest grams first, then between them, at last words."""
        if a0 >= a1 or b0 >= b1:
            return
        for deeper in range(level, len(_GRAMS)):
            size = _GRAMS[deeper]
            anchors = _chain(_once_each(self._a.text, a0, a1, size), _once_each(self._b.text, b0, b1, size))
            if blocks := list(self._grown(anchors, size, a0, a1, b0, b1)):
                self._between(blocks, a0, a1, b0, b1, deeper)
                return
        self._words(a0, a1, b0, b1)

    def _between(self, blocks: list[tuple[int, int, int]], a0: int, a1: int, b0: int, b1: int, level: int) -> None:
        for a, b, size in blocks:
            self.run(a0, a, b0, b, level)
            self.blocks.append((a, b, size))
            a0, b0 = a + size, b + size
        self.run(a0, a1, b0, b1, level)

    def _grown(
        self, anchors: Iterable[tuple[int, int]], size: int, a0: int, a1: int, b0: int, b1: int
    ) -> Iterator[tuple[int, int, int]]:
        """The anchors as far as both texts agree to either side, in whole lines where they hold one, or words."""
        one, other = self._a.text, self._b.text
        for a, b in anchors:
            if a < a0 or b < b0:
                continue  # within the last block
            end = a + size
            shift = b - a
            while a > a0 and a + shift > b0 and one[a - 1] == other[a + shift - 1]:
                a -= 1
            while end < a1 and end + shift < b1 and one[end] == other[end + shift]:
                end += 1
            start = a if a == a0 else next(self._edges(range(a, end), shift), end)
            end = end if end == a1 else next(self._edges(range(end, start, -1), shift), start)
            if start < end:
                yield start, start + shift, end - start
                a0, b0 = end, end + shift

    def _edges(self, letters: range, shift: int) -> Iterator[int]:
        """Where a stretch may begin or end: at the first line of ours, else at a word of both, else of either."""
        ours, theirs = self._a.begins, self._b.begins
        yield from (at for at in letters if ours[at] == _LINE and theirs[at + shift])
        yield from (at for at in letters if ours[at] and theirs[at + shift])
        yield from (at for at in letters if ours[at] or theirs[at + shift])

    def _words(self, a0: int, a1: int, b0: int, b1: int) -> None:
        """Single words, where there are few."""
        ours, theirs = _words(self._a, a0, a1), _words(self._b, b0, b1)
        if len(ours) * len(theirs) > _MOST:
            return
        matcher = SequenceMatcher(None, [word for _, word in ours], [word for _, word in theirs], autojunk=False)
        for at, there, count in matcher.get_matching_blocks():
            for (a, word), (b, _) in zip(ours[at : at + count], theirs[there : there + count], strict=True):
                self.blocks.append((a, b, len(word)))


def _words(letters: _Letters, start: int, end: int) -> list[tuple[int, str]]:
    starts = [at for at in range(start, end) if at == start or letters.begins[at]]
    return [(a, letters.text[a:b]) for a, b in zip(starts, [*starts[1:], end], strict=True)]


def _once_each(text: str, start: int, end: int, size: int) -> dict[str, int]:
    """Where each gram stands that text[start:end] has once."""
    found: dict[str, int] = {}
    for at in range(start, end - size + 1):
        gram = text[at : at + size]
        found[gram] = NOWHERE if gram in found else at
    return {gram: at for gram, at in found.items() if at != NOWHERE}


def _chain(ours: dict[str, int], theirs: dict[str, int]) -> list[tuple[int, int]]:
    """The most grams that both have and that stand in the same order (the longest rising subsequence)."""
    pairs = [(at, theirs[gram]) for gram, at in ours.items() if gram in theirs]  # in order of our text
    ends: list[int] = []  # of the best chain of each length, where it stands on the page
    last: list[int] = []
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(last[length - 1] if length else NOWHERE)
        ends[length : length + 1] = [there]
        last[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else NOWHERE
    while at != NOWHERE:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _place_hyphens(text: str, printed: str, placed: list[int]) -> None:
    """Hyphens go where their neighbours are: that of "-3,2 mnkr" is a sign, and belongs to the sum."""
    taken = set(placed)
    for at, char in enumerate(text):
        if char not in _HYPHENS:
            continue
        before = placed[at - 1] + 1 if at and placed[at - 1] != NOWHERE else NOWHERE
        after = placed[at + 1] - 1 if at + 1 < len(text) else NOWHERE
        for there in (before, after):
            if 0 <= there < len(printed) and printed[there] in _HYPHENS and there not in taken:
                placed[at] = there
                taken.add(there)
                break


def _place_rewritten(text: str, printed: str, placed: list[int]) -> None:
    """Letters written otherwise than printed (masked figures, a sign that OCR misread) stand between their neighbours.

    Only where as many letters are printed there, of which nothing else was made.
    """
    taken = set(placed)
    at = 0
    while at < len(text):
        start = at
        while at < len(text) and placed[at] == NOWHERE:
            at += 1
        low = placed[start - 1] if start else NOWHERE
        high = placed[at] if at < len(text) else len(printed)
        ours = [here for here in range(start, at) if fold(text[here])]
        if ours and low < high <= low + 4 * len(ours) + 4:
            theirs = [there for there in range(low + 1, high) if there not in taken and fold(printed[there])]
            if len(ours) == len(theirs):
                for here, there in zip(ours, theirs, strict=True):
                    placed[here] = there
        at += 1
