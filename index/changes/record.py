"""Changes asked for (ändringar i katalogen): the newest, of a document, since a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, func, select

from index import tables
from index.asking.filters import FilterError, Filters, municipality_name
from index.changes.tables import changes
from index.export import of_paper

_FILTERS = {"municipality", "kind", "body", "year", "from", "to", "outcome", "withdrawn"}  # that a change has


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as it is told, with the paper as it stands now; `versions` are from which to which."""

    id: int
    document_id: int
    versions: tuple[int, int]
    number: str | None
    title: str | None
    item_index: int | None
    what: str
    state: str
    outcome: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    found_at: datetime
    municipality_code: str | None
    body: str | None
    kind: str | None
    date: str | None
    url: str
    paper: str | None  # its title
    sha256: str  # of the bytes that changed it

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        code = self.municipality_code
        return {
            "id": self.id,
            "document": self.document_id,
            "from_version": self.versions[0],
            "to_version": self.versions[1],
            "item": self.number,
            "n": None if self.item_index is None else self.item_index + 1,
            "title": self.title,
            "what": self.what,
            "state": self.state,
            "before": self.before,
            "after": self.after,
            "found_at": self.found_at.astimezone(UTC).isoformat(),
            "municipality": {"code": code, "name": municipality_name(code)} if code else None,
            "body": self.body,
            "kind": self.kind,
            "date": self.date,
            "url": self.url,
        }


def newest(
    engine: Engine,
    filters: Filters | None = None,
    limit: int = 50,
    before: int | None = None,
    after: int | None = None,
    since: datetime | None = None,
) -> list[Changed]:
    """The changes found last first, those with an id less than `before`; or, from `after` on, the first first.

    `since` leaves out what was found before a moment.
    Raises FilterError for a filter that a change does not have, or whose value means nothing.
    """
    filters = filters or Filters()
    if unknown := sorted(set(filters.to_json()) - _FILTERS):
        raise FilterError(f"changes have no {unknown[0]}; they are filtered by {', '.join(sorted(_FILTERS))}")
    asked = _asked().order_by(changes.c.id if after is not None else changes.c.id.desc()).limit(limit)
    if before is not None:
        asked = asked.where(changes.c.id < before)
    if after is not None:
        asked = asked.where(changes.c.id > after)
    if since is not None:
        asked = asked.where(changes.c.found_at >= since)
    if filters.outcome:
        asked = asked.where(changes.c.outcome.in_(filters.outcome))
    if not filters.withdrawn:
        asked = asked.where(~tables.documents.c.withdrawn)
    with engine.connect() as db:
        return [_changed(row) for row in db.execute(asked.where(*of_paper(db, filters))).mappings()]


def of_document(engine: Engine, document_id: int) -> list[Changed]:
    """Everything that changed in a document's decisions, the first first."""
    asked = _asked().where(changes.c.document_id == document_id).order_by(changes.c.id)
    with engine.connect() as db:
        return [_changed(row) for row in db.execute(asked).mappings()]


def count_since(engine: Engine, moment: datetime) -> dict[str, int]:
    """How many papers changed in what they decide since a moment, and in how many places: for who tells of a night."""
    asked = select(func.count(changes.c.document_id.distinct()), func.count()).where(changes.c.found_at >= moment)
    with engine.connect() as db:
        documents, places = db.execute(asked).one()
    return {"documents": documents, "changes": places}


def _asked() -> Any:
    documents, listings, versions, contents = tables.documents, tables.listings, tables.versions, tables.contents
    told = (documents.c.body, documents.c.kind, documents.c.date, documents.c.title.label("paper"), listings.c.url)
    newer = (versions.c.document_id == changes.c.document_id) & (versions.c.ordinal == changes.c.to_version)
    joined = changes.join(documents, documents.c.id == changes.c.document_id)
    joined = joined.join(listings, listings.c.document_id == documents.c.id)
    joined = joined.join(versions, newer).join(contents, contents.c.id == versions.c.content_id)
    return select(changes, *told, contents.c.sha256).select_from(joined)


def _changed(row: Any) -> Changed:
    told = {name: row[name] for name in Changed.__slots__ if name != "versions"}
    return Changed(**told, versions=(row["from_version"], row["to_version"]))


def texts(change: Changed) -> Iterator[tuple[str, str]]:
    """What it was and what it is, in words: ("before", "...") and ("after", "...")."""
    for name, told in (("before", change.before), ("after", change.after)):
        if told and "text" in told:
            yield name, told["text"]
        elif told:
            yield name, ", ".join(f"{each['yes']}–{each['no']}" for each in told["votes"])
