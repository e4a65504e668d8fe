"""The API under /api/v1; each file has a `router`, and `ROUTERS` is all of them."""

from search_api.api import (
    books,
    cases,
    changes,
    documents,
    exports,
    held,
    pictures,
    removals,
    search,
    statistics,
    subscriptions,
    suggestions,
)

PREFIX = "/api/v1"
ROUTERS = (
    search.router,
    suggestions.router,
    documents.router,
    changes.router,
    held.router,
    books.router,
    cases.router,
    statistics.router,
    exports.router,
    pictures.router,
    subscriptions.router,
    removals.router,
)
