"""What a reader made of a content, whole, as compressed JSON (läsning)."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from extractors.json import from_json, to_json
from extractors.model import Document
from index.tables import readings

_LEVEL = 6
_REPLACE = update(readings).where(readings.c.content_id == bindparam("of_content"))
_ADD = insert(readings)


def put(db: Connection, content_id: int, document: Document) -> None:
    """Keeps a reading in place of the one there was."""
    packed = zlib.compress(json.dumps(to_json(document), ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)
    if not db.execute(_REPLACE, {"of_content": content_id, "document": packed}).rowcount:
        db.execute(_ADD, {"content_id": content_id, "document": packed})


def get(db: Connection, content_id: int) -> Document:
    """The document as it was read."""
    document: Document = from_json(as_json(db, content_id))
    return document


def as_json(db: Connection, content_id: int) -> dict[str, Any]:
    """The document as it was read, in the keys of the JSON that others build on."""
    packed = db.execute(select(readings.c.document).where(readings.c.content_id == content_id)).scalar_one()
    document: dict[str, Any] = json.loads(zlib.decompress(packed))
    return document
