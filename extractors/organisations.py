"""Organisations (organ, förvaltningar, bolag, föreningar, myndigheter) by name, found by spaCy's entity ruler."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extractors import lexicon, lines, nlp, one_organisation, tokens
from extractors import organisation_patterns as made_of
from extractors.model import Organisation, Stretch
from extractors.organisation_names import Named, settled

if TYPE_CHECKING:
    from spacy.language import Language

_WORDS = made_of.WORDS
_ENDS = [end for kind, ends in made_of.DEFINITE.items() for end in (*ends, *made_of.INDEFINITE[kind])]
_KNOWN = [name.split() for known in made_of.KNOWN.values() for name in known]

# Tokenising a page takes 5 ms, so spaCy reads only the words around each head word that may be of its name: most such
# stretches ("kommunstyrelsen") come again and again, and are read once.
_HEAD = re.compile(
    rf"(?:[\w-]*(?:{lexicon.any_of([*_ENDS, *_WORDS['units']['ends'], 'utskott', 'beredning', 'presidium'])})s?"
    rf"|[\w-]*(?:{made_of.ASSOCIATION_ENDS})(?:en|et)?s?|[\w-]*(?:{'|'.join(_WORDS['associations']['led_by'])})"
    rf"|(?-i:{lexicon.any_of([*made_of.CLUBS, *made_of.FORMS])}|[A-ZÅÄÖ]{{2,6}}AB"
    rf"|[A-ZÅÄÖ]\w*(?:{'|'.join([*_WORDS['associations']['doers'], *_WORDS['companies']['ends']])})"
    rf"|{lexicon.any_of(_WORDS['associations']['sports'])})"
    rf"|(?:{lexicon.any_of({*_WORDS['branches']['only'], *(name[-1] for name in _KNOWN)})})s?"
    r"|kommuns?|stads?|region|landstinget|landsting|\w*tingsrätts?|hovrätts?|länstrafiks?|universitets?|högskolan|statens"
    r"|\w+departementets?|sektorn?|\w*aktiebolag|ek)(?!\w)",
    re.IGNORECASE,
)
_OWNER = r"\w*(?:nämndens|styrelsens|fullmäktiges)"
_CAPITAL = r"[A-ZÅÄÖ][\w&'’.-]*"
_PARTS = {word for name in _KNOWN for word in name[:-1]} | {
    "ekonomisk",
    "ekonomiska",
    *_WORDS["adjectives"]["words"],
    *_WORDS["adjectives"]["councils"],
}
_JOINING = re.compile(rf"(?:{_CAPITAL}|\w+-,?|och|samt|&|i|för|vid|{_OWNER}|{lexicon.any_of(_PARTS)})$")
_IN_COMPANY = re.compile(rf"(?:{_CAPITAL}|och|&|i|(?!(?:{'|'.join(_WORDS['companies']['not_in'])})$)[a-zåäö]{{3,}})$")
_NO_FIRST = re.compile(r"(?:och|samt|&|i|för|vid)\s+")
_AFTER = re.compile(
    rf"(?:[ ](?:{_CAPITAL}(?<![.])|&|i|för|över|vid|och|samt|\w+-,?|läns?|tingsrätts?|\w*utskotts?|\w*beredning"
    rf"|presidium|\w*(?:{'|'.join(_WORDS['fields']['ends'])})s?,?|ekonomiska?|förening|landsting"
    rf"|[a-zåäö-]+ska|\w*(?:verk|institut|råd|styrelse|nämnd|museum|museer|kommission|myndighet)s?"
    rf"|{lexicon.any_of(_WORDS['adjectives']['words'])})(?![\w-])){{1,6}}"
)
_IN_SHORT = re.compile(r"\.?[ ]?för\b")  # ek. för.
_NO_LAST = re.compile(r"(?:,|\s(?:&|i|för|över|vid|och|samt))+$")
_WIDEST = 300  # characters that the ruler reads together: it tries every run of capitals in them
_LINE_IN_NAME = re.compile(r"\n(?:(?<=[-&]\n)|(?<=\boch\n)|(?<=\bsamt\n)|(?=[a-zåäö]))")


def find(stretch: Stretch) -> Iterator[Organisation]:
    """Every organisation by name, in the order they stand; one that is named in short and in full has its full name.

    >>> [(o.name, o.kind) for o in find(Stretch("Socialnämnden Norr och Sundby Energi AB ger Sundby IF stöd"))]
    [('Socialnämnden Norr', 'body'), ('Sundby Energi AB', 'company'), ('Sundby IF', 'association')]
    >>> [(o.name, o.kind) for o in find(Stretch("barn- och ungdomsnämndens förvaltning och stadsledningskontoret"))]
    [('Barn- och ungdomsnämnden', 'body'), ('Stadsledningskontoret', 'administration')]
    """
    whole = lines.unbroken(stretch.text, stretch.width)
    text = _LINE_IN_NAME.sub(" ", whole)
    heads = tokens.meaning(whole, _head)  # the same words as in text, cut once for people too
    named = list(_named_in(text, heads, stretch.municipality))
    for one in one_organisation.in_full(named, text, stretch.body):
        yield Organisation(stretch.at(one.start, one.end), one.name, one.kind)


def _named_in(text: str, heads: Iterable[tuple[int, str, int]], municipality: str | None) -> Iterator[Named]:
    done = 0
    for start, end in _windows(text, heads):
        for ruled in _ruled(text[start:end]):
            if (one := settled(ruled, start, text, municipality)) and one.start >= done:
                done = one.end
                yield one


def _windows(text: str, heads: Iterable[tuple[int, str, int]]) -> Iterator[tuple[int, int]]:
    """A few words around each head word, together where they meet."""
    start = end = -1
    for at, word, length in heads:
        first, stop = at - _before(text[max(0, at - 90) : at], word in made_of.FORMS), at + length
        last = _reach(text, word, stop)
        if first == at and last == stop and word[:length].lower() in made_of.NOT:
            continue  # "nämnden", which names nothing by itself
        if first > end or end - start > _WIDEST:
            if end > 0:
                yield start, end
            start = max(first, end)
        else:
            start = min(start, first)
        end = max(end, last)
    if end > 0:
        yield start, end


def _reach(text: str, word: str, stop: int) -> int:
    """Where the words end that may be of the name after its head word, which ends at `stop`."""
    if word.lower() == "ek":
        short = _IN_SHORT.match(text, stop)
        return short.end() if short else stop
    after = _AFTER.match(text, stop)
    return stop + len(_NO_LAST.sub("", after[0])) if after else stop


@lru_cache(maxsize=65_536)
def _head(word: str) -> int | None:
    """How much of a word is a head word: all of it, or what stands before a hyphen."""
    match = _HEAD.match(word)
    return match.end() if match else None


def _before(text: str, form: bool) -> int:
    """How many characters at the end of the text are words that may begin the name, six words at most.

    >>> _before("beslutade barn- och ", False), _before("(Tekniska ", False), _before("att  ", False)
    (10, 9, 0)
    """
    length = 0
    words = text.replace("\n", " \n ").split(" ")
    if words.pop():
        return 0
    for word in reversed(words[-6:]):
        if (start := _joining(word, form)) is None:
            break
        length += len(word) - start + 1
        if start > 0:
            break
    no_name = _NO_FIRST.match(text, len(text) - length)
    return len(text) - no_name.end() if no_name else length


@lru_cache(maxsize=65_536)
def _joining(word: str, form: bool) -> int | None:
    """Where in a word that part begins which may be of a name; other words may before a company's form."""
    match = (_IN_COMPANY if form else _JOINING).search(word)
    return (
        match.start() if match and (not form or match.start() == 0 or not word[match.start() - 1].isalnum()) else None
    )


@lru_cache(maxsize=8192)
def _ruled(words: str) -> tuple[made_of.Ruled, ...]:
    """What the ruler finds in a few words."""
    return tuple(made_of.ruled(entity) for entity in _ruler()(words).ents)


@cache
def _ruler() -> Language:
    return nlp.ruler(made_of.patterns())
