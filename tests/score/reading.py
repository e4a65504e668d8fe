"""The reading of questions, judged by the filters that the set says each question tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from index.asking import question
from index.asking.known import Known
from index.points import key


def table(asked: Sequence[dict[str, Any]]) -> str:
    """Per filter, how many are told, how many were read, as a filter or to raise, and how many of these are right."""
    told, read, right = Counter[str](), Counter[str](), Counter[str]()
    questions = [q for q in asked if q.get("filters") and q.get("query")]
    known = Known(bodies=frozenset(key(q["filters"]["body"]) for q in questions if "body" in q["filters"]))
    for q in questions:
        wanted, found = _wanted(q["filters"]), _found(q["query"], known)
        told.update(wanted.keys())
        read.update(found.keys())
        right.update(name for name in wanted if wanted[name] in found.get(name, ()))
    rows = ["| filters read | told | read | right |", "|---|--:|--:|--:|"]
    rows += [f"| {name} | {told[name]} | {read[name]} | {right[name]} |" for name in sorted(told | read)]
    return "\n".join(rows) + "\n" if questions else ""


def _wanted(filters: dict[str, Any]) -> dict[str, Any]:
    return {name: key(value) if name == "body" else value for name, value in filters.items()}


def _found(text: str, known: Known) -> dict[str, list[Any]]:
    """What was read, firm or not; a time within one year is that year.

    >>> _found("bad i Ystad juni 2024", Known())
    {'municipality': ['1286'], 'year': [2024]}
    """
    asked = question.read(text, known=known)
    found = {name: value if isinstance(value, list) else [value] for name, value in asked.raised.to_json().items()}
    for name, value in asked.filters.to_json().items():
        found[name] = value if isinstance(value, list) else [value]
    first, last = found.pop("from", [""])[0], found.pop("to", [""])[0]
    if first and first[:4] == last[:4]:
        found["year"] = [int(first[:4])]
    return found
