"""Ranking the items of a search (rangordning): what each leg brings, put together and raised."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index import words
from index.asking.question import Question
from index.ranking.cases import beyond, of_cases
from index.ranking.fusion import Ranked, found_by, in_order
from index.ranking.nearness import raise_near
from index.ranking.raising import expected, raise_expected
from index.ranking.recency import raise_recent
from index.vectors import Vectors, Where

LEGS = ("words", "meaning")

_DEPTH = 100  # passages that each leg brings at least, and twice as many as items are needed

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
    depth = max(_DEPTH, 2 * needed)
    meaning = embed(asked.sought) if "meaning" in legs else None
    worded = asked.english.vector() if asked.english else words.question_vector(asked.sought)
    sparse = worded if "words" in legs else None
    found = {one.lead: one for one in found_by(store, meaning, sparse, where, depth, expected(asked))}
    raise_expected(store, asked, found)
    if sparse is not None and not asked.english:  # the Swedish words for one English stand side by side
        raise_near(store, asked.sought, found)
    if asked.cases and (items := of_cases(store, asked, where, found)):
        found = (found if asked.stems else beyond(store, where, [*items.values()], depth)) | items
    if recent:
        raise_recent(store, found)
    return in_order(found.values())
