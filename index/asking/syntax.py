"""The signs in a question (söktecken): "words in a row", -without, beginning*; read before the question is.

A word without stands for what it would find: `väg -cykel` leaves out each item that `cykel` matches, in any form and in
compounds. In quotes only the word as it is written counts: `-"cykel"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import words
from index.asking.notes import Note
from index.points import item_number
from index.vectors import LEADS, All, AnyWord, Condition, Either, Ids, Not, OneOf, Phrase, Vectors, Where
from index.vocabulary import Vocabulary, vocabulary

_QUOTES = '"„”“«»″'
_SHORTEST = 3  # letters of a beginning: shorter ones have thousands of words
_SIGN = re.compile(
    rf"""(?P<minus>(?<!\S)[-\u2212](?=[^\W\d_]|[{_QUOTES}]))?      # -cykel, but neither vård- nor 2018 -2020
      (?: [{_QUOTES}](?P<phrase>[^{_QUOTES}]+)[{_QUOTES}]             # "i enlighet med", „…”, »…«
      | (?P<word>[^\W\d_][\w-]*)(?P<star>\*)?)                       # avhopp*
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What the signs of a question ask for, and what is left of it (`loose`)."""

    loose: str
    phrases: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    without_phrases: tuple[str, ...] = ()
    without_beginnings: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.beginnings or self.without or self.without_phrases or self.without_beginnings)

    @property
    def wanted(self) -> str:
        """The words that signs ask for: they count for the order of the hits as any others."""
        return " ".join((*self.phrases, *self.beginnings))

    def to_json(self) -> dict[str, list[str]]:
        """What the signs were read as, to be shown."""
        without = [
            *self.without,
            *(f'"{p}"' for p in self.without_phrases),
            *(f"{b}*" for b in self.without_beginnings),
        ]
        told = {"phrases": list(self.phrases), "beginnings": list(self.beginnings), "without": without}
        return {name: values for name, values in told.items() if values}


def read(text: str) -> Signs:
    """The signs of a question.

    >>> signs = read('parkering "enligt förslaget" -cykel avhopp*')
    >>> signs.loose, signs.phrases, signs.without, signs.beginnings
    ('parkering', ('enligt förslaget',), ('cykel',), ('avhopp',))
    >>> bool(read("vård- och omsorg 2018-2020 – e-tjänst"))
    False
    """
    found: dict[str, list[str]] = {}
    notes: list[Note] = []

    def taken(match: re.Match[str]) -> str:
        kind, value = _kind(match)
        if kind == "loose" or not list(words.said(value)):
            return value if match["phrase"] is None else " "
        if "beginnings" in kind and len(value) < _SHORTEST:
            said = "{what} is too short: a beginning has at least {least} letters"
            notes.append(Note.of("short", said, what=f"{value}*", least=_SHORTEST))
            return " " if match["minus"] else value
        found.setdefault(kind, []).append(value)
        return " "

    loose = " ".join(_SIGN.sub(taken, text).split())
    loose = loose if found else text
    return Signs(loose, notes=tuple(notes), **{kind: tuple(dict.fromkeys(values)) for kind, values in found.items()})


def _kind(match: re.Match[str]) -> tuple[str, str]:
    """Which field of Signs a match is for, and its words."""
    kind, value = ("phrases", match["phrase"]) if match["phrase"] else ("beginnings", match["word"])
    if not match["phrase"] and not match["star"]:
        return ("without" if match["minus"] else "loose"), value
    value = " ".join(words.said(value)) if match["phrase"] else value.lower()
    return (f"without_{kind}" if match["minus"] else kind), value


def narrowed(store: Vectors, signs: Signs) -> Where:
    """What the signs say of an item, as a condition that all its passages fulfil."""
    if not signs:
        return ()
    asked = tuple(_conditions(signs, vocabulary(store)))
    most, kept = store.count(LEADS), store.count((*LEADS, *asked))
    if kept <= most // 2:
        return (_items(store, asked, kept),)
    none = Either(tuple(Not(condition) for condition in asked))
    return (Not(_items(store, (none,), most - kept)),)


def _items(store: Vectors, where: Where, count: int) -> Condition:
    leads = store.ids((*LEADS, *where), count) if count else []
    return OneOf("item", tuple(map(item_number, leads))) if leads else Ids(())


def _conditions(signs: Signs, known: Vocabulary) -> Iterator[Condition]:
    yield from (Phrase("said", phrase) for phrase in signs.phrases)
    yield from (_begins(beginning, known) for beginning in signs.beginnings)
    yield from (Not(_has(word)) for word in signs.without)
    yield from (Not(Phrase("said", phrase)) for phrase in signs.without_phrases)
    yield from (Not(_begins(beginning, known)) for beginning in signs.without_beginnings)


def _begins(beginning: str, known: Vocabulary) -> Condition:
    found = known.starting_with(beginning)
    return AnyWord("said", tuple(found)) if found else Ids(())


def _has(word: str) -> Condition:
    """What an item that a word matches fulfils; of words that carry no meaning, how they are written."""
    terms = tuple(words.number(one.stem) for one in words.words(word))
    return All("terms", terms) if terms else Phrase("said", " ".join(words.said(word)))
