"""The items of a case that is asked for by its number (ärende), and what is like them."""

from __future__ import annotations

from collections.abc import Sequence

from index import words
from index.asking.question import Question
from index.ranking.fusion import Ranked, found_by
from index.ranking.likeness import likeness
from index.vectors import LEADS, OneOf, Vectors, Where

_CASE = 10.0  # an item of the case that is asked for stands before all others
_MOST = 200  # items of one case
_FIRST = 5  # items of a case that stand for it


def of_cases(store: Vectors, asked: Question, where: Where, found: dict[str, Ranked]) -> dict[str, Ranked]:
    """The items of the case that is asked for: its own before those that mention it, and both before all others."""
    payloads = store.payloads(store.ids((*LEADS, *where, OneOf("cases", asked.cases)), _MOST))
    items = {lead: found.get(lead, Ranked(lead, passage=lead)) for lead in payloads}
    for lead, payload in payloads.items():
        items[lead].score += _CASE * (2 if payload.get("case_number") in asked.cases else 1)
        items[lead].legs["case"] = 1.0
    return items


def beyond(store: Vectors, where: Where, items: Sequence[Ranked], depth: int) -> dict[str, Ranked]:
    """What is like the items of a case: the same matter goes on under another number, or under none."""
    first = sorted(items, key=lambda one: (-one.score, one.lead))[:_FIRST]
    payloads = store.payloads([one.lead for one in first])
    text, vector = likeness(store, [payloads[one.lead] | {"id": one.lead} for one in first])
    return {one.lead: one for one in found_by(store, vector, words.question_vector(text), where, depth)}
