"""Confirming and ending a subscription (prenumeration) by its secret link: a page with a button, and what it does.

Nothing happens when a link is only opened, for programs that look through mails open links too.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from index.watching import searches, subscriptions
from search_api.pages.render import render
from search_api.state import TheCatalog

router = APIRouter(prefix="/prenumeration")

Token = Annotated[str, Path(max_length=100)]


@router.get("/bekrafta/{token}")
def to_confirm(request: Request, catalog: TheCatalog, token: Token) -> HTMLResponse:
    """The button by which an address agrees."""
    return _page(request, catalog, token, "confirm")


@router.post("/bekrafta/{token}")
def confirm(request: Request, catalog: TheCatalog, token: Token) -> HTMLResponse:
    """The address agrees."""
    if found := subscriptions.of_token(catalog.engine, token):
        subscriptions.confirm(catalog.engine, found.id)
    return _page(request, catalog, token, "confirmed")


@router.get("/avsluta/{token}")
def to_end(request: Request, catalog: TheCatalog, token: Token) -> HTMLResponse:
    """The button by which it ends."""
    return _page(request, catalog, token, "end")


@router.post("/avsluta/{token}")
def end(request: Request, catalog: TheCatalog, token: Token) -> HTMLResponse:
    """It ends: by the button, or by a mail program's own (RFC 8058)."""
    if found := subscriptions.of_token(catalog.engine, token):
        subscriptions.end(catalog.engine, found.id, "its receiver ended it")
    return _page(request, catalog, token, "ended")


def _page(request: Request, catalog: TheCatalog, token: str, what: str) -> HTMLResponse:
    found = subscriptions.of_token(catalog.engine, token)
    if found and found.ended_at:
        what = "ended"
    told = {
        "what": what if found else "unknown",
        "search": searches.in_words(found.search) if found else "",
        "address": searches.address("", found.search) if found else "/",
    }
    answer = render(request, "subscription.html", 200 if found else 404, **told)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
