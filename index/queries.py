"""Asking the index (sökning): from a question to hits, one per item, ranked by words and meaning together."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from index import completing
from index.answers.facets import generation
from index.answers.hits import Hit, Hits
from index.answers.meant import Meaning
from index.answers.order import by_day, with_passages
from index.answers.page import Pages, hits
from index.answers.tiers import FIRST, tiers
from index.asking.filters import FilterError, Filters
from index.asking.listed import narrows
from index.asking.matching import matching, understood
from index.asking.notes import Note
from index.asking.query import MOST, SORTS, Query
from index.asking.question import Question
from index.embed import Encoder
from index.encoders.reranker import reranker
from index.opening import NoIndexError, Opening
from index.points import lead_id
from index.ranking.folding import folded
from index.ranking.fusion import Ranked
from index.ranking.legs import LEGS, ranked
from index.ranking.likeness import NotFoundError
from index.ranking.reranking import reranked
from index.ranking.similar import RELATIONS, alike
from index.settings import Settings
from index.vectors import LEADS, Between, Ids, Meta, OneOf, Vectors, Where
from index.words import question_vector

__all__ = [
    "LEGS", "RELATIONS", "SORTS", "FilterError", "Filters", "Hit", "Hits", "NoIndexError", "NotFoundError", "Query",
    "Searcher", "search", "similar",
]  # fmt: skip

_REST_S = 0.2
# What a new generation is asked before anybody waits for it: words that much and that nothing has, a name, a number
_USUAL = ("budget för skolan", "motion om cykelväg", "yttrande från Anna Lind", "KS 2025/1", "kallbadhusflottn")


def search(settings: Settings, query: Query) -> Hits:
    """One search; who asks many keeps a Searcher."""
    return Searcher(settings).search(query)


def similar(
    settings: Settings,
    source: str,
    item: str | None = None,
    limit: int = 10,
    *,
    elsewhere: bool = False,
    only: Sequence[str] = RELATIONS,
) -> Hits:
    """The items most like one; see Searcher.similar."""
    return Searcher(settings).similar(source, item, limit, elsewhere=elsewhere, only=only)


class Searcher:
    """An open index; many threads may search at once, and a new generation is noticed by the next search.

    Who is always at hand (`server`) goes on with the generation before while the new one is opened.
    """

    def __init__(
        self,
        settings: Settings,
        store: Vectors | None = None,
        encode: Encoder | None = None,
        *,
        server: bool = False,
    ) -> None:
        self._opening = Opening(settings, store, encode, self._warm if server else None)
        self._pages = Pages()
        self._reranker, self._first = reranker(settings), settings.rerank

    def search(self, query: Query, legs: Sequence[str] = LEGS) -> Hits:
        """The items that fit a query, best first."""
        return self._opening.ask(lambda store: self._search(store, query, legs))

    def similar(
        self,
        source: str,
        item: str | None = None,
        limit: int = 10,
        *,
        elsewhere: bool = False,
        only: Sequence[str] = RELATIONS,
    ) -> Hits:
        """The items most like an item, or a paper, by address, path or sha256; itself left out, however listed.

        Each tells its `relation`: a copy of the same §, a stage of the same case, or similar, which is another case.
        `only` takes some of these; `elsewhere` puts other municipalities first.
        """
        unknown = sorted(set(only) - set(RELATIONS))
        if unknown:
            raise FilterError(f"no relation is called {unknown[0]!r}; there are {', '.join(RELATIONS)}")
        return self._opening.ask(lambda store: self._similar(store, source, item, limit, elsewhere, only))

    def matching(
        self,
        query: Query,
        fields: Sequence[str] = ("document", "item_index"),
        documents: Sequence[int] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Every item of the matching set, with its id and these stored fields: what an export or an alert is made of.

        With `documents`, those of these papers alone.
        """
        yield from self._opening.ask(lambda store: self._matching(store, query, fields, documents))

    def months(self, query: Query, year: int) -> tuple[int, ...]:
        """How many items match in each month of a year, January first."""
        return self._opening.ask(lambda store: self._months(store, query, year))

    def shown(self, query: Query, leads: Sequence[str]) -> list[Hit]:
        """These items, by id, as hits of the query: with snippet and why; one that is gone meanwhile is left out."""
        return self._opening.ask(lambda store: self._shown(store, query, leads))

    def held(self) -> Meta | None:
        """What the index that is searched holds: up to which revision of the record, by which model."""
        return self._opening.ask(lambda store: store.meta())

    def counts(self, query: Query) -> Hits:
        """How many items fit a query and how they divide, with no hits: nothing is ranked."""
        return self._opening.ask(lambda store: self._counted(store, query))

    def generation(self) -> str | None:
        """A name of what the index holds now: answers with the same one come from the same index."""
        return self._opening.ask(generation)

    def completions(self, beginning: str, most: int) -> dict[str, list[tuple[str, int]]]:
        """What somebody who has written so far may mean: "words" that go on so, and "bodies", with their items."""
        last = beginning.split()[-1] if beginning and not beginning[-1].isspace() else ""
        return self._opening.ask(
            lambda store: {
                "words": completing.completions(store, last, most),
                "bodies": completing.bodies(store, beginning.strip(), most),
            }
        )

    def item(self, id: str) -> dict[str, Any] | None:
        """What is stored with an item, by the id of a hit; None where there is no such item now."""
        return self._opening.ask(lambda store: store.payloads([lead_id(id)])).get(lead_id(id))

    def close(self) -> None:
        """Lets go of the index."""
        self._opening.close()

    def _warm(self, store: Vectors) -> None:
        """Asks a store as it will be asked, so that what is read once per generation has been read.

        With pauses, in which those go on who ask the one before.
        """
        for text in _USUAL:
            self._search(store, Query(text), LEGS)
            time.sleep(_REST_S)

    def _search(self, store: Vectors, query: Query, legs: Sequence[str]) -> Hits:
        asked, where = understood(store, query)
        if not asked.stems and not asked.cases:
            return self._without_words(store, query, asked, where)
        if asked.cases and not store.count((*LEADS, *where, OneOf("cases", asked.cases))):
            missing = Note.of("case", "nothing here has the case number {what}", what=", ".join(asked.cases))
            asked, legs = replace(asked, notes=(*asked.notes, missing)), ("words",)
        matched = matching(asked, where)
        if query.sort not in ("relevance", "recent"):
            return self._by_day(store, query, asked, where, matched)
        found = self._by_relevance(store, query, asked, where, matched, legs)
        return self._pages.page(store, query, asked, where, matched, found, self._meaning(store, asked, legs))

    def _similar(
        self, store: Vectors, source: str, item: str | None, limit: int, elsewhere: bool, only: Sequence[str]
    ) -> Hits:
        found = [one for one in alike(store, source, item, elsewhere) if one.relation in only]
        asked = Question(text=f"{source} § {item}" if item else source)
        return Hits(asked.to_json(), hits(store, found[:limit], asked, frozenset()), len(found))

    def _matching(
        self, store: Vectors, query: Query, fields: Sequence[str], documents: Sequence[int] | None
    ) -> Iterator[dict[str, Any]]:
        asked, where = understood(store, query)
        if query.text.strip() and not (asked.stems or asked.cases or narrows(where)):
            return iter(())  # as the search: a question without a word to search for finds nothing
        among = () if documents is None else (OneOf("document", tuple(documents)),)
        return ({**payload, "id": id} for id, payload in store.scroll((*matching(asked, where), *among), fields))

    def _shown(self, store: Vectors, query: Query, leads: Sequence[str]) -> list[Hit]:
        asked, _ = understood(store, query)
        there = set(store.ids((*LEADS, Ids(tuple(leads))), len(leads))) if leads else set()
        found = [Ranked(lead, passage=lead) for lead in leads if lead in there]
        found = with_passages(store, found, question_vector(asked.words))
        return hits(store, found, asked, frozenset(there), self._meaning(store, asked, LEGS))

    def _counted(self, store: Vectors, query: Query) -> Hits:
        asked, where = understood(store, query)
        matched = matching(asked, where) if asked.stems or asked.cases else (*LEADS, *where)
        return self._pages.page(store, replace(query, limit=0), asked, where, matched, [])

    def _months(self, store: Vectors, query: Query, year: int) -> tuple[int, ...]:
        where = matching(*understood(store, query))
        before = [year * 10_000 + month * 100 for month in range(1, 13)]
        return tuple(store.count((*where, Between("day", day, day + 31))) for day in before)

    def _meaning(self, store: Vectors, asked: Question, legs: Sequence[str]) -> Meaning | None:
        """What sentences are compared with; nothing where there are no words, or the leg is left out."""
        if "meaning" not in legs or not asked.stems:
            return None
        vector = self._opening.embed(store, asked.words or asked.text)
        return Meaning(vector, frozenset(asked.stems), self._opening.sentences(store))

    def _without_words(self, store: Vectors, query: Query, asked: Question, where: Where) -> Hits:
        """Filters alone list their items, the newest first; nothing at all finds nothing."""
        if not narrows(where) and query.text.strip():
            note = Note.of("no_word", "the question has no word to search for")
            return Hits(replace(asked, notes=(*asked.notes, note)).to_json(), [])
        return self._by_day(store, query, asked, where, (*LEADS, *where))

    def _by_relevance(
        self, store: Vectors, query: Query, asked: Question, where: Where, matched: Where, legs: Sequence[str]
    ) -> list[Ranked]:
        """The items, best first, at least as far as the page goes."""

        def rank(needed: int) -> list[Ranked]:
            best = ranked(
                store, partial(self._opening.embed, store), asked, where, needed, legs, query.sort == "recent"
            )
            first = legs == LEGS and needed == FIRST
            return reranked(store, self._reranker, self._first, asked.text, best) if first else best

        found: list[Ranked] = []
        for listed in tiers(rank, lambda: by_day(store, matched, MOST, False)):
            found = folded(store, listed, query.fold) if query.fold else listed
            if len(found) >= query.offset + query.limit:
                break
        return found

    def _by_day(self, store: Vectors, query: Query, asked: Question, where: Where, matched: Where) -> Hits:
        """The matching items by day, the newest first if nothing else is asked for."""
        needed = wanted = query.offset + query.limit
        while True:
            leads = by_day(store, matched, needed, query.sort == "oldest")
            found = [Ranked(lead, passage=lead) for lead in leads]
            if query.fold:
                found = folded(store, found, query.fold)
            if len(found) >= wanted or len(leads) < needed:
                return self._pages.page(store, query, asked, where, matched, found, self._meaning(store, asked, LEGS))
            needed *= 2
