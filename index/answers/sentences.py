"""Sentences of a passage, to show (meningar): a heading, a point of a list and a full stop each end one.

Those that proposals are read from are found in extractors/sentences.py, which loads far more than a search needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

_STOP = re.compile(r"[.!?…]+[”\"')\]]*\s+(?=[A-ZÅÄÖÉ”\"«»•–(-]|\d{1,2}[.)]\s)")
_POINT = re.compile(r"\s*(?:[•*–▪-]|\d{1,2}[.)]|[a-z]\))\s")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_OPEN = re.compile(r"(?:[,-]|\b(?:och|samt|eller|för|att|om|i|av|på|med|till|den|det|en|ett))$")  # more must follow
_FULL = 0.7  # of the longest line: a shorter one was ended by its writer and not by the page


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a passage stands, without space around it.

    >>> text = "§ 7 Bron\\n\\nBeslut\\nBron, dnr. KS 20/1, rivs enl. Bilaga 2. Rut B. Sand går.\\n- Vägen stängs"
    >>> [text[start:end] for start, end in sentences(text)]
    ['§ 7 Bron', 'Beslut', 'Bron, dnr. KS 20/1, rivs enl. Bilaga 2.', 'Rut B. Sand går.', '- Vägen stängs']
    """
    start = 0
    for end in (*_ends(text), len(text)):
        stretch = text[start:end]
        if stretch.strip():
            yield start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
        start = end


def _ends(text: str) -> list[int]:
    ends = {match.end() for match in _BLANK.finditer(text)} | set(_lines(text))
    ends |= {
        match.end() for match in _STOP.finditer(text) if not _is_short(text[max(0, match.start() - 20) : match.start()])
    }
    return sorted(ends)


def _is_short(before: str) -> bool:
    """Whether the full stop after this belongs to an abbreviation, an initial or the number of a point.

    >>> [_is_short(before) for before in ("enligt dnr", "t.ex", "Rut B", "rivs. 2", "(bl.a", "bron rivs", "Bilaga 2")]
    [True, True, True, True, True, False, False]
    """
    *rest, word = before.rsplit("\n", 1)[-1].split() or [""]
    word = word.lstrip("(”\"'").lower()
    if word.isdigit():
        return len(word) < 3 and (not rest or rest[-1][-1] in ".:;)")
    return word in _short() or (len(word) == 1 and word.isalpha())


def _lines(text: str) -> Iterator[int]:
    """Where a line begins that does not go on with the one before."""
    at, lines = 0, text.split("\n")
    longest = max(map(len, lines))
    for line, following in pairwise(lines):
        at += len(line) + 1
        line, head = line.rstrip(), following.lstrip()[:1]
        ended = len(line) < _FULL * longest and not _OPEN.search(line)
        if _POINT.match(following) or (head and not head.islower() and (line.endswith(":") or ended)):
            yield at


@cache
def _short() -> frozenset[str]:
    """Abbreviations without their last full stop."""
    return frozenset((files("index") / "lexicon" / "abbreviations.txt").read_text(encoding="utf-8").split())
