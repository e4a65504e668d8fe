"""A Qdrant server or cluster through qdrant-client; in memory (its local mode) for tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from qdrant_client import QdrantClient, models

from index.vectors import (
    FIELDS,
    ITEM_MEANING,
    ITEM_WORDS,
    LONG,
    MEANING,
    WORDS,
    All,
    AnyWord,
    Between,
    Condition,
    Either,
    Ids,
    Meta,
    Not,
    OneOf,
    Phrase,
    Point,
    Scored,
    Where,
)
from index.words import Sparse

_META = "00000000-0000-0000-0000-000000000000"  # the point that tells what the collection holds
_BATCH = 500
_INDEXES: dict[str, Any] = {
    "keyword": models.PayloadSchemaType.KEYWORD,
    "integer": models.IntegerIndexParams(type=models.IntegerIndexType.INTEGER, lookup=True, range=False),
    "range": models.IntegerIndexParams(type=models.IntegerIndexType.INTEGER, lookup=True, range=True),
    "float": models.PayloadSchemaType.FLOAT,
    "text": models.TextIndexParams(
        type=models.TextIndexType.TEXT,
        tokenizer=models.TokenizerType.WHITESPACE,
        lowercase=False,
        phrase_matching=True,
        on_disk=True,
    ),
}


class ServerVectors:
    """The points in one collection."""

    def __init__(self, client: QdrantClient, collection: str) -> None:
        self._client = client
        self._collection = collection

    def meta(self) -> Meta | None:
        found = self._client.retrieve(self._collection, [_META], with_payload=True)
        payload = found[0].payload if found else None
        return Meta(**payload["meta"]) if payload else None

    def set_meta(self, meta: Meta) -> None:
        point = models.PointStruct(id=_META, vector={}, payload={"meta": asdict(meta)})
        self._client.upsert(self._collection, [point], wait=True)

    def replace(self, documents: Sequence[int], points: Sequence[Point]) -> None:
        """New points go in before the old ones go out, so a search at any moment finds the document."""
        for start in range(0, len(points), _BATCH):
            self._client.upsert(self._collection, [_point(p) for p in points[start : start + _BATCH]], wait=True)
        old = _filter((OneOf("document", tuple(documents)),)) or models.Filter()
        if points:
            old.must_not = [models.HasIdCondition(has_id=[point.id for point in points])]
        if documents:
            self._client.delete(self._collection, models.FilterSelector(filter=old), wait=True)

    def optimise(self) -> None:
        """A server optimises by itself."""

    def search(self, leg: Sequence[float] | Sparse, where: Where, limit: int, whole: bool = False) -> list[Scored]:
        found = self._client.query_points(
            self._collection, query=_leg(leg), using=_name(leg, whole), query_filter=_filter(where), limit=limit,
            with_payload=False,
        )  # fmt: skip
        return _scored(found.points)

    def search_both(
        self, meaning: Sequence[float], words: Sparse, where: Where, limit: int, whole: bool = False
    ) -> tuple[list[Scored], list[Scored]]:
        legs: tuple[Sequence[float] | Sparse, ...] = (meaning, words)
        requests = [
            models.QueryRequest(
                query=_leg(leg), using=_name(leg, whole), filter=_filter(where), limit=limit, with_payload=False
            )
            for leg in legs
        ]
        near, worded = self._client.query_batch_points(self._collection, requests)
        return _scored(near.points), _scored(worded.points)

    def count(self, where: Where) -> int:
        return self._client.count(self._collection, count_filter=_filter(where), exact=True).count

    def facet(self, name: str, where: Where, limit: int) -> list[tuple[str | int, int]]:
        found = self._client.facet(self._collection, name, facet_filter=_filter(where), limit=limit, exact=True)
        return sorted(((hit.value, hit.count) for hit in found.hits), key=lambda pair: (-pair[1], str(pair[0])))

    def ids(self, where: Where, limit: int) -> list[str]:
        found, _ = self._client.scroll(self._collection, _filter(where), limit=limit, with_payload=False)
        return [str(record.id) for record in found]

    def latest(self, where: Where, limit: int, oldest_first: bool = False) -> list[str]:
        direction = models.Direction.ASC if oldest_first else models.Direction.DESC
        order = models.OrderBy(key="day", direction=direction)
        found, _ = self._client.scroll(
            self._collection, _filter(where), limit=limit, with_payload=False, order_by=order
        )  # fmt: skip
        return [str(record.id) for record in found]

    def scroll(self, where: Where, fields: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        offset: Any = None
        while True:
            records, offset = self._client.scroll(
                self._collection, _filter(where), limit=1000, offset=offset, with_payload=list(fields)
            )
            yield from ((str(record.id), record.payload or {}) for record in records)
            if offset is None:
                return

    def payloads(self, ids: Sequence[str], without: Sequence[str] = LONG) -> dict[str, dict[str, Any]]:
        selected = models.PayloadSelectorExclude(exclude=list(without))
        found = self._client.retrieve(self._collection, list(ids), with_payload=selected)
        return {str(record.id): record.payload or {} for record in found}

    def vector(self, id: str) -> list[float] | None:
        found = self._client.retrieve(self._collection, [id], with_payload=False, with_vectors=[MEANING])
        vectors: Any = found[0].vector if found else None
        return [float(value) for value in vectors[MEANING]] if vectors else None

    def close(self) -> None:
        self._client.close()


def create(client: QdrantClient, collection: str, dimension: int) -> ServerVectors:
    """An empty collection."""
    meaning = models.VectorParams(size=dimension, distance=models.Distance.COSINE)
    words = models.SparseVectorParams(modifier=models.Modifier.IDF)
    client.create_collection(
        collection,
        vectors_config=dict.fromkeys((MEANING, ITEM_MEANING), meaning),
        sparse_vectors_config=dict.fromkeys((WORDS, ITEM_WORDS), words),
        quantization_config=models.ScalarQuantization(
            scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
        ),
    )
    if client.init_options.get("location") != ":memory:":  # the local mode has no such indexes and says so each time
        for name, kind in FIELDS.items():
            client.create_payload_index(collection, name, field_schema=_INDEXES[kind])
    return ServerVectors(client, collection)


def memory(dimension: int) -> ServerVectors:
    """A store in this process's memory, for tests: slow, and gone when it is closed."""
    return create(QdrantClient(":memory:"), "paragraf", dimension)


def _leg(leg: Sequence[float] | Sparse) -> Any:
    return models.SparseVector(indices=leg.indices, values=leg.values) if isinstance(leg, Sparse) else list(leg)


def _name(leg: Sequence[float] | Sparse, whole: bool) -> str:
    if isinstance(leg, Sparse):
        return ITEM_WORDS if whole else WORDS
    return ITEM_MEANING if whole else MEANING


def _filter(where: Where) -> models.Filter | None:
    return models.Filter(must=[made for condition in where for made in _conditions(condition)]) if where else None


def _conditions(condition: Condition) -> Iterator[Any]:
    match condition:
        case OneOf(field, values):
            yield models.FieldCondition(key=field, match=models.MatchAny(any=list(values)))  # type: ignore[arg-type]
        case All(field, values):
            for value in values:
                yield models.FieldCondition(key=field, match=models.MatchValue(value=value))
        case Between(field, low, high):
            yield models.FieldCondition(key=field, range=models.Range(gte=low, lte=high))
        case Ids(ids):
            yield models.HasIdCondition(has_id=list(ids))
        case Phrase(field, words):
            yield models.FieldCondition(key=field, match=models.MatchPhrase(phrase=words))
        case AnyWord(field, any_word):
            yield models.FieldCondition(key=field, match=models.MatchTextAny(text_any=" ".join(any_word)))
        case Either(conditions):
            yield models.Filter(should=[models.Filter(must=list(_conditions(one))) for one in conditions])
        case Not(without):
            yield models.Filter(must_not=[models.Filter(must=list(_conditions(without)))])


def _point(point: Point) -> models.PointStruct:
    vectors: dict[str, Any] = {MEANING: point.meaning, WORDS: _leg(point.words)}
    if point.whole:
        vectors |= {ITEM_MEANING: point.whole.meaning, ITEM_WORDS: _leg(point.whole.words)}
    return models.PointStruct(id=point.id, vector=vectors, payload=point.payload)


def _scored(points: Sequence[Any]) -> list[Scored]:
    return [Scored(str(point.id), float(point.score)) for point in points]
