"""The matching set (träffmängd): what an item must be and which words it must have."""

from __future__ import annotations

from dataclasses import replace

from index import words
from index.asking import english, forgiving, question, syntax
from index.asking.filters import Filters, conditions
from index.asking.forgiving import Forgiven
from index.asking.known import known
from index.asking.listed import still_listed
from index.asking.notes import Note
from index.asking.query import Query
from index.asking.question import Question
from index.asking.reading import NAMES, Reading
from index.asking.syntax import Signs
from index.vectors import LEADS, All, Between, OneOf, Vectors, Where
from index.vocabulary import vocabulary

_MAY_BE_UNKNOWN = {"municipality", "year", "day"}


def understood(store: Vectors, query: Query) -> tuple[Question, Where]:
    """The question as read, and what an item must be: filters, and what the signs in it say."""
    signs = syntax.read(query.text)
    loose = forgiving.read(signs.loose, vocabulary(store)) if query.forgive else Forgiven(signs.loose)
    translated = english.read(loose.text[: question.LONGEST])
    text = translated.swedish if translated else loose.text
    if not query.read:
        asked = question.plain(text)
    else:
        asked = question.read(text, query.filters, known(store), query.today, query.without)
    asked = replace(asked, english=translated)
    asked, where = _filtered(store, query, asked)
    listed = still_listed(store, query.filters.withdrawn)
    return _with(asked, signs, loose), (*where, *syntax.narrowed(store, signs), *listed)


def _with(asked: Question, signs: Signs, loose: Forgiven) -> Question:
    """The words of the signs, and those that letters were forgiven for, count for the order of the hits too."""
    notes = (*asked.notes, *signs.notes, *loose.notes)
    more = [signs.wanted, *(stem for others in loose.others.values() for stem in others)]
    added = " ".join(part for part in more if part)
    if not added:
        return replace(asked, signs=signs, notes=notes)
    own = [word.stem for word in words.words(signs.wanted)]
    return replace(
        asked, text=f"{asked.text} {added}".strip(), words=f"{asked.words} {added}".strip(), notes=notes, signs=signs,
        stems=tuple(dict.fromkeys((*asked.stems, *own))), required=asked.stems, others=loose.others,
    )  # fmt: skip


def _filtered(store: Vectors, query: Query, asked: Question) -> tuple[Question, Where]:
    """What the filters say. Of those read out of the question the least sure are dropped, if all leave nothing."""
    own = conditions(query.filters, store)
    if own and store.count((*LEADS, *own)) == 0:
        asked = asked.dropping(NAMES)
        note = Note.of("filters", "nothing here has {what}", what=_told(query.filters))
        return replace(asked, notes=(*asked.notes, note)), own
    for name in NAMES:  # the least sure first
        if not asked.filters or store.count((*LEADS, *own, *conditions(asked.filters, store))):
            break
        if dropped := [reading for reading in asked.readings if reading.is_filter and reading.name == name]:
            told = ", ".join(dict.fromkeys(_words_of(asked, reading) for reading in dropped))
            said = "nothing here has {filters}, so the search was made without “{what}” as a filter"
            note = Note.of("dropped", said, filters=_told(asked.filters), what=told)
            asked = replace(asked.dropping((name,)), notes=(*asked.notes, note))
    return asked, (*own, *loosely(asked.filters, store))


def _words_of(asked: Question, reading: Reading) -> str:
    return asked.text[reading.start : reading.end]


def loosely(filters: Filters, store: Vectors) -> Where:
    """What a question says of place and time excludes papers of others, and none that does not tell its own."""
    return tuple(
        replace(condition, unknown=True)
        if isinstance(condition, OneOf | Between) and condition.field in _MAY_BE_UNKNOWN
        else condition
        for condition in conditions(filters, store)
    )


def matching(asked: Question, where: Where) -> Where:
    """The items that pass the filters and have every word of the question; a case number is one of the words."""
    cases = (OneOf("cases", asked.cases),) if asked.cases else ()
    stems = asked.stems if asked.required is None else asked.required  # phrases are conditions of their own
    if asked.english:
        return (*LEADS, *where, *cases, *asked.english.terms(stems))
    forgiven = (OneOf("terms", _numbers(stem, *asked.others[stem])) for stem in stems if stem in asked.others)
    terms = _numbers(*(stem for stem in stems if stem not in asked.others))
    return (*LEADS, *where, *cases, *forgiven, *((All("terms", terms),) if terms else ()))


def _numbers(*stems: str) -> tuple[int, ...]:
    return tuple(map(words.number, stems))


def _told(filters: Filters) -> str:
    return ", ".join(f"{name} {value}" for name, value in filters.to_json().items())
