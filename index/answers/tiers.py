"""Items by relevance, as far as somebody pages (skikt): the same order on every page, however long a page is.

How deep the legs look changes what they bring, and with that the order. So they look to fixed depths: the first tier
is the ranking at the first depth, each next one what a deeper look adds to it, and the last one the rest of what
matches, by day. The list is the tiers one after another, and so long as the index stays the same, so does the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from index.ranking.fusion import Ranked

FIRST = 50  # items that the first tier is to bring; most people never leave it
_TIERS = (FIRST, 250, 1250, 6250)


def tiers(rank: Callable[[int], Sequence[Ranked]], rest: Callable[[], Sequence[str]]) -> Iterator[list[Ranked]]:
    """The list as far as each tier goes; who has enough stops asking.

    >>> def rank(needed): return [Ranked(lead) for lead in ("abc" if needed == 50 else "dbac")]
    >>> [[found.lead for found in listed] for listed in tiers(rank, lambda: ["b", "e"])]
    [['a', 'b', 'c'], ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd', 'e']]
    """
    listed: dict[str, Ranked] = {}
    for needed in _TIERS:
        before = len(listed)
        for found in rank(needed):
            listed.setdefault(found.lead, found)
        if before and len(listed) == before:
            break  # a deeper look brings nothing more
        yield list(listed.values())
    for lead in rest():
        listed.setdefault(lead, Ranked(lead, passage=lead))
    yield list(listed.values())
