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
from index.queries import FilterError, NoIndexError, Searcher
from index.vectors import ServerError
from search_api.pages.asking import Asking

_FIRST = 30  # hits among which an item is looked for
_LONGEST = 2_000  # characters of a question
_MOST = 9_000


@dataclass(frozen=True, slots=True)
class CameFrom:
    """A search as it stands in the address, and where the item is among its hits (`place`, from 0; None: not found).

    `total` is what the search counts; None where this hit only resembles the question, and is not among them.
    """

    text: str
    kept: list[tuple[str, str]]
    place: int | None = None
    total: int | None = None
    hit: Hit | None = None
    before: Hit | None = None
    after: Hit | None = None
    stems: frozenset[str] = frozenset()

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the question's words stand in a text."""
        wanted = Wanted.of("", self.stems) if self.stems else Wanted.of(self.text)
        return [(start, end) for start, end, _ in wanted.places(text)] if self.text else []


def kept(params: QueryParams) -> list[tuple[str, str]]:
    """What of an address is of the search that led here, for the addresses of other items and of the search."""
    return Asking.of(params).kept()


def came_from(searcher: Searcher, params: QueryParams, sha256: str, item: int) -> CameFrom | None:
    """The search in an address, asked again; None where there is none. What is wrong with it harms no one here."""
    asking = Asking.of(params)
    if asking.is_empty:
        return None
    alone = CameFrom(asking.text[:_LONGEST], asking.kept())
    with suppress(FilterError, NoIndexError, ModelError, FormError, ServerError):
        query = replace(asking.query(date.today()), text=alone.text, facets=False)
        for offset, limit in _windows(params.get("nr", "")):
            found = searcher.search(replace(query, offset=offset, limit=limit))
            at = _at(found.hits, sha256, item)
            if at is not None:
                return _among(alone, found, at, offset)
        return replace(alone, stems=_stems(found))
    return alone


def _windows(told: str) -> Sequence[tuple[int, int]]:
    """Where to look, from which hit and how many: about the place that the address tells, and among the first."""
    place = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
    about = [(max(0, place - 2), 3)] if 0 < place < _MOST else []
    return [*about, (0, _FIRST)]


def _at(hits: Sequence[Hit], sha256: str, item: int) -> int | None:
    return next((n for n, hit in enumerate(hits) if hit.document == sha256 and hit.item_index == item), None)


def _stems(found: Hits) -> frozenset[str]:
    return frozenset(found.read_as.get("words", ()))


def _among(alone: CameFrom, found: Hits, at: int, offset: int) -> CameFrom:
    hits, place = found.hits, offset + at
    counted = place < found.total and not hits[at].related
    return replace(
        alone, place=place, total=found.total if counted else None, hit=hits[at], stems=_stems(found),
        before=hits[at - 1] if at else None, after=hits[at + 1] if at + 1 < len(hits) else None,
    )  # fmt: skip
