"""A watched search as it is kept (sparad sökning): the parameters of the search page as JSON, and what they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from index.asking.filters import FilterError, Filters, municipality_name
from index.asking.query import Query

_LONGEST = 4_000


def kept(query: Query) -> dict[str, Any]:
    """What is kept of a search: not its order and page.

    >>> kept(Query("skola", Filters(year=(2025,)), sort="newest"))
    {'q': 'skola', 'year': [2025]}
    """
    told: dict[str, Any] = {"q": query.text} if query.text else {}
    told |= query.filters.to_json()
    told |= {"without": list(query.without)} if query.without else {}
    return told | ({"forgive": True} if query.forgive else {})


def query(search: Mapping[str, Any], today: date | None = None) -> Query:
    """What a kept search asks. Raises FilterError for a value that means nothing, and for a search of nothing."""
    rest = {name: value for name, value in search.items() if name not in ("q", "without", "forgive")}
    text, without = search.get("q", ""), search.get("without", [])
    if not isinstance(text, str) or len(text) > _LONGEST or not isinstance(without, list):
        raise FilterError("a search is a question in words and filters, as the parameters of the search page")
    filters = Filters.of(rest)
    if not text.strip() and not filters:
        raise FilterError("say what to watch: a question, or a filter such as municipality")
    return Query(
        text, filters, forgive=bool(search.get("forgive")), without=tuple(map(str, without)), facets=False, today=today
    )


def pairs(search: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parameters of the address that asks the same.

    >>> pairs({"q": "bad", "year": [2025], "forgive": True})
    [('q', 'bad'), ('year', '2025'), ('forgive', '1')]
    """
    told: list[tuple[str, str]] = []
    for name, value in search.items():
        several = value if isinstance(value, list) else ["1" if value is True else value]
        told += [(name, str(each)) for each in several]
    return told


def address(base: str, search: Mapping[str, Any]) -> str:
    """The page of the search."""
    return f"{base}/?{urlencode(pairs(search))}"


def in_words(search: Mapping[str, Any], named: Callable[[str, str], str] = lambda name, value: value) -> str:
    """The search on a line, to know it by; `named` has the words for a value of a filter.

    >>> in_words({"q": "skolskjuts", "municipality": ["1489"], "year": [2025]})
    'skolskjuts · Alingsås · 2025'
    """
    rest = {name: value for name, value in search.items() if name not in ("q", "without", "forgive", "withdrawn")}
    told = [str(search["q"])] if search.get("q") else []
    for name, value in rest.items():
        several = [str(each) for each in (value if isinstance(value, list) else [value])]
        told.append(
            ", ".join(municipality_name(each) if name == "municipality" else named(name, each) for each in several)
        )
    return " · ".join(told)
