"""What newer versions of papers decide otherwise (ändringar), over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameters
from pydantic import BaseModel, ConfigDict, Field

from index.asking.filters import KINDS, OUTCOMES
from index.changes import record
from index.origin import is_public
from index.queries import Filters
from search_api import cursors
from search_api.api.answers import told
from search_api.api.asking import Cursor, Day, Value, Year, values
from search_api.caching import answered
from search_api.problems import Problem
from search_api.state import TheCatalog

router = APIRouter(tags=["documents"])


class Listing(BaseModel):
    """Which changes, and which page of them; several values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    municipality: list[Value] = values("Code or name.")
    kind: list[Value] = values("Kind of paper.", KINDS)
    body: list[Value] = values("The body whose paper it is.")
    outcome: list[Value] = values("What is decided now, or was where it is removed.", OUTCOMES)
    year: list[Year] = values("Year of the paper.")
    date_from: Day | None = Field(
        None, alias="from", description="First day of the paper: 2026-01-31, 2026-01 or 2026."
    )
    date_to: Day | None = Field(None, alias="to", description="Last day, included.")
    withdrawn: bool | None = Field(None, description="Also of papers that their source no longer lists.")
    since: int | None = Field(None, ge=0, le=2**62, description="Only those after this one, the first first.")
    limit: int = Field(50, ge=1, le=200, description="Changes on a page.")
    cursor: Cursor | None = Field(None, description="`next` of the page before.")

    def filters(self) -> Filters:
        """What they are filtered by. Raises FilterError for a value that means nothing."""
        return Filters.of(self.model_dump(exclude={"since", "limit", "cursor"}))

    def named(self) -> str:
        """What makes this list this one; its pages may differ in size."""
        return "changes " + self.model_dump_json(exclude={"limit", "cursor"})


class Decided(BaseModel):
    """A decision as one version has it, or the votes of a §."""

    text: str | None = None
    outcome: str | None = None
    kronor: list[str] | None = None
    page: int | None = None
    votes: list[dict[str, int]] | None = None


class Place(BaseModel):
    """A municipality."""

    code: str
    name: str


class Change(BaseModel):
    """What one version of a paper decides otherwise than the one before it."""

    id: int
    document: int
    from_version: int
    to_version: int
    item: str | None = Field(description="Number of the §.")
    n: int | None = Field(description="Its place in the newer version, from 1; null where it is gone.")
    title: str | None
    what: Literal["decision", "votes"]
    state: Literal["added", "removed", "changed"]
    before: Decided | None
    after: Decided | None
    found_at: str
    municipality: Place | None
    body: str | None
    kind: str | None
    date: str | None
    url: str | None


class Changes(BaseModel):
    """A page of changes."""

    changes: list[Change]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


@router.get("/changes", responses=told(Changes))
def changes(request: Request, catalog: TheCatalog, asked: Annotated[Listing, Parameters()]) -> Response:
    """What newer versions of papers decide otherwise, found last first; with `since` the first first."""
    if asked.cursor and asked.since is not None:
        raise Problem("bad-cursor", 400, "a cursor tells where the page begins; leave out since")
    before = cursors.opened(asked.named(), asked.cursor)[0] if asked.cursor else None

    def make() -> dict[str, Any]:
        found = record.newest(catalog.engine, asked.filters(), asked.limit + 1, before, asked.since)
        page, more = found[: asked.limit], len(found) > asked.limit and asked.since is None
        told = [each.to_json() | {"url": each.url if is_public(each.url) else None} for each in page]
        return {"changes": told, "next": cursors.made(asked.named(), page[-1].id) if more else None}

    return answered(request, make, catalog.revision())
