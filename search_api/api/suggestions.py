"""What somebody who writes may mean (förslag): /suggestions, asked at each key."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from index import holdings
from search_api.api.answers import told
from search_api.api.asking import Value
from search_api.caching import answered
from search_api.state import TheState

router = APIRouter(tags=["search"])
_TITLE = 3  # letters before titles are looked through


class Suggestion(BaseModel):
    """A text, and about how many items have it."""

    text: str
    items: int


class Suggestions(BaseModel):
    """Ways to go on from what is written."""

    words: list[Suggestion] = Field(description="Whole words for the last one of q, which goes on so.")
    bodies: list[Suggestion]
    titles: list[Suggestion] = Field(description="Titles of items that begin as q does.")


@router.get("/suggestions", responses=told(Suggestions))
def suggestions(
    request: Request,
    state: TheState,
    q: Annotated[Value, Query(description="What is written so far.")],
    limit: Annotated[int, Query(ge=1, le=20, description="Suggestions of each kind.")] = 8,
) -> Response:
    """Words, bodies and titles that begin as what is written, those in most items first."""
    text = " ".join(q.split())

    def make() -> dict[str, list[dict[str, str | int]]]:
        found = state.searcher.completions(q, limit)
        titles = holdings.titles(state.catalog.engine, text, limit) if len(text) >= _TITLE else []
        every = found | {"titles": titles}
        return {kind: [{"text": one, "items": number} for one, number in each] for kind, each in every.items()}

    return answered(request, make, state.searcher.generation(), state.catalog.revision())
