"""What an address means after a paper was read again (läsning): places and numbers in it are those of one reading."""

from __future__ import annotations

from extractors.model import Document
from index.reading_view.finds import Numbered, finds


def item_meant(document: Document, item: int, number: str | None) -> int | None:
    """The place of the item that an address tells by place, from 0, and § number; None where it is not there any more.

    A number counts before a place. Of several §§ with the number it is the one nearest to the place.
    """
    items = document.items
    if number is None:
        return item if item < len(items) else None
    same = [at for at, each in enumerate(items) if each.number and _bare(each.number) == _bare(number)]
    exact = [at for at in same if items[at].number == number]
    return min(exact or same, key=lambda at: abs(at - item), default=None)


def find_meant(document: Document, number: int, words: str | None) -> Numbered | None:
    """The find that an address tells by number and the words it begins with; None where it is not there any more."""
    every = finds(document)
    if words is None:
        return next((find for find in every if find.number == number), None)
    told = " ".join(words.split())
    same = [find for find in every if _begins(document, find, told)]
    return min(same, key=lambda find: abs(find.number - number), default=None)


def _begins(document: Document, find: Numbered, words: str) -> bool:
    stands = document.text[find.span.start : find.span.start + 2 * len(words) + 20]
    return " ".join(stands.split()).startswith(words)


def _bare(number: str) -> str:
    """
    >>> _bare("63/24")
    '63'
    """
    return number.partition("/")[0].strip().casefold()
