"""The web application: the API under /api/v1, the page, and health."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from index import settings
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings
from search_api import VERSION, api, health, logs, middleware, pages, problems
from search_api.api import schema
from search_api.api.known import only_known
from search_api.pages import trouble
from search_api.state import State

_NEW_OBJECTS = (
    5_000  # between two looks for what refers to itself; a search makes some thousand, nearly none of them such
)


def create_app(state: State | None = None) -> FastAPI:
    """The application, as an ASGI factory: `uvicorn --factory search_api.app:create_app`."""
    found = state.settings if state else settings.load()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        logs.begin()
        app.openapi()  # what a route takes is read from it, so that the first request need not wait
        app.state.held = state or _opened(found)
        yield
        app.state.held.close()

    app = FastAPI(
        title="Paragraf",
        version=VERSION,
        description="What Sweden's municipalities decide, searchable.",
        lifespan=lifespan,
        middleware=middleware.stack(found.web),
        openapi_url=f"{api.PREFIX}/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from other hosts
        redoc_url=None,
        redirect_slashes=False,
    )
    problems.handle(app, trouble.told)
    schema.tell(app)
    for router in api.ROUTERS:
        app.include_router(router, prefix=api.PREFIX, dependencies=[Depends(only_known)])
    app.include_router(health.router)
    for router in pages.ROUTERS:
        app.include_router(router, include_in_schema=False)
    return app


def _opened(found: Settings) -> State:
    opened = State(found, Searcher(found, server=True), Catalog(found.catalog))
    gc.freeze()  # what is loaded by now stays, and need not be looked through again and again
    gc.set_threshold(_NEW_OBJECTS, 20, 50)
    return opened
