"""How the server is (hälsa): whether it lives, whether it can answer, and its figures for Prometheus."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from index.queries import NoIndexError
from search_api import metrics
from search_api.problems import Problem
from search_api.state import TheState

router = APIRouter(tags=["health"])
_FRESH = {"Cache-Control": "no-store"}


class Health(BaseModel):
    """The server is up."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """The index and the record are open: the generation of the one, the revision of the other."""

    status: Literal["ready"] = "ready"
    generation: str | None
    revision: int


@router.get("/health")
def health(response: Response) -> Health:
    """Whether the server lives. Says nothing of the index: that is /ready."""
    response.headers.update(_FRESH)
    return Health()


@router.get("/ready")
def ready(state: TheState, response: Response) -> Ready:
    """Whether questions can be answered: the index and the record are opened and asked."""
    response.headers.update(_FRESH)
    try:
        revision = state.catalog.revision()
    except SQLAlchemyError as error:
        raise Problem("unavailable", 503, "the record does not answer") from error
    try:
        return Ready(generation=state.searcher.generation(), revision=revision)
    except OSError as error:
        raise NoIndexError("the index cannot be opened; `paragraf rebuild --index` makes it anew") from error


@router.get("/metrics", response_class=Response, include_in_schema=False)
def figures() -> Response:
    """Counts and times of requests, as Prometheus reads them."""
    return Response(metrics.exposition(), headers=_FRESH, media_type=metrics.CONTENT_TYPE)
