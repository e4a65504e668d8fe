"""Ranking the items of a search (rangordning): what each leg brings, put together and raised."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index import words
from index.asking.question import Question
from index.ranking.fusion import Ranked, found_by
from index.ranking.likeness import likeness
from index.ranking.recency import raise_recent
from index.vectors import LEADS, Ids, OneOf, Vectors, Where

LEGS = ("words", "meaning")

_DEPTH = 200  # passages that each leg brings
_RAISE = 0.3  # for each thing that the question lets expect and the item is; as filters, years lose more than they win
_FIRST = 5  # items of a case that stand for it
_CASE = 10.0  # an item of the case that is asked for stands before all others

Embed = Callable[[str], list[float]]  # a question's dense vector


def ranked(
    store: Vectors,
    embed: Embed,
    asked: Question,
    where: Where,
    needed: int,
    legs: Sequence[str] = LEGS,
    recent: bool = False,
) -> list[Ranked]:
    """The best items for a question, at least as many as `needed` if there are; `legs` leaves one out.

    With `recent`, newer ones rise.
    """
    depth = max(_DEPTH, 4 * needed)
    meaning = embed(asked.text) if "meaning" in legs else None
    worded = asked.english.vector() if asked.english else words.question_vector(asked.text)
    sparse = worded if "words" in legs else None
    found = {one.lead: one for one in found_by(store, meaning, sparse, where, depth)}
    _raise(store, asked, found)
    if asked.cases:
        of_cases = _of_cases(store, asked, where, found)
        if of_cases and not asked.stems:
            found = _around(store, of_cases, where, depth)
        found |= of_cases
    if recent:
        raise_recent(store, found)
    return sorted(found.values(), key=lambda one: (-one.score, one.lead))


def _raise(store: Vectors, asked: Question, found: dict[str, Ranked]) -> None:
    """Items that are what the question lets expect, though it is no filter, rise a little."""
    raised = asked.raised
    for name, values in (
        ("kind", raised.kind),
        ("parties", raised.party),
        ("outcomes", raised.outcome),
        ("year", raised.year),
    ):
        if values and found:
            for lead in store.ids((Ids(tuple(found)), OneOf(name, values)), len(found)):
                found[lead].score += _RAISE


def _around(store: Vectors, of_cases: dict[str, Ranked], where: Where, depth: int) -> dict[str, Ranked]:
    """What is like the items of a case: what belongs to it need not have its number, as an appendix."""
    first = sorted(of_cases.values(), key=lambda one: (-one.score, one.lead))[:_FIRST]
    payloads = store.payloads([one.lead for one in first])
    text, direction = likeness(store, [payloads[one.lead] | {"id": one.lead} for one in first])
    return {one.lead: one for one in found_by(store, direction, words.question_vector(text), where, depth)}


def _of_cases(store: Vectors, asked: Question, where: Where, found: dict[str, Ranked]) -> dict[str, Ranked]:
    """The items of the case that is asked for: its own before those that mention it, and both before all others."""
    payloads = store.payloads(store.ids((*LEADS, *where, OneOf("cases", asked.cases)), _DEPTH))
    of_cases = {lead: found.get(lead, Ranked(lead, passage=lead)) for lead in payloads}
    for lead, payload in payloads.items():
        of_cases[lead].score += _CASE * (2 if payload.get("case_number") in asked.cases else 1)
        of_cases[lead].legs["case"] = 1.0
    return of_cases
