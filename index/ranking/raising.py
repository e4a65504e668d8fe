"""What raises an item (höjning): that it is what the question lets expect, short of what filters."""

from __future__ import annotations

from collections.abc import Iterator

from index.asking.question import Question
from index.ranking.fusion import Ranked
from index.vectors import LEADS, Condition, Ids, OneOf, Vectors, Where

# What each thing is worth that is expected and that the item is. On the 80 questions all of 0.2 to 0.5 did the same,
# but for a body: its name is as often a word of the matter ("kommunstyrelsens ordförande"), and hid answers above 0.2.
_WORTH = {"kind": 0.3, "party": 0.3, "outcome": 0.3, "body": 0.1, "person": 0.3, "year": 0.3}
_AUTHOR = 0.4  # besides, for the party whose motion or question it is
_OWN = 0.2  # besides, for the motion itself before the § that answers it
_FIELDS = {"kind": "matters", "party": "parties", "outcome": "outcomes", "body": "body_key", "person": "people"}
_AUTHORED = {"motion", "interpellation"}


def raise_expected(store: Vectors, asked: Question, found: dict[str, Ranked]) -> None:
    """Items that are what the question lets expect rise a little."""
    if not found:
        return
    for condition, worth in _worths(asked):
        for lead in store.ids((*LEADS, Ids(tuple(found)), condition), len(found)):
            found[lead].score += worth


def expected(asked: Question) -> Where:
    """What an item is that is all that the question lets expect. Such items are looked for apart from the others,
    since their words may be too common to bring them among the first."""
    raised = asked.raised
    conditions = [OneOf(_FIELDS[name], values) for name, values in _raised(asked)]
    if raised.party and _AUTHORED.intersection(raised.kind):
        conditions = [OneOf("authors", raised.party) if c.field == "parties" else c for c in conditions]
    return tuple(conditions)


def _worths(asked: Question) -> Iterator[tuple[Condition, float]]:
    raised = asked.raised
    for name, values in _raised(asked):
        yield OneOf(_FIELDS[name], values), _WORTH[name]
    if raised.year:
        yield OneOf("year", raised.year), _WORTH["year"]
    if raised.kind:
        yield OneOf("kind", raised.kind), _OWN
    if raised.party:
        yield OneOf("authors", raised.party), _AUTHOR


def _raised(asked: Question) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in _FIELDS:
        if values := getattr(asked.raised, name):
            yield name, values
