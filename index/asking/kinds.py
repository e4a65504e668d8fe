"""Kinds of paper in a question (papperstyp): "motioner", "nyheter om", "tjänsteskrivelsen"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.asking.filters import Filters
from index.asking.reading import Reading

_KINDS = {
    "motion": r"motion(?:en|er|erna)?s?",
    "interpellation": r"interpellation(?:en|er|erna)?s?",
    "news": r"nyhet(?:en|er|erna)?s?|pressmeddelanden?\w*",
    "agenda": r"kallelse(?:n|r|rna)?s?|föredragningslist\w+|dagordning\w*",
    "statement": r"tjänsteskrivelse\w*|tjänsteutlåtande\w*|yttrande\w*",
}
_WORD = {kind: re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE) for kind, pattern in _KINDS.items()}


def read(text: str) -> Iterator[Reading]:
    """Each kind of paper that is named; it never filters, since a § that answers a motion is asked for too.

    >>> [r.filters.kind for r in read("Ada Eks interpellationer")]
    [('interpellation',)]
    """
    for kind, pattern in _WORD.items():
        for match in pattern.finditer(text):
            yield Reading("kind", *match.span(), Filters(kind=(kind,)))
