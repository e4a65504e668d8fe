"""What is compared: one `Kind` per figure, with how it is told from the marks and from what we read.

`GUIDELINE` is what the guideline beside the gold marks in every paper, `BEYOND` what `tests/marked/README.md` adds: a
paper that lacks the field is not scored on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from extractors.model import Document, Item, Person, Vote
from tests.score.counts import Found, fold, kronor

Marked = dict[str, Any]
Words = Iterable[tuple[str, ...]]


def _paper(paper: Marked) -> list[Marked]:
    return [paper]


def _items(paper: Marked) -> list[Marked]:
    return list(paper["items"])


def _votes(paper: Marked) -> list[Marked]:
    return [vote for item in paper["items"] for vote in item["votes"]]


def _amounts(paper: Marked) -> list[Marked]:
    return list(paper["amounts"])


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of find as words to compare. `field` is what its marks stand in, and `within` tells in what."""

    name: str
    marks: Callable[[Marked], Words]
    finds: Callable[[Document], Words]
    field: str = ""
    within: Callable[[Marked], list[Marked]] = _paper

    def marked(self, paper: Marked) -> Found | None:
        """What is marked; None where the paper is not marked for it, or has nothing that could be."""
        all_ = self.within(paper)
        if self.field and not (all_ and all(self.field in one for one in all_)):
            return None
        return Counter(self.marks(paper))

    def found(self, document: Document | None) -> Found:
        """What we found; nothing in a paper that we could not read."""
        return Counter(self.finds(document) if document else ())


def _one(field: str, found: Callable[[Document], str | None]) -> Kind:
    """A field that a paper has one of."""
    return Kind(field, lambda m: [(fold(m[field]),)], lambda d: [(fold(found(d)),)])


def _in_items(
    name: str,
    marks: Callable[[Marked], Words],
    finds: Callable[[Item], Words],
    field: str = "",
    within: Callable[[Marked], list[Marked]] = _items,
) -> Kind:
    """Finds that stand in items: each with the number of its item before it."""
    return Kind(
        name,
        lambda m: ((fold(item["number"] or "-"), *words) for item in m["items"] for words in marks(item)),
        lambda d: ((fold(item.number or "-"), *words) for item in d.items for words in finds(item)),
        field,
        within,
    )


def _sums(vote: Marked) -> str:
    return f"{vote['yes']}-{vote['no']}-{vote['abstain']}"


def _told(vote: Vote) -> str:
    return f"{vote.yes}-{vote.no}-{vote.abstain}"


def _who(by: Iterable[str]) -> str:
    return ", ".join(sorted(map(fold, by)))


def officials(document: Document) -> list[Person]:
    """Everybody with a title or office who is nowhere a politician, each once, as first printed."""
    politicians = {fold(person.name) for person in document.people if person.party}
    first: dict[str, Person] = {}
    for person in document.people:
        if person.role and fold(person.name) not in politicians:
            first.setdefault(fold(person.name), person)
    return list(first.values())


GUIDELINE = (
    _one("kind", lambda d: d.kind),
    _one("municipality", lambda d: d.municipality.code if d.municipality else None),
    _one("body", lambda d: d.body),
    _one("date", lambda d: d.date),
    _one("title", lambda d: d.title),
    _in_items("items", lambda _: [()], lambda _: [()]),
    _in_items("item titles", lambda m: [(fold(m["title"] or ""),)], lambda i: [(fold(i.title or ""),)]),
    _in_items("item case numbers", lambda m: [(m["case_number"] or "null",)], lambda i: [(i.case_number or "null",)]),
    _in_items(
        "decisions",
        lambda m: ((fold(one["text"]),) for one in m["decisions"]),
        lambda i: ((fold(one.text),) for one in i.decisions),
    ),
    _in_items(
        "decisions with outcome",
        lambda m: ((fold(one["text"]), one["outcome"]) for one in m["decisions"]),
        lambda i: ((fold(one.text), one.outcome) for one in i.decisions),
    ),
    _in_items("votes", lambda m: ((_sums(one),) for one in m["votes"]), lambda i: ((_told(one),) for one in i.votes)),
    _in_items(
        "reservations",
        lambda m: ((party,) for party in m["reservations"]),
        lambda i: {(party,) for one in i.reservations for party in one.parties},
    ),
    Kind(
        "case_numbers",
        lambda m: ((one,) for one in m["case_numbers"]),
        lambda d: {(one.canonical,) for one in d.case_numbers},
    ),
    Kind(
        "amounts",
        lambda m: ((kronor(one["kronor"]),) for one in m["amounts"]),
        lambda d: ((kronor(one.kronor),) for one in d.amounts),
    ),
    Kind(
        "people",
        lambda m: {(fold(one["name"]), one["party"]) for one in m["people"]},
        lambda d: {(fold(one.name), one.party) for one in d.people if one.party},
    ),
)  # fmt: skip

BEYOND = (
    _in_items(
        "sections",
        lambda m: ((one["name"], fold(one["heading"])) for one in m["sections"]),
        lambda i: ((one.name, fold(one.heading)) for one in i.sections),
        "sections",
    ),
    _in_items(
        "proposals",
        lambda m: ((fold(one["text"]),) for one in m["proposals"]),
        lambda i: ((fold(one.text),) for one in i.proposals),
        "proposals",
    ),
    _in_items(
        "proposals with who",
        lambda m: ((fold(one["text"]), _who(one["by"])) for one in m["proposals"]),
        lambda i: ((fold(one.text), _who(one.by)) for one in i.proposals),
        "proposals",
    ),
    _in_items(
        "yes_means",
        lambda m: ((_sums(one), fold(one["yes_means"])) for one in m["votes"]),
        lambda i: ((_told(one), fold(one.yes_means)) for one in i.votes),
        "yes_means",
        _votes,
    ),
    _in_items(
        "voters",
        lambda m: ((fold(one["name"]), one["party"] or "null", one["vote"]) for v in m["votes"] for one in v["voters"]),
        lambda i: ((fold(one.name), one.party or "null", one.vote) for v in i.votes for one in v.voters),
        "voters",
        _votes,
    ),
    Kind(
        "amounts with role",
        lambda m: ((kronor(one["kronor"]), one["role"] or "null") for one in m["amounts"]),
        lambda d: ((kronor(one.kronor), one.role or "null") for one in d.amounts),
        "role",
        _amounts,
    ),
    Kind(
        "amounts with per",
        lambda m: ((kronor(one["kronor"]), one["per"] or "null") for one in m["amounts"]),
        lambda d: ((kronor(one.kronor), one.per or "null") for one in d.amounts),
        "per",
        _amounts,
    ),
    Kind(
        "dates",
        lambda m: ((one["value"], fold(one["text"])) for one in m["dates"]),
        lambda d: ((one.value, fold(one.text)) for one in d.dates),
        "dates",
    ),
    Kind(
        "dates with role",
        lambda m: ((one["value"], fold(one["text"]), one["role"]) for one in m["dates"]),
        lambda d: ((one.value, fold(one.text), one.role) for one in d.dates),
        "dates",
    ),
    Kind(
        "officials",
        lambda m: {(fold(one["name"]),) for one in m["officials"]},
        lambda d: ((fold(one.name),) for one in officials(d)),
        "officials",
    ),
    Kind(
        "officials with role",
        lambda m: {(fold(one["name"]), fold(one["role"])) for one in m["officials"]},
        lambda d: ((fold(one.name), fold(one.role)) for one in officials(d)),
        "officials",
    ),
    Kind(
        "organisations",
        lambda m: {(fold(one["name"]),) for one in m["organisations"]},
        lambda d: {(fold(one.name),) for one in d.organisations},
        "organisations",
    ),
    Kind(
        "organisations with kind",
        lambda m: {(fold(one["name"]), one["kind"]) for one in m["organisations"]},
        lambda d: {(fold(one.name), one.kind) for one in d.organisations},
        "organisations",
    ),
    Kind(
        "tables",
        lambda m: ((kronor(one["kronor"]), fold(one["row"]), fold(one["column"])) for one in m["tables"]),
        lambda d: ((kronor(c.kronor), fold(c.row), fold(c.column)) for table in d.tables for c in table.cells),
        "tables",
    ),
)
