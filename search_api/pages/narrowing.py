"""How an answer divides (fasetter), as links that narrow it, and its years and months as pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from search_api.pages import told
from search_api.pages.asking import Asking, same
from search_api.pages.words import Words

ORDER = ("year", "municipality", "body", "kind", "outcome", "party")
_SHOWN = {"year": 3}  # values of a facet before "more", else 6
_WIDE, _HIGH = 240, 56  # of the picture of years
_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: how many items have it, and the address with it, or without it where it is chosen."""

    text: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the values that are shown, those that are chosen among them, and those under "more"."""

    name: str
    shown: list[Value]
    more: list[Value]


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a month in a picture; `mark` stands below it."""

    value: Value
    mark: str
    x: float
    y: float
    width: float
    height: float


def facets(asking: Asking, found: dict[str, Any], t: Words) -> Iterator[Facet]:
    """The facets that have something to choose between."""
    for name in ORDER:
        made = [_value(asking, name, each, _read(found, name), t) for each in found["facets"].get(name, ())]
        if name == "year":
            made.sort(key=lambda value: value.text, reverse=True)
        first = [value for n, value in enumerate(made) if n < _SHOWN.get(name, 6) or value.chosen]
        if len(made) > 1 or any(value.chosen for value in made) or (made and name == "year"):  # it has months
            yield Facet(name, first, [value for value in made if value not in first])


def years(asking: Asking, found: dict[str, Any], t: Words) -> list[Bar]:
    """The years of an answer side by side, those without items too; nothing where there is but one."""
    counts = {int(each["value"]): int(each["count"]) for each in found["facets"].get("year", ())}
    if len(counts) < 2:
        return []
    last, read = max(counts), _read(found, "year")
    span = range(max(min(counts), last - _MOST_YEARS + 1), last + 1)
    told = [_value(asking, "year", {"value": year, "count": counts.get(year, 0)}, read, t) for year in span]
    return _bars([(value, value.text) for value in told])


def the_year(asking: Asking, found: dict[str, Any]) -> int | None:
    """The one year that an answer is of, chosen or by itself, so that its months are worth telling."""
    held = tuple(str(each["value"]) for each in found["facets"].get("year", ()))
    chosen = asking.filters.get("year") or _read(found, "year") or held
    return int(chosen[0]) if len(chosen) == 1 and re.fullmatch(r"[1-9]\d{3}", chosen[0], re.ASCII) else None


def months(asking: Asking, year: int, counts: Sequence[int], t: Words) -> list[Bar]:
    """The months of a year side by side; a month that is chosen is taken off by its own address."""
    told = []
    for month, count in enumerate(counts, 1):
        day = f"{year}-{month:02}"
        chosen = asking.filters.get("from") == (day,) == asking.filters.get("to")
        rest = {name: values for name, values in asking.filters.items() if name not in ("from", "to")}
        address = asking.but(filters=rest if chosen else rest | {"from": (day,), "to": (day,)})
        told.append((Value(t.day(day), count, address, chosen), t.day(day)[:3]))
    return _bars(told) if any(counts) else []


def _bars(told: Sequence[tuple[Value, str]]) -> list[Bar]:
    step, most = _WIDE / len(told), max(value.count for value, _ in told)
    width = min(step - 1.5, 28.0) if step > 4 else step * 0.8
    bars = []
    for n, (value, mark) in enumerate(told):
        height = max(2.0, _HIGH * value.count / most) if value.count else 0.0
        x = n * step + (step - width) / 2
        bars.append(Bar(value, mark, round(x, 1), round(_HIGH - height, 1), round(width, 1), round(height, 1)))
    return bars


def _value(asking: Asking, name: str, each: dict[str, Any], read: tuple[str, ...], t: Words) -> Value:
    value = str(each["value"])
    chosen = any(same(name, one, value) for one in asking.filters.get(name) or read)
    return Value(told.value(name, value, t), each["count"], asking.toggling(name, value, read), chosen)


def _read(found: dict[str, Any], name: str) -> tuple[str, ...]:
    """What the question itself is read to say of a filter."""
    return tuple(map(str, (found["read_as"].get("filters") or {}).get(name, ())))
