"""Everything found in a paper, each under a number of its own (fynd): text, picture and address can name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.model import Document, Find, Span

# In the order of a legend. What comes first holds what comes later, where both stand at the same place.
KINDS = (
    "decisions", "proposals", "votes", "reservations", "case_numbers", "amounts", "cells", "people", "organisations",
    "parties", "dates",
)  # fmt: skip
SENTENCES = frozenset(KINDS[:4])  # kinds that are sentences or paragraphs; the others are words


@dataclass(frozen=True, slots=True)
class Numbered:
    """A find and its number in the paper, from 1; `what` is the find as the reader made it (a Decision, a Vote ...)."""

    number: int
    kind: str
    what: Find

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.what.span


def finds(document: Document) -> tuple[Numbered, ...]:
    """All finds of a paper in the order of its text, the longer first; they have the same numbers at each reading."""
    order = {kind: at for at, kind in enumerate(KINDS)}
    found = sorted(_all(document), key=lambda f: (f[1].span.start, -f[1].span.end, order[f[0]]))
    return tuple(Numbered(number, kind, what) for number, (kind, what) in enumerate(found, 1))


def within(found: Sequence[Numbered], start: int, end: int) -> list[Numbered]:
    """The finds that have something in a stretch of the text."""
    return [find for find in found if find.span.start < end and find.span.end > start]


def _all(document: Document) -> Iterator[tuple[str, Find]]:
    for item in document.items:
        for kind in KINDS[:4]:
            yield from _of(kind, getattr(item, kind))
    for kind in ("case_numbers", "amounts", "people", "organisations", "parties", "dates"):
        yield from _of(kind, getattr(document, kind))
    for table in document.tables:
        yield from _of("cells", table.cells)


def _of(kind: str, found: Iterable[Find]) -> Iterator[tuple[str, Find]]:
    """Those that stand somewhere: an empty span has nothing to mark."""
    return ((kind, find) for find in found if find.span.start < find.span.end)
