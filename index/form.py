"""The name of how points are made (form): a hash over the code and the words that make them, as READER is of reading.

An index of another form has other terms than today's questions ask for, so it is made anew and never searched.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from index.vectors import Meta

_MADE_BY = (
    "words.py", "stems.py", "compounds.py", "wordlist.py", "vocabulary.py", "passages.py", "points.py", "acts.py",
    "vectors.py", "edge.py", "form.py", "answers/sentences.py", "items/items.py", "items/column.py", "items/gather.py",
    "items/said.py", "items/terms.py", "items/told.py", "items/whole.py",
)  # fmt: skip
_WORDS = ("compounds.txt.gz", "stopwords.txt", "irregular.txt", "protected.txt", "abbreviations.txt")


class FormError(RuntimeError):
    """The index was made by another version of Paragraf."""


@cache
def form() -> str:
    """Sixteen hexadecimal figures that change with anything that makes points.

    >>> len(form())
    16
    """
    digest = hashlib.sha256()
    for name in (*_MADE_BY, *(f"lexicon/{words}" for words in _WORDS)):
        digest.update(name.encode() + b"\0" + files("index").joinpath(name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def check_form(meta: Meta | None) -> None:
    """Raises FormError where an index has other terms than a question of today would look for."""
    if meta is not None and meta.format != form():
        raise FormError(
            "the index was made by another version of Paragraf, and its words are not those that are asked for today. "
            "Run `paragraf rebuild --index`; the next ingest does it too"
        )
