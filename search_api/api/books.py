"""The books (böckerna) and alarms (larm) over HTTP: /books, /alarms."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameters
from pydantic import BaseModel, ConfigDict, Field

from index.asking.filters import municipality_code
from index.books import Account, books
from index.books.alarms import alarms
from index.catalog import Catalog
from index.listed import folded
from search_api import cursors
from search_api.api.answers import Named, told
from search_api.api.asking import Cursor, Value, Year, values
from search_api.caching import answered
from search_api.state import TheCatalog

router = APIRouter(tags=["held"])


class MeetingKnown(BaseModel):
    """A meeting that is known of, and what became of it."""

    date: str
    told: str | None = Field(description="The source's word: planned, held, cancelled; null where it does not say.")
    outcome: str = Field(
        description="held: its protocol is here. lacking: listed, and not here. due: it may take its time yet. "
        "overdue: it took place and no protocol was listed. planned, cancelled. unknown: nobody says whether it was."
    )
    documents: list[int]


class PaperLacking(BaseModel):
    """A paper that is listed and not here, and why."""

    document: int
    name: str
    url: str | None
    kind: str | None
    state: str = Field(description="unreadable, failed, waiting (for another night), listed (not tried yet).")
    reason: str | None


class ExpectedAgainst(BaseModel):
    """What is expected of a year, from how many to how many, and what came."""

    what: str = Field(description="meetings_per_year, protocols_per_year, items_per_protocol.")
    expected: tuple[int, int]
    got: tuple[int, int]
    state: str = Field(description="met, below, above; running while the year goes on.")


class BookAccount(BaseModel):
    """A year of a body as one source tells it."""

    source: str
    municipality: Named | None
    body: str | None
    year: int | None
    meetings: dict[str, int] = Field(description="How many came to which outcome.")
    tells_meetings: bool = Field(description="Whether the source lists meetings; if not, others may have been held.")
    tells_cancelled: bool = Field(description="Whether it ever said that one was cancelled.")
    papers: dict[str, int] = Field(description="How many are listed, held, read, failed, waiting, withdrawn ...")
    reasons: dict[str, int] = Field(description="Why papers are not here, and how many.")
    expected: list[ExpectedAgainst]
    every_meeting: list[MeetingKnown]
    lacking: list[PaperLacking]


class Books(BaseModel):
    """A page of the books."""

    accounts: list[BookAccount]
    total: int = Field(description="Of all pages.")
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class AlarmTold(BaseModel):
    """What a person should look at."""

    source: str
    kind: str = Field(description="failing, unfetched, waiting, changed, quiet, missed, overdue.")
    about: str = Field(description="The body, or nothing for the whole source.")
    reason: str
    figures: dict[str, Any] = Field(description="What the reason is made of.")
    since: str
    closed: str | None


class Alarms(BaseModel):
    """The alarms, the newest first."""

    alarms: list[AlarmTold]


class BooksAsked(BaseModel):
    """Which accounts, and which page of them; several values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    municipality: list[Value] = values("Code or name.")
    source: list[Value] = values("The name of a source.")
    body: list[Value] = values("The body.")
    year: list[Year] = values("The year.")
    lacking: bool = Field(False, description="Only accounts that lack a paper, or a protocol that is overdue.")
    limit: int = Field(50, ge=1, le=200, description="Accounts on a page.")
    cursor: Cursor | None = Field(None, description="`next` of the page before.")

    def page(self, catalog: Catalog, today: date) -> dict[str, Any]:
        """The page, the cursor of the next one, and how many accounts there are of all pages."""
        start = self._start()
        found = [account for account in self._books(catalog, today) if self._is_asked(account)]
        after = start + self.limit
        following = cursors.made(self._list(), after) if after < len(found) else None
        page = [account.to_json() for account in found[start:after]]
        return {"accounts": page, "total": len(found), "next": following}

    def _start(self) -> int:
        if self.cursor is None:
            return 0
        (start,) = cursors.opened(self._list(), self.cursor)
        return int(start)

    def _books(self, catalog: Catalog, today: date) -> list[Account]:
        codes = {municipality_code(told) for told in self.municipality}
        source = self.source[0] if len(self.source) == 1 else None
        every = books(catalog.engine, today, code=next(iter(codes)) if len(codes) == 1 else None, source=source)
        return [account for account in every if not codes or account.code in codes]

    def _is_asked(self, account: Account) -> bool:
        bodies = {folded(body) for body in self.body}
        return (
            (not self.source or account.source in self.source)
            and (not bodies or folded(account.body or "") in bodies)
            and (not self.year or account.year in self.year)
            and (not self.lacking or bool(account.lacking) or "overdue" in account.outcomes)
        )

    def _list(self) -> str:
        return "books " + self.model_dump_json(exclude={"limit", "cursor"})


@router.get("/books", responses=told(Books))
def the_books(request: Request, catalog: TheCatalog, asked: Annotated[BooksAsked, Parameters()]) -> Response:
    """Of each source, body and year: the meetings and papers that are known of, and what became of them.

    What is not held is told apart from what did not happen, and what cannot be told is unknown. `next` is the cursor of
    the next page.
    """
    page = asked.page(catalog, date.today())
    return answered(request, lambda: page, page)


@router.get("/alarms", responses=told(Alarms))
def the_alarms(
    request: Request,
    catalog: TheCatalog,
    source: Annotated[Value | None, Parameters(description="Of this source alone.")] = None,
    closed: Annotated[bool, Parameters(description="Also those that have passed.")] = False,
) -> Response:
    """What a person should look at: sources that fail, went quiet or changed; expectations missed; what is overdue."""
    found = [
        {
            "source": one.source, "kind": one.kind, "about": one.about, "reason": one.reason, "figures": one.figures,
            "since": one.since and one.since.isoformat(), "closed": one.closed and one.closed.isoformat(),
        }
        for one in alarms(catalog.engine, source, closed=closed)
    ]  # fmt: skip
    return answered(request, lambda: {"alarms": found}, found)
