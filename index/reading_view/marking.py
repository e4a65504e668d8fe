"""A text cut at what is marked in it (markering): marks may hold each other, and lap over each other's ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """A stretch of a text that is marked; `key` is whatever its owner knows it by."""

    start: int
    end: int
    key: object


class Opened(NamedTuple):
    """A mark begins here, or goes on after another that it laps over; `first` where it truly begins."""

    key: object
    first: bool


class Closed(NamedTuple):
    """The mark that was opened last ends here, or is broken off."""

    key: object


class Words(NamedTuple):
    """Text as it stands, not empty."""

    text: str


class Broken(NamedTuple):
    """A place that was asked for (where a page begins); `at` is its offset."""

    at: int


Part = Opened | Closed | Words | Broken


def cut(text: str, start: int, end: int, stretches: Iterable[Stretch], breaks: Sequence[int] = ()) -> Iterator[Part]:
    """text[start:end] in parts, each mark properly inside another: who laps over another's end is cut in two.

    The words of all parts together are the text. Of stretches with the same place the first given is outermost.

    >>> [part[0] for part in cut("abcd", 0, 4, [Stretch(0, 3, "x"), Stretch(2, 4, "y")])]
    ['x', 'ab', 'y', 'c', 'y', 'x', 'y', 'd', 'y']
    """
    there = [(s, rank) for rank, s in enumerate(stretches) if max(s.start, start) < min(s.end, end)]
    broken = frozenset(at for at in breaks if start <= at < end)
    edges = {start, end} | {min(max(edge, start), end) for s, _ in there for edge in (s.start, s.end)} | broken
    begins: dict[int, list[tuple[int, int, Stretch]]] = {}
    for stretch, rank in there:
        begins.setdefault(max(stretch.start, start), []).append((-stretch.end, rank, stretch))
    opened: list[tuple[tuple[int, int, int], Stretch]] = []  # by where it begins, the longer first
    at = start
    for edge in sorted(edges):
        if edge > at:
            yield Words(text[at:edge])
            at = edge
        wanted = [each for each in opened if each[1].end > edge]
        wanted += [((s.start, far, rank), s) for far, rank, s in begins.get(edge, ())]
        wanted = sorted(wanted, key=lambda each: each[0]) if edge < end else []
        kept = _common(opened, wanted)
        for _, stretch in reversed(opened[kept:]):
            yield Closed(stretch.key)
        if edge in broken:
            yield Broken(edge)
        for _, stretch in wanted[kept:]:
            yield Opened(stretch.key, stretch.start == edge)
        opened = wanted


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many both have in common from the beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a is not b), min(len(one), len(other)))
