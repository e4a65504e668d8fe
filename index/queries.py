"""Asking the index (sökning): from a question to hits, one per item, ranked by words and meaning together."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from index import generations, question, words
from index.embed import Encoder, check_model, encoder
from index.filters import FilterError, Filters, conditions
from index.form import check_form
from index.hits import Hit, Hits, Ranked, facets, fused, hit
from index.likeness import NotFoundError, likeness, meant, themselves
from index.question import Question
from index.settings import Settings
from index.vectors import LEADS, All, Between, Ids, OneOf, Scored, Vectors, Where

__all__ = ["FilterError", "Filters", "Hit", "Hits", "NotFoundError", "Query", "Searcher", "search", "similar"]

LEGS = ("words", "meaning")
SORTS = ("relevance", "newest", "oldest", "date")  # by date: the newest first

_DEPTH = 200  # passages that each leg brings
_RAISE = 0.3  # for each thing that the question lets expect and the item is; as filters, years lose more than they win
_CASE = 10.0  # an item of the case that is asked for stands before all others
_MOST = 10_000  # hits that can be paged to; an export takes them all


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a question in words, and filters. `read` lets filters be read out of the question."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    sort: str = "relevance"
    facets: bool = True
    read: bool = True

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise FilterError(f"there is no order {self.sort!r}; there are {', '.join(SORTS)}")
        if not (self.limit >= 0 and self.offset >= 0 and self.limit + self.offset <= _MOST):
            raise FilterError(f"limit and offset go from 0 and to {_MOST} together")


def search(settings: Settings, query: Query) -> Hits:
    """One search; who asks many keeps a Searcher."""
    return Searcher(settings).search(query)


def similar(settings: Settings, source: str, item: str | None = None, limit: int = 10) -> Hits:
    """The items most like one; see Searcher.similar."""
    return Searcher(settings).similar(source, item, limit)


class Searcher:
    """An open index; many threads may search at once, and a new generation is noticed by the next search."""

    def __init__(self, settings: Settings, store: Vectors | None = None, encode: Encoder | None = None) -> None:
        self._settings = settings
        self._given = store
        self._encode = encode
        self._opened: tuple[Path, Vectors] | None = None
        self._checked: Vectors | None = None
        self._all: tuple[Vectors, dict[str, list[dict[str, Any]]]] | None = None
        self._lock = threading.Lock()

    def search(self, query: Query, legs: Sequence[str] = LEGS) -> Hits:
        """The items that fit a query, best first."""
        store = self._store()
        asked, where = _understood(store, query)
        matching = _matching(asked, where)
        if not asked.stems and not asked.cases:
            return self._without_words(store, query, asked, where)
        if asked.cases and not store.count((*LEADS, *where, OneOf("cases", asked.cases))):
            missing = f"nothing here has the case number {', '.join(asked.cases)}"
            asked = replace(asked, notes=(*asked.notes, missing))
            legs = ("words",)
        if query.sort != "relevance":
            ranked = [Ranked(lead, passage=lead) for lead in self._by_day(store, query, matching)]
        else:
            ranked = self._ranked(store, query, asked, where, legs)
        return self._answer(store, query, asked, matching, ranked)

    def similar(self, source: str, item: str | None = None, limit: int = 10) -> Hits:
        """The items most like an item, or a paper, by address, path or sha256; itself left out, however listed."""
        store = self._store()
        items = meant(store, source, item)
        own = themselves(store, items)
        text, vector = likeness(store, items)
        near, worded = store.search_both(vector, words.question_vector(text), (), _DEPTH + len(own))
        ranked = [found for found in fused(near, worded) if found.lead not in own]
        asked = Question(text=f"{source} § {item}" if item else source)
        return Hits(asked.to_json(), self._hits(store, ranked[:limit], asked, frozenset()), len(ranked))

    def matching(self, query: Query, fields: Sequence[str] = ("document", "item_index")) -> Iterator[dict[str, Any]]:
        """Every item of the matching set, with these stored fields: what an export or an alert is made of."""
        store = self._store()
        where = _matching(*_understood(store, query))
        yield from (payload for _, payload in store.scroll(where, fields))

    def close(self) -> None:
        """Lets go of the index."""
        if self._opened:
            self._opened[1].close()
            self._opened = None

    def _store(self) -> Vectors:
        """The current generation, opened anew if it has moved on."""
        if self._given is not None:
            return self._given
        with self._lock:
            why = ""
            for _ in range(5):
                folder = generations.current(self._settings.vectors)
                if folder is None:
                    raise NotFoundError("there is no index yet; run `paragraf ingest PATH` first")
                if self._opened and self._opened[0] == folder:
                    return self._opened[1]
                try:
                    store = _load(folder)
                except OSError as error:  # a sync took it away between the pointer and the folder, or it is broken
                    why = str(error)
                    continue
                check_form(store.meta())
                self._opened = (folder, store)  # the old one closes when the last search lets go of it
                return store
        raise NotFoundError(f"{why}; `paragraf rebuild --index` makes it anew")

    def _encoder(self, store: Vectors) -> Encoder:
        """The encoder, checked against what the index was made with."""
        self._encode = self._encode or encoder(self._settings)
        if self._checked is not store:
            check_model(store.meta(), self._encode)
            self._checked = store
        return self._encode

    def _ranked(self, store: Vectors, query: Query, asked: Question, where: Where, legs: Sequence[str]) -> list[Ranked]:
        depth = max(_DEPTH, 4 * (query.offset + query.limit))
        sparse = words.question_vector(asked.text)
        if "meaning" not in legs:
            near, worded = list[Scored](), store.search(sparse, where, depth)
        else:
            vector = self._encoder(store).queries([asked.text])[0].tolist()
            near, worded = store.search_both(vector, sparse, where, depth) if "words" in legs else (
                store.search(vector, where, depth), []
            )  # fmt: skip
        ranked = {found.lead: found for found in fused(near, worded)}
        self._raise(store, asked, ranked)
        if asked.cases:
            found = self._of_cases(store, asked, where, ranked)
            ranked = found if found and not asked.stems else ranked | found
        return sorted(ranked.values(), key=lambda found: (-found.score, found.lead))

    def _raise(self, store: Vectors, asked: Question, ranked: dict[str, Ranked]) -> None:
        """Items that are what the question lets expect, though it is no filter, rise a little."""
        raised = asked.raised
        for name, values in (
            ("kind", raised.kind),
            ("parties", raised.party),
            ("outcomes", raised.outcome),
            ("year", raised.year),
        ):
            if values and ranked:
                for lead in store.ids((Ids(tuple(ranked)), OneOf(name, values)), len(ranked)):
                    ranked[lead].score += _RAISE

    def _of_cases(self, store: Vectors, asked: Question, where: Where, ranked: dict[str, Ranked]) -> dict[str, Ranked]:
        """The items of the case that is asked for: its own before those that mention it, and both before all others."""
        payloads = store.payloads(store.ids((*LEADS, *where, OneOf("cases", asked.cases)), _DEPTH))
        found = {lead: ranked.get(lead, Ranked(lead, passage=lead)) for lead in payloads}
        for lead, payload in payloads.items():
            found[lead].score += _CASE * (2 if payload.get("case_number") in asked.cases else 1)
            found[lead].legs["case"] = 1.0
        return found

    def _without_words(self, store: Vectors, query: Query, asked: Question, where: Where) -> Hits:
        """Filters alone list their items, the newest first; nothing at all finds nothing."""
        if not where and query.text.strip():
            notes = (*asked.notes, "the question has no word to search for")
            return Hits(replace(asked, notes=notes).to_json(), [])
        matching = (*LEADS, *where)
        leads = self._by_day(
            store, replace(query, sort="newest" if query.sort == "relevance" else query.sort), matching
        )
        return self._answer(store, query, asked, matching, [Ranked(lead, passage=lead) for lead in leads])

    def _by_day(self, store: Vectors, query: Query, matching: Where) -> list[str]:
        """The matching items by day, those without a day last."""
        needed, oldest_first = query.offset + query.limit, query.sort == "oldest"
        dated = store.latest(matching, needed, oldest_first) if needed else []
        if len(dated) < needed:
            known = set(dated)
            dated += [lead for lead in store.ids(matching, needed + len(known)) if lead not in known]
        return self._in_one_order(store, dated[:needed], matching, oldest_first)

    def _in_one_order(self, store: Vectors, leads: list[str], matching: Where, oldest_first: bool) -> list[str]:
        """By day and then by id, whatever the engine does within a day: a page goes on where the one before ended."""
        payloads = store.payloads(leads)
        days = {lead: payloads[lead]["day"] for lead in leads if "day" in payloads[lead]}
        if not days:
            return leads
        last = days[next(lead for lead in reversed(leads) if lead in days)]
        of_last = [lead for lead in days if days[lead] == last]
        chosen = sorted(store.ids((*matching, Between("day", last, last)), _MOST))[: len(of_last)]
        days = {lead: day for lead, day in days.items() if day != last} | dict.fromkeys(chosen, last)
        dated = sorted(days, key=lambda lead: (days[lead] if oldest_first else -days[lead], lead))
        return dated + [lead for lead in leads if "day" not in payloads[lead]]

    def _answer(self, store: Vectors, query: Query, asked: Question, matching: Where, ranked: list[Ranked]) -> Hits:
        page = ranked[query.offset : query.offset + query.limit]
        leads = tuple(found.lead for found in page)
        counted = frozenset(store.ids((*matching, Ids(leads)), len(leads))) if leads else frozenset()
        hits = self._hits(store, page, asked, counted)
        facets = self._facets(store, matching) if query.facets else {}
        return Hits(asked.to_json(), hits, store.count(matching), facets)

    def _facets(self, store: Vectors, matching: Where) -> dict[str, list[dict[str, Any]]]:
        """How the matching items divide; those of everything are counted once per generation."""
        if matching != LEADS:
            return facets(store, matching)
        if self._all is None or self._all[0] is not store:
            self._all = (store, facets(store, matching))
        return self._all[1]

    def _hits(self, store: Vectors, page: list[Ranked], asked: Question, counted: frozenset[str]) -> list[Hit]:
        """The page's items with what is stored of them and of their best passages."""
        payloads = store.payloads([*{found.lead for found in page} | {found.passage for found in page}])
        wanted = frozenset(asked.stems) | words.stems(asked.words)
        return [hit(found, payloads[found.lead], payloads[found.passage], wanted, found.lead in counted)
                for found in page if found.lead in payloads]  # fmt: skip


def _load(folder: Path) -> Vectors:
    from index.edge import load

    return load(folder)


def _matching(asked: Question, where: Where) -> Where:
    """The items that pass the filters and have every word of the question; a case number is one of the words."""
    terms = tuple(words.number(stem) for stem in asked.stems)
    cases = (OneOf("cases", asked.cases),) if asked.cases else ()
    return (*LEADS, *where, *cases, *((All("terms", terms),) if terms else ()))


def _understood(store: Vectors, query: Query) -> tuple[Question, Where]:
    """The question as read, and what an item must be. A filter read out of it that leaves nothing is dropped."""
    asked = question.read(query.text, query.filters) if query.read else question.plain(query.text)
    where = conditions(query.filters | asked.filters, store)
    if not (where and store.count((*LEADS, *where)) == 0):
        return asked, where
    own = conditions(query.filters, store)
    if not asked.filters or (own and store.count((*LEADS, *own)) == 0):
        return replace(asked, notes=(*asked.notes, f"nothing here has {_told(query.filters)}")), where
    note = f"nothing has {_told(asked.filters)}, so the search was made without"
    return replace(asked, filters=Filters(), notes=(*asked.notes, note)), own


def _told(filters: Filters) -> str:
    return ", ".join(f"{name} {value}" for name, value in filters.to_json().items())
