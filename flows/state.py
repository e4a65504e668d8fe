"""How things stand (läge): what the record holds, what could not be read, how far the index is behind."""

from __future__ import annotations

from typing import Any

import extractors
from index import generations
from index.catalog import Catalog
from index.database import is_there
from index.settings import Settings


def state(settings: Settings) -> dict[str, Any]:
    """Everything counted, as plain values; a record that is not there yet is not made for it."""
    if not is_there(settings.catalog):
        return {"home": str(settings.home), "documents": 0, "index": None}
    with Catalog(settings.catalog) as catalog:
        counted = catalog.status(extractors.READER).to_json()
    ocr = _can_ocr(settings) if counted["without_ocr"] else None
    return {"home": str(settings.home), **counted, "ocr": ocr, "index": _index(settings, counted["revision"])}


def _can_ocr(settings: Settings) -> bool:
    from flows.reader import can_ocr

    return can_ocr(settings)


def _index(settings: Settings, revision: int) -> dict[str, Any] | None:
    """The generation that is searched, its model, and whether the record has gone on since."""
    from index.edge import read_meta

    folder = generations.current(settings.vectors)
    meta = read_meta(folder) if folder and folder.exists() else None
    if folder is None or meta is None:
        return None
    return {
        "generation": folder.name,
        "model": meta.model,
        "revision": meta.revision,
        "level": meta.revision >= revision,
    }
