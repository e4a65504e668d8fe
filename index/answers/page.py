"""A page of the answer (svarssida): the hits with their passages, how many items match, and how they divide."""

from __future__ import annotations

from typing import Any

from index.answers.hits import Hit, Hits, facets, hit
from index.answers.meant import Meaning, meant
from index.answers.snippets import Passage, Wanted, snippet
from index.asking.query import Query
from index.asking.question import Question
from index.ranking.fusion import Ranked
from index.vectors import LEADS, Ids, Vectors, Where


class Pages:
    """Makes pages; the facets of everything are counted once per generation."""

    def __init__(self) -> None:
        self._all: tuple[Vectors, dict[str, list[dict[str, Any]]]] | None = None

    def page(
        self,
        store: Vectors,
        query: Query,
        asked: Question,
        matching: Where,
        ranked: list[Ranked],
        meaning: Meaning | None = None,
    ) -> Hits:
        """The page of the ranked items that the query asks for."""
        of_page = ranked[query.offset : query.offset + query.limit]
        leads = tuple(found.lead for found in of_page)
        counted = frozenset(store.ids((*matching, Ids(leads)), len(leads))) if leads else frozenset()
        told = self._facets(store, matching) if query.facets else {}
        return Hits(asked.to_json(), hits(store, of_page, asked, counted, meaning), store.count(matching), told)

    def _facets(self, store: Vectors, matching: Where) -> dict[str, list[dict[str, Any]]]:
        """How the matching items divide; those of everything are counted once per generation."""
        if matching != LEADS:
            return facets(store, matching)
        if self._all is None or self._all[0] is not store:
            self._all = (store, facets(store, matching))
        return self._all[1]


def hits(
    store: Vectors, ranked: list[Ranked], asked: Question, counted: frozenset[str], meaning: Meaning | None = None
) -> list[Hit]:
    """Items with what is stored of them and of their best passages; those not `counted` are related."""
    payloads = store.payloads([*{id for found in ranked for id in (found.lead, found.passage, *found.members)}])
    shown = [found for found in ranked if found.lead in payloads]
    passages = [Passage.of(payloads[found.passage]["text"]) for found in shown]
    titles = [str(payloads[found.lead].get("title") or "") for found in shown]
    carrying = meant(meaning, passages, titles) if meaning else [None] * len(shown)
    wanted = Wanted.of(asked.words, asked.stems)
    return [
        hit(found, payloads, snippet(passage, wanted, number), asked, found.lead in counted)
        for found, passage, number in zip(shown, passages, carrying, strict=True)
    ]
