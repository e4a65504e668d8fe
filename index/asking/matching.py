"""The matching set (träffmängd): what an item must be and which words it must have."""

from __future__ import annotations

from dataclasses import replace

from index import words
from index.asking import english, question
from index.asking.filters import Filters, conditions
from index.asking.query import Query
from index.asking.question import Question
from index.vectors import LEADS, All, OneOf, Vectors, Where


def understood(store: Vectors, query: Query) -> tuple[Question, Where]:
    """The question as read, and what an item must be. A filter read out of it that leaves nothing is dropped."""
    told = english.read(query.text)
    text = told.swedish if told else query.text
    asked = replace(question.read(text, query.filters) if query.read else question.plain(text), english=told)
    where = conditions(query.filters | asked.filters, store)
    if not (where and store.count((*LEADS, *where)) == 0):
        return asked, where
    own = conditions(query.filters, store)
    if not asked.filters or (own and store.count((*LEADS, *own)) == 0):
        return replace(asked, notes=(*asked.notes, f"nothing here has {_told(query.filters)}")), where
    note = f"nothing has {_told(asked.filters)}, so the search was made without"
    return replace(asked, filters=Filters(), notes=(*asked.notes, note)), own


def matching(asked: Question, where: Where) -> Where:
    """The items that pass the filters and have every word of the question; a case number is one of the words."""
    cases = (OneOf("cases", asked.cases),) if asked.cases else ()
    if asked.english:
        return (*LEADS, *where, *cases, *asked.english.terms(asked.stems))
    terms = tuple(words.number(stem) for stem in asked.stems)
    return (*LEADS, *where, *cases, *((All("terms", terms),) if terms else ()))


def _told(filters: Filters) -> str:
    return ", ".join(f"{name} {value}" for name, value in filters.to_json().items())
