"""Taking away (uttag): the rows of any search as a file, sent while it is made, and what their columns mean."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi import Query as Parameters
from fastapi.responses import Response
from pydantic import BaseModel, Field

from index import dictionary, found
from index.export import KINDS, columns, opened
from index.queries import Query
from index.rowfiles import FORMATS, MEDIA_TYPES, MOST_XLSX_ROWS, TooManyRowsError, stream
from search_api.api.asking import Asked
from search_api.caching import has, tag_of
from search_api.sending import BODILESS, AtOnce, FullError, Sending
from search_api.state import State, TheState

router = APIRouter(prefix="/exports", tags=["exports"])

_at_work = AtOnce(4)  # of a process: each holds two connections to the record


class Taken(Asked):
    """A search as it is asked for; its order, page and facets say nothing here."""

    bom: bool = Field(False, description="CSV: begin with a byte order mark, by which Excel knows UTF-8.")


class ColumnTold(BaseModel):
    """A column of an export."""

    kind: str
    column: str
    type: str
    unit: str | None
    sv: str
    en: str


What = Annotated[str, Path(description="Rows of what.", pattern=f"^({'|'.join(KINDS)})$")]
Format = Annotated[str, Path(description="The file's format.", pattern=f"^({'|'.join(FORMATS)})$")]
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file. One that breaks off has no end: its last chunk never comes.",
        "content": {media.partition(";")[0]: {} for media in MEDIA_TYPES.values()},
        "headers": {"X-Total-Count": {"description": "How many rows it has.", "schema": {"type": "integer"}}},
    },
    304: {"description": "It is as it was."},
    503: {"description": "Too many are being made at once; try again in a while."},
}


@router.get("/dictionary")
def columns_told() -> list[ColumnTold]:
    """What every column of every kind of row means: type, unit, and the meaning in Swedish and English."""
    return [ColumnTold(**entry._asdict()) for entry in dictionary.entries()]


@router.get("/{what}.{format}", response_class=Response, responses=_FILES)
def export(
    request: Request, state: TheState, what: What, format: Format, asked: Annotated[Taken, Parameters()]
) -> Response:
    """The rows of what a search finds, each with source, page, place and quote; or of all that is held.

    Who has the file already and sends back its ETag gets 304, and no file is made, while index and record are the same.
    A filter on what a row itself tells, as the outcome of decisions, picks rows; every other picks items.
    """
    query = asked.query()
    with ExitStack() as held:
        try:
            held.enter_context(_at_work)
        except FullError:
            raise HTTPException(503, "too many exports are being made; try again", {"Retry-After": "15"}) from None
        tag = tag_of(request, state.catalog.revision(), *_hangs_on(state, query))
        if has(request, tag):
            return Response(status_code=304, headers={"ETag": tag})
        among = state.searcher.matching(query, found.FIELDS) if query.text.strip() else None
        rows = held.enter_context(opened(state.catalog.engine, what, query.filters, among, paths=False))
        count = rows.count()
        most = min(state.settings.web.export_rows, MOST_XLSX_ROWS if format == "xlsx" else sys.maxsize)
        if count > most:
            raise TooManyRowsError(f"{count} rows are more than the {most} that a file may have here: filter more")
        pieces = stream(rows, columns(what), format, asked.bom)
        name = f"paragraf-{what.replace('_', '-')}-{date.today().isoformat()}.{format}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Total-Count": str(count),
            "Cache-Control": "no-store",
            "ETag": tag,
        }
        if request.scope.get(BODILESS):
            answer = Response(headers=headers, media_type=MEDIA_TYPES[format])
            del answer.headers["Content-Length"]  # nobody knows how long the file would be, and it is not empty
            return answer
        return Sending(pieces, held.pop_all(), MEDIA_TYPES[format], headers)


def _hangs_on(state: State, query: Query) -> tuple[object, ...]:
    """What the rows hang on besides the record: of a question the index, and the day it is asked on ("last year")."""
    return (state.searcher.generation(), query.today) if query.text.strip() else ()
