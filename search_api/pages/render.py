"""Templates and their words (mallar): a page in the language of the one who reads it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

LANGUAGES = ("sv", "en")


def render(request: Request, template: str, status: int = 200, **told: Any) -> HTMLResponse:
    """A page of a template; in it `t("page.word")` is a word of search_api/words/, `language` which one is spoken."""
    spoken = language(request)
    page = _environment().get_template(template)
    return HTMLResponse(page.render(request=request, language=spoken, t=_words(spoken).__getitem__, **told), status)


def language(request: Request) -> str:
    """The language that was asked for (`?lang=en`), or chosen before (a cookie), or Swedish."""
    for told in (request.query_params.get("lang"), request.cookies.get("lang")):
        if told in LANGUAGES:
            return told
    return LANGUAGES[0]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("search_api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


@cache
def _words(spoken: str) -> dict[str, str]:
    """All words of a language: {"search.button": "Sök"}; every language has the same names."""
    told = tomllib.loads((files("search_api") / "words" / f"{spoken}.toml").read_text(encoding="utf-8"))
    return {f"{page}.{name}": text for page, names in told.items() for name, text in names.items()}
