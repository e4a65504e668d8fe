"""Organisations (organ, förvaltningar, bolag, föreningar, myndigheter) by name, found by spaCy's entity ruler."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from extractors import lexicon, names, nlp, tokens
from extractors.model import Organisation, Stretch

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

_WORDS = lexicon.load("organisations")
_ENDS: dict[str, list[str]] = _WORDS["ends"]
_NOT = frozenset(_WORDS["not_names"]["words"])
_AUTHORITIES = frozenset(_WORDS["authorities"]["words"])
_PLACES: list[str] = lexicon.load("bodies")["places"]
_CLUBS: list[str] = _WORDS["clubs"]["words"]

# Tokenising a page takes 5 ms, so spaCy reads only the words around each head word that may be of its name: most such
# stretches ("kommunstyrelsen") come again and again, and are read once.
_ALL_ENDS = lexicon.any_of([end for ends in _ENDS.values() for end in ends])
_HEAD = re.compile(
    rf"(?:[\w-]*(?:{_ALL_ENDS})s?|(?-i:{lexicon.any_of([*_CLUBS, 'AB'])})"
    rf"|(?:{lexicon.any_of(sorted(_AUTHORITIES))})s?)(?!\w)",
    re.IGNORECASE,
)
_OWNER = r"\w*(?:nämndens|styrelsens|fullmäktiges)"
_JOINING = re.compile(  # the end of a word before a head word that may be of its name
    rf"(?:[A-ZÅÄÖ][\w&-]*|\w+-,?|och|samt|&|{_OWNER}|{lexicon.any_of(_WORDS['adjectives']['words'])})$"
)
_AFTER = re.compile(
    r"(?:\s(?:[Ff]ör\s\w+(?:,?\s(?:och|samt|&)\s\w+)?|\w*utskott|\w*beredning|presidium)"
    r"|(?:[ ](?:&[ ])?[A-ZÅÄÖ][\w-]*){1,3})?"
)
_LINE_IN_NAME = re.compile(r"(?<=[-&])\n|(?<=\boch)\n|(?<=\bsamt)\n|\n(?=[a-zåäö])")
_NOT_FIRST = frozenset(_WORDS["not_first"]["words"])
_FIRST = frozenset(_WORDS["first"]["words"])


def find(stretch: Stretch) -> Iterator[Organisation]:
    """Every organisation by name, in the order they stand.

    >>> [(o.name, o.kind) for o in find(Stretch("Socialnämnden Norr och Sundby Energi AB ger Sundby IF stöd"))]
    [('Socialnämnden Norr', 'body'), ('Sundby Energi AB', 'company'), ('Sundby IF', 'association')]
    >>> [(o.name, o.kind) for o in find(Stretch("barn- och ungdomsnämndens förvaltning och stadsledningskontoret"))]
    [('Barn- och ungdomsnämnden', 'body'), ('Stadsledningskontoret', 'administration')]
    """
    text, done = stretch.text, 0
    for start, end in _windows(text):
        for first, last, kind in _named(text[start:end]):
            if start + first >= done:
                done = start + last
                yield Organisation(stretch.at(start + first, done), _nominative(text[start + first : done]), kind)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """A few words around each head word, together where they meet."""
    start = end = -1
    for at, word, length in tokens.meaning(text, _head):
        first, stop = at - _before(text[max(0, at - 90) : at]), at + length
        after = _AFTER.match(text, stop)
        if word[:length].lower() in _NOT and first == at and not (after and after[0]):
            continue  # "nämnden", which names nothing by itself
        if first > end:
            if end > 0:
                yield start, end
            start = first
        end = after.end() if after else stop
    if end > 0:
        yield start, end


@lru_cache(maxsize=65_536)
def _head(word: str) -> int | None:
    """How much of a word is a head word: all of it, or what stands before a hyphen."""
    match = _HEAD.match(word)
    return match.end() if match else None


def _before(text: str) -> int:
    """How many characters at the end of the text are words that may begin the name, six words at most.

    >>> _before("beslutade barn- och "), _before("(Tekniska "), _before("att  ")
    (10, 9, 0)
    """
    length = 0
    words = text.replace("\n", " ").split(" ")
    if words.pop():
        return 0
    for word in reversed(words[-6:]):
        if (start := _joining(word)) is None:
            break
        length += len(word) - start + 1
        if start > 0:
            break
    return length


@lru_cache(maxsize=65_536)
def _joining(word: str) -> int | None:
    match = _JOINING.search(word)
    return match.start() if match else None


@lru_cache(maxsize=8192)
def _named(words: str) -> tuple[tuple[int, int, str], ...]:
    """The names in a few words: start, end and kind of each."""
    document = _ruler()(_LINE_IN_NAME.sub(" ", words))
    return tuple(
        (document[first].idx, entity.end_char, _kind(entity.text, entity.label_))
        for entity in document.ents
        if (first := _first(entity)) is not None
    )


def _first(entity: Span) -> int | None:
    """The token that the name begins with, a heading word before it left out; None where nothing is left of a name."""
    first, document = entity.start, entity.doc
    words = [token.text for token in entity]
    if entity.label_ in ("company", "association") and not words[0].endswith("öreningen"):
        first += next((at for at, word in enumerate(words) if not _is_heading(word)), len(words))
    if first == entity.end or (len(words) > 1 and entity.end - first < 2):
        return None
    if words[0] == "AB" and (_is_heading(words[1]) or (first > 0 and document[first - 1].text[0].isupper())):
        return None  # Sundbyhem AB Sundby
    return first


def _is_heading(word: str) -> bool:
    return word in _NOT_FIRST or (names.is_heading(word) and word not in _FIRST and not word.isupper())


def _kind(name: str, label: str) -> str:
    return "authority" if name.lower().split()[-1].removesuffix("s") in _AUTHORITIES else label


def _nominative(name: str) -> str:
    """The name on one line with a capital, without the genitive -s.

    >>> _nominative("barn- och\\nungdomsnämndens"), _nominative("Kommunstyrelsens arbetsutskott")
    ('Barn- och ungdomsnämnden', 'Kommunstyrelsens arbetsutskott')
    """
    name = " ".join(name.split())
    if re.search(rf"(?:{_ALL_ENDS})s$", name, re.IGNORECASE) or name.lower().removesuffix("s") in _AUTHORITIES:
        name = name.removesuffix("s")
    return name[0].upper() + name[1:]


@cache
def _ruler() -> Language:
    return nlp.ruler([*_bodies(), *_companies(), *_associations()])


def _bodies() -> Iterator[dict[str, Any]]:
    """Bodies and administrations: one word, "barn- och ungdomsnämnden", "tekniska nämnden", "nämnden för kultur"."""
    joint = {"LOWER": {"IN": ["och", "samt", "&"]}}
    cut = {"TEXT": {"REGEX": r"^[\wÅÄÖåäö]+-$"}}
    for kind, ends in _ENDS.items():
        if kind == "association":
            continue
        one = {
            "LOWER": {
                "REGEX": rf"^[\wåäö-]+(?:{'|'.join(ends)})s?$",
                "NOT_IN": sorted(_NOT | {f"{word}s" for word in _NOT}),
            }
        }
        yield _pattern(kind, one)
        yield _pattern(kind, cut, joint, one)
        yield _pattern(kind, cut, {"ORTH": ",", "OP": "?"}, cut, joint, one)
        if kind not in ("body", "administration"):
            continue
        plain = {"LOWER": {"IN": [f"{end}{s}" for end in ends for s in ("", "s")]}}
        field = {"LOWER": {"IN": _WORDS["fields"]["words"]}}
        yield _pattern(kind, one, {"TEXT": {"IN": _PLACES}})
        yield _pattern(kind, plain, {"LOWER": "för"}, field)
        yield _pattern(kind, plain, {"LOWER": "för"}, field, joint, field)
        yield _pattern(kind, {"LOWER": {"IN": _WORDS["adjectives"]["words"]}}, plain)
        yield _pattern(kind, {"IS_TITLE": True}, {"LOWER": {"REGEX": rf"^stadsdels(?:{'|'.join(ends)})s?$"}})
    owner = {"LOWER": {"REGEX": r"^[\wåäö-]*(?:nämndens|styrelsens|fullmäktiges)$"}}
    yield _pattern("body", owner, {"LOWER": {"REGEX": r"^[\wåäö]*(?:utskott|beredning|presidium)$"}})
    yield _pattern("body", cut, joint, owner, {"LOWER": {"REGEX": r"^[\wåäö]*(?:utskott|beredning|presidium)$"}})
    yield _pattern("authority", {"LOWER": {"IN": sorted(_AUTHORITIES)}})


def _companies() -> Iterator[dict[str, Any]]:
    """Sundby Energi AB, Göteborg & Co AB, AB Sundbyhem."""
    word = {"TEXT": {"REGEX": r"^[A-ZÅÄÖ][\wåäöÅÄÖ-]+$", "NOT_IN": ["AB"]}}
    for more in range(4):
        yield _pattern("company", word, *[word] * more, {"ORTH": "AB"})
    yield _pattern("company", word, {"ORTH": "&"}, word, {"ORTH": "AB"})
    yield _pattern("company", {"ORTH": "AB"}, word)
    yield _pattern(
        "company",
        {"TEXT": {"REGEX": r"^(?:Fastighets|Förvaltnings|Utvecklings|Bostads|Industri)$"}},
        {"ORTH": "AB"},
        word,
    )


def _associations() -> Iterator[dict[str, Any]]:
    """Sundby IF, IFK Sundby, Sundby hembygdsförening, Föreningen Kråkan, Samordningsförbundet Älven."""
    word = {"TEXT": {"REGEX": r"^[A-ZÅÄÖ][a-zåäö][\wåäö-]*$"}}
    club = {"TEXT": {"IN": _CLUBS}}
    ending = {"LOWER": {"REGEX": rf"^[\wåäö-]*(?:{'|'.join(_ENDS['association'])})s?$"}}
    compound = {"LOWER": {"REGEX": r"^[\wåäö-]+(?:förbundet|föreningen)s?$", "NOT_IN": sorted(_NOT)}}
    for more in range(3):
        yield _pattern("association", word, *[word] * more, club)
        yield _pattern("association", word, *[word] * more, ending)
    yield _pattern("association", {"TEXT": {"IN": ["IFK", "IK", "BK", "GIF", "FK", "IF", "HK"]}}, word)
    yield _pattern("association", {"LOWER": {"REGEX": r"^[\wåäö]*föreningen$"}}, word)
    yield _pattern("association", compound)


def _pattern(kind: str, *tokens: dict[str, Any]) -> dict[str, Any]:
    return {"label": kind, "pattern": list(tokens)}
