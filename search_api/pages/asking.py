"""A search as its address tells it (sökning): read from one, and the addresses of searches beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from index.asking.filters import FilterError, Filters, municipality_code
from index.asking.query import MOST, Query
from index.points import key
from search_api.pages.links import address

PAGE = 20  # hits on a page
LAST = MOST // PAGE
SEVERAL = ("municipality", "body", "kind", "outcome", "party", "person", "year", "case")
SINGLE = ("from", "to", "min_kronor", "max_kronor")
_VALUES, _LETTERS = 50, 200  # of one filter, of one value: what is longer is no address of ours


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, filters, order and page. Its address is a permalink: the same search tomorrow."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    fold: str | None = None
    forgive: bool = False
    without: tuple[str, ...] = ()
    page: int = 1

    @classmethod
    def of(cls, told: QueryParams) -> Asking:
        """The search of an address; parameters that are not ours are left alone.

        >>> Asking.of(QueryParams("q=bad&municipality=Ystad&year=2025&utm_source=x")).filters
        {'municipality': ('1286',), 'year': ('2025',)}
        """
        filters: dict[str, tuple[str, ...]] = {}
        for name in (*SEVERAL, *SINGLE):
            values = [value.strip()[:_LETTERS] for value in told.getlist(name) if value.strip()]
            values = [_code(value) for value in values] if name == "municipality" else values
            if values:
                filters[name] = tuple(dict.fromkeys(values))[: _VALUES if name in SEVERAL else 1]
        page = told.get("page", "1")
        return cls(
            text=told.get("q", "").strip(),
            filters=filters,
            sort=told.get("sort") or "relevance",
            fold=told.get("fold") or None,
            forgive=told.get("forgive") in ("1", "true", "on"),
            without=tuple(dict.fromkeys(told.getlist("without")))[:_VALUES],
            page=min(max(int(page), 1), LAST) if page.isdecimal() and len(page) < 9 else 1,
        )

    def query(self, today: date | None = None) -> Query:
        """The search itself. Raises FilterError for a value that means nothing."""
        filters = Filters.of({name: values if name in SEVERAL else values[0] for name, values in self.filters.items()})
        return Query(
            self.text, filters, PAGE, (self.page - 1) * PAGE, self.sort, fold=self.fold, forgive=self.forgive,
            without=self.without, today=today,
        )  # fmt: skip

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked: that is the start page."""
        return self == Asking()

    def pairs(self) -> list[tuple[str, str]]:
        """What the address says, without order and page: as the exports and feeds take it too."""
        told = [("q", self.text)] if self.text else []
        told += [(name, value) for name in (*SEVERAL, *SINGLE) for value in self.filters.get(name, ())]
        told += [("forgive", "1")] if self.forgive else []
        return told + [("without", name) for name in self.without]

    def address(self, path: str = "/") -> str:
        """The address of this search.

        >>> Asking("skola", {"year": ("2025",)}, sort="newest", page=2).address()
        '/?q=skola&year=2025&sort=newest&page=2'
        """
        return address(path, [*self.pairs(), *self.view()])

    def view(self) -> list[tuple[str, str]]:
        """Order, folding and page."""
        told = [("sort", self.sort)] if self.sort != "relevance" else []
        told += [("fold", self.fold)] if self.fold else []
        return told + ([("page", str(self.page))] if self.page > 1 else [])

    def kept(self) -> list[tuple[str, str]]:
        """What the address of a hit keeps of the search, so that the hits before and after it are known there."""
        return [*self.pairs(), *(pair for pair in self.view() if pair[0] != "page")]

    def leading(self, at: int) -> list[tuple[str, str]]:
        """The same with which hit it is: `at` on this page, from 0.

        >>> Asking("skola", sort="newest", page=2).leading(0)
        [('q', 'skola'), ('sort', 'newest'), ('nr', '21')]
        """
        return [*self.kept(), ("nr", str((self.page - 1) * PAGE + at + 1))]

    def but(self, **changes: Any) -> str:
        """The address of a search that differs in this; it begins at the first page."""
        return replace(self, **({"page": 1} | changes)).address()

    def leaving(self, name: str, value: str | None = None) -> str:
        """The address without a value of a filter, or without the filter."""
        return self._with(name, [each for each in self.filters.get(name, ()) if value is not None and each != value])

    def toggling(self, name: str, value: str, read: tuple[str, ...] = ()) -> str:
        """The address with a value of a filter more, or less; `read` is what the question itself is read to say.

        >>> Asking("bad").toggling("year", "2025"), Asking("bad i Mora").toggling("municipality", "2062", ("2062",))
        ('/?q=bad&year=2025', '/?q=bad+i+Mora&without=municipality')
        """
        chosen = self.filters.get(name) or read
        held = [each for each in chosen if not same(name, each, value)]
        if len(held) == len(chosen):
            return self._with(name, [*chosen, value])
        if not held and name not in self.filters:
            return self.not_reading(name)
        return self._with(name, held)

    def not_reading(self, name: str) -> str:
        """The address that leaves something of the question unread."""
        return self.but(without=tuple(dict.fromkeys((*self.without, name))))

    def _with(self, name: str, values: list[str]) -> str:
        rest = {each: told for each, told in self.filters.items() if each != name}
        return self.but(filters=rest | ({name: tuple(values)} if values else {}))


def same(name: str, one: str, other: str) -> bool:
    """Whether two values of a filter are one: the index tells bodies and parties as they are written.

    >>> same("body", "kommunstyrelsen", "Kommunstyrelsen"), same("year", "2024", "2025")
    (True, False)
    """
    return key(one) == key(other) if name in ("body", "party", "person", "kind", "outcome") else one == other


def _code(municipality: str) -> str:
    """A municipality's code by its name; what is neither is told of when it is searched for."""
    try:
        return municipality_code(municipality)
    except FilterError:
        return municipality
