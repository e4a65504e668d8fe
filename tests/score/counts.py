"""Counting: words folded so that they can be compared, and rows of right, found and marked."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

Found = Counter[tuple[str, ...]]  # what is compared: a find as a few words, as often as it stands there
Row = list[int]  # right, found, marked

_COPYIST = re.compile(r"[\s\u00ad\u2010\u2011\-–—•*”“\"'’\uf0b7]+")


def fold(text: str | None) -> str:
    """Drop what a copyist may change: white space, hyphens, bullets, quotes, the full stop at the end. None: "null".

    >>> fold("Kommun-\\nstyrelsens “beslut”:"), fold(None)
    ('kommunstyrelsensbeslut', 'null')
    """
    return "null" if text is None else _COPYIST.sub("", text).lower().rstrip(".:")


def kronor(value: Decimal | float) -> str:
    """A sum in one form.

    >>> kronor(4500000), kronor(Decimal("4500000.00")), kronor(-0.5)
    ('4500000', '4500000', '-0.5')
    """
    return format(Decimal(str(value)).normalize(), "f")


def row(expected: Found, got: Found) -> Row:
    """Right, found, marked: a find that stands three times and was found twice is right twice.

    >>> row(Counter({("1",): 3}), Counter({("1",): 2, ("2",): 1}))
    [2, 3, 3]
    """
    return [(expected & got).total(), got.total(), expected.total()]


def add(rows: Iterable[Row]) -> Row:
    """Column by column; nothing found and nothing marked where there are no rows."""
    return [sum(column) for column in zip([0, 0, 0], *rows, strict=True)]


def precision(row: Row) -> float:
    """Of what we found, the share that is right; 1 where nothing was found."""
    return row[0] / row[1] if row[1] else 1.0


def recall(row: Row) -> float:
    """Of what is marked, the share that we found; 1 where there is nothing to find."""
    return row[0] / row[2] if row[2] else 1.0


def f1(row: Row) -> float:
    """2 · right / (found + marked); 1 where there is nothing to find and nothing was found."""
    right, found, marked = row
    return 2 * right / (found + marked) if found + marked else 1.0


def key(*words: str) -> str:
    """An id that tells nothing of the words it is made of."""
    return hashlib.sha256("".join(words).encode()).hexdigest()[:12]
