"""Counting (statistik): /statistics tells the subjects, /statistics/{subject} the numbers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from index.statistics.ask import statistic
from index.statistics.asked import SUBJECTS, Asked
from index.statistics.model import Statistic
from search_api.state import TheCatalog

router = APIRouter(tags=["statistics"])

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


@router.get("/statistics/{subject}")
def numbers(
    catalog: TheCatalog, subject: Annotated[str, THE_SUBJECT], filters: Annotated[Filters, Query()]
) -> Statistic:
    """Numbers of one subject. A row whose `key` is null is of papers that do not tell what it is divided by."""
    return statistic(catalog, filters.asked(subject))
