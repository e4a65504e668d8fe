"""Why so little was found (förklaring): what each word of the question and each filter did, what was perhaps meant, and
what there is to find at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any
from weakref import WeakKeyDictionary

from index import words
from index.answers.facets import Counts
from index.answers.spelling import Speller
from index.asking.filters import Filters, conditions
from index.asking.listed import still_listed
from index.asking.matching import loosely, matching, understood
from index.asking.query import Query
from index.asking.question import Question
from index.asking.syntax import narrowed
from index.vectors import LEADS, All, OneOf, Vectors, Where
from index.vocabulary import vocabulary

THIN = 3  # items; an answer with fewer is explained
_MOST = 20  # words of a question that are told of
_SIGNS = {
    "phrases": '"{}"', "beginnings": "{}*", "without": "-{}", "without_phrases": '-"{}"', "without_beginnings": "-{}*",
}  # fmt: skip


class Explaining:
    """Explains thin answers; the words of the collection are read once per generation."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._spellers: WeakKeyDictionary[Vectors, Speller] = WeakKeyDictionary()

    def explained(self, store: Vectors, query: Query, asked: Question, where: Where, total: int) -> dict[str, Any]:
        """What made an answer thin. What there is nothing to say of is left out."""
        told: dict[str, Any] = {
            "filters": list(self._filters(store, query.filters | asked.filters, asked, where)),
            "signs": list(self._signs(store, query.filters | asked.filters, asked)),
        }
        if not total:
            told["words"] = list(self._words(store, asked, where))
            told["instead"] = self._instead(store, query, asked, told["words"])
            told["held"] = self.held(store)
        return {name: value for name, value in told.items() if value}

    def held(self, store: Vectors) -> dict[str, Any]:
        """What there is to find: how many items, of which municipalities and bodies, from when to when."""
        facets = self._counts.facets(store, LEADS)
        ends = [store.latest(LEADS, 1, oldest_first) for oldest_first in (True, False)]
        days = [next(iter(store.payloads(lead).values()))["date"] if lead else None for lead in ends]
        return {
            "items": self._counts.total(store, LEADS),
            "municipalities": facets["municipality"],
            "bodies": facets["body"],
            "first": days[0],
            "last": days[1],
        }

    def _words(self, store: Vectors, asked: Question, where: Where) -> Iterator[dict[str, Any]]:
        """Each word: how it was split, how many items have it, and how many would match without it."""
        for written, stems, parts in _asked(asked)[:_MOST]:
            forgiven = (other for stem in stems for other in asked.others.get(stem, ()))
            has = OneOf("terms", tuple(map(words.number, (*stems, *forgiven))))
            told: dict[str, Any] = {"word": written, "stems": list(stems), "parts": list(parts)}
            told["total"] = store.count((*LEADS, has))
            if where:
                told["filtered"] = store.count((*LEADS, *where, has))
            if len(required := _required(asked)) > 1:
                others = tuple(stem for stem in required if stem not in stems)
                told["without"] = self._total(store, replace(asked, stems=others, required=None), where)
            if not told["total"] and not asked.english:
                near = self._suggestions(store, written, parts)
                told["suggestions"] = [{"word": word, "total": number} for word, number in near]
            yield told

    def _filters(self, store: Vectors, filters: Filters, asked: Question, where: Where) -> Iterator[dict[str, Any]]:
        """Each filter, and how many items would match without it."""
        told, names = filters.to_json(), {"date_from": "from", "date_to": "to"}
        of_filters = (*conditions(filters, store), *loosely(asked.filters, store))
        signs = tuple(condition for condition in where if condition not in of_filters)
        for field in fields(Filters):
            name = names.get(field.name, field.name)
            if name in told:
                left: Any = {field.name: field.default}
                without = conditions(replace(filters, **left), store)
                yield {"name": name, "value": told[name], "without": self._total(store, asked, (*without, *signs))}

    def _signs(self, store: Vectors, filters: Filters, asked: Question) -> Iterator[dict[str, Any]]:
        """Each sign of the question ("words in a row", -without, beginning*), and how many would match without it."""
        for kind, form in _SIGNS.items():
            values: tuple[str, ...] = getattr(asked.signs, kind)
            for value in values:
                left: Any = {kind: tuple(other for other in values if other != value)}
                listed = still_listed(store, filters.withdrawn)
                where = (*conditions(filters, store), *listed, *narrowed(store, replace(asked.signs, **left)))
                yield {"sign": form.format(value), "without": self._total(store, asked, where)}

    def _total(self, store: Vectors, asked: Question, where: Where) -> int:
        return self._counts.total(store, matching(asked, where))

    def _suggestions(self, store: Vectors, word: str, parts: tuple[str, ...]) -> list[tuple[str, int]]:
        """Words like one that nothing has; for a compound that nothing has, its words apart."""

        def count(other: str) -> int:
            terms = tuple(words.number(known.stem) for known in words.words(other))
            return store.count((*LEADS, All("terms", terms))) if terms else 0

        if store not in self._spellers:
            self._spellers[store] = Speller(vocabulary(store).candidates())
        near = self._spellers[store].suggestions(word, count)
        if not near and len(parts) > 1:
            apart = in_two(word, parts)
            near = [(apart, number)] if apart and (number := count(apart)) else []
        return near

    def _instead(
        self, store: Vectors, query: Query, asked: Question, told: list[dict[str, Any]]
    ) -> dict[str, Any] | None:
        """The question with the best suggestions in it, if something matches that."""
        text = query.text
        for word in told:
            for suggestion in word.get("suggestions", ())[:1]:
                text = text.replace(word["word"], suggestion["word"])
        if text == query.text:
            return None
        total = self._counts.total(store, matching(*understood(store, replace(query, text=text))))
        return {"text": text, "total": total} if total else None


def _required(asked: Question) -> tuple[str, ...]:
    return asked.stems if asked.required is None else asked.required


def _asked(asked: Question) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each word of a question as it is written, its stem (an English one's are several), and its parts."""
    if asked.english:
        of = {word: words.stems(" ".join(swedish)) for word, swedish in asked.english.meanings}
        return [(word, tuple(s for s in asked.stems if s in stems), ()) for word, stems in of.items()]
    told: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {}
    for start, end, _ in words.places(asked.words, frozenset(_required(asked))):
        for word in words.words(asked.words[start:end]):
            if word.stem in _required(asked):
                told.setdefault(word.stem, (asked.words[start:end], (word.stem,), word.parts))
    return list(told.values())


def in_two(word: str, parts: tuple[str, ...]) -> str | None:
    """The two words of a compound with these parts, apart.

    >>> [in_two(each.stem, each.parts) for each in words.words("skolskjutsavgift skolskjuts")]
    ['skolskjuts avgift', 'skol skjut']
    """
    small = word.lower()
    for at in range(3, len(small) - 2):
        first, last = small[:at], small[at:]
        if words.stem(last) == parts[1] and words.stem(first) == parts[0]:
            return f"{first} {last}"
    return f"{parts[0]} {parts[1]}"
