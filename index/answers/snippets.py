"""What a hit shows of its passage (utdrag): the stretch that has most of the question's words."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from index import words

LENGTH = 260  # letters: two or three lines on a screen


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a passage on one line, where in it the question's words stand, and which they are."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    found: tuple[str, ...] = ()


def snippet(passage: str, wanted: frozenset[str], length: int = LENGTH) -> Snippet:
    """The best stretch of a passage for these stems.

    >>> s = snippet("Nämnden sammanträdde. Avgifterna för kranvatten höjs.", frozenset({"avgift", "höj"}), 40)
    >>> s.text, [s.text[a:b] for a, b in s.marks]
    ('… Avgifterna för kranvatten höjs.', ['Avgifterna', 'höjs'])
    """
    text = " ".join(passage.split())
    places = list(words.places(text, wanted))
    start, end = _window(text, places, length)
    inside = [place for place in places if start <= place[0] and place[1] <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    found = dict.fromkeys(stem for _, _, stems in places for stem in sorted(stems))
    return Snippet(
        before + text[start:end] + after, tuple((a + shift, b + shift) for a, b, _ in inside), tuple(found)
    )  # fmt: skip


def _window(text: str, places: list[tuple[int, int, frozenset[str]]], length: int) -> tuple[int, int]:
    """Where the best stretch starts and ends: at a sentence if there is one near, else at a word."""
    if len(text) <= length:
        return 0, len(text)
    sentences = [0, *(match.end() for match in re.finditer(r"[.!?:]\s+(?=[A-ZÅÄÖ\d•–-])", text))]
    best, most = 0, (-1, 0)
    for place in places:
        at = max(0, place[0] - length // 3)
        sentence = sentences[bisect_left(sentences, place[0] + 1) - 1]
        start = sentence if place[0] - sentence < length * 2 // 3 else _word_start(text, at)
        stop = start + length
        held = [stems for a, b, stems in places if start <= a and b <= stop]
        worth = (len(frozenset().union(*held)) if held else 0, len(held))
        if worth > most:
            best, most = start, worth
    end = min(len(text), best + length)
    return best, end if end == len(text) else max(text.rfind(" ", best, end), best + 1)


def _word_start(text: str, at: int) -> int:
    return 0 if at == 0 else text.find(" ", at) + 1
