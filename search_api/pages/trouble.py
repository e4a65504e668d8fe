"""What went wrong (fel), as a page for the one whose browser asks; programs are told it as problem details."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from search_api.pages.render import language, render
from search_api.pages.words import Words
from search_api.problems import Problem

_OF_PROGRAMS = ("/api/", "/flode/", "/static/")
_KNOWN = {404: "missing", 400: "odd", 422: "odd", 503: "not_now"}


def told(request: Request, problem: Problem) -> Response | None:
    """The page of a problem; None where no browser asks for one."""
    name = _KNOWN.get(problem.status)
    is_page = request.method == "GET" and not request.url.path.startswith(_OF_PROGRAMS)
    if name is None or not is_page or "text/html" not in request.headers.get("accept", ""):
        return None
    t = Words(language(request))
    lines = [t(f"trouble.{name}_about")]
    page = render(request, "trouble.html", problem.status, title=t(f"trouble.{name}"), lines=lines, command=None)
    page.headers.update({"Cache-Control": "no-store", **problem.headers})
    return page
