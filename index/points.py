"""From a document in the record to the points that stand for it in the index (punkter)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import numpy as np

from extractors.model import Document, Find, Item
from index import vocabulary, words
from index.acts import acts, authors
from index.answers.sentences import sentences
from index.embed import Matrix
from index.matters import matters
from index.passages import passages
from index.vectors import Point, Whole
from index.words import Sparse

if TYPE_CHECKING:
    from index.catalog import Stored  # a search reads ids from here and needs no SQL

F = TypeVar("F", bound=Find)


@dataclass(frozen=True, slots=True)
class Draft:
    """A point but for its dense vector: what is to be embedded, the BM25 weights, and what is stored.

    A lead has the weights of its whole item too (`item`).
    """

    id: str
    text: str
    words: Sparse
    payload: dict[str, Any]
    item: Sparse | None = None


def drafts(stored: Stored) -> Iterator[Draft]:
    """A point per passage of the document; the first of each item is its lead and has the item's own fields."""
    document = stored.document
    context = words.bag(" ".join(_about(stored)))
    shared = _shared(stored)
    for index, group in groupby(passages(document), key=lambda passage: passage.item):
        if index in stored.copied:
            continue  # it is found in the better paper, once
        item, held = document.items[index], list(group)
        about = context + words.bag(held[0].heading)
        fields = shared | _of_item(document, item)
        fields["matters"] = matters(str(shared["kind"]), item.title or stored.identity.title or "")
        bags = [words.bag(passage.text) for passage in held]
        vectors = [words.passage_vector(about, bag) for bag in bags]
        own = {"item": item_number(point_id(stored, index, 0))}
        for passage, vector in zip(held, vectors, strict=True):
            payload = fields | own | {"start": passage.span.start, "end": passage.span.end, "page": passage.span.page}
            payload |= {"text": passage.text, "stops": [end for _, end in sentences(passage.text)]}
            whole = None
            if passage.number == 0:
                payload |= _of_lead(stored, item, index)
                whole = words.item_vector(about, *bags)
                payload["terms"] = sorted({number for vector in vectors for number in vector.indices})
                payload |= _written([*_about(stored), held[0].heading], bags)
            text = ". ".join((*_about(stored), passage.heading, passage.folded))
            yield Draft(point_id(stored, index, passage.number), text, vector, payload, whole)


def points(made: Sequence[Draft], vectors: Matrix) -> list[Point]:
    """Drafts with their dense vectors; all passages of an item are among them, its lead first."""
    starts = [n for n, draft in enumerate(made) if draft.item is not None]
    sums = np.add.reduceat(vectors, starts, axis=0) if starts else vectors
    directions = iter((sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).tolist())
    return [
        Point(d.id, vector, d.words, d.payload, Whole(next(directions), d.item) if d.item is not None else None)
        for d, vector in zip(made, vectors.tolist(), strict=True)
    ]


def point_id(stored: Stored, item: int, number: int) -> str:
    """A UUID: twelve bytes for the item of this version of the document, four for the passage's number in it."""
    key = f"{stored.document_id} {stored.sha256} {item}".encode()
    return str(UUID(bytes=blake2b(key, digest_size=12).digest() + number.to_bytes(4, "big")))


def lead_id(point: str) -> str:
    """The lead of the item that a point belongs to.

    >>> lead_id("7c9e6679-7425-40de-944b-e07f00000012")
    '7c9e6679-7425-40de-944b-e07f00000000'
    """
    return f"{point[:28]}00000000"


def item_number(point: str) -> int:
    """The number of the item that a point belongs to, as it stands on all its points.

    >>> item_number("7c9e6679-7425-40de-944b-e07f00000012") == item_number("7c9e6679-7425-40de-944b-e07f00000000")
    True
    """
    return int(point.replace("-", "")[:15], 16)


def _written(about: Sequence[str], bags: Sequence[words.Bag]) -> dict[str, Any]:
    """The words as they are written: all in order, no phrase across what stands apart, and those of no word list."""
    said = [words.said(part) for part in about] + [[word for bag in bags for word in bag.said]]
    forms = {word for part in said for word in part if vocabulary.is_kept(word)}
    told = {"said": " | ".join(" ".join(part) for part in said)}
    return told | {"forms": sorted(forms)} if forms else told


def _about(stored: Stored) -> list[str]:
    """What the paper is about as a whole; a person asks for "Alingsås 2026" though no § says it."""
    identity = stored.identity
    place = identity.municipality.name if identity.municipality else ""
    return [part for part in (identity.title or "", place, identity.body or "", (identity.date or "")[:4]) if part]


def _shared(stored: Stored) -> dict[str, Any]:
    """The fields that all points of a document have, to filter by."""
    identity = stored.identity
    fields: dict[str, Any] = {"document": stored.document_id, "kind": identity.kind or stored.document.kind}
    if identity.municipality:
        fields["municipality"] = identity.municipality.code
    if identity.body:
        fields |= {"body": identity.body, "body_key": key(identity.body)}
    if identity.date:
        fields |= _day(identity.date)
    return fields | ({"withdrawn": 1} if stored.withdrawn else {})


def _day(date: str) -> dict[str, int]:
    """{"year": 2026, "day": 20260615}; a date that is only a month counts from its first day.

    >>> _day("2026-06")
    {'year': 2026, 'day': 20260601}
    """
    digits = (re.sub(r"\D", "", date) + "0101")[:8] if len(date) < 10 else re.sub(r"\D", "", date)[:8]
    return {"year": int(digits[:4]), "day": int(digits)} if len(digits) == 8 else {}


def _of_item(document: Document, item: Item) -> dict[str, Any]:
    """The fields that all passages of an item have, to filter by."""
    fields: dict[str, list[Any]] = {
        "parties": sorted({act.party for act in acts(document, item)}),
        "authors": authors(document, item),
        "people": sorted({key(person.name) for person in _within(document.people, item)}),
        "outcomes": list(dict.fromkeys(decision.outcome for decision in item.decisions)),
        "cases": sorted(_cases(document, item)),
        "kronor": sorted({float(amount.kronor) for amount in _within(document.amounts, item)}),
    }
    return {name: values for name, values in fields.items() if values}


def _of_lead(stored: Stored, item: Item, index: int) -> dict[str, Any]:
    """The item's own fields, to show."""
    document, identity = stored.document, stored.identity
    return {
        "lead": 1,
        "sha256": stored.sha256,
        "source": document.source,
        "url": stored.listed.url,
        "item_index": index,
        "number": item.number,
        "span": [item.span.start, item.span.end, item.span.page],
        "place": identity.municipality.name if identity.municipality else None,
        "date": identity.date,
        "title": item.title or identity.title,
        "case_number": item.case_number,
        "outcome": next((decision.outcome for decision in item.decisions), None),
    } | _also(stored, index)


def _also(stored: Stored, index: int) -> dict[str, Any]:
    """The other papers that the same § stands in, to show and to be found by."""
    others = stored.also.get(index, ())
    if not others:
        return {}
    names = sorted({name for other in others for name in (other.url, other.document)})
    return {"also": [other.to_json() for other in others], "also_in": names}


def _within(finds: Sequence[F], item: Item) -> Sequence[F]:
    """The finds that stand in an item; finds come in order."""
    first = bisect_left(finds, item.span.start, key=lambda find: find.span.start)
    last = bisect_left(finds, item.span.end, key=lambda find: find.span.start)
    return finds[first:last]


def _cases(document: Document, item: Item) -> set[str]:
    """The item's own case number, and those that it mentions."""
    mentioned = {number.canonical for number in _within(document.case_numbers, item)}
    return mentioned | ({item.case_number} if item.case_number else set())


def key(name: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(name.split()).casefold()
