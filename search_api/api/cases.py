"""Cases (ärenden): /cases lists them, /cases/{municipality}/{number} follows one through bodies and documents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field, TypeAdapter

from index.cases.chain import follow
from index.cases.listing import Place, listed
from index.cases.model import Case, Listed
from index.origin import is_public
from search_api import cursors
from search_api.api.answers import told
from search_api.api.asking import Cursor
from search_api.caching import answered
from search_api.origins import of_stops
from search_api.problems import Problem
from search_api.state import State, TheCatalog, TheState

router = APIRouter(tags=["cases"])

_AS_JSON = TypeAdapter(Case)
THE_MUNICIPALITY = Path(description="Code or name: 1489, Alingsås.", max_length=100)
THE_CASES = "A case number or its beginning, a § of a meeting (§ 47 KSAU 2026-04-22), or words of a title."
THE_NUMBER = Path(description="Case number in any spelling: KS 2026/126, ks-2026-126.", max_length=100)


class CaseList(BaseModel):
    """A page of cases."""

    cases: list[Listed]
    next: str | None = Field(description="The cursor of the next page; null on the last.")
    next_offset: int | None = Field(description="The same as an offset; a cursor is the better way.")


@router.get("/cases", responses=told(CaseList))
def cases(
    request: Request,
    catalog: TheCatalog,
    municipality: Annotated[str | None, Query(description="Code or name.", max_length=100)] = None,
    q: Annotated[str, Query(description=THE_CASES, max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000, description="Cases to leave out; a cursor is the better way.")] = 0,
    cursor: Annotated[Cursor | None, Query(description="`next` of the page before.")] = None,
) -> Response:
    """The cases there are, those told of last first."""
    if cursor and offset:
        raise Problem("bad-cursor", 400, "a cursor tells where the page begins; leave out offset")
    after = place_of(municipality, q, cursor)

    def make() -> dict[str, Any]:
        found = listed(catalog.engine, municipality, q, limit + 1, offset, after=after)
        page, more = found[:limit], len(found) > limit
        return {
            "cases": [case for case, _ in page],
            "next": cursor_of(municipality, q, page[-1][1]) if more else None,
            "next_offset": offset + limit if more and not cursor else None,
        }

    return answered(request, make, catalog.revision())


@router.get("/cases/{municipality}/{number:path}", responses=told(Case))
def case(
    request: Request,
    state: TheState,
    municipality: Annotated[str, THE_MUNICIPALITY],
    number: Annotated[str, THE_NUMBER],
) -> Response:
    """One matter as a time line. Each stop says how it was found, and whether that is sure or a guess."""
    return answered(request, lambda: _followed(state, municipality, number), state.catalog.revision())


def place_of(municipality: str | None, q: str, cursor: str | None) -> Place | None:
    """The place in a list of cases that a cursor holds."""
    return tuple(cursors.opened(_list(municipality, q), cursor)) if cursor else None


def cursor_of(municipality: str | None, q: str, place: Place) -> str:
    """The cursor of a place in a list of cases."""
    return cursors.made(_list(municipality, q), *place)


def _list(municipality: str | None, q: str) -> str:
    return f"cases {municipality or ''} {q}"


def _followed(state: State, municipality: str, number: str) -> dict[str, Any]:
    """The case as JSON, without the places of its papers on this machine."""
    found: dict[str, Any] = _AS_JSON.dump_python(follow(state.catalog.engine, municipality, number), mode="json")
    names = state.names.of(each["document"] for each in of_stops(found) if not is_public(each["url"]))
    for each in of_stops(found):
        each["url"] = names.get(each["document"], each["url"])
    return found
