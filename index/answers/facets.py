"""How what matches divides (fasetter): items per municipality, body, kind, party, outcome and year.

A facet's own filter does not hide its other values: with Ystad chosen, the municipalities are counted as if it were
not, so that another can be chosen beside it. All other filters count.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any
from weakref import ref
from zlib import crc32

from index.asking.filters import municipality_name
from index.vectors import Meta, OneOf, Vectors, Where

# The name of each facet, the field that is counted, the field that its filter is on, and how many values are told
_FACETS = (
    ("municipality", "municipality", "municipality", 300),
    ("kind", "kind", "kind", 20),
    ("body", "body", "body_key", 50),
    ("year", "year", "year", 50),
    ("party", "parties", "parties", 50),
    ("outcome", "outcomes", "outcomes", 20),
)
_KEPT = 500  # matching sets whose counts are remembered
_LONGEST = 1000  # values of a condition of theirs

Facets = dict[str, list[dict[str, Any]]]


class Counts:
    """Totals and facets of matching sets; what was counted is remembered for as long as the index stays the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: tuple[ref[Vectors], Meta | None] | None = None
        self._kept: dict[Hashable, Any] = {}

    def total(self, store: Vectors, matching: Where) -> int:
        """How many items match."""
        return int(self._remembered(self._of_now(store), ("total", matching), lambda: store.count(matching)))

    def facets(self, store: Vectors, matching: Where) -> Facets:
        """How the matching items divide."""
        kept, told = self._of_now(store), Facets()
        for name, field, filtered, most in _FACETS:
            without = tuple(c for c in matching if not (isinstance(c, OneOf) and c.field == filtered))
            count = partial(store.facet, field, without, most)
            told[name] = [
                _told(name, value, number) for value, number in self._remembered(kept, (field, without), count)
            ]
        return told

    def _of_now(self, store: Vectors) -> dict[Hashable, Any]:
        """What is remembered of the index as it is now."""
        of = (ref(store), store.meta())
        with self._lock:
            if self._of != of:
                self._of, self._kept = of, {}
            return self._kept

    def _remembered(self, kept: dict[Hashable, Any], what: tuple[str, Where], count: Callable[[], Any]) -> Any:
        with self._lock:
            if what in kept:
                kept[what] = kept.pop(what)  # the last to be forgotten
                return kept[what]
        counted = count()
        with self._lock:
            if _is_short(what):
                kept[what] = counted
            if len(kept) > _KEPT:
                del kept[next(iter(kept))]
        return counted


def _is_short(what: tuple[str, Where]) -> bool:
    """Whether a matching set is told in few words; one that lists its items is not worth the room."""
    return all(len(condition.values) <= _LONGEST for condition in what[1] if isinstance(condition, OneOf))


def _told(name: str, value: str | int, count: int) -> dict[str, Any]:
    told = {"value": value, "count": count}
    return told | {"name": municipality_name(str(value))} if name == "municipality" else told


def generation(store: Vectors) -> str | None:
    """A name of what the index holds: two answers with the same one are pages of one list."""
    meta = store.meta()
    return f"{crc32(f'{meta.revision} {meta.model} {meta.format}'.encode()):08x}" if meta else None
