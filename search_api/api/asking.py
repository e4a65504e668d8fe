"""A question over HTTP (fråga): its parameters, the same wherever items are asked for, and their limits."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from index.asking.filters import KINDS, OUTCOMES
from index.asking.query import FOLDS, SORTS
from index.queries import Filters, Query
from search_api import cursors
from search_api.problems import Problem

LONGEST = 4_000  # characters of a question
VALUES = 50  # of one filter
FURTHEST = 9_900

Text = Annotated[str, StringConstraints(max_length=LONGEST)]
Value = Annotated[str, StringConstraints(max_length=200)]
Day = Annotated[str, StringConstraints(max_length=10)]
Year = Annotated[int, Field(ge=1, le=9999)]
Kronor = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]
Cursor = Annotated[str, StringConstraints(max_length=cursors.LONGEST)]


def values(told: str, one_of: tuple[str, ...] = ()) -> Any:
    """A parameter with several values; the known ones are told, and others are refused in better words later."""
    extra: Any = {"items": {"type": "string", "enum": list(one_of)}} if one_of else None
    return Field([], description=told, max_length=VALUES, json_schema_extra=extra)


class Narrowed(BaseModel):
    """A question and its filters; several values of one filter are alternatives, several filters must all hold."""

    model_config = ConfigDict(extra="forbid")

    q: Text = Field("", description="Words, a question, a case number.")
    municipality: list[Value] = values("Code or name.")
    kind: list[Value] = values("Kind of paper.", KINDS)
    body: list[Value] = values("Deciding body.")
    party: list[Value] = values("Party that proposes, asks, votes or reserves itself.")
    person: list[Value] = values("Politician or official named in the item.")
    outcome: list[Value] = values("What was decided.", OUTCOMES)
    year: list[Year] = values("Year of the paper.")
    date_from: Day | None = Field(None, alias="from", description="First day: 2026-01-31, 2026-01 or 2026.")
    date_to: Day | None = Field(None, alias="to", description="Last day, included.")
    min_kronor: Kronor | None = Field(None, description="The item has a sum of at least so much.")
    max_kronor: Kronor | None = Field(None, description="The item has a sum of at most so much.")
    case: list[Value] = values("Case number in any spelling.")
    withdrawn: bool | None = Field(None, description="Also what its source no longer lists.")
    forgive: bool = Field(False, description="Let a be å or ä, and o be ö.")
    without: list[Value] = values("What is not to be read out of the question: year, municipality ...")

    def query(self, **how: Any) -> Query:
        """The search that is asked for. Raises FilterError for a value that means nothing."""
        names = set(Narrowed.model_fields) - {"q", "forgive", "without"}
        filters = Filters.of(self.model_dump(include=names))
        return Query(self.q, filters, forgive=self.forgive, without=tuple(self.without), today=date.today(), **how)


class Asked(Narrowed):
    """A search: a question, its filters, the order of the hits, and which page of them."""

    limit: int = Field(10, ge=1, le=100, description="Hits on a page.")
    offset: int = Field(0, ge=0, le=FURTHEST, description="Hits to leave out; a cursor is the better way.")
    cursor: Cursor | None = Field(None, description="`next` of the page before.")
    sort: Value = Field("relevance", json_schema_extra={"enum": list(SORTS)}, description="The order of the hits.")
    fold: Value | None = Field(None, description=f"{' or '.join(FOLDS)}: put what belongs together under one hit.")
    facets: bool = Field(True, description="Count how the matching items divide.")

    def query(self, **how: Any) -> Query:
        """The search that is asked for, on the page that is asked for."""
        offset = self.begins()[0]
        told = {"limit": self.limit, "offset": offset, "sort": self.sort, "facets": self.facets, "fold": self.fold}
        return super().query(**told | how)

    def begins(self) -> tuple[int, str | None]:
        """Where the page begins, and the generation of the index that the page before came from."""
        if self.cursor is None:
            return self.offset, None
        if self.offset:
            raise Problem("bad-cursor", 400, "a cursor tells where the page begins; leave out offset")
        offset, generation = cursors.opened(self._list(), self.cursor)
        return offset, generation

    def goes_on(self, shown: int, generation: str | None) -> str | None:
        """The cursor of the next page after one with so many hits, None after the last."""
        offset = self.begins()[0] + self.limit
        return cursors.made(self._list(), offset, generation) if shown >= self.limit and offset <= FURTHEST else None

    def _list(self) -> str:
        """What makes this list of hits this one; its pages may differ in size."""
        return "search " + self.model_dump_json(exclude={"limit", "offset", "cursor", "facets"})
