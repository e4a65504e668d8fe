"""Items by day (ordning): the same order on every page, whatever the engine does within a day."""

from __future__ import annotations

from index.asking.query import MOST
from index.vectors import Between, Vectors, Where


def by_day(store: Vectors, matching: Where, needed: int, oldest_first: bool) -> list[str]:
    """The first matching items by day, those without a day last."""
    dated = store.latest(matching, needed, oldest_first) if needed else []
    if len(dated) < needed:
        known = set(dated)
        dated += [lead for lead in store.ids(matching, needed + len(known)) if lead not in known]
    return _in_one_order(store, dated[:needed], matching, oldest_first)


def _in_one_order(store: Vectors, leads: list[str], matching: Where, oldest_first: bool) -> list[str]:
    """By day and then by id: a page goes on where the one before ended."""
    payloads = store.payloads(leads)
    days = {lead: payloads[lead]["day"] for lead in leads if "day" in payloads[lead]}
    if not days:
        return leads
    last = days[next(lead for lead in reversed(leads) if lead in days)]
    of_last = [lead for lead in days if days[lead] == last]
    chosen = sorted(store.ids((*matching, Between("day", last, last)), MOST))[: len(of_last)]
    days = {lead: day for lead, day in days.items() if day != last} | dict.fromkeys(chosen, last)
    dated = sorted(days, key=lambda lead: (days[lead] if oldest_first else -days[lead], lead))
    return dated + [lead for lead in leads if "day" not in payloads[lead]]
