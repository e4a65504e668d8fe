"""A page of the answer (svarssida): the hits with their passages, how many items match, and how they divide."""

from __future__ import annotations

from index import words
from index.answers.explained import THIN, Explaining
from index.answers.facets import Counts, generation
from index.answers.hits import Hit, Hits, hit
from index.answers.meant import Meaning, meant
from index.answers.order import with_passages
from index.answers.snippets import Passage, Wanted, snippet
from index.answers.why import words_by_stem
from index.asking.query import Query
from index.asking.question import Question
from index.ranking.fusion import Ranked
from index.vectors import TEXTS, Ids, Vectors, Where

_MEANT = 100  # hits on a page whose sentences are compared; a longer list is for a program


class Pages:
    """Makes pages; what was counted for one is remembered for the next."""

    def __init__(self) -> None:
        self._counts = Counts()
        self._explaining = Explaining(self._counts)

    def page(
        self,
        store: Vectors,
        query: Query,
        asked: Question,
        where: Where,
        matching: Where,
        ranked: list[Ranked],
        meaning: Meaning | None = None,
    ) -> Hits:
        """The page of the ranked items that the query asks for; a thin answer is explained to who asks for facets."""
        of_page = ranked[query.offset : query.offset + query.limit]
        of_page = with_passages(store, of_page, words.question_vector(asked.words))
        leads = tuple(found.lead for found in of_page)
        counted = frozenset(store.ids((*matching, Ids(leads)), len(leads))) if leads else frozenset()
        told = self._counts.facets(store, matching) if query.facets else {}
        shown = hits(store, of_page, asked, counted, meaning)
        total = self._counts.total(store, matching)
        thin = query.facets and not query.offset and total < THIN
        explained = self._explaining.explained(store, query, asked, where, total) if thin else {}
        return Hits(asked.to_json(), shown, total, told, generation(store), explained)


def hits(
    store: Vectors, ranked: list[Ranked], asked: Question, counted: frozenset[str], meaning: Meaning | None = None
) -> list[Hit]:
    """Items with what is stored of them and of their best passages; those not `counted` are related."""
    payloads = store.payloads([*{id for found in ranked for id in (found.lead, *found.members)}], TEXTS)
    best = store.fields([*{found.passage for found in ranked}], ("text", "stops", "page"))
    shown = [found for found in ranked if found.lead in payloads]
    texts = [best[found.passage] for found in shown]
    passages = [Passage.of(told["text"], told.get("stops")) for told in texts]
    titles = [str(payloads[found.lead].get("title") or "") for found in shown]
    carrying = meant(meaning, passages, titles) if meaning and len(shown) <= _MEANT else [None] * len(shown)
    wanted, by_stem = Wanted.of(asked.words, asked.stems), words_by_stem(asked)
    return [
        hit(found, payloads, told["page"], snippet(passage, wanted, number), asked, by_stem, counted)
        for found, told, passage, number in zip(shown, texts, passages, carrying, strict=True)
    ]
