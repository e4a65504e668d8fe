"""Asking (sökning): /search and /similar, with the names and the answers of the command line."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameters
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from index.queries import RELATIONS, Filters, Query
from search_api.state import TheSearcher

router = APIRouter()


class Asked(BaseModel):
    """A question and its filters; several values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", description="Words, a question, a case number.", max_length=4_000)
    municipality: list[str] = Field([], description="Code or name.")
    kind: list[str] = Field([], description="Kind of paper: protocol, motion ...")
    body: list[str] = Field([], description="Deciding body.")
    party: list[str] = Field([], description="Party that proposes, asks, votes or reserves itself.")
    person: list[str] = Field([], description="Politician or official named in the item.")
    outcome: list[str] = Field([], description="approved, rejected, granted ...")
    year: list[int] = Field([], description="Year of the paper.")
    date_from: str | None = Field(None, alias="from", description="First day: 2026-01-31, 2026-01 or 2026.")
    date_to: str | None = Field(None, alias="to", description="Last day, included.")
    min_kronor: float | None = None
    max_kronor: float | None = None
    case: list[str] = Field([], description="Case number in any spelling.")
    limit: int = Field(10, ge=1, le=100)
    offset: int = Field(0, ge=0, le=9_900)
    sort: str = "relevance"
    fold: str | None = Field(None, description="case or duplicates: put what belongs together under one hit.")
    forgive: bool = Field(False, description="Let a be å or ä, and o be ö.")
    facets: bool = True
    without: list[str] = Field([], description="What is not to be read out of the question: year, municipality ...")

    def query(self) -> Query:
        """The search that is asked for. Raises FilterError for a value that means nothing."""
        filters = Filters.of(self.model_dump(include={field.name for field in fields(Filters)}))
        return Query(
            self.q, filters, self.limit, self.offset, self.sort, self.facets, fold=self.fold, forgive=self.forgive,
            without=tuple(self.without), today=date.today(),
        )  # fmt: skip


@router.get("/search")
def search(searcher: TheSearcher, asked: Annotated[Asked, Parameters()]) -> JSONResponse:
    """Items by word and by meaning, as `paragraf search --json` prints them."""
    return JSONResponse(searcher.search(asked.query()).to_json())


@router.get("/similar")
def similar(
    searcher: TheSearcher,
    source: Annotated[str, Parameters(description="A paper: its address, path or sha256.", max_length=2_000)],
    item: Annotated[str | None, Parameters(description="The §.", max_length=20)] = None,
    elsewhere: Annotated[bool, Parameters(description="Other municipalities first.")] = False,
    only: Annotated[list[str], Parameters(description="copy, stage, similar.")] = list(RELATIONS),  # noqa: B006
    limit: Annotated[int, Parameters(ge=1, le=100)] = 10,
) -> JSONResponse:
    """The same matter elsewhere, as `paragraf similar --json` prints it."""
    found = searcher.similar(source, item, limit, elsewhere=elsewhere, only=only)
    return JSONResponse(found.to_json())
