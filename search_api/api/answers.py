"""What the API answers with, for its schema (svar). Answers are not made by way of these: a search must be quick.

`told(Answer)` documents a route; the tests hold the answers to the models.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from search_api.problems import TYPES


class Named(BaseModel):
    """A municipality: SCB's code and its name."""

    code: str
    name: str


class Place(BaseModel):
    """Where something stands: characters of the document's text, the end not included, and the page it begins on."""

    start: int
    end: int
    page: int
    confidence: float | None = Field(None, description="How sure OCR was, 0 to 1; only on scanned pages.")


class ReadAs(BaseModel):
    """How a question was read; what there is nothing to say of is left out."""

    text: str
    words: list[str]
    filters: dict[str, Any] = Field(description="Filters that stand in the question's words.")
    cases: list[str] = []
    raised: dict[str, Any] = Field({}, description="What is not demanded, but comes first.")
    notes: list[str] = []
    noted: list[dict[str, str]] = Field([], description="The same notes, each by its name, with what it is of.")
    readings: list[dict[str, Any]] = Field([], description="What was read of which words; `without` switches it off.")


class Member(BaseModel):
    """An item that was folded under another."""

    id: str
    document: str
    item: str | None
    title: str | None
    date: str | None


class AlsoIn(BaseModel):
    """Another paper of the meeting that the same § stands in, as an extract of the minutes."""

    document: str = Field(description="sha256 of the paper's bytes, for /documents/{id}.")
    item_index: int = Field(description="The place of the § among its items, from 0.")
    kind: str
    source: str
    url: str
    title: str | None


class Hit(BaseModel):
    """An item that was found, with its best passage."""

    id: str = Field(description="For /items/{id}.")
    document: str = Field(description="sha256 of the paper's bytes, for /documents/{id}.")
    source: str
    url: str
    item: str | None = Field(description="The number of the §.")
    span: Place
    page: int = Field(description="The page of the snippet.")
    kind: str
    municipality: Named | None
    body: str | None
    date: str | None
    title: str | None
    case_number: str | None
    outcome: str | None
    snippet: str
    marks: list[list[int]] = Field(description="Where the question's words stand in the snippet.")
    score: float
    related: bool = Field(description="Answer by meaning alone, and not counted in `total`.")
    why: dict[str, Any] = Field(description="What made it a hit: words, legs, what was raised.")
    withdrawn: bool = Field(description="No longer listed by its source.")
    kronor: list[float] = Field(description="The sums in the item, rising.")
    also: list[AlsoIn] = Field(description="Other papers of the meeting with the same §, which is counted once.")
    relation: str | None = Field(description="Of /similar: copy, stage or similar.")
    members: list[Member] = Field(description="What was folded under it.")


class Count(BaseModel):
    """A value of a facet, and how many items have it."""

    value: str | int
    count: int
    name: str | None = Field(None, description="Of a municipality.")


class Facets(BaseModel):
    """How many items fit, and how they divide."""

    read_as: ReadAs
    total: int
    facets: dict[str, list[Count]]
    generation: str | None = Field(description="Answers with the same one come from the same index.")


class Similar(Facets):
    """Items like another one."""

    hits: list[Hit]


class Answer(Similar):
    """A page of hits."""

    explained: dict[str, Any] = Field({}, description="Why so little was found; with few items alone.")
    next: str | None = Field(description="The cursor of the next page; null on the last.")
    changed: bool = Field(description="The index is another one than when the page before was given.")


class InputError(BaseModel):
    """One parameter that was refused."""

    at: str
    detail: str


class ProblemDetails(BaseModel):
    """Something wrong (RFC 9457)."""

    type: str = Field(description="One of " + ", ".join(f"/docs#{name}" for name in TYPES) + ", or about:blank.")
    title: str
    status: int
    detail: str
    request_id: str | None
    errors: list[InputError] = []


def told(model: type[Any]) -> dict[int | str, dict[str, Any]]:
    """What a route tells of its answers; the problems are told of all routes alike (schema.py)."""
    return {200: {"model": model}, 304: {"description": "It is as it was."}}
