"""What is like a paper or one of its items (likhet): which items are meant, and what to look for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.vectors import LEADS, TEXTS, OneOf, Vectors

_FIRST = 5  # items that stand for a whole paper
_LETTERS = 900  # of the text that is looked for
_MOST = 10_000


class NotFoundError(LookupError):
    """There is no such document or item in the index, or no index."""


def meant(store: Vectors, source: str, item: str | None) -> list[dict[str, Any]]:
    """The items of the paper that is meant, in its order, or the one item; each with its "id".

    A paper is named by address, path or sha256; where several listings have it, the first counts. A § of an extract
    that is the same in the minutes is meant there.
    """
    path = str(Path(source).absolute())
    told: list[tuple[str, tuple[str, ...]]] = [
        ("url", (source,)),
        ("source", (source,)),
        ("source", (path,)),
        ("sha256", (source.lower(),)),
    ]
    told.append(("also_in", tuple(dict.fromkeys((source, path, source.lower())))))
    asked = (store.payloads(store.ids((*LEADS, OneOf(name, values)), _MOST)) for name, values in told)
    found = [payloads for payloads in asked if payloads]
    if not found:
        raise NotFoundError(f"{source!r} is not in the index")
    payloads = next((each for each in found if item is None or _number(item) in _numbers(each)), found[0])
    first = min(payload["document"] for payload in payloads.values())
    items = [payload | {"id": lead} for lead, payload in payloads.items() if payload["document"] == first]
    items.sort(key=lambda payload: int(payload["item_index"]))
    if item is None:
        return items
    chosen = [payload for payload in items if payload.get("number") == _number(item)]
    if not chosen:
        has = ", ".join(str(payload["number"]) for payload in items if payload.get("number")) or "none"
        raise NotFoundError(f"{source!r} has no § {item}; it has {has}")
    return chosen


def _number(item: str) -> str:
    return item.removeprefix("§").strip()


def _numbers(payloads: Mapping[str, Mapping[str, Any]]) -> set[Any]:
    return {payload.get("number") for payload in payloads.values()}


def themselves(store: Vectors, items: Sequence[dict[str, Any]]) -> frozenset[str]:
    """The leads of these items, in every listing that has the same bytes."""
    indices = {payload["item_index"] for payload in items}
    same = store.payloads(store.ids((*LEADS, OneOf("sha256", (items[0]["sha256"],))), _MOST), TEXTS)
    return frozenset(lead for lead, payload in same.items() if payload["item_index"] in indices)


def likeness(store: Vectors, items: Sequence[dict[str, Any]]) -> tuple[str, list[float]]:
    """What to look for: titles and openings of the first items, and the direction of their first passages together."""
    first = items[:_FIRST]
    vectors = [vector for payload in first if (vector := store.vector(payload["id"])) is not None]
    if not vectors:
        raise NotFoundError("the item has no vector")
    text = " ".join(f"{payload.get('title') or ''} {payload['text'][: _LETTERS // len(first)]}" for payload in first)
    direction: list[float] = np.mean(np.array(vectors, dtype=np.float32), axis=0).tolist()
    return text, direction
