"""Officials (tjänstepersoner): names that a title or a label stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors import lexicon, names, tokens

_WORDS = lexicon.load("roles")
ELECTED_LABELS = frozenset(_WORDS["elected_labels"])

_TITLE_ENDS = tuple(_WORDS["title_ends"])
_ACTING = re.compile(
    r"(?<![\w-])(?:[Tt][Ff]\.?|[Tt]illförordnad|[Bb]iträdande|[Bb]itr\.?|[Vv]ikarierande|[Ss]tf\.?)\s$"
)
_TAIL = re.compile(r"(?:\s(?:för|på|vid|i|inom|och)\s[^.,;:()\n\t\d]{2,90}?)?(?=\s*(?:[.,;()\n\t\d]|$|\s{2}))")
_IN_BRACKET = re.compile(r"\s\((?:[^()\n]{0,40},\s)?$")
_AFTER_COMMA = re.compile(r",\s$")
_CODE_NEXT = re.compile(r"\s*\((?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}|-)\)")
_LABEL = re.compile(
    rf"(?:^|(?<=\s\s)|(?<=\t))(?P<role>{lexicon.any_of(_WORDS['official_labels'] + _WORDS['elected_labels'])})"
    r"(?:[ \t]*:|[ \t]*[.…_][.…_ \t]{2,})?[ \t]*(?:\n[ \t]*){0,2}(?=[A-ZÅÄÖ])",
    re.IGNORECASE | re.MULTILINE,
)

Found = tuple[int, int, str, str]  # start and end of the name, the name, its title


def titled(text: str) -> Iterator[Found]:
    """Names with a title after a comma, in brackets, before them, or alone on the next line.

    >>> [(name, title) for _, _, name, title in titled("Åsa Berg, chef för Parker i Sundby.\\nkanslichef Bo Ek\\n")]
    [('Åsa Berg', 'chef för Parker i Sundby'), ('Bo Ek', 'kanslichef')]
    >>> [(name, title) for _, _, name, title in titled("Åsa Berg (punkt A, planarkitekt)\\n\\nBo Ek\\nekonomichef")]
    [('Åsa Berg', 'planarkitekt'), ('Bo Ek', 'ekonomichef')]
    """
    for at, word, _ in tokens.meaning(text, _is_title):
        acting = _ACTING.search(text, max(0, at - 15), at)
        span, title = _beside(text, acting.start() if acting else at, at + len(word))
        if span and not _CODE_NEXT.match(text, span[1]):
            yield *span, names.plain(text[slice(*span)]), " ".join(title.split())


def labelled(text: str) -> Iterator[Found]:
    """Names after "Handläggare", "Sekreterare", "Ordförande" and the like, on that line or the next.

    >>> [(name, label) for _, _, name, label in labelled("Handläggare\\nÅsa Ek-Berg\\nSekreterare ......\\nBo Ek")]
    [('Åsa Ek-Berg', 'Handläggare'), ('Bo Ek', 'Sekreterare')]
    """
    for match in _LABEL.finditer(text):
        span = names.after(text, match.end())
        if span and not _CODE_NEXT.match(text, span[1]) and names.has_first_name(text[slice(*span)]):
            yield *span, text[slice(*span)], match["role"]


@lru_cache(maxsize=65_536)
def _is_title(word: str) -> bool | None:
    return True if word == "VD" or word.endswith(_TITLE_ENDS) else None


def _beside(text: str, start: int, end: int) -> tuple[tuple[int, int] | None, str]:
    """The span of the name beside the title at start, and the title with what it is of ("chef för Parker")."""
    tail = _TAIL.match(text, end)
    title = text[start:end]
    whole = title + (tail[0] if tail else "")
    before = text[max(0, start - 50) : start]
    if bracket := _IN_BRACKET.search(before):
        return names.before(text, start - len(before) + bracket.start()), whole
    if _AFTER_COMMA.search(before) and text[start - 3 : start - 2] != ")":
        return _first_named(text, names.before(text, start - 2)), whole
    if span := _first_named(text, names.after(text, end + 1) if text[end : end + 1] == " " else None):
        return span, title
    return _line_above(text, start, end), whole


def _first_named(text: str, span: tuple[int, int] | None) -> tuple[int, int] | None:
    return span if span and names.has_first_name(text[slice(*span)]) else None


def _line_above(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that has the whole line above a title that has a whole line; both may be paragraphs of their own."""
    if text[start - 1 : start] != "\n" or not re.match(r"[^\n]{0,60}(?:\n|$)", text[end : end + 70]):
        return None
    stop = start - 2 if text[start - 2 : start - 1] == "\n" else start - 1
    head = text.rfind("\n", 0, stop) + 1
    span = names.before(text, stop)
    if not span or text[head:stop].strip() != text[slice(*span)] or len(text[slice(*span)].split()) > 3:
        return None  # more than one name, of two columns of signatures
    if stop < start - 1 and text[head - 2 : head] != "\n\n":
        return None  # the last of a list above
    return _first_named(text, span)
