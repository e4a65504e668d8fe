"""The search that led to an item (sökvägen hit): its words to be marked, the hit before and the hit after."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from starlette.datastructures import QueryParams

from index.answers.hits import Hit, Hits
from index.answers.snippets import Wanted
from index.embed import ModelError
from index.form import FormError
from index.queries import FilterError, NoIndexError, Query, Searcher
from index.vectors import ServerError
from search_api.pages.asking import Asking

_FIRST = 30  # hits among which an item is looked for
_LONGEST = 2_000  # characters of a question
_MOST = 9_000


@dataclass(frozen=True, slots=True)
class CameFrom:
    """A search as it stands in the address, and where the item is among its hits (`place`, from 0; None: not found)."""

    text: str
    kept: tuple[tuple[str, str], ...]
    place: int | None = None
    total: int = 0
    hit: Hit | None = None
    before: Hit | None = None
    after: Hit | None = None
    stems: frozenset[str] = frozenset()

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the question's words stand in a text."""
        wanted = Wanted.of("", self.stems) if self.stems else Wanted.of(self.text)
        return [(start, end) for start, end, _ in wanted.places(text)] if self.text else []


def kept(params: QueryParams) -> tuple[tuple[str, str], ...]:
    """What of an address is of the search that led here, for the addresses of other items and of the search."""
    asking = Asking.of(params)
    order = [("sort", asking.sort)] if asking.sort != "relevance" else []
    return (*asking.pairs(), *order, *([("fold", asking.fold)] if asking.fold else []))


def came_from(searcher: Searcher, params: QueryParams, sha256: str, item: int) -> CameFrom | None:
    """The search in an address, asked again; None where there is none. What is wrong with it harms no one here."""
    query = _query(params)
    if query is None:
        return None
    alone = CameFrom(query.text, kept(params))
    with suppress(FilterError, NoIndexError, ModelError, FormError, ServerError):
        for offset in _offsets(params.get("nr", "")):
            before = 1 if offset else 0
            found = searcher.search(_page(query, offset - before))
            at = _at(found.hits, sha256, item)
            if at is not None:
                return _among(alone, found, at, offset - before)
        return CameFrom(query.text, kept(params), total=found.total, stems=_stems(found))
    return alone


def _offsets(told: str) -> Sequence[int]:
    """Where to look: at the place that the address tells, and among the first."""
    place = int(told) - 1 if told.isascii() and told.isdigit() and len(told) < 5 else 0
    return (place, 0) if 0 < place < _MOST else (0,)


def _query(params: QueryParams) -> Query | None:
    """The search; filters that mean nothing are left out of it."""
    asking = Asking.of(params)
    text = asking.text[:_LONGEST]
    if not text:
        return None
    with suppress(FilterError):
        return replace(asking.query(date.today()), facets=False)
    return Query(text, facets=False, today=date.today())


def _page(query: Query, offset: int) -> Query:
    return replace(query, text=query.text[:_LONGEST], offset=offset, limit=_FIRST if offset == 0 else 3)


def _at(hits: Sequence[Hit], sha256: str, item: int) -> int | None:
    return next((n for n, hit in enumerate(hits) if hit.document == sha256 and hit.item_index == item), None)


def _stems(found: Hits) -> frozenset[str]:
    return frozenset(found.read_as.get("words", ()))


def _among(alone: CameFrom, found: Hits, at: int, offset: int) -> CameFrom:
    hits = found.hits
    return CameFrom(
        alone.text, alone.kept, offset + at, max(found.total, offset + len(hits)), hits[at],
        hits[at - 1] if at else None, hits[at + 1] if at + 1 < len(hits) else None, _stems(found),
    )  # fmt: skip
