"""How things stand (läge): what the record holds, what could not be read, how far the index is behind."""

from __future__ import annotations

from typing import Any

import extractors
from index import backend
from index.books.alarms import alarms
from index.books.model import Alarm
from index.catalog import Catalog
from index.database import is_there
from index.settings import Settings


def state(settings: Settings) -> dict[str, Any]:
    """Everything counted, as plain values; a record that is not there yet is not made for it."""
    if not is_there(settings.catalog):
        return {"home": str(settings.home), "documents": 0, "index": None}
    with Catalog(settings.catalog) as catalog:
        counted = catalog.status(extractors.READER).to_json()
        standing = [_alarm(alarm) for alarm in alarms(catalog.engine)]
    ocr = _can_ocr(settings) if counted["without_ocr"] else None
    return {
        "home": str(settings.home),
        **counted,
        "alarms": standing,
        "ocr": ocr,
        "index": _index(settings, counted["revision"]),
    }


def _alarm(alarm: Alarm) -> dict[str, Any]:
    since = alarm.since and alarm.since.isoformat()
    return {"source": alarm.source, "kind": alarm.kind, "about": alarm.about, "reason": alarm.reason, "since": since}


def _can_ocr(settings: Settings) -> bool:
    from flows.reader import can_ocr

    return can_ocr(settings)


def _index(settings: Settings, revision: int) -> dict[str, Any] | None:
    """What is searched: its generation or collection, its model, and whether the record has gone on since."""
    on = {"server": settings.server.url} if settings.server else {}
    try:
        kept = backend.of(settings)
        name, meta = kept.name(), kept.held()
    except RuntimeError as error:  # a server that does not answer; what the record holds is told all the same
        return {**on, "error": str(error)}
    if not name or meta is None:
        return None
    level = meta.revision >= revision
    return {**on, "generation": name, "model": meta.model, "revision": meta.revision, "level": level}
