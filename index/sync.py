"""From the catalog to the vectors, by revision (synkning): can be stopped anywhere and run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index import generations
from index.catalog import Catalog, Change
from index.embed import Encoder, check_model, encoder
from index.form import form
from index.points import Draft, drafts
from index.settings import Settings
from index.vectors import Meta, Point, Vectors

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
    settings: Settings, progress: Progress | None = None, *, rebuild: bool = False, encode: Encoder | None = None
) -> Synced:
    """Brings the vectors level with the catalog; with `rebuild`, from nothing.

    Raises ModelError where the index was made with another model than the settings name.
    """
    encode = encode or encoder(settings)
    with Catalog(settings.catalog) as catalog, generations.lock(settings.vectors):
        meta, note = (None, "") if rebuild else _whole(settings)
        check_model(meta, encode)
        if meta is not None and meta.format == form() and catalog.revision() == meta.revision:
            generations.clean(settings.vectors)
            return Synced(meta.revision, 0, 0, _name(settings))
        if meta is not None and meta.format != form():
            meta, note = None, "the index was made by another version of Paragraf and is made anew"
        elif meta is not None and catalog.revision() < meta.revision:  # another record, or a copy from before
            meta, note = None, "the index was of another record and is made anew"
        return replace(_next_generation(settings, catalog, encode, meta, progress), note=note)


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
    settings: Settings, catalog: Catalog, encode: Encoder, meta: Meta | None, progress: Progress | None
) -> Synced:
    from index import edge  # not before it is known that there is something to do

    root = settings.vectors
    part = generations.begin(root, copy=meta is not None)
    revision = catalog.revision()
    changes = list(catalog.changes(meta.revision if meta else 0))
    store = edge.load(part) if meta else edge.create(part, encode.dimension)
    try:
        passages = apply(catalog, store, encode, changes, progress, empty=meta is None)
        store.optimise()
        revision = max([revision, *(change.revision for change in changes)])
        store.set_meta(Meta(revision, encode.name, encode.dimension, form()))
    finally:
        store.close()
    whole = generations.finish(root, part)
    return Synced(revision, len(changes), passages, whole.name)


def apply(
    catalog: Catalog,
    store: Vectors,
    encode: Encoder,
    changes: list[Change],
    progress: Progress | None = None,
    *,
    empty: bool = False,
) -> int:
    """Puts what changed into a store, whole documents at a time. Returns how many passages went in."""
    total = 0
    for done, documents, made in _batches(catalog, changes):
        vectors = encode.passages([draft.text for draft in made]).tolist() if made else []
        points = [Point(d.id, v, d.words, d.payload) for d, v in zip(made, vectors, strict=True)]
        store.replace([] if empty else documents, points)
        total += len(points)
        if progress:
            progress(done, len(changes))
    return total


def _batches(catalog: Catalog, changes: list[Change]) -> Iterator[tuple[int, list[int], list[Draft]]]:
    """Documents until they make a batch of passages: how many are done, which they are, and their points to be."""
    ids: list[int] = []
    made: list[Draft] = []
    for done, change in enumerate(changes, 1):
        ids.append(change.document_id)
        stored = None if change.gone else catalog.document(change.document_id)
        made.extend(drafts(stored) if stored else ())
        if len(made) >= _BATCH or len(ids) >= _BATCH or done == len(changes):
            yield done, ids, made
            ids, made = [], []
