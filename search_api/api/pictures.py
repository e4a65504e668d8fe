"""Pages of papers as pictures over HTTP (sidbilder)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from index import papers
from index.pictures import DEFAULT_WIDTH, WIDTHS, PictureError
from search_api.pictures import answer
from search_api.problems import MEDIA_TYPE, Problem
from search_api.state import TheState

router = APIRouter(tags=["documents"])

_AGAIN_S = "5"
_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"content": {"image/png": {}}, "description": "The page as a PNG."},
    304: {"description": "The picture is still the one with this ETag."},
    404: {"content": {MEDIA_TYPE: {}}, "description": "No such paper or page, or one that cannot be drawn."},
    503: {
        "content": {MEDIA_TYPE: {}},
        "description": "Too much is drawn at once; Retry-After says when to come again.",
    },
}


@router.get("/documents/{id}/pages/{n}.png", response_class=Response, responses=_RESPONSES)
def picture(
    request: Request,
    state: TheState,
    id: Annotated[str, Path(description="Number of the document, or sha256 of its bytes.", max_length=64)],
    n: Annotated[int, Path(ge=1, le=1_000_000, description="Page, from 1.")],
    width: Annotated[
        int, Query(json_schema_extra={"enum": list(WIDTHS)}, description="Pixels; another is taken for the middle one.")
    ] = DEFAULT_WIDTH,
    find: Annotated[int | None, Query(ge=1, le=1_000_000, description="Number of a find to be framed.")] = None,
) -> Response:
    """A page of a PDF as a picture, drawn from the archived original; what is masked in its text is black."""
    found = papers.find(state.catalog, id)
    if found is None or found.stored is None:
        raise Problem("not-found", 404, f"there is no paper {id!r} that could be read")
    try:
        return answer(request, state.pictures, found.stored, n, width, find)
    except PictureError as error:
        if error.code == "busy":
            raise Problem("unavailable", 503, str(error), headers={"Retry-After": _AGAIN_S}) from error
        raise Problem("not-found", 404, str(error)) from error
