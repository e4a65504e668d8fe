"""Beginning, confirming and ending a subscription (prenumeration): pages with a button each, that need no script.

Nothing happens when a link is only opened, for programs that look through mails open links too. To begin one takes no
token, since nothing is sent but the question whether the address wants it; how much of that anybody may cause is
limited here by client, and in index/watching/requests.py by address and in all.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import QueryParams

from index.asking.filters import FilterError
from index.watching import requests, searches, subscriptions
from search_api.pages import links
from search_api.pages.asking import Asking
from search_api.pages.render import language, render
from search_api.pages.told import values
from search_api.pages.words import Words
from search_api.state import State, TheCatalog, TheState

router = APIRouter(prefix="/prenumeration")

Token = Annotated[str, Path(max_length=100)]
_FIELDS = 300


async def _form(request: Request) -> QueryParams:
    """What a plain form sends; its size has been looked at before."""
    try:
        told = (await request.body()).decode()
        return QueryParams(parse_qsl(told, max_num_fields=_FIELDS))
    except ValueError:
        return QueryParams()


@router.get("")
def to_begin(request: Request, state: TheState) -> HTMLResponse:
    """The field for an address, for the search in this page's own."""
    return _begin(request, state, Asking.of(request.query_params))


@router.post("", response_model=None)
def begin(
    request: Request, state: TheState, form: Annotated[QueryParams, Depends(_form)]
) -> HTMLResponse | RedirectResponse:
    """An address is asked whether it wants to be told."""
    asking, mail = Asking.of(form), form.get("mail", "").strip()
    t = Words(language(request))
    if not state.settings.watch.mails:
        return _begin(request, state, asking)
    if not _is_own(request, state):
        return _begin(request, state, asking, 403, t("subscription.foreign"))
    if not subscriptions.is_mail(mail):
        return _begin(request, state, asking, 400, t("subscription.no_mail"), mail)
    left = state.requests.take(request.client.host if request.client else "")
    if left.wait:
        said = t("subscription.too_many", n=-(-left.wait // 60))
        return _begin(request, state, asking, 429, said, mail, {"Retry-After": str(left.wait)})
    try:
        query = asking.query(date.today())
        state.searcher.counts(query)  # a value that nothing in the index has is told of now, and not by silence
        search = searches.kept(query)
        requests.ask(state.settings, state.catalog.engine, mail, search, language(request))
    except FilterError as error:
        return _begin(request, state, Asking(), 400, str(error), mail)
    except requests.TooManyError:
        return _begin(request, state, asking, 429, t("subscription.too_many", n=60), mail, {"Retry-After": "3600"})
    return RedirectResponse(links.address("/prenumeration/skickad", asking.pairs()), 303)


@router.get("/skickad")
def asked(request: Request) -> HTMLResponse:
    """What happens next."""
    return _shown(request, "asked", Asking.of(request.query_params))


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


def _is_own(request: Request, state: State) -> bool:
    """Whether a form comes from a page of ours: browsers tell it, and pages elsewhere cannot make them lie."""
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", "")).netloc
    return bool(origin) and origin in (
        request.headers.get("host"),
        urlsplit(state.settings.watch.base_url or "").netloc,
    )


def _begin(
    request: Request, state: State, asking: Asking, status: int = 200, wrong: str = "", mail: str = "",
    headers: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    what = "begin" if state.settings.watch.mails else "no_mails"
    answer = _shown(request, what, asking, status if what == "begin" else 404, wrong=wrong, mail=mail)
    answer.headers.update(headers or {})
    return answer


def _shown(request: Request, what: str, asking: Asking, status: int = 200, **told: str) -> HTMLResponse:
    """A page on a search of an address; one that means nothing is left out."""
    t = Words(language(request))
    try:
        asking.query()
    except FilterError:
        asking = Asking()
    told = {"wrong": "", "mail": ""} | told
    answer = render(
        request, "subscription.html", status, what=what, search=_in_words(asking, t), address=asking.address(),
        pairs=asking.pairs(), **told,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _in_words(asking: Asking, t: Words) -> str:
    """A search on a line, to know it by: "skolskjuts · Mora · Avslag"."""
    return " · ".join(part for part in (asking.text, *(values(*one, t) for one in asking.filters.items())) if part)


def _page(request: Request, catalog: TheCatalog, token: str, what: str) -> HTMLResponse:
    found = subscriptions.of_token(catalog.engine, token)
    if found and found.ended_at:
        what = "ended"
    asking = Asking.of(QueryParams(searches.pairs(found.search))) if found else Asking()
    answer = _shown(request, what if found else "unknown", asking, 200 if found else 404)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
