"""Which route a request came to (väg)."""

from __future__ import annotations

from starlette.types import Scope

from search_api.api import PREFIX


def template(scope: Scope) -> str:
    """The template of the address, as "/api/v1/documents/{id}"; "none" where there is nothing at it."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return "/static" if scope["path"].startswith("/static/") else "none"
    below = scope["path"].startswith(PREFIX + "/") and not path.startswith(PREFIX)
    return PREFIX + path if below else str(path)
