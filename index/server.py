"""A collection on a Qdrant server through qdrant-client; in memory (its local mode) for tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from qdrant_client import QdrantClient, models

from index.connection import Connection
from index.settings import Server
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
    GoneError,
    Ids,
    Meta,
    Not,
    OneOf,
    Phrase,
    Point,
    Scored,
    Where,
    Whole,
)
from index.words import Sparse

_META = "00000000-0000-0000-0000-000000000000"  # the point that tells what the collection holds; it has no vectors
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
# The cosine of the vectors as they are, not of their 8-bit copies: what both legs together are worth depends on it
_EXACT = models.SearchParams(quantization=models.QuantizationSearchParams(rescore=True))


class _Payloads(dict[str, dict[str, Any]]):
    """What is stored with points; one that a sync took away since it was found ends the search, which begins anew."""

    def __missing__(self, id: str) -> dict[str, Any]:
        raise GoneError(f"the point {id} is gone")


class ServerVectors:
    """The points in one collection. The connection is others' too, and whoever made it closes it."""

    def __init__(self, connection: Connection, collection: str, known: Meta | None = None) -> None:
        self._ask, self._client = connection.ask, connection.client
        self._collection = collection
        self._known = known  # to a reader; who writes asks
        self._params = None if connection.local else _EXACT

    def meta(self) -> Meta | None:
        if self._known is not None:
            return self._known
        try:
            return Meta(**self._meta_payload()["meta"])
        except (KeyError, TypeError):  # not there yet, or another version's
            return None

    def set_meta(self, meta: Meta) -> None:
        point = models.PointStruct(id=_META, vector={}, payload={"meta": asdict(meta)})
        self._ask(self._client.upsert, self._collection, [point], wait=True)

    def left_at(self) -> float | None:
        """When another collection took the place of this one, in seconds since 1970; None where none has."""
        left = self._meta_payload().get("left_at")
        return None if left is None else float(left)

    def leave(self, at: float) -> None:
        """Another collection is about to take the place of this one."""
        self._ask(self._client.set_payload, self._collection, {"left_at": at}, [_META], wait=True)

    def replace(self, documents: Sequence[int], points: Sequence[Point]) -> None:
        """New points go in before the old ones go out, so a search at any moment finds the document."""
        self.put(points)
        if documents:
            new: list[Any] = [models.HasIdCondition(has_id=[point.id for point in points])] if points else []
            old = models.Filter(must=list(_conditions(OneOf("document", tuple(documents)))), must_not=new)
            self._ask(self._client.delete, self._collection, models.FilterSelector(filter=old), wait=True)

    def put(self, points: Sequence[Point]) -> None:
        """These points go in; one that is there already is written again."""
        for start in range(0, len(points), _BATCH):
            batch = [_point(point) for point in points[start : start + _BATCH]]
            self._ask(self._client.upsert, self._collection, batch, wait=True)

    def optimise(self) -> None:
        """A server optimises by itself."""

    def busy(self) -> bool:
        """Whether the server is still building what makes searching quick."""
        return self._ask(self._client.get_collection, self._collection).status == models.CollectionStatus.YELLOW

    def search(self, leg: Sequence[float] | Sparse, where: Where, limit: int, whole: bool = False) -> list[Scored]:
        request = self._request(leg, where, limit, whole)
        found = self._ask(self._client.query_batch_points, self._collection, [request])
        return _scored(found[0].points)

    def search_both(
        self, meaning: Sequence[float], words: Sparse, where: Where, limit: int, whole: bool = False
    ) -> tuple[list[Scored], list[Scored]]:
        requests = [self._request(leg, where, limit, whole) for leg in (meaning, words)]
        near, worded = self._ask(self._client.query_batch_points, self._collection, requests)
        return _scored(near.points), _scored(worded.points)

    def count(self, where: Where) -> int:
        return self._ask(self._client.count, self._collection, count_filter=_passages(where), exact=True).count

    def facet(self, name: str, where: Where, limit: int) -> list[tuple[str | int, int]]:
        found = self._ask(
            self._client.facet, self._collection, name, facet_filter=_filter(where), limit=limit, exact=True
        )
        return sorted(((hit.value, hit.count) for hit in found.hits), key=lambda pair: (-pair[1], str(pair[0])))

    def ids(self, where: Where, limit: int) -> list[str]:
        found, _ = self._ask(
            self._client.scroll, self._collection, _passages(where), limit=limit, with_payload=False
        )  # fmt: skip
        return [str(record.id) for record in found]

    def latest(self, where: Where, limit: int, oldest_first: bool = False) -> list[str]:
        direction = models.Direction.ASC if oldest_first else models.Direction.DESC
        order = models.OrderBy(key="day", direction=direction)
        found, _ = self._ask(
            self._client.scroll, self._collection, _filter(where), limit=limit, with_payload=False, order_by=order
        )  # fmt: skip
        return [str(record.id) for record in found]

    def scroll(self, where: Where, fields: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        for record in self._records(_passages(where), 1000, with_payload=list(fields)):
            yield str(record.id), record.payload or {}

    def points(self) -> Iterator[Point]:
        for record in self._records(_passages(()), _BATCH, with_payload=True, with_vectors=True):
            yield Point(str(record.id), *_of(record.vector), record.payload or {}, _whole(record.vector))

    def payloads(self, ids: Sequence[str], without: Sequence[str] = LONG) -> dict[str, dict[str, Any]]:
        selected = models.PayloadSelectorExclude(exclude=list(without))
        found = self._ask(self._client.retrieve, self._collection, list(ids), with_payload=selected)
        return _Payloads((str(record.id), record.payload or {}) for record in found)

    def fields(self, ids: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, Any]]:
        found = self._ask(self._client.retrieve, self._collection, list(ids), with_payload=list(names))
        return _Payloads((str(record.id), record.payload or {}) for record in found)

    def vector(self, id: str) -> list[float] | None:
        found = self._ask(self._client.retrieve, self._collection, [id], with_payload=False, with_vectors=[MEANING])
        vectors: Any = found[0].vector if found else None
        return [float(value) for value in vectors[MEANING]] if vectors else None

    def close(self) -> None:
        """There is nothing to close: see the class."""

    def _request(
        self, leg: Sequence[float] | Sparse, where: Where, limit: int, whole: bool
    ) -> models.QueryRequest:  # fmt: skip
        return models.QueryRequest(
            query=_leg(leg),
            using=_name(leg, whole),
            filter=_filter(where),
            params=None if isinstance(leg, Sparse) else self._params,
            limit=limit,
            with_payload=False,
        )

    def _meta_payload(self) -> dict[str, Any]:
        found = self._ask(self._client.retrieve, self._collection, [_META], with_payload=True)
        return (found[0].payload if found else None) or {}

    def _records(self, where: models.Filter | None, page: int, **kwargs: Any) -> Iterator[Any]:
        offset: Any = None
        while True:
            records, offset = self._ask(
                self._client.scroll, self._collection, where, limit=page, offset=offset, **kwargs
            )  # fmt: skip
            yield from records
            if offset is None:
                return


def create(connection: Connection, collection: str, dimension: int, how: Server) -> ServerVectors:
    """An empty collection."""
    ask, client = connection.ask, connection.client
    int8 = models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
    meaning = models.VectorParams(
        size=dimension,
        distance=models.Distance.COSINE,
        datatype=models.Datatype.FLOAT16,
        on_disk=how.on_disk,
        hnsw_config=models.HnswConfigDiff(m=how.hnsw_m),
        quantization_config=models.ScalarQuantization(scalar=int8) if how.quantised else None,
    )
    words = models.SparseVectorParams(
        modifier=models.Modifier.IDF, index=models.SparseIndexParams(on_disk=how.on_disk)
    )  # fmt: skip
    ask(
        client.create_collection,
        collection,
        vectors_config=dict.fromkeys((MEANING, ITEM_MEANING), meaning),
        sparse_vectors_config=dict.fromkeys((WORDS, ITEM_WORDS), words),
        shard_number=how.shards,
        replication_factor=how.replicas,
        on_disk_payload=how.on_disk,
    )
    if not connection.local:  # the local mode has no such indexes and says so each time
        for name, kind in FIELDS.items():
            ask(client.create_payload_index, collection, name, field_schema=_INDEXES[kind], wait=True)
    return ServerVectors(connection, collection)


def memory(dimension: int) -> ServerVectors:
    """A store in this process's memory, for tests: slow, and gone with the last who holds it."""
    connection = Connection(QdrantClient(":memory:"), "memory")
    return create(connection, "paragraf", dimension, Server(connection.url))


def _leg(leg: Sequence[float] | Sparse) -> Any:
    return models.SparseVector(indices=leg.indices, values=leg.values) if isinstance(leg, Sparse) else list(leg)


def _name(leg: Sequence[float] | Sparse, whole: bool) -> str:
    if isinstance(leg, Sparse):
        return ITEM_WORDS if whole else WORDS
    return ITEM_MEANING if whole else MEANING


def _filter(where: Where) -> models.Filter | None:
    return models.Filter(must=[made for condition in where for made in _conditions(condition)]) if where else None


def _passages(where: Where) -> models.Filter:
    """The filter of these conditions, without the point that tells of the collection."""
    made = _filter(where) or models.Filter()
    made.must_not = [models.HasIdCondition(has_id=[_META])]
    return made


def _conditions(condition: Condition) -> Iterator[Any]:
    match condition:
        case OneOf(field, _, unknown=True) | Between(field, unknown=True):
            known = list(_conditions(replace(condition, unknown=False)))
            empty = models.IsEmptyCondition(is_empty=models.PayloadField(key=field))
            yield models.Filter(should=[*known, empty])
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


def _of(vectors: Any, meaning: str = MEANING, words: str = WORDS) -> tuple[list[float], Sparse]:
    return list(vectors[meaning]), Sparse(list(vectors[words].indices), list(vectors[words].values))


def _whole(vectors: Any) -> Whole | None:
    return Whole(*_of(vectors, ITEM_MEANING, ITEM_WORDS)) if ITEM_MEANING in vectors else None


def _scored(points: Sequence[Any]) -> list[Scored]:
    return [Scored(str(point.id), float(point.score)) for point in points]
