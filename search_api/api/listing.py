"""A list of documents as it is asked for (lista): filters, order, page."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from index import holdings
from index.asking.filters import KINDS
from index.catalog import Catalog
from index.queries import Filters
from search_api import cursors
from search_api.api.asking import Cursor, Day, Value, Year, values
from search_api.problems import Problem


class Listing(BaseModel):
    """Which documents, in which order, and which page of them; several values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    municipality: list[Value] = values("Code or name.")
    kind: list[Value] = values("Kind of paper.", KINDS)
    body: list[Value] = values("The body whose paper it is.")
    year: list[Year] = values("Year of the paper.")
    date_from: Day | None = Field(None, alias="from", description="First day: 2026-01-31, 2026-01 or 2026.")
    date_to: Day | None = Field(None, alias="to", description="Last day, included.")
    source: list[Value] = values("The name of a source.")
    state: Value | None = Field(
        None,
        description="read; unreadable: the newest bytes could not be read; listed: not fetched yet; waiting; removed.",
    )
    withdrawn: bool | None = Field(None, description="Only those that are no longer listed, or only those that are.")
    since: int = Field(0, ge=0, le=2**62, description="Only what changed after this revision.")
    sort: Value = Field("newest", json_schema_extra={"enum": list(holdings.SORTS)})
    limit: int = Field(50, ge=1, le=200, description="Documents on a page.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Documents to leave out; a cursor is the better way.")
    cursor: Cursor | None = Field(None, description="`next` of the page before.")

    def page(self, catalog: Catalog) -> dict[str, Any]:
        """The page, the cursor of the next one, and how many there are of all pages."""
        if self.cursor and self.offset:
            raise Problem("bad-cursor", 400, "a cursor tells where the page begins; leave out offset")
        after = tuple(cursors.opened(self._list(), self.cursor)) if self.cursor else ()
        wanted, revision = self._wanted(), catalog.revision()
        found = holdings.documents(catalog.engine, wanted, self.sort, self.limit + 1, self.offset, after)
        page, more = found[: self.limit], len(found) > self.limit
        following = cursors.made(self._list(), *page[-1]["place"]) if more else None
        told = [{name: value for name, value in one.items() if name != "place"} for one in page]
        total = holdings.total(catalog.engine, wanted)
        return {"documents": told, "total": total, "revision": revision, "next": following}

    def _wanted(self) -> holdings.Wanted:
        names = {"municipality", "kind", "body", "year", "date_from", "date_to"}
        filters = Filters.of(self.model_dump(include=names))
        return holdings.Wanted(filters, tuple(self.source), self.state, self.withdrawn, self.since)

    def _list(self) -> str:
        return "documents " + self.model_dump_json(exclude={"limit", "offset", "cursor"})
