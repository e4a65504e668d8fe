"""People in a question (personer): politicians and officials whom the index names, by first name and surname."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.asking.filters import Filters
from index.asking.known import Known
from index.asking.reading import Reading

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_MOST, _LEAST = 4, 2  # names that one person is called by


def read(text: str, known: Known) -> Iterator[Reading]:
    """Each person known to the index who is named in full, also in the genitive.

    >>> [r.filters.person for r in read("Ada Eks motioner", Known(people=frozenset({"ada ek"})))]
    [('ada ek',)]
    """
    if not known.people:
        return
    found, done = list(_WORD.finditer(text)), 0
    for at, first in enumerate(found):
        for last in found[at + _LEAST - 1 : at + _MOST][::-1]:
            if first.start() < done:
                break
            name = " ".join(text[first.start() : last.end()].split()).casefold()
            person = next((form for form in (name, name.removesuffix("s")) if form in known.people), None)
            if person:
                done = last.end()
                yield Reading("person", first.start(), done, Filters(person=(person,)))
