"""Bodies in a question (organ): "kommunstyrelsen", "Göteborgs fullmäktige", "KSAU", "BUN"; those that the index has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.asking.filters import Filters
from index.asking.known import Known
from index.asking.reading import Reading

_WORD = re.compile(r"[^\W\d_]+(?:-(?=[\s,])|(?:-[^\W\d_]+)*)|&")
_LONGEST = 9  # words of a body's name
_SHORT = {"kommunfullmäktige": ("KF", "fullmäktige"), "kommunstyrelsen": ("KS",)}
_INDEFINITE = (("nämnden", "nämnd"), ("styrelsen", "styrelse"), ("utskottet", "utskott"), ("beredningen", "beredning"))


def forms(body: str) -> Iterator[str]:
    """What a body is called: by name in several forms, by its initials in capitals.

    >>> list(forms("barn- och ungdomsnämnden"))
    ['barn- och ungdomsnämnden', 'barn- och ungdomsnämnd', 'BUN']
    """
    yield body
    yield from _SHORT.get(body, ())
    for definite, indefinite in _INDEFINITE:
        if body.endswith(definite):
            yield body.removesuffix(definite) + indefinite
    if initials := _initials(body):
        yield initials


def _initials(body: str) -> str:
    """ "Tekniska nämnden" is TN, "kommunstyrelsens arbetsutskott" KSAU."""
    for whole, (short, *_) in _SHORT.items():
        if body == f"{whole}s arbetsutskott":
            return f"{short}AU"
    pieces = [piece for piece in re.split(r"[\s-]+", body) if piece not in ("och", "samt", "&", "för", "")]
    if not pieces or not pieces[-1].endswith("nämnden"):
        return ""
    letters = [piece[0] for piece in pieces] + (["n"] if pieces[-1] != "nämnden" else [])
    return "".join(letters).upper() if 2 <= len(letters) <= 5 else ""


def read(text: str, known: Known) -> Iterator[Reading]:
    """Each body that is named.

    >>> has = Known(bodies=frozenset({"kommunstyrelsen", "tekniska nämnden"}))
    >>> [r.filters.body for r in read("vad sade KS och Tekniska nämndens ordförande", has)]
    [('kommunstyrelsen',), ('tekniska nämnden',)]
    """
    found, done = list(_WORD.finditer(text)), 0
    for at, first in enumerate(found):
        if first.start() < done:
            continue
        for last in found[at : at + _LONGEST][::-1]:
            bodies = _meant(text[first.start() : last.end()], known)
            if bodies:
                done = last.end()
                yield Reading("body", first.start(), done, Filters(body=bodies))
                break


def _meant(told: str, known: Known) -> tuple[str, ...]:
    """The bodies that a piece of a question is the name of."""
    if told.isupper() and (bodies := known.called.get(told)):
        return bodies
    small = " ".join(told.split()).casefold()
    return known.called.get(small) or known.called.get(small.removesuffix("s")) or ()
