"""From the catalog to the vectors, by revision (synkning): can be stopped anywhere and run again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from index import backend
from index.backend import Backend, Making
from index.catalog import Catalog, Change
from index.embed import Encoder, check_model, encoder, is_older, told
from index.form import form
from index.points import Draft, drafts, points
from index.settings import Settings
from index.vectors import Meta, Vectors

_BATCH = 512  # passages that are embedded and stored together

Progress = Callable[[int, int], None]  # documents done, documents to do
Fill = Callable[
    [Making, Meta, Progress], tuple[int, int]
]  # up to which revision it filled an index, with how many points


class SyncError(RuntimeError):
    """An index that must not be written to, or that came out wrong."""


class _Yielded(Exception):  # noqa: N818 - nothing is wrong
    """Somebody urgent waits for the lock: what was in the making is thrown away, and made again after."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: up to which revision, how many documents and passages it put in, and where."""

    revision: int
    documents: int
    passages: int
    generation: str
    note: str = ""  # what is to be told of it, as that a broken index was made anew


def sync(
    settings: Settings,
    progress: Progress | None = None,
    *,
    rebuild: bool = False,
    encode: Encoder | None = None,
    more: Callable[[], bool] = lambda: False,
    fill: Fill | None = None,
    urgent: bool = False,
) -> Synced:
    """Brings the vectors level with the catalog; with `rebuild`, from nothing, or from what `fill` puts in.

    When all is in, `more` is asked whether to look again: whoever still saves papers lets it wait there (follower.py).
    One that is `urgent` goes before others, also before one that runs; of what it leaves nobody reads on.
    Raises ModelError where the index was made with another model than the settings name.
    """
    encode = encode or encoder(settings)
    kept = backend.of(settings)

    def give_way() -> None:
        if not urgent and kept.is_wanted():
            raise _Yielded

    def tell(done: int, total: int) -> None:
        give_way()
        if progress:
            progress(done, total)

    def go_on() -> bool:
        give_way()
        return more()

    while True:
        try:
            return _synced(settings, kept, encode, tell, rebuild, go_on, fill, urgent)
        except _Yielded:
            continue


def _synced(
    settings: Settings,
    kept: Backend,
    encode: Encoder,
    tell: Progress,
    rebuild: bool,
    more: Callable[[], bool],
    fill: Fill | None,
    urgent: bool,
) -> Synced:
    with Catalog(settings.catalog) as catalog, kept.lock(urgent):
        goal = Meta(catalog.revision(), encode.name, encode.dimension, form(), catalog.record(), told(settings))
        meta, note = (None, "") if rebuild else _usable(kept, goal, encode)
        while meta is not None and catalog.revision() == meta.revision:
            if not more():
                kept.clean(urgent)
                return Synced(meta.revision, 0, 0, kept.name())
        with kept.anew(goal) if meta is None else kept.following(meta) as making:
            made = _made(making, catalog, encode, replace(goal, revision=catalog.revision()), note, tell, more, fill)
        if urgent:
            kept.clean(at_once=True)
        return made


def _usable(kept: Backend, goal: Meta, encode: Encoder) -> tuple[Meta | None, str]:
    """What the index holds, if one can go on from it; else why it is made anew."""
    meta, why = kept.whole()
    if meta is None:
        return None, f"the index was broken and is made anew: {why}" if why else ""
    older = is_older(meta.model, encode.name)
    if not older:
        check_model(meta, encode)
    if meta.record != goal.record and kept.shared and meta.record:
        raise SyncError(
            "the index on the server was made from another record than the one here, and would be lost. "
            "`paragraf rebuild --index` puts this one's in its place; QDRANT_COLLECTION keeps both"
        )
    if older:
        return None, "the index was made with an earlier training of our model and is made anew"
    if meta.format != goal.format:
        return None, "the index was made by another version of Paragraf and is made anew"
    if goal.revision < meta.revision or (
        meta.record and goal.record != meta.record
    ):  # also a copy of the record from before
        return None, "the index was of another record and is made anew"
    return meta, ""


def model_of(settings: Settings) -> str | None:
    """The model that the index was made with, None where there is no index."""
    meta = backend.of(settings).held()
    return meta.model if meta else None


def _made(
    making: Making,
    catalog: Catalog,
    encode: Encoder,
    goal: Meta,
    note: str,
    tell: Progress,
    more: Callable[[], bool],
    fill: Fill | None,
) -> Synced:
    """Fills the index in the making and publishes it."""
    since, filled = making.since, 0
    if fill and since == 0:
        since, filled = fill(making, goal, tell)
    changes = _Changes(catalog, since, more)

    def reached(done: int) -> None:
        making.reached(replace(goal, revision=changes.revision))
        tell(done, max(done, changes.total))

    put = apply(catalog, making.store, encode, changes, reached, empty=since == 0)
    held = making.store.count(()) if since == 0 else sum(put.values())
    if held != sum(put.values()):
        raise SyncError(f"{sum(put.values())} passages were put in and the index holds {held}; run it again")
    revision = max(goal.revision, changes.revision)
    name = making.publish(replace(goal, revision=revision))
    return Synced(revision, changes.seen, filled + sum(put.values()), name, note)


class _Changes:
    """What changed since a revision, and what changes meanwhile: how many were seen, and the revision of the last."""

    def __init__(self, catalog: Catalog, since: int, more: Callable[[], bool]) -> None:
        self.catalog, self.more, self.revision, self.seen = catalog, more, since, 0
        self.total = sum(1 for _ in catalog.changes(since))  # when it began

    def __iter__(self) -> Iterator[Change]:
        while True:
            for change in self.catalog.changes(self.revision):
                self.revision, self.seen = change.revision, self.seen + 1
                yield change
            if not self.more():
                return


def apply(
    catalog: Catalog,
    store: Vectors,
    encode: Encoder,
    changes: Iterable[Change],
    told: Callable[[int], None],
    *,
    empty: bool = False,
) -> dict[int, int]:
    """Puts what changed into a store, whole documents at a time. Returns how many passages each document has now."""
    put, done = dict[int, int](), 0
    for made in _batches(catalog, changes):
        new = list(chain.from_iterable(made.values()))
        made_of_them = points(new, encode.passages([draft.text for draft in new])) if new else []
        store.replace([document for document in made if not empty or document in put], made_of_them)
        put |= {document: len(of_document) for document, of_document in made.items()}
        done += len(made)
        told(done)
    return put


def _batches(catalog: Catalog, changes: Iterable[Change]) -> Iterator[dict[int, list[Draft]]]:
    """Documents until they make a batch of passages, each once, with their points to be."""
    made: dict[int, list[Draft]] = {}
    for change in changes:
        stored = None if change.gone else catalog.document(change.document_id)
        made[change.document_id] = list(drafts(stored) if stored else ())
        if sum(map(len, made.values())) >= _BATCH or len(made) >= _BATCH:
            yield made
            made = {}
    if made:
        yield made
