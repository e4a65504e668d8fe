"""Items by day (ordning): the same order on every page, whatever the engine does within a day."""

from __future__ import annotations

from index.asking.query import MOST
from index.points import lead_id
from index.ranking.fusion import Ranked
from index.vectors import TEXTS, Between, Ids, Vectors, Where
from index.words import Sparse

_PASSAGES = 64  # of an item that are looked at for its best


def by_day(store: Vectors, matching: Where, needed: int, oldest_first: bool) -> list[str]:
    """The first matching items by day, those without a day last."""
    dated = store.latest(matching, needed, oldest_first) if needed else []
    if len(dated) < needed:
        known = set(dated)
        dated += [lead for lead in store.ids(matching, needed + len(known)) if lead not in known]
    return _in_one_order(store, dated[:needed], matching, oldest_first)


def _in_one_order(store: Vectors, leads: list[str], matching: Where, oldest_first: bool) -> list[str]:
    """By day and then by id: a page goes on where the one before ended."""
    payloads = store.payloads(leads, TEXTS)
    days = {lead: payloads[lead]["day"] for lead in leads if "day" in payloads[lead]}
    if not days:
        return leads
    last = days[next(lead for lead in reversed(leads) if lead in days)]
    of_last = [lead for lead in days if days[lead] == last]
    chosen = sorted(store.ids((*matching, Between("day", last, last)), MOST))[: len(of_last)]
    days = {lead: day for lead, day in days.items() if day != last} | dict.fromkeys(chosen, last)
    dated = sorted(days, key=lambda lead: (days[lead] if oldest_first else -days[lead], lead))
    return dated + [lead for lead in leads if "day" not in payloads[lead]]


def with_passages(store: Vectors, ranked: list[Ranked], words: Sparse) -> list[Ranked]:
    """Items that no leg brought, as they are listed by day, each with the passage that has most of the words."""
    bare = {found.lead: found for found in ranked if not found.legs}
    if not bare or not words.indices:
        return ranked
    ids = tuple(f"{lead[:28]}{number:08x}" for lead in bare for number in range(_PASSAGES))
    for scored in store.search(words, (Ids(ids),), len(ids)):
        found = bare[lead_id(scored.id)]
        if not found.legs:
            found.passage = scored.id
            found.legs["words"] = scored.score
    return ranked
