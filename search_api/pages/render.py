"""Templates (mallar): a page in the language of the one who reads it."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from search_api.pages import links, static
from search_api.pages.words import LANGUAGES, Words

_A_YEAR = 365 * 24 * 3600


def render(request: Request, template: str, status: int = 200, **told: Any) -> HTMLResponse:
    """A page of a template. What every template has besides is told of in docs/page.md."""
    spoken = language(request)
    page = _environment().get_template(template).render(
        request=request, language=spoken, t=Words(spoken), others=[(other, _in(request, other)) for other in LANGUAGES],
        **told,
    )  # fmt: skip
    answer = HTMLResponse(page, status, {"Content-Language": spoken, "Vary": "Cookie"})
    if request.query_params.get("lang") == spoken:
        answer.set_cookie("lang", spoken, max_age=_A_YEAR, samesite="lax", httponly=True)
    return answer


def language(request: Request) -> str:
    """The language that was asked for (`?lang=en`), or chosen before (a cookie), or Swedish."""
    for told in (request.query_params.get("lang"), request.cookies.get("lang")):
        if told in LANGUAGES:
            return told
    return LANGUAGES[0]


def _in(request: Request, other: str) -> str:
    """This address, in another language."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return links.address(request.url.path, [*rest, ("lang", other)])


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("search_api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals |= {"static": static.address, "links": links, "marked": links.marked}
    return made
