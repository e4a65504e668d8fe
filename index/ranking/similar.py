"""The same matter elsewhere (liknande): items ranked by how like they are to one, and how each is related to it.

A "copy" is the same § in another paper (an extract), a "stage" is of the same case (the motion, its statement, the
decisions on the way), and what is "similar" is another case: who else has decided this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from index import words
from index.asking.listed import still_listed
from index.ranking.folding import of_meeting
from index.ranking.fusion import Ranked, found_by
from index.ranking.likeness import likeness, meant, themselves
from index.vectors import LEADS, TEXTS, OneOf, Vectors, Where

RELATIONS = ("copy", "stage", "similar")

_DEPTH = 200  # passages that each leg brings
_STAGE = 0.2  # what an item of the same case gains: it is of the matter, whatever its words

Payload = dict[str, Any]


def alike(store: Vectors, source: str, item: str | None, elsewhere: bool = False) -> list[Ranked]:
    """The items most like an item, or a paper, by address, path or sha256; itself left out, however listed.

    `elsewhere` puts those of other municipalities first. What its source no longer lists is left out.
    """
    items = meant(store, source, item)
    own = themselves(store, items)
    text, vector = likeness(store, items)
    by_both = found_by(store, vector, words.question_vector(text), still_listed(store), _DEPTH + len(own))
    found = {one.lead: one for one in by_both if one.lead not in own}
    _add_stages(store, items, found, own, still_listed(store))
    payloads = store.payloads([*found], without=TEXTS)
    for one in found.values():
        one.relation = _relation(payloads[one.lead], items)
        one.score += _STAGE if one.relation != "similar" else 0.0
    place = items[0].get("municipality")
    return sorted(
        found.values(),
        key=lambda one: (elsewhere and payloads[one.lead].get("municipality") == place, -one.score, one.lead),
    )


def _add_stages(
    store: Vectors, items: Sequence[Payload], found: dict[str, Ranked], own: Iterable[str], listed: Where
) -> None:
    """The items of the same case that neither leg brought, so that none is missing."""
    cases = _cases(items)
    if not cases:
        return
    place = items[0].get("municipality")
    here = (*(OneOf("municipality", (each,)) for each in (place,) if each), *listed)
    for lead in store.ids((*LEADS, *here, OneOf("cases", cases)), _DEPTH):
        if lead not in own:
            found.setdefault(lead, Ranked(lead, passage=lead)).legs["case"] = 1.0


def _cases(items: Sequence[Payload]) -> tuple[str, ...]:
    """The number of the case that the items themselves are of; a paper with §§ of many cases has none.

    >>> _cases([{"case_number": "KS 2026/8"}, {"case_number": None}])
    ('KS 2026/8',)
    """
    told = dict.fromkeys(item["case_number"] for item in items if item.get("case_number"))
    return tuple(told) if len(told) == 1 else ()


def _relation(other: Payload, items: Sequence[Payload]) -> str:
    """How an item is related to those that were asked for."""
    if other.get("municipality") == items[0].get("municipality"):
        if any(of_meeting(other) == of_meeting(item) for item in items if item.get("number")):
            return "copy"
        cases = _cases(items)
        if cases and (other.get("case_number") in cases or not set(cases).isdisjoint(other.get("cases") or ())):
            return "stage"
    return "similar"
