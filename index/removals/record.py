"""The log of removals (förteckning): in the record, and in a file beside it that outlives a backup put back.

removals.json has the key and the hashes, so that a backup of last week, put back, loses nothing that is removed since:
`level` brings the two together. It tells no name and no word of what is removed.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from index.database import writing
from index.removals import tables

FILE = "removals.json"
KINDS = ("document", "passage", "person")


class RemovalError(RuntimeError):
    """A removal that cannot be, and what can."""


@dataclass(frozen=True, slots=True)
class Hash:
    """What a removal is known by: the `form` of what was hashed ("bytes", "text", "letters"), of so many letters."""

    form: str
    hash: str
    length: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """A removal as the log tells it; `documents` and `places` count what it hid in what was held."""

    id: int
    token: str
    kind: str
    reason: str
    municipality_code: str | None
    made_at: datetime
    documents: int
    places: int
    hidden_at: datetime | None
    purged_at: datetime | None

    @property
    def state(self) -> str:
        """ "done"; "hidden" where a file of ours may still have it; "going on" where it is not even hidden."""
        return "done" if self.purged_at else "hidden" if self.hidden_at else "going on"

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        told: dict[str, Any] = {name: getattr(self, name) for name in ("id", "kind", "reason", "documents", "places")}
        told |= {"municipality": self.municipality_code, "made_at": self.made_at.isoformat(), "state": self.state}
        return told


def add(db: Connection, kind: str, reason: str, code: str | None, hashes: Iterable[Hash]) -> str:
    """A removal begins: from this transaction on, nothing that it hides is written. Its token."""
    told = {"token": uuid.uuid4().hex, "kind": kind, "reason": reason, "municipality_code": code}
    return _put(db, told | {"made_at": datetime.now(UTC)}, hashes)


def listed(engine: Engine) -> list[Removal]:
    """Every removal, the first first."""
    with engine.connect() as db:
        rows = db.execute(select(tables.removals).order_by(tables.removals.c.id)).mappings()
        return [Removal(**row) for row in rows]


def hashes(db: Connection, removal_id: int, form: str) -> list[str]:
    """The hashes of a removal of one form."""
    own = tables.removal_hashes.c
    asked = select(own.hash).where(own.removal_id == removal_id, own.form == form).order_by(own.hash)
    return list(db.scalars(asked))


def tell(db: Connection, removal_id: int, **values: Any) -> None:
    """Notes how far a removal has come."""
    db.execute(update(tables.removals).where(tables.removals.c.id == removal_id).values(**values))


def level(home: Path, engine: Engine) -> None:
    """What the file knows goes into the record, to be done again, and what the record knows into the file."""
    kept = _read(home / FILE)
    with writing(engine) as db:
        known = {row.token for row in db.execute(select(tables.removals.c.token))}
        missing = [each for each in kept.get("removals", ()) if each["token"] not in known]
        if missing:
            _take_key(db, kept["key"], bool(known))
        for each in missing:
            told = {name: each[name] for name in ("token", "kind", "reason", "municipality_code")}
            _put(db, told | {"made_at": datetime.fromisoformat(each["made_at"])}, (Hash(*h) for h in each["hashes"]))
        now = {"key": db.scalar(select(tables.secrets.c.value)), "removals": list(_all(db))}
    if now["removals"] and now != kept:
        _write(home / FILE, now)


def _put(db: Connection, told: dict[str, Any], hashes: Iterable[Hash]) -> str:
    made: Any = db.execute(insert(tables.removals), told | {"documents": 0, "places": 0}).inserted_primary_key
    rows = [{"removal_id": made[0], "form": h.form, "hash": h.hash, "length": h.length} for h in dict.fromkeys(hashes)]
    db.execute(insert(tables.removal_hashes), rows)
    return str(told["token"])


def _all(db: Connection) -> Iterator[dict[str, Any]]:
    own = tables.removal_hashes.c
    for row in db.execute(select(tables.removals).order_by(tables.removals.c.id)).mappings().all():
        of = db.execute(select(own.form, own.hash, own.length).where(own.removal_id == row["id"]).order_by(own.hash))
        told = {name: row[name] for name in ("token", "kind", "reason", "municipality_code")}
        yield told | {"made_at": row["made_at"].isoformat(), "hashes": [list(each) for each in of]}


def _take_key(db: Connection, key: str, in_use: bool) -> None:
    """The key that the file's hashes were made with; a record that has hashed by another one cannot take them."""
    own = db.scalar(select(tables.secrets.c.value))
    if own != key and in_use:
        raise RemovalError(
            f"{FILE} and the record have removals by different keys: they are not of one home. Put the record and the "
            "file of the same home in place, or make the removals again"
        )
    db.execute(update(tables.secrets).values(value=key))


def _read(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return found
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise RemovalError(f"{file} is damaged ({error}); the record has the same, so move it away") from error


def _write(file: Path, told: dict[str, Any]) -> None:
    """Whole or not at all, for nobody else to read."""
    beside = file.with_name(f"{file.name}.{uuid.uuid4().hex}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
