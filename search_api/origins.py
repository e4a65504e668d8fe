"""Answers told to strangers (ursprung): no place on this machine's disks stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.origin import Names, is_public

_TOLD = ("source", "url")


def without_paths(found: dict[str, Any], names: Names) -> dict[str, Any]:
    """An answer whose hits, and what is folded under them, tell an address on the web or a name as `source` and `url`.

    The answer is changed in place: it was made for this one request.
    """
    told = [each for hit in found["hits"] for each in (hit, *hit.get("members", ()), *hit.get("also", ()))]
    private = [each for each in told if any(not is_public(each[name] or "") for name in _TOLD)]
    known = names.of(each["document"] for each in private)
    for each in private:
        name = known.get(each["document"], each["document"])
        each |= {field: name for field in _TOLD if not is_public(each[field] or "")}
    return found


def of_stops(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every place where a stop of a case, as JSON, can be read."""
    for stop in (*case["stops"], *case["mentions"]):
        yield from stop["sources"]
