"""From the catalog to the vectors, by revision (synkning): can be stopped anywhere and run again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from index import generations
from index.catalog import Catalog, Change
from index.embed import Encoder, check_model, encoder
from index.form import form
from index.points import Draft, drafts, points
from index.settings import Settings
from index.vectors import Meta, Vectors

_BATCH = 512  # passages that are embedded and stored together

Progress = Callable[[int, int], None]  # documents done, documents to do


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
) -> Synced:
    """Brings the vectors level with the catalog; with `rebuild`, from nothing.

    When all is in, `more` is asked whether to look again: whoever still saves papers lets it wait there (follower.py).
    Raises ModelError where the index was made with another model than the settings name.
    """
    encode = encode or encoder(settings)
    with Catalog(settings.catalog) as catalog, generations.lock(settings.vectors):
        meta, note = (None, "") if rebuild else _whole(settings)
        check_model(meta, encode)
        while meta is not None and meta.format == form() and catalog.revision() == meta.revision:
            if not more():
                generations.clean(settings.vectors)
                return Synced(meta.revision, 0, 0, _name(settings))
        if meta is not None and meta.format != form():
            meta, note = None, "the index was made by another version of Paragraf and is made anew"
        elif meta is not None and catalog.revision() < meta.revision:  # another record, or a copy from before
            meta, note = None, "the index was of another record and is made anew"
        return replace(_next_generation(settings, catalog, encode, meta, progress, more), note=note)


def _whole(settings: Settings) -> tuple[Meta | None, str]:
    """What the current generation holds, or why there is none that one could go on from."""
    from index.edge import load, read_meta

    folder = generations.current(settings.vectors)
    if folder is None:
        return None, ""
    meta, why = read_meta(folder), "its meta.json is gone or cut"
    try:
        if meta is not None:
            load(folder).close()
            return meta, ""
    except OSError as error:
        why = str(error)
    return None, f"the index was broken and is made anew: {why}"


def model_of(settings: Settings) -> str | None:
    """The model that the index was made with, None where there is no index."""
    meta = _meta(settings)
    return meta.model if meta else None


def _meta(settings: Settings) -> Meta | None:
    from index.edge import read_meta

    folder = generations.current(settings.vectors)
    return read_meta(folder) if folder is not None and folder.exists() else None


def _name(settings: Settings) -> str:
    folder = generations.current(settings.vectors)
    return folder.name if folder else ""


def _next_generation(
    settings: Settings,
    catalog: Catalog,
    encode: Encoder,
    meta: Meta | None,
    progress: Progress | None,
    more: Callable[[], bool],
) -> Synced:
    from index import edge  # not before it is known that there is something to do

    root = settings.vectors
    part = generations.begin(root, copy=meta is not None)
    revision = catalog.revision()
    changes = _Changes(catalog, meta.revision if meta else 0, more)

    def told(done: int) -> None:
        if progress:
            progress(done, max(done, changes.total))

    store = edge.load(part) if meta else edge.create(part, encode.dimension)
    try:
        passages = apply(catalog, store, encode, changes, told, empty=meta is None)
        store.optimise()
        store.set_meta(Meta(max(revision, changes.revision), encode.name, encode.dimension, form()))
    finally:
        store.close()
    whole = generations.finish(root, part)
    return Synced(max(revision, changes.revision), changes.seen, passages, whole.name)


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
) -> int:
    """Puts what changed into a store, whole documents at a time. Returns how many passages went in."""
    total, done, put = 0, 0, set[int]()
    for documents, made in _batches(catalog, changes):
        new = points(made, encode.passages([draft.text for draft in made])) if made else []
        store.replace([document for document in documents if not empty or document in put], new)
        put.update(documents)
        total, done = total + len(new), done + len(documents)
        told(done)
    return total


def _batches(catalog: Catalog, changes: Iterable[Change]) -> Iterator[tuple[list[int], list[Draft]]]:
    """Documents until they make a batch of passages: which they are, each once, and their points to be."""
    made: dict[int, list[Draft]] = {}
    for change in changes:
        stored = None if change.gone else catalog.document(change.document_id)
        made[change.document_id] = list(drafts(stored) if stored else ())
        if sum(map(len, made.values())) >= _BATCH or len(made) >= _BATCH:
            yield list(made), list(chain.from_iterable(made.values()))
            made = {}
    if made:
        yield list(made), list(chain.from_iterable(made.values()))
