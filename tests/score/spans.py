"""Where finds stand: whether a marked place is among those found. Only some are marked, so only recall counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from extractors.model import Document, Find, Section
from tests.score.counts import Found, fold

NAME = "spans"
_OF_ITEMS = ("sections", "decisions", "proposals", "votes", "reservations")
_BULLET = re.compile(r"(?:\d{1,2}[.)]|[a-z]\)|[-–—•*\uf0b7])\s*$")  # before a point; who marks may leave it out
_BEFORE = 200  # characters: more than five words are long


def compare(marked: list[dict[str, Any]], document: Document | None) -> tuple[Found, Found]:
    """The places marked, and those of them that we found."""
    expected = Counter(_words(one) for one in marked)
    there = Counter(_words(one) for one in marked if document and stands(one, document))
    return expected, there


def stands(marked: dict[str, Any], document: Document) -> bool:
    """Whether a find of that list has the marked words, on that page, behind the words that stand before it."""
    text = document.text
    return any(
        find.span.page == marked["page"]
        and fold(_printed(find, text)) == fold(marked["text"])
        and _follows(text[max(0, find.span.start - _BEFORE) : find.span.start], marked["before"])
        for find in finds(document, marked["find"])
    )


def finds(document: Document, name: str) -> Iterator[Find]:
    """All finds of a list, those of items and tables included; an unknown name is a mistake in the marks."""
    if name in _OF_ITEMS:
        for item in document.items:
            yield from getattr(item, name)
    elif name == "tables":
        for table in document.tables:
            yield from table.cells
    else:
        yield from getattr(document, "people" if name == "officials" else name)


def _printed(find: Find, text: str) -> str:
    """A find as printed; of a section its heading."""
    printed = text[find.span.start : find.span.end]
    if isinstance(find, Section) and fold(printed).startswith(fold(find.heading)):
        return find.heading
    return printed


def _follows(text: str, before: str) -> bool:
    """Whether the text ends with these words, a bullet or number of the point itself left out or not.

    >>> _follows("Nämnden beslutar att:\\n2. ", "beslutar att"), _follows("om 5. ", "om 5."), _follows("den", "av den")
    (True, True, False)
    """
    return any(fold(one).endswith(fold(before)) for one in (text, _BULLET.sub("", text)))


def _words(marked: dict[str, Any]) -> tuple[str, ...]:
    return marked["find"], fold(marked["text"]), f"page {marked['page']}", f"after “{fold(marked['before'])}”"
