"""A document without what is removed (maskning): its text with as many characters, and every field made of it.

What is read from now on comes through here before it is kept, and so does what was kept already: a find that told
nothing but what is removed goes, one that told more keeps the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from extractors.model import Document, Issue, Item, Page, Section
from index.removals.letters import MASK, Place, hidden, letters
from index.removals.rules import Rules

_STAY = (Document, Item, Page, Section, Issue)  # whatever becomes of their words
_TOLD_BY = ("name", "text", "canonical", "people", "parties", "cells")  # what a find is nothing without, if it has it
# Fields whose words are not the passage's own though they may stand in it: what a body is called, words of ours
_OTHERS = frozenset({"body", "municipality", "kind", "outcome", "code", "vote", "stage", "reader", "role", "per"})
_FEW = 3  # words in common with a removed passage that may be anybody's


def masked(document: Document, rules: Rules, code: str | None) -> tuple[Document, int]:
    """The document without what is removed from the papers of its municipality, and in how many places it was."""
    if not rules.wanted:
        return document, 0
    found = rules.places(document.text, code)
    if not found and _clean(document, rules, code):
        return document, 0
    passages = [place for place in found if rules.is_passage(place.digest)]
    rows = [letters(document.text[place.start : place.end]).row for place in passages]

    def mask(words: str, of: str) -> str:
        plain = rules.mask(words, code)
        return plain if of in _OTHERS else _without_fragments(plain, rows)

    walked = _walked(replace(document, text=""), mask, passages)
    return replace(walked, id=document.id, text=hidden(document.text, found)), max(1, len(found))


def _clean(document: Document, rules: Rules, code: str | None) -> bool:
    """Whether what does not come from the text has nothing to hide: a title of the file's own, a reason."""
    told = [document.title or "", document.body or "", document.source, *(one.reason for one in document.issues)]
    return all(rules.mask(words, code) == words for words in told)


def _walked(value: Any, mask: Callable[[str, str], str], passages: Sequence[Place], of: str = "") -> Any:
    """A value of the model with every string of it masked, and without what has nothing left to tell; `of` a field."""
    if isinstance(value, str):
        return mask(value, of)
    if isinstance(value, tuple):
        parts = ((part, _walked(part, mask, passages, of)) for part in value)
        return tuple(after for before, after in parts if _stays(before, after, passages))
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: _walked(getattr(value, each.name), mask, passages, each.name) for each in fields(value)}
        return type(value)(**told)
    return value


def _stays(before: Any, after: Any, passages: Sequence[Place]) -> bool:
    """Whether there is something left of one of several: a name among names, a find among finds."""
    if isinstance(before, str):
        return bool(before == after)
    if isinstance(before, _STAY) or (before == after and not hasattr(before, "span")):
        return True
    span = getattr(before, "span", None)
    if span and span.start < span.end and any(p.start <= span.start and span.end <= p.end for p in passages):
        return False
    told = [(getattr(before, name), getattr(after, name)) for name in _TOLD_BY if hasattr(before, name)]
    if not told or span is None:  # a vote, with its figures; a voter, who stays a vote
        return True
    return any(_tells(new) for old, new in told) or not any(_tells(old) for old, new in told)


def _tells(value: str | tuple[Any, ...]) -> bool:
    return any(sign.isalnum() for sign in value) if isinstance(value, str) else bool(value)


def _without_fragments(words: str, rows: Sequence[str]) -> str:
    """Words without what they have in common with a removed passage, three words in a row at least, or all they are.

    >>> _without_fragments("Avslag: Anna bor på Storgatan 1 i Ale", ["annaborpåstorgatan1"])
    'Avslag: •••• ••• •• ••••••••• • i Ale'
    """
    if not rows:
        return words
    row, at, starts, ends = letters(words)
    stops = sorted(ends)
    found, first = list[Place](), 0
    while first < len(starts):
        last = first
        while last < len(stops) and any(row[starts[first] : stops[last]] in each for each in rows):
            last += 1
        if last - first >= _FEW or (first == 0 and last == len(stops) > 1):
            found.append(Place(at[starts[first]], at[stops[last - 1] - 1] + 1, MASK))
            first = last
        else:
            first += 1
    return hidden(words, found)
