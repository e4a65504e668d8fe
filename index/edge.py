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

from index.items.gather import Gathered
from index.items.items import Items, is_lead
from index.vectors import (
    FIELDS,
    FILTERED,
    LEADS,
    LONG,
    MEANING,
    ON_LEADS,
    WORDS,
    All,
    Between,
    Condition,
    Either,
    Ids,
    Meta,
    Not,
    OneOf,
    Point,
    Scored,
    Where,
)
from index.words import Sparse

_META, _ITEMS = "meta.json", "items"
_BATCH = 500  # points that one update takes
_INDEXED_KB = 10_000  # of vectors (20,000 passages): below, quantising costs a sync 0.4 ms a passage and gains nothing
# The graph (HNSW): neighbours of a vector, how many are looked at when it is built and when it is asked, and the size
# of a filtered set that is scanned all the same
GRAPH, _BUILT_BY, _LOOKED_AT, _SCANNED_KB = 32, 200, 400, 10_000
_PAGE = 1000  # points that are read at a time


def _index(kind: str) -> Any:
    """How a field is indexed that passages are filtered by: on the disk's pages, which readers share."""
    match kind:
        case "keyword":
            return qdrant.KeywordIndexParams(memory=qdrant.Memory.Cold)
        case "float":
            return qdrant.FloatIndexParams(memory=qdrant.Memory.Cold)
        case _:
            return qdrant.IntegerIndexParams(lookup=True, range=kind == "range", memory=qdrant.Memory.Cold)


class EdgeVectors:
    """The points in one folder."""

    def __init__(self, shard: Any, folder: Path) -> None:
        self._shard = shard
        self._folder = folder
        self._meta = read_meta(folder)  # kept, as a reader may have the shard open when its folder is long gone
        self._items, self._gathered = Items(folder / _ITEMS), Gathered()

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
        self._gathered.replace(documents, points)
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
        self._of_items()

    def search(self, leg: Sequence[float] | Sparse, where: Where, limit: int, whole: bool = False) -> list[Scored]:
        if whole:
            items = self._of_items()
            return items.richest(leg, where, limit) if isinstance(leg, Sparse) else items.nearest(leg, where, limit)
        return _scored(self._shard.query(_query(leg, where, limit)))

    def search_both(
        self, meaning: Sequence[float], words: Sparse, where: Where, limit: int, whole: bool = False
    ) -> tuple[list[Scored], list[Scored]]:
        if whole:
            return self._of_items().both(meaning, words, where, limit)
        near, worded = self._shard.query_batch(
            qdrant.QueryBatchRequest([_query(leg, where, limit) for leg in (meaning, words)])
        )
        return _scored(near), _scored(worded)

    def count(self, where: Where) -> int:
        if of_items(where):
            return self._of_items().count(where)
        return int(self._shard.count(qdrant.CountRequest(True, _filter(where))))

    def facet(self, name: str, where: Where, limit: int) -> list[tuple[str | int, int]]:
        return self._of_items().facet(name, where, limit)

    def ids(self, where: Where, limit: int) -> list[str]:
        if of_items(where):
            return self._of_items().ids(where, limit)
        request = qdrant.ScrollRequest(limit=limit, filter=_filter(where), with_payload=False)
        return [str(record.id) for record in self._shard.scroll(request)[0]]

    def latest(self, where: Where, limit: int, oldest_first: bool = False) -> list[str]:
        return self._of_items().latest(where, limit, oldest_first)

    def scroll(self, where: Where, fields: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        items = self._of_items()
        ids = items.ids(where) if of_items(where) else [str(record.id) for record in self._records(_filter(where))]
        for page in _pages(ids):
            yield from sorted(self.fields(page, fields).items())

    def points(self) -> Iterator[Point]:
        items = self._of_items()
        whole = items.wholes()
        for record in self._records(None, True):
            id, (meaning, words) = str(record.id), _of(record.vector)
            payload = items.told.of((id,)).get(id, {})
            if is_lead(id):
                yield Point(id, meaning, words, payload | items.long((id,))[id], whole(id))
            else:
                yield Point(id, meaning, words, payload)

    def _records(self, where: Any, vectors: bool = False) -> Iterator[Any]:
        offset = None
        while True:
            request = qdrant.ScrollRequest(
                offset=offset, limit=_PAGE, filter=where, with_payload=False, with_vector=vectors
            )
            records, offset = self._shard.scroll(request)
            yield from records
            if offset is None:
                return

    def payloads(self, ids: Sequence[str], without: Sequence[str] = LONG) -> dict[str, dict[str, Any]]:
        items = self._of_items()
        told = items.told.of(ids)
        for payload in told.values():
            for name in without:
                payload.pop(name, None)
        if wanted := set(LONG).difference(without):
            for lead, fields in items.long(list(told)).items():
                told[lead] |= {name: value for name, value in fields.items() if name in wanted}
        return told

    def fields(self, ids: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, Any]]:
        told = self._of_items().told.of(ids)
        return {id: {name: payload[name] for name in names if name in payload} for id, payload in told.items()}

    def vector(self, id: str) -> list[float] | None:
        records = self._shard.retrieve([id], False, [MEANING])
        return list(records[0].vector[MEANING]) if records else None

    def close(self) -> None:
        self._shard.close()

    def _of_items(self) -> Items:
        """The items as they are now; what has changed since they were written is written first."""
        if self._gathered:
            self._gathered.write(self._items)
            self._items, self._gathered = Items(self._folder / _ITEMS), Gathered()
        return self._items


def of_items(where: Where) -> bool:
    """Whether conditions are of items: they ask for leads, or for what leads alone have.

    >>> of_items(LEADS), of_items((Not(OneOf("terms", (1,))),)), of_items((OneOf("document", (1,)),))
    (True, True, False)
    """
    return any(_of_an_item(condition) for condition in where)


def _of_an_item(condition: Condition) -> bool:
    match condition:
        case Either(conditions):
            return any(map(_of_an_item, conditions))
        case Not(without):
            return _of_an_item(without)
        case Ids():
            return False
        case _:
            return condition in LEADS or condition.field in ON_LEADS


def read_meta(folder: Path) -> Meta | None:
    """What the store in a folder holds, without opening it; None where that cannot be told."""
    try:
        return Meta(**json.loads((folder / _META).read_text()))
    except (FileNotFoundError, ValueError, TypeError):  # ... or a file that was cut
        return None


def create(folder: Path, dimension: int, graph: int = GRAPH) -> EdgeVectors:
    """An empty store in a new folder; `graph` is how many neighbours a vector has in an HNSW graph, 0 makes none."""
    folder.mkdir(parents=True)
    shard = qdrant.EdgeShard.create(str(folder), _config(dimension, graph))
    for name in FILTERED:
        shard.update(qdrant.UpdateOperation.create_field_index(name, _index(FIELDS[name])))
    return EdgeVectors(shard, folder)


def load(folder: Path) -> EdgeVectors:
    """The store in a folder, to read or to go on writing. Raises OSError where it cannot be opened."""
    try:
        return EdgeVectors(qdrant.EdgeShard.load(str(folder)), folder)
    except Exception as error:  # the engine raises nothing narrower
        raise OSError(f"the index in {folder} cannot be opened: {error}") from error


def _config(dimension: int, graph: int) -> Any:
    """Small collections are scanned in 8 bits, larger ones have a graph: at 200,000 passages a scan takes 4 to 7 ms and
    the graph half of one, and is built in half a minute. docs/performance.md has what each costs and finds.

    All is Cold: read from the disk's pages as it is needed. Opening is done in a fifth of a second instead of two, for
    which the engine lets no other thread of the process run, and processes share what they read."""
    meaning = qdrant.EdgeVectorParams(
        dimension,
        qdrant.Distance.Cosine,
        datatype=qdrant.VectorStorageDatatype.Float16,
        quantization_config=qdrant.ScalarQuantizationConfig(qdrant.ScalarType.Int8, memory=qdrant.Memory.Cold),
        hnsw_config=qdrant.HnswIndexConfig(graph, _BUILT_BY, _SCANNED_KB, 1),  # one thread, the same graph each time
        memory=qdrant.Memory.Cold,
    )
    words = qdrant.EdgeSparseVectorParams(modifier=qdrant.Modifier.Idf, on_disk=True)
    return qdrant.EdgeConfig(
        vectors={MEANING: meaning},
        sparse_vectors={WORDS: words},
        optimizers=qdrant.EdgeOptimizersConfig(indexing_threshold=_INDEXED_KB, default_segment_number=1),
        max_search_threads=1,  # there is one segment to look through; a second thread has nothing to do
        wal_enabled=False,
    )


def _query(leg: Sequence[float] | Sparse, where: Where, limit: int) -> Any:
    nearest = qdrant.Query.Nearest
    query = nearest(_sparse(leg), WORDS) if isinstance(leg, Sparse) else nearest(list(leg), MEANING)
    looked_at = qdrant.SearchParams(hnsw_ef=max(_LOOKED_AT, limit))
    return qdrant.QueryRequest(limit, query=query, filter=_filter(where), with_payload=False, params=looked_at)


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
        case Either(conditions):
            yield qdrant.Filter(should=[qdrant.Filter(must=list(_conditions(one))) for one in conditions])
        case Not(without):
            yield qdrant.Filter(must_not=[qdrant.Filter(must=list(_conditions(without)))])


def _point(point: Point) -> Any:
    payload = {name: point.payload[name] for name in FILTERED if name in point.payload}  # the rest: items/told.py
    return qdrant.Point(point.id, {MEANING: point.meaning, WORDS: _sparse(point.words)}, payload)


def _of(vectors: Any) -> tuple[list[float], Sparse]:
    return list(vectors[MEANING]), Sparse(list(vectors[WORDS].indices), list(vectors[WORDS].values))


def _pages(ids: list[str]) -> Iterator[list[str]]:
    return (ids[at : at + _PAGE] for at in range(0, len(ids), _PAGE))


def _sparse(words: Sparse) -> Any:
    return qdrant.SparseVector(words.indices, words.values)


def _scored(points: Sequence[Any]) -> list[Scored]:
    return [Scored(str(point.id), point.score) for point in points]
