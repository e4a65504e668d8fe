"""What a store of passages and their vectors can do, whichever engine it is (vektorer).

Two named vectors per point: "meaning" (dense, cosine) and "words" (sparse BM25 weights; the store multiplies by IDF).
The first passage of an item is its *lead*: it alone carries the item's own fields, the same two vectors of the item as
a whole and, in "terms", every word that the item can be found by, so counts and facets over leads are counts of items.
For phrases a lead has "said", and for the vocabulary of the collection "forms" (vocabulary.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from index.words import Sparse

MEANING, WORDS = "meaning", "words"
ITEM_MEANING, ITEM_WORDS = "item_meaning", "item_words"  # on leads only

LONG = ("terms", "said", "forms")  # fields that nobody is shown
TEXTS = ("text", "stops", *LONG)  # what is left out where many items are only compared

# Fields that can be filtered by and counted, and the kind of index each has
FIELDS = {
    "lead": "integer",  # 1 on the first passage of an item
    "item": "integer",  # the same on all passages of an item (points.item_number)
    "document": "integer",
    "municipality": "keyword",  # SCB's code
    "kind": "keyword",
    "body": "keyword",  # as the paper writes it
    "body_key": "keyword",  # ... in small letters
    "year": "integer",
    "day": "range",  # 20260615
    "parties": "keyword",  # that propose, ask, vote or reserve themselves in the item
    "authors": "keyword",  # the parties whose motion, question or resignation it is about
    "matters": "keyword",  # the kinds of paper that it is about
    "people": "keyword",  # in small letters
    "outcomes": "keyword",
    "cases": "keyword",  # canonical
    "kronor": "float",
    "withdrawn": "integer",  # 1 where its source no longer lists the paper
    "terms": "integer",  # on leads only, as all that follow
    "said": "text",  # the words of the item in order, as they are written but for capitals
    "forms": "keyword",  # those of them that are in no word list
    "url": "keyword",
    "source": "keyword",
    "sha256": "keyword",
    "also_in": "keyword",  # addresses and sha256 of the other papers that the same § stands in
}

ON_LEADS = ("lead", "terms", "said", "forms", "url", "source", "sha256", "also_in")  # what a passage does not have
FILTERED = tuple(name for name in FIELDS if name not in ON_LEADS and name != "body")  # what passages are filtered by


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of these values at least; or it has none, if what is `unknown` will do."""

    field: str
    values: tuple[str | int, ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """The field, a list, has each of these values."""

    field: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The field (or one of its values, if it is a list) lies in a range, ends included; None is open. See OneOf."""

    field: str
    low: float | None = None
    high: float | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Ids:
    """The point is one of these."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The field, a text of words with spaces between, has these words in a row."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class AnyWord:
    """The field, a text of words with spaces between, has one of these words at least."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these conditions holds at least."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: Condition


Condition = OneOf | All | Between | Ids | Phrase | AnyWord | Either | Not
Where = tuple[Condition, ...]
LISTED: Condition = Not(OneOf("withdrawn", (1,)))  # what is not withdrawn
LEADS: Where = (OneOf("lead", (1,)),)


@dataclass(frozen=True, slots=True)
class Whole:
    """An item as a whole (helhet): the direction of all its passages together, and the weights of all its words."""

    meaning: list[float]
    words: Sparse


@dataclass(frozen=True, slots=True)
class Point:
    """A passage as it is stored; `id` is a UUID. A lead has its item's `whole` too."""

    id: str
    meaning: list[float]
    words: Sparse
    payload: dict[str, Any]
    whole: Whole | None = None


class Scored(NamedTuple):
    """A point that a leg found, and how well it fits: cosine or BM25."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Meta:
    """What a store holds: a record up to this revision, embedded by this model, made in this form (form.py).

    `settings` are those that the model is loaded by, for a reader whose own name another one.
    """

    revision: int
    model: str
    dimension: int
    format: str
    record: str = ""
    settings: dict[str, Any] = field(default_factory=dict)


class ServerError(RuntimeError):
    """A server that does not answer, or refuses."""


class GoneError(LookupError):
    """The store is there no more, or a point that was found in it: another has taken its place."""


class Vectors(Protocol):
    """A store of points. Reads may come from many threads at once; only one sync writes."""

    def meta(self) -> Meta | None:
        """What the store holds; None before a sync has ended."""

    def set_meta(self, meta: Meta) -> None:
        """Tells what the store holds, when it does."""

    def replace(self, documents: Sequence[int], points: Sequence[Point]) -> None:
        """These are now all the points of these documents."""

    def optimise(self) -> None:
        """Makes searching quick, after much has changed, and everything written durable."""

    def search(self, leg: Sequence[float] | Sparse, where: Where, limit: int, whole: bool = False) -> list[Scored]:
        """The points nearest in meaning (dense) or richest in the words (sparse), best first; or items as a whole."""

    def search_both(
        self, meaning: Sequence[float], words: Sparse, where: Where, limit: int, whole: bool = False
    ) -> tuple[list[Scored], list[Scored]]:
        """Both legs at once."""

    def count(self, where: Where) -> int:
        """How many points fulfil the conditions, exactly."""

    def facet(self, name: str, where: Where, limit: int) -> list[tuple[str | int, int]]:
        """The values of a field and how many items have each, the most frequent first."""

    def ids(self, where: Where, limit: int) -> list[str]:
        """The points that fulfil the conditions, at most so many."""

    def latest(self, where: Where, limit: int, oldest_first: bool = False) -> list[str]:
        """The leads that fulfil the conditions, by day; those without a day are left out."""

    def scroll(self, where: Where, fields: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every point that fulfils the conditions, with these fields, in order of id."""

    def points(self) -> Iterator[Point]:
        """Every point in full, in order of id: what another store is made of."""

    def payloads(self, ids: Sequence[str], without: Sequence[str] = LONG) -> dict[str, dict[str, Any]]:
        """What is stored with these points."""

    def fields(self, ids: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, Any]]:
        """These fields of what is stored with these points, none of them long."""

    def vector(self, id: str) -> list[float] | None:
        """The dense vector of a point."""

    def close(self) -> None:
        """Lets go of files; a search that is under way must have ended."""
