"""Qdrant Edge, the embedded engine: a folder that is written once, without a log, and then only read.

Edge is beta: every call to it stands in this file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import qdrant_edge as qdrant

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
    Whole,
)
from index.words import Sparse

_META = "meta.json"
_BATCH = 500  # points that one update takes
_INDEXED_KB = 10_000  # of vectors (20,000 passages): below, quantising costs a sync 0.4 ms a passage and gains nothing
# Looked through in memory: what questions filter and count by. The rest is read from the disk's pages: at 200,000
# passages a reader has 262 MB of its own instead of 604 so, and opens the index in 5.0 s instead of 6.2
_IN_MEMORY = {"lead", "municipality", "kind", "body", "body_key", "year", "day", "parties", "outcomes"}


def _index(name: str, kind: str) -> Any:
    """How a field is indexed."""
    on_disk = name not in _IN_MEMORY
    match kind:
        case "keyword":
            return qdrant.KeywordIndexParams(on_disk=on_disk)
        case "float":
            return qdrant.FloatIndexParams(on_disk=on_disk)
        case "text":
            whitespace = qdrant.TokenizerType.Whitespace
            return qdrant.TextIndexParams(whitespace, lowercase=False, phrase_matching=True, on_disk=True)
        case _:
            return qdrant.IntegerIndexParams(lookup=True, range=kind == "range", on_disk=on_disk)


class EdgeVectors:
    """The points in one folder."""

    def __init__(self, shard: Any, folder: Path) -> None:
        self._shard = shard
        self._folder = folder
        self._meta = read_meta(folder)  # kept, as a reader may have the shard open when its folder is long gone

    def meta(self) -> Meta | None:
        return self._meta

    def set_meta(self, meta: Meta) -> None:
        self._shard.flush()
        with (self._folder / _META).open("w") as file:
            json.dump(asdict(meta), file)
            file.flush()
            os.fsync(file.fileno())
        self._meta = meta

    def replace(self, documents: Sequence[int], points: Sequence[Point]) -> None:
        old = _filter((OneOf("document", tuple(documents)),))
        if documents and self._shard.count(qdrant.CountRequest(True, old)):
            self._shard.update(qdrant.UpdateOperation.delete_points_by_filter(old))
        for start in range(0, len(points), _BATCH):
            batch = [_point(point) for point in points[start : start + _BATCH]]
            self._shard.update(qdrant.UpdateOperation.upsert_points(batch))

    def optimise(self) -> None:
        self._shard.flush()
        self._shard.optimize()
        self._shard.flush()

    def search(self, leg: Sequence[float] | Sparse, where: Where, limit: int, whole: bool = False) -> list[Scored]:
        return _scored(self._shard.query(_query(leg, where, limit, whole)))

    def search_both(
        self, meaning: Sequence[float], words: Sparse, where: Where, limit: int, whole: bool = False
    ) -> tuple[list[Scored], list[Scored]]:
        batch = qdrant.QueryBatchRequest([_query(leg, where, limit, whole) for leg in (meaning, words)])
        near, worded = self._shard.query_batch(batch)
        return _scored(near), _scored(worded)

    def count(self, where: Where) -> int:
        return int(self._shard.count(qdrant.CountRequest(True, _filter(where))))

    def facet(self, name: str, where: Where, limit: int) -> list[tuple[str | int, int]]:
        # "Exact" counts once more for every value and takes five times as long. The quick way counts a point once for
        # each segment it is in, and that is one, as no optimiser runs beside us: tests/test_answers.py tries it
        hits = self._shard.facet(qdrant.FacetRequest(name, limit, False, _filter(where))).hits
        return sorted(((hit.value, hit.count) for hit in hits), key=lambda pair: (-pair[1], str(pair[0])))

    def ids(self, where: Where, limit: int) -> list[str]:
        request = qdrant.ScrollRequest(limit=limit, filter=_filter(where), with_payload=False)
        return [str(record.id) for record in self._shard.scroll(request)[0]]

    def latest(self, where: Where, limit: int, oldest_first: bool = False) -> list[str]:
        direction = qdrant.Direction.Asc if oldest_first else qdrant.Direction.Desc
        order = qdrant.OrderBy("day", direction)
        request = qdrant.ScrollRequest(limit=limit, filter=_filter(where), with_payload=False, order_by=order)
        return [str(record.id) for record in self._shard.scroll(request)[0]]

    def scroll(self, where: Where, fields: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        offset = None
        while True:
            selected = qdrant.PayloadSelector.Include(list(fields))
            request = qdrant.ScrollRequest(offset=offset, limit=1000, filter=_filter(where), with_payload=selected)
            records, offset = self._shard.scroll(request)
            yield from ((str(record.id), record.payload or {}) for record in records)
            if offset is None:
                return

    def points(self) -> Iterator[Point]:
        offset = None
        while True:
            request = qdrant.ScrollRequest(offset=offset, limit=_BATCH, with_payload=True, with_vector=True)
            records, offset = self._shard.scroll(request)
            for record in records:
                yield Point(str(record.id), *_of(record.vector), record.payload or {}, _whole(record.vector))
            if offset is None:
                return

    def payloads(self, ids: Sequence[str], without: Sequence[str] = LONG) -> dict[str, dict[str, Any]]:
        records = self._shard.retrieve(list(ids), qdrant.PayloadSelector.Exclude(list(without)), False)
        return {str(record.id): record.payload or {} for record in records}

    def vector(self, id: str) -> list[float] | None:
        records = self._shard.retrieve([id], False, [MEANING])
        return list(records[0].vector[MEANING]) if records else None

    def close(self) -> None:
        self._shard.close()


def read_meta(folder: Path) -> Meta | None:
    """What the store in a folder holds, without opening it; None where that cannot be told."""
    try:
        return Meta(**json.loads((folder / _META).read_text()))
    except (FileNotFoundError, ValueError, TypeError):  # ... or a file that was cut
        return None


def create(folder: Path, dimension: int, graph: int = 0) -> EdgeVectors:
    """An empty store in a new folder; `graph` is how many neighbours a vector has in an HNSW graph, 0 makes none."""
    folder.mkdir(parents=True)
    shard = qdrant.EdgeShard.create(str(folder), _config(dimension, graph))
    for name, kind in FIELDS.items():
        shard.update(qdrant.UpdateOperation.create_field_index(name, _index(name, kind)))
    return EdgeVectors(shard, folder)


def load(folder: Path) -> EdgeVectors:
    """The store in a folder, to read or to go on writing. Raises OSError where it cannot be opened."""
    try:
        return EdgeVectors(qdrant.EdgeShard.load(str(folder)), folder)
    except Exception as error:  # the engine raises nothing narrower
        raise OSError(f"the index in {folder} cannot be opened: {error}") from error


def _config(dimension: int, graph: int) -> Any:
    """Without a graph a scan of 8-bit vectors answers: 5 ms at 200,000 passages, and built in seconds, not minutes."""
    meaning = qdrant.EdgeVectorParams(
        dimension,
        qdrant.Distance.Cosine,
        datatype=qdrant.VectorStorageDatatype.Float16,
        quantization_config=qdrant.ScalarQuantizationConfig(qdrant.ScalarType.Int8),
        hnsw_config=qdrant.HnswIndexConfig(graph, 100, 1),
    )
    words = qdrant.EdgeSparseVectorParams(modifier=qdrant.Modifier.Idf, on_disk=True)
    return qdrant.EdgeConfig(
        vectors={MEANING: meaning, ITEM_MEANING: meaning},
        sparse_vectors={WORDS: words, ITEM_WORDS: words},
        optimizers=qdrant.EdgeOptimizersConfig(indexing_threshold=_INDEXED_KB, default_segment_number=1),
        wal_enabled=False,
    )


def _query(leg: Sequence[float] | Sparse, where: Where, limit: int, whole: bool) -> Any:
    query = (
        qdrant.Query.Nearest(_sparse(leg), ITEM_WORDS if whole else WORDS)
        if isinstance(leg, Sparse)
        else qdrant.Query.Nearest(list(leg), ITEM_MEANING if whole else MEANING)
    )
    return qdrant.QueryRequest(limit, query=query, filter=_filter(where), with_payload=False)


def _filter(where: Where) -> Any:
    return qdrant.Filter(must=[made for condition in where for made in _conditions(condition)]) if where else None


def _conditions(condition: Condition) -> Iterator[Any]:
    match condition:
        case OneOf(field, _, unknown=True) | Between(field, unknown=True):
            known = list(_conditions(replace(condition, unknown=False)))
            yield qdrant.Filter(should=[*known, qdrant.IsEmptyCondition(field)])
        case OneOf(field, (value,)) | All(field, (value,)):
            yield qdrant.FieldCondition(field, match=qdrant.MatchValue(value))
        case OneOf(field, values):
            several: list[Any] = list(values)
            yield qdrant.FieldCondition(field, match=qdrant.MatchAny(several))
        case All(field, values):
            yield from (qdrant.FieldCondition(field, match=qdrant.MatchValue(value)) for value in values)
        case Between(field, low, high):
            yield qdrant.FieldCondition(field, range=qdrant.RangeFloat(gte=low, lte=high))
        case Ids(ids):
            yield qdrant.HasIdCondition(set(ids))
        case Phrase(field, words):
            yield qdrant.FieldCondition(field, match=qdrant.MatchPhrase(words))
        case AnyWord(field, any_word):
            yield qdrant.FieldCondition(field, match=qdrant.MatchTextAny(" ".join(any_word)))
        case Either(conditions):
            yield qdrant.Filter(should=[qdrant.Filter(must=list(_conditions(one))) for one in conditions])
        case Not(without):
            yield qdrant.Filter(must_not=[qdrant.Filter(must=list(_conditions(without)))])


def _point(point: Point) -> Any:
    vectors: dict[str, Any] = {MEANING: point.meaning, WORDS: _sparse(point.words)}
    if point.whole:
        vectors |= {ITEM_MEANING: point.whole.meaning, ITEM_WORDS: _sparse(point.whole.words)}
    return qdrant.Point(point.id, vectors, point.payload)


def _of(vectors: Any, meaning: str = MEANING, words: str = WORDS) -> tuple[list[float], Sparse]:
    return list(vectors[meaning]), Sparse(list(vectors[words].indices), list(vectors[words].values))


def _whole(vectors: Any) -> Whole | None:
    return Whole(*_of(vectors, ITEM_MEANING, ITEM_WORDS)) if ITEM_MEANING in vectors else None


def _sparse(words: Sparse) -> Any:
    return qdrant.SparseVector(words.indices, words.values)


def _scored(points: Sequence[Any]) -> list[Scored]:
    return [Scored(str(point.id), point.score) for point in points]
