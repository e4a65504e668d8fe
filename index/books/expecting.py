"""What is expected of a body in a year (förväntningar), against what came: from how many to how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Expected:
    """What may be expected of a body: from how many to how many; None where nothing is."""

    meetings_per_year: Span | None = None
    protocols_per_year: Span | None = None
    items_per_protocol: Span | None = None
    quiet_days: int | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """An expectation against the outcome: `state` is "met", "below", "above", or "running" in a year that goes on.

    `got` is a number, or for items_per_protocol the least and the most that a protocol had.
    """

    what: str
    expected: Span
    got: Span
    state: str


def from_json(told: Mapping[str, Any] | None) -> dict[str, Expected]:
    """As it is kept in `sources.expect`, by body."""
    return {body: Expected(**{name: _span(value) for name, value in of.items()}) for body, of in (told or {}).items()}


def to_json(expected: Mapping[str, Expected]) -> dict[str, Any]:
    """By body, without what is not expected."""
    return {body: {k: v for k, v in asdict(of).items() if v is not None} for body, of in expected.items()}


def _span(value: Any) -> Any:
    return (value[0], value[1]) if isinstance(value, list | tuple) else value


def against(
    expected: Expected, meetings: int | None, protocols: int, items: list[int], over: bool
) -> Iterator[Against]:
    """Each expectation of a year; `over` where the year is, with the time its last protocol may take.

    `meetings` is None where the source tells of none.
    """
    counts = {"meetings_per_year": meetings, "protocols_per_year": protocols}
    for what, number in counts.items():
        span: Span | None = getattr(expected, what)
        if span is not None and number is not None:
            yield Against(what, span, (number, number), _state(span, number, number, over))
    if expected.items_per_protocol is not None and items:
        span, got = expected.items_per_protocol, (min(items), max(items))
        yield Against("items_per_protocol", span, got, _state(span, *got, over=True))


def _state(span: Span, least: int, most: int, over: bool) -> str:
    """
    >>> _state((8, 14), 3, 3, over=False), _state((8, 14), 3, 3, over=True), _state((8, 14), 15, 15, over=False)
    ('running', 'below', 'above')
    """
    if most > span[1]:
        return "above"
    if least < span[0]:
        return "below" if over else "running"
    return "met" if over else "running"
