"""Counting (statistik): /statistics tells the subjects, /statistics/{subject} the numbers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from index.statistics.ask import statistic
from index.statistics.asked import SUBJECTS, Asked
from index.statistics.model import Statistic
from search_api.api.answers import told
from search_api.caching import answered
from search_api.state import TheCatalog

router = APIRouter(tags=["statistics"])

_AS_JSON = TypeAdapter(Statistic)
THE_SUBJECT = Path(description=f"One of {', '.join(SUBJECTS)}.", max_length=40)


class Filters(BaseModel):
    """Which papers are counted; several values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    by: str | None = Field(None, description="By what the numbers are divided.", max_length=40)
    municipality: list[Annotated[str, Field(max_length=100)]] = Field([], description="Code or name.", max_length=50)
    body: list[Annotated[str, Field(max_length=200)]] = Field(
        [], description="Body, as the papers write it.", max_length=50
    )
    year: list[Annotated[int, Field(ge=1800, le=2200)]] = Field([], description="Year of the paper.", max_length=50)
    kind: list[Annotated[str, Field(max_length=40)]] = Field([], description="Kind of paper.", max_length=20)

    def asked(self, subject: str) -> Asked:
        """The statistic that is asked for. Raises FilterError for a value that means nothing."""
        return Asked.of(subject, **self.model_dump())


class Subject(BaseModel):
    """A subject, and by what its numbers may be divided; the first is the usual."""

    subject: str
    by: list[str]


@router.get("/statistics")
def subjects() -> list[Subject]:
    """What is counted."""
    return [Subject(subject=subject, by=list(by)) for subject, by in SUBJECTS.items()]


@router.get("/statistics/{subject}", responses=told(Statistic))
def numbers(
    request: Request, catalog: TheCatalog, subject: Annotated[str, THE_SUBJECT], filters: Annotated[Filters, Query()]
) -> Response:
    """Numbers of one subject. A row whose `key` is null is of papers that do not tell what it is divided by."""
    asked = filters.asked(subject)
    return answered(request, lambda: _AS_JSON.dump_python(statistic(catalog, asked), mode="json"), catalog.revision())
