"""The page of a case (ärende): a time line through bodies and documents; and the cases there are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from index.asking.filters import FilterError
from index.cases.chain import NoCaseError, follow
from index.cases.listing import listed
from search_api.api.asking import Cursor
from search_api.api.cases import THE_MUNICIPALITY, THE_NUMBER, cursor_of, place_of
from search_api.pages.render import render
from search_api.state import TheCatalog, TheState

router = APIRouter()

_A_PAGE = 50


@router.get("/arende")
def cases(
    request: Request,
    catalog: TheCatalog,
    municipality: Annotated[str, Query(max_length=100)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    efter: Cursor | None = None,
    fore: Cursor | None = None,
) -> HTMLResponse:
    """The cases there are, those told of last first; `efter` and `fore` are cursors of the pages beside this one."""
    wrong = None
    after, before = (place_of(municipality, q, cursor) for cursor in (efter, fore))
    try:
        found = listed(catalog.engine, municipality or None, q, _A_PAGE + 1, after=after, before=before)
    except FilterError as error:
        found, wrong = [], str(error)
    back = before is not None and after is None
    more = len(found) > _A_PAGE
    page = found[-_A_PAGE:] if back else found[:_A_PAGE]
    ends = [cursor_of(municipality, q, place) for _, place in (page[0], page[-1])] if page else ["", ""]
    return render(
        request, "cases.html", 400 if wrong else 200, cases=[case for case, _ in page], municipality=municipality, q=q,
        wrong=wrong, before=ends[0] if page and (more if back else after) else None,
        after=ends[1] if page and (back or more) else None,
    )  # fmt: skip


@router.get("/arende/{municipality}/{number:path}")
def case(
    request: Request,
    state: TheState,
    municipality: Annotated[str, THE_MUNICIPALITY],
    number: Annotated[str, THE_NUMBER],
) -> HTMLResponse:
    """One case as a time line."""
    try:
        found = follow(state.catalog.engine, municipality, number)
    except (NoCaseError, FilterError) as error:
        near = error.near if isinstance(error, NoCaseError) else []
        told = {"municipality": municipality, "number": number, "near": near}
        return render(request, "case_missing.html", 404, **told)
    watched = [("municipality", found.municipality_code), *(("case", each) for each in found.numbers)]
    return render(request, "case.html", case=found, watched=watched, mails=state.settings.watch.mails)
