"""The web application: health, and search over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from index import settings
from index.embed import ModelError
from index.form import FormError
from index.queries import FilterError, NoIndexError, NotFoundError, Searcher
from index.vectors import ServerError
from search_api import searching
from search_api.schemas import Health

# What an error is over HTTP, the narrowest first
_STATUS: dict[type[Exception], int] = {
    FilterError: 400,
    NoIndexError: 503,
    ModelError: 503,
    FormError: 503,
    ServerError: 503,
    NotFoundError: 404,
}


def create_app(searcher: Searcher | None = None) -> FastAPI:
    """The application, as an ASGI factory: `uvicorn --factory search_api.app:create_app`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.searcher = searcher or Searcher(settings.load())
        yield
        app.state.searcher.close()

    app = FastAPI(
        title="Paragraf",
        version="0.1.0",
        description="What Sweden's municipalities decide, searchable.",
        lifespan=lifespan,
    )
    app.include_router(searching.router)
    for error, status in _STATUS.items():
        app.add_exception_handler(error, _told(status))

    @app.get("/health")
    def health() -> Health:
        """Whether the server answers at all. Says nothing of the index (that will be readiness)."""
        return Health(status="ok")

    return app


def _told(status: int):  # type: ignore[no-untyped-def]
    """A handler that tells the error's own words as a problem (RFC 9457)."""

    def handler(request: Request, error: Exception) -> JSONResponse:
        problem = {"type": "about:blank", "status": status, "detail": str(error)}
        return JSONResponse(problem, status, media_type="application/problem+json")

    return handler
