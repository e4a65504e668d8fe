"""Parties in a question (partier): "Centerpartiet", "sossarna", "SD:s", "från M"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import lexicon
from extractors import parties as found_in_papers
from extractors.model import Stretch
from index.asking.filters import Filters
from index.asking.reading import Reading

_NATIONAL = lexicon.load("parties")["national"]
_LETTERS = "|".join(sorted((*(code for code in _NATIONAL if len(code) == 1), "D")))
_NICKNAMES = {
    "sossarna": "S", "socialdemokrat": "S", "socialdemokrater": "S", "socialdemokratisk": "S", "moderat": "M",
    "moderater": "M", "moderata": "M", "centern": "C", "centerpartister": "C", "vänstern": "V", "vänsterpartister": "V",
    "kristdemokrat": "KD", "kristdemokrater": "KD", "liberaler": "L", "miljöpartister": "MP", "sverigedemokrat": "SD",
    "sverigedemokrater": "SD", "sverigedemokratisk": "SD", "sd": "SD", "kd": "KD", "mp": "MP",
}  # fmt: skip
_NICKNAME = re.compile(
    rf"(?<![\w(/-])(?P<name>{'|'.join(sorted(_NICKNAMES, key=len, reverse=True))})(?:na)?(?::?s)?(?![\w/-]|\s\d)", re.I
)
_LETTER = re.compile(rf"(?<![\w(/.-])(?:(?P<genitive>{_LETTERS}):s|\((?P<bracket>{_LETTERS}|SD|KD|MP)\))(?!\w)", re.I)


def read(text: str) -> Iterator[Reading]:
    """Each party that is named, also in small letters.

    >>> [r.filters.party for r in read("motioner från miljöpartiet, SD och sossarna")]
    [('MP',), ('SD',), ('S',)]
    >>> list(read("s.k. plan M och vitamin C"))
    []
    """
    found = [(p.span.start, p.span.end, p.code) for p in found_in_papers.find(Stretch(text))]
    told = text.title() if not text.istitle() else text
    found += [(p.span.start, p.span.end, p.code) for p in found_in_papers.find(Stretch(told)) if len(p.text) > 6]
    found += [(*m.span(), _NICKNAMES[m["name"].lower()]) for m in _NICKNAME.finditer(text)]
    found += [(*m.span(), (m["genitive"] or m["bracket"]).upper()) for m in _LETTER.finditer(text)]
    done = 0
    for start, end, code in sorted(found, key=lambda one: (one[0], -one[1])):
        if start >= done and code != "-":
            done = end
            yield Reading("party", start, end, Filters(party=(code,)))
