"""An embedded index to a server (flytt): its points as they are, so that nothing is embedded again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index import backend
from index.backend import Making
from index.catalog import Catalog
from index.embed import Encoder
from index.embedded import Embedded
from index.settings import Settings, server
from index.sync import Progress, Synced, SyncError, sync
from index.vectors import LEADS, Meta, OneOf, Point, Where

_BATCH = 500


def move(settings: Settings, url: str, progress: Progress | None = None, encode: Encoder | None = None) -> Synced:
    """Fills a collection on the server at an address and lets its alias point there; the embedded index stays.

    The points are read from the embedded index, with their vectors: what a large model has embedded for hours moves in
    minutes. Only where that index is missing, broken, of another model or form, all is made from the record. What is
    new in the record goes in after.
    """
    there = replace(settings, server=server(url))
    _refuse_to_replace(there)
    synced = sync(there, progress, rebuild=True, encode=encode, fill=Copy(Embedded(settings.vectors)))
    note = f"{synced.passages} passages are on the server now; from here on set QDRANT_URL={url}"
    return replace(synced, note=note)


def _refuse_to_replace(there: Settings) -> None:
    """Raises SyncError where the server holds an index that another record made."""
    held = backend.of(there).held()
    with Catalog(there.catalog) as catalog:
        if held and held.record not in ("", catalog.record()):
            raise SyncError(
                "the index on the server was made from another record. QDRANT_COLLECTION keeps both; "
                "`paragraf rebuild --index` with QDRANT_URL set puts this one's in its place"
            )


class Copy:
    """Fills an index in the making with the points of another, without those of some documents."""

    def __init__(self, source: Embedded, without: Callable[[Meta], frozenset[int]] = lambda meta: frozenset()) -> None:
        self._source, self._without = source, without

    def __call__(self, making: Making, goal: Meta, progress: Progress) -> tuple[int, int]:
        meta, _ = self._source.whole()
        version = self._source.version()
        if meta is None or version is None or not _alike(meta, goal):
            return 0, 0
        store, target = self._source.open(version), making.store
        left = self._without(meta)
        gone: Where = (OneOf("document", tuple(left)),) if left else ()
        total, done, batch = store.count(()) - (store.count(gone) if gone else 0), 0, list[Point]()
        for point in store.points():
            if point.payload.get("document") in left:
                continue
            batch.append(point)
            if len(batch) == _BATCH:
                target.replace((), batch)
                done, batch = done + len(batch), []
                progress(done, total)
        target.replace((), batch)
        progress(total, total)
        for where in ((), LEADS):
            here = store.count(where) - (store.count((*where, *gone)) if gone else 0)
            if (there := target.count(where)) != here:
                raise SyncError(f"the new index holds {there} of {here} passages; run it again")
        making.reached(replace(goal, revision=meta.revision))
        return meta.revision, total


def _alike(meta: Meta, goal: Meta) -> bool:
    """Whether one index holds what another is to hold, or an earlier state of it."""
    same = replace(meta, revision=0, settings={}) == replace(goal, revision=0, settings={})
    return same and 0 < meta.revision <= goal.revision
