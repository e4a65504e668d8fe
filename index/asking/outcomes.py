"""Outcomes in a question (utfall): "avslagna motioner", "bifölls", "röstades ner"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.asking.filters import Filters
from index.asking.reading import Reading

# Patterns of a word or two, without its endings, and the outcomes that they may mean
_OUTCOMES = {
    ("tabled",): r"bordl(?:a|ä)g\w*|bordlades?|bordlagd?t?\w*",
    ("remanded",): r"återremi\w+|återförvisa\w*",
    ("rejected",): (
        r"avsl(?:ag\w*|og\w*|å(?:s|r|tts?|tt|tna)?)|röstade?s?\s+ne[dr]r?|nedröstad\w*|förkasta\w*|fälld(?:es|a)"
        r"|sa(?:de)?\s+nej"
    ),
    ("approved", "recommended", "granted"): (
        r"bif(?:öll\w*|allit\w*|allen|allna|aller|alls)|godkän[dnt]\w*|antagn?[ai]?t?s?|antogs?"
        r"|klubba(?:de|des|s|t|ts)|sa(?:de)?\s+ja"
    ),
    ("granted",): r"bevilja\w*",
    ("answered",): r"(?:anses?|ansågs)\s+besvarad\w*|besvarade?s?",
    ("referred",): r"remittera\w*|remissen|remiss",
}  # fmt: skip
_WORD = {
    outcomes: re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE) for outcomes, pattern in _OUTCOMES.items()
}


def read(text: str) -> Iterator[Reading]:
    """Each outcome that is told.

    >>> [r.filters.outcome for r in read("motioner som bordlades eller röstades ner")]
    [('tabled',), ('rejected',)]
    """
    for outcomes, pattern in _WORD.items():
        for match in pattern.finditer(text):
            yield Reading("outcome", *match.span(), Filters(outcome=outcomes))
