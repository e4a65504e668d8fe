"""Lines that were broken to fit a page, told from those that end where their words end."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_WIDE = re.compile(r"\S(?: {2,}|\t)\s*\S")
_BEGINS = re.compile(r"(?:att|samt|dels|[a-zåäö][.)])\s")  # small letters that begin a point, too
_MARKED = re.compile(r"(?:[-–•*]|\(?\d{1,2}[.)]|\(?[a-zåäö][.)])\s|att\s|§|[A-ZÅÄÖ]\w{0,8} §")
_ENDED = re.compile(r"[.:;!?…][”\"')]?$")
_FULL = 0.93  # part of a full line's characters: letters are not equally wide
_FIRST = re.compile(r"\d{1,3}(?: \d{3})+(?: \w+)?|§{1,2} ?\S+|\S+")  # a sum and its unit are set together
_LEAST = 4  # broken lines that tell how wide a text is set
_MOST = 4_000  # lines looked at


@lru_cache(maxsize=4)  # several finders ask for the same text
def width_of(text: str) -> int:
    """How many characters a full line has, 0 where lines are not broken to fit: each paragraph is a line.

    >>> broken = "Nämnden har fått en skrivelse om\\nbadhuset, som ska rustas för\\nalla som vill simma och\\nbada.\\n"
    >>> width_of(broken * 3), width_of("Nämnden beslutar.\\nBadhuset rustas.\\n" * 9)
    (32, 0)
    """
    rows = [row.strip() for row in text.split("\n", _MOST)[:_MOST]]
    broken = sorted(len(row) for row, after in pairwise(rows) if row and _plainly_broken(row, after))
    if len(broken) < _LEAST:
        return 0
    found = broken[int(0.9 * len(broken))]
    longer = sum(len(row) > 1.4 * found for row in rows)
    return found if longer < 0.2 * len(broken) else 0


def _plainly_broken(row: str, after: str) -> bool:
    """Whether a small letter goes on with what a line of running text left."""
    return after[:1].islower() and not (
        row[-1] in ".:;" or _BEGINS.match(after) or _WIDE.search(row) or _WIDE.search(after)
    )


def runs_on(row: str, after: str, width: int) -> bool:
    """Whether a line goes on with the sentence of the one before, which had no room for its first word.

    >>> runs_on("Kommunen bygger ett nytt badhus vid", "Storgatan.", 40), runs_on("Ett nytt badhus", "Storgatan", 40)
    (True, False)
    """
    row, after = row.strip(), after.strip()
    if not (width and row and after) or _MARKED.match(after) or _WIDE.search(row) or _WIDE.search(after):
        return False
    if after[0].islower():
        return not row.endswith((".", ":", "!", "?")) and len(row) > 0.5 * width
    return not _ENDED.search(row) and is_full(row, after, width)


def is_full(row: str, after: str, width: int) -> bool:
    """Whether the first word of the line after had no room on a line.

    >>> is_full("Kommunen bygger ett nytt badhus vid", "Storgatan.", 40), is_full("Kommunen bygger", "vid ån", 40)
    (True, False)
    """
    first = _FIRST.match(after.strip())
    return width > 0 and first is not None and len(row.strip()) + 1 + len(first[0]) > _FULL * width


@lru_cache(maxsize=4)  # several finders ask for the same paper
def unbroken(text: str, width: int) -> str:
    """The text with a blank for each line break inside a sentence, so that all offsets hold."""
    rows = text.split("\n")
    parts = [rows[0]]
    for row, after in pairwise(rows):
        parts += (" " if runs_on(row, after, width) else "\n", after)
    return "".join(parts)
