"""Folding what belongs together (hopvikning): the stages of one case, and a decision that stands in several papers.

Presentation alone: what is folded away is a member of the hit it is folded under, and counted as before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

import numpy as np

from index.ranking.fusion import Ranked
from index.vectors import TEXTS, Vectors

_ALIKE = 0.85  # of the words of two texts, the share that both must have to be one text in two papers
_SAME = 0.5  # ... where both are the same § of the same meeting
# Two texts that are alike share the smallest of their words in one of six orders, but for 1 in 10^4; each multiplier
# makes another order of the words (multiplicative hashing)
_ORDERS = np.arange(2_654_435_761, 2_654_435_761 + 6 * 81_006, 81_006, dtype=np.uint64)
_LEAST = 20  # different words; a shorter text ("§ 1 Mötet öppnas") is alike by its form

Payload = dict[str, Any]


def folded(store: Vectors, ranked: Sequence[Ranked], fold: str) -> list[Ranked]:
    """The items in their order, each under the first that it belongs together with."""
    without = TEXTS if fold == "case" else tuple(name for name in TEXTS if name != "terms")
    payloads = store.payloads([found.lead for found in ranked], without)
    stored = [found for found in ranked if found.lead in payloads]
    keys, same = (_of_case, _always) if fold == "case" else (_of_text, _alike)
    return _under_the_first(stored, [payloads[found.lead] for found in stored], keys, same)


def _under_the_first(
    ranked: Sequence[Ranked],
    payloads: Sequence[Payload],
    keys: Callable[[Payload], Iterator[Hashable]],
    same: Callable[[Payload, Payload], bool],
) -> list[Ranked]:
    """Each item under the first that shares a key with it and is the same."""
    seen: dict[Hashable, list[int]] = {}
    first_of: list[int] = []
    for n, payload in enumerate(payloads):
        of_payload = list(keys(payload))
        earlier = sorted({m for key in of_payload for m in seen.get(key, ())})
        mine = next((m for m in earlier if same(payload, payloads[m])), n)
        first_of.append(first_of[mine] if mine < n else n)
        for key in of_payload:
            seen.setdefault(key, []).append(n)
    members: dict[int, list[str]] = {}
    for n, first in enumerate(first_of):
        members.setdefault(first, []).append(ranked[n].lead)
    for first, leads in members.items():
        ranked[first].members = leads[1:]
    return [ranked[first] for first in sorted(members)]


def _of_case(payload: Payload) -> Iterator[Hashable]:
    """The case that an item is a stage of: a municipality and a number; one without stands for itself."""
    if payload.get("case_number"):
        yield payload.get("municipality"), payload["case_number"]


def _of_text(payload: Payload) -> Iterator[Hashable]:
    """What two papers with the same text share: the § of a meeting, and the smallest words in some orders."""
    place = payload.get("municipality")
    yield place, payload["sha256"], payload["item_index"]
    if payload.get("number") and payload.get("day"):
        yield place, *of_meeting(payload)
    terms = payload["terms"]
    if len(terms) >= _LEAST:
        mixed = np.array(terms, dtype=np.uint64)[:, None] * _ORDERS & np.uint64(0xFFFFFFFF)
        yield from ((place, band, int(least)) for band, least in enumerate(mixed.min(axis=0)))


def of_meeting(payload: Payload) -> tuple[Any, ...]:
    """The § of a meeting: the same in the minutes and in an extract of them."""
    return payload.get("body_key"), payload.get("day"), payload.get("number")


def _always(one: Payload, other: Payload) -> bool:
    return True


def _alike(one: Payload, other: Payload) -> bool:
    """Whether two texts are one: by the share of words that both have (Jaccard)."""
    if (one["sha256"], one["item_index"]) == (other["sha256"], other["item_index"]):
        return True
    here, there = set(one["terms"]), set(other["terms"])
    share = len(here & there) / max(1, len(here | there))
    if one.get("number") and of_meeting(one) == of_meeting(other):
        return share >= _SAME
    return share >= _ALIKE and min(len(here), len(there)) >= _LEAST
