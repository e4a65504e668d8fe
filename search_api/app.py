"""The web application: the API under /api/v1, the page, and health."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from index import settings
from index.catalog import Catalog
from index.queries import Searcher
from search_api import api, pages, problems
from search_api.api.schemas import Health
from search_api.state import State


def create_app(state: State | None = None) -> FastAPI:
    """The application, as an ASGI factory: `uvicorn --factory search_api.app:create_app`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.held = state or _opened()
        yield
        app.state.held.close()

    app = FastAPI(
        title="Paragraf",
        version="0.1.0",
        description="What Sweden's municipalities decide, searchable.",
        lifespan=lifespan,
    )
    problems.handle(app)
    for router in api.ROUTERS:
        app.include_router(router, prefix=api.PREFIX)
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)

    @app.get("/health")
    def health() -> Health:
        """Whether the server answers at all. Says nothing of the index (that will be readiness)."""
        return Health(status="ok")

    return app


def _opened() -> State:
    found = settings.load()
    return State(found, Searcher(found), Catalog(found.catalog))
