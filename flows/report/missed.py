"""What reading may have missed in a paper (luckor), in words: a § without a decision, a page without finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.drawing.marks import Mark
from extractors.head_lines import serial
from extractors.model import Document, Item

_MINUTES = ("protocol", "protocol_extract")
_NO_FIND = ("extents", "outside", "left_out")
_MOST = 12  # §§ or pages that are named, the rest is counted


def missed(document: Document, marks: Sequence[Mark]) -> list[str]:
    """Sentences, none where everything seems to be there. What surely went wrong is in `document.issues`."""
    found: list[str] = []
    if document.kind in _MINUTES:
        found += _of_minutes([item for item in document.items if item.number])
    empty = [page.number for page in document.pages if not document.text[page.start : page.end].strip()]
    if empty:
        found.append(f"There is no text on {_listed('page', empty)}.")
    held = {mark.span.page for mark in marks if mark.kind not in _NO_FIND}
    bare = [page.number for page in document.pages if page.number not in held and page.number not in empty]
    if bare:
        found.append(f"Nothing was found on {_listed('page', bare)}.")
    return found


def _of_minutes(items: Sequence[Item]) -> Iterator[str]:
    if not items:
        yield "These are minutes, and no § was found in them."
    silent = [item.number for item in items if not item.decisions]
    if silent:
        yield f"No decision was found in {_listed('§', silent)}."
    unnamed = [item.number for item in items if not item.title]
    if unnamed:
        yield f"No heading was found for {_listed('§', unnamed)}."
    for before, after in pairwise(items):
        first, second = serial(before.number or ""), serial(after.number or "")
        if first is not None and second is not None and not 0 <= second - first <= 1:
            yield f"After § {before.number} comes § {after.number}."


def _listed(what: str, numbers: Iterable[object]) -> str:
    """
    >>> _listed("page", [3]), _listed("§", ["4", "5 a"]), _listed("page", range(1, 15))
    ('page 3', '§§ 4, 5 a', 'pages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more')
    """
    names = [str(number) for number in numbers]
    plural = what if len(names) == 1 else "§§" if what == "§" else f"{what}s"
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"{plural} {', '.join(names[:_MOST])}{more}"
