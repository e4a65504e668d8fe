"""Removals (borttagningar) over HTTP, for who has the server's token: the log, and what is to be removed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Response
from pydantic import BaseModel, ConfigDict, Field

from index.asking.filters import FilterError
from index.catalog import Catalog
from index.removals import meant, record
from index.removals.meant import Meant
from index.removals.record import Removal, RemovalError
from index.removals.remove import remove
from search_api.api.writing import REFUSED, allowed
from search_api.state import TheCatalog, TheState

router = APIRouter(prefix="/removals", tags=["removals"], dependencies=[Depends(allowed)], responses=REFUSED)

_Words = Annotated[str, Field(max_length=20_000)]


class Wanted(BaseModel):
    """What is to be removed; without `confirmed` it is only told what that would hide."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["document", "passage", "person"]
    reason: str = Field(description="Why, for the log; without what is removed.", min_length=1, max_length=500)
    document: _Words | None = Field(None, description="Of a document or a passage: its address, number or sha256.")
    text: _Words | None = Field(None, description="Of a passage: its words.")
    page: int | None = Field(None, description="Instead: the page it stands on.", ge=1, le=1_000_000)
    first_words: _Words = Field("", description="With `page`: where it begins.")
    last_words: _Words = Field("", description="With `page`: where it ends.")
    name: str | None = Field(None, description="Of a person: first name and surname.", max_length=200)
    also: list[Annotated[str, Field(max_length=200)]] = Field([], description="The same person written otherwise.")
    municipality: str | None = Field(None, description="Of a person: only in its papers.", max_length=100)
    in_office: bool = Field(False, description="Also if papers name the person as a politician or official.")
    confirmed: bool = False


class Told(BaseModel):
    """A removal as the log has it: not what was removed."""

    id: int
    kind: str
    reason: str
    municipality: str | None
    made_at: str
    state: Literal["done", "hidden", "going on"]
    documents: int
    places: int

    @classmethod
    def of(cls, removal: Removal) -> Told:
        """As it is told."""
        return cls(**removal.to_json())


class Paper(BaseModel):
    """A paper that something would be hidden of."""

    document: int
    told: str
    places: int


class Foretold(BaseModel):
    """What a removal would hide."""

    kind: str
    documents: int
    places: int
    papers: list[Paper]


@router.get("")
def listed(catalog: TheCatalog) -> list[Told]:
    """What was removed when and why, and not what."""
    return [Told.of(each) for each in record.listed(catalog.engine)]


@router.post(
    "", status_code=201, responses={200: {"model": Foretold, "description": "Not confirmed: nothing is done."}}
)
def add(state: TheState, wanted: Wanted, answer: Response) -> Told | Foretold:
    """Remove a document, a passage or a person: at once, everywhere, and for good. docs/privacy.md tells what holds."""
    try:
        found = _meant(state.catalog, wanted)
        if not wanted.confirmed:
            answer.status_code = 200
            return Foretold(**found.to_json())
        return Told.of(remove(state.settings, state.catalog, found, wanted.reason))
    except (RemovalError, FilterError) as error:
        raise HTTPException(400, str(error)) from error


def _meant(catalog: Catalog, wanted: Wanted) -> Meant:
    needed: dict[str, Any] = {"name": wanted.name} if wanted.kind == "person" else {"document": wanted.document}
    for name, value in needed.items():
        if not value:
            raise RemovalError(f"a removal of a {wanted.kind} needs {name}")
    if wanted.kind == "person":
        return meant.person(catalog, wanted.name or "", wanted.municipality, wanted.also, wanted.in_office)
    named = wanted.document or ""
    if wanted.kind == "document":
        return meant.document(catalog, named)
    if (wanted.text is None) == (wanted.page is None):
        raise RemovalError("a passage is told by its text, or by page, first_words and last_words")
    return meant.passage(catalog, named, wanted.text, wanted.page, wanted.first_words, wanted.last_words)
