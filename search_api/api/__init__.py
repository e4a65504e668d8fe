"""The API under /api/v1; each file has a `router`, and `ROUTERS` is all of them."""

from search_api.api import cases, exports, pictures, search, statistics

PREFIX = "/api/v1"
ROUTERS = (search.router, cases.router, exports.router, pictures.router, statistics.router)
