"""Asking (sökning): /search, /similar and /facets, with the names and the answers of the command line."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameters

from index.origin import is_public
from index.queries import RELATIONS, NotFoundError
from search_api.api.answers import Answer, Facets, Similar, told
from search_api.api.asking import Asked, Narrowed, Value
from search_api.caching import answered
from search_api.origins import without_paths
from search_api.state import TheSearcher, TheState

router = APIRouter(tags=["search"])


@router.get("/search", responses=told(Answer))
def search(request: Request, state: TheState, asked: Annotated[Asked, Parameters()]) -> Response:
    """Items by word and by meaning, as `paragraf search --json` prints them, page by page.

    `next` is the cursor of the next page. `changed` tells that the index is another one than when the page before was
    given: hits may then be missing or come twice, and who wants the whole list begins anew without a cursor.
    """

    def make() -> dict[str, Any]:
        found = without_paths(state.searcher.search(asked.query()).to_json(), state.names)
        before, now = asked.begins()[1], found["generation"]
        following = asked.goes_on(len(found["hits"]), now)
        return found | {"next": following, "changed": before is not None and before != now}

    return answered(request, make, state.searcher.generation(), date.today())


@router.get("/facets", responses=told(Facets))
def facets(request: Request, searcher: TheSearcher, asked: Annotated[Narrowed, Parameters()]) -> Response:
    """How many items fit a question, and how they divide, with no hits: quicker than a search."""

    def make() -> dict[str, Any]:
        found = searcher.counts(asked.query()).to_json()
        return {name: found[name] for name in ("read_as", "total", "facets", "generation")}

    return answered(request, make, searcher.generation(), date.today())


@router.get("/similar", responses=told(Similar))
def similar(
    request: Request,
    state: TheState,
    source: Annotated[str, Parameters(description="A paper: `source` or `document` of a hit.", max_length=2_000)],
    item: Annotated[str | None, Parameters(description="The §, by its number.", max_length=20)] = None,
    elsewhere: Annotated[bool, Parameters(description="Other municipalities first.")] = False,
    only: Annotated[list[Value], Parameters(description=", ".join(RELATIONS), max_length=3)] = list(RELATIONS),  # noqa: B006
    limit: Annotated[int, Parameters(ge=1, le=100)] = 10,
) -> Response:
    """The same matter elsewhere, as `paragraf similar --json` prints it."""

    def make() -> dict[str, Any]:
        meant = source if is_public(source) else state.names.bytes_of(source)
        if meant is None:
            raise NotFoundError(f"no paper has the name {source!r}; take `source` or `document` of a hit")
        found = state.searcher.similar(meant, item, limit, elsewhere=elsewhere, only=only).to_json()
        found["read_as"]["text"] = f"{source} § {item}" if item else source
        return without_paths(found, state.names)

    return answered(request, make, state.searcher.generation())
