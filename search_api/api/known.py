"""Only known parameters are taken (okända parametrar): a misspelt filter must not become no filter at all."""

from __future__ import annotations

from functools import cache

from fastapi import FastAPI, Request

from search_api.problems import Problem
from search_api.routes import template

_TOLD = 60  # characters of an unknown name


async def only_known(request: Request) -> None:
    """Refuses a query with a parameter that the schema does not have."""
    if not request.scope["query_string"]:
        return
    known = _known(request.app).get((template(request.scope), request.method.lower()), ())
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        there = f"there are {', '.join(sorted(known))}" if known else "there are none here"
        said = [f"no parameter is called {name[:_TOLD]!r}; {there}" for name in unknown[:5]]
        errors = [{"at": f"query.{name[:_TOLD]}", "detail": one} for name, one in zip(unknown, said, strict=False)]
        raise Problem("bad-input", 422, "; ".join(said), {"errors": errors})


@cache
def _known(app: FastAPI) -> dict[tuple[str, str], tuple[str, ...]]:
    """The names of the parameters in the query, by route and method."""
    return {
        (path, method): tuple(told["name"] for told in operation.get("parameters", ()) if told["in"] == "query")
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
    }
