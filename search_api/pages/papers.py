"""The pages of a paper (handling): what it is and holds, one § beside its source, its pages, its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from index import papers
from index.papers import Paper
from index.pictures import DEFAULT_WIDTH, PictureError
from index.reading_view.citation import bibtex, citation
from search_api.pages import links
from search_api.pages.render import language, render
from search_api.pages.words import Words
from search_api.papers import came_from
from search_api.papers.difference import differences
from search_api.papers.unread import missed, unread
from search_api.papers.views import beginning, item_view, neighbours
from search_api.pictures import answer
from search_api.state import TheCatalog, TheSearcher, TheState

router = APIRouter()

_LEAVES = 4  # pages that are shown small
_Number = Annotated[int | None, Query(ge=1, le=1_000_000)]


@router.get("/dokument/{address}")
def paper(request: Request, state: TheState, address: str) -> HTMLResponse:
    """A paper: what it is and where that was found, its §§, what could not be read, its versions."""
    found = papers.find(state.catalog, address)
    if found is None:
        return _missing(request)
    t = Words(language(request))
    lacks = unread(found.issues, t) + (list(missed(found.stored.document, t)) if found.stored else [])
    cited = _cited(request, found, None) if found.stored else {}
    kept = came_from.kept(request.query_params)
    return render(
        request, "paper.html", paper=found, stored=found.stored, lacks=lacks, kept=kept, cited=cited,
        leaves=state.pictures.drawable(found.stored)[:_LEAVES] if found.stored else [],
        beginning=beginning(found.stored.document) if found.stored else [],
    )  # fmt: skip


@router.get("/dokument/{address}/sida/{number:int}.png")
def picture(
    request: Request,
    state: TheState,
    address: str,
    number: int,
    bredd: int = DEFAULT_WIDTH,
    fynd: _Number = None,
) -> Response:
    """A page as a picture, with one find marked where `fynd` says which."""
    found = papers.find(state.catalog, address)
    if found is None or found.stored is None:
        return _missing(request)
    try:
        return answer(request, state.pictures, found.stored, number, bredd, fynd)
    except PictureError as error:
        t = Words(language(request))
        status = 503 if error.code == "busy" else 404
        lines = [t(f"picture.{error.code}")]
        return render(request, "trouble.html", status, title=t("picture.none"), lines=lines, command=None)


@router.get("/dokument/{address}/andringar")
def changes(
    request: Request, catalog: TheCatalog, address: str, fran: _Number = None, till: _Number = None
) -> HTMLResponse:
    """What changed from one version of a paper to another; without a choice, between the last two that can be read."""
    found = papers.find(catalog, address)
    if found is None:
        return _missing(request)
    readable = [version.ordinal for version in found.versions if version.readable]
    after = till or (readable[-1] if readable else 0)
    before = fran or max((ordinal for ordinal in readable if ordinal < after), default=after)
    old, new = (catalog.document(found.document_id, ordinal) for ordinal in (before, after))
    if old is None or new is None:
        return _missing(request)
    shown, same = differences(old.document, new.document)
    return render(
        request, "changes.html", paper=found, old=old, new=new, changes=shown, same=same, readable=readable
    )  # fmt: skip


@router.get("/dokument/{address}/{item:int}", response_model=None)
def item(
    request: Request,
    state: TheState,
    searcher: TheSearcher,
    address: str,
    item: int,
    sida: _Number = None,
    fynd: _Number = None,
) -> HTMLResponse | RedirectResponse:
    """One § (or the whole of another paper) beside the pictures of its pages."""
    found = papers.find(state.catalog, address)
    if found is None or found.stored is None:
        return _missing(request) if found is None else RedirectResponse(links.document(address))
    if item >= len(found.stored.document.items):
        return _missing(request)
    t = Words(language(request))
    came = came_from.came_from(searcher, request.query_params, found.stored.sha256, item)
    view = item_view(found.stored, item, state.pictures, came, sida, fynd, t)
    before, after = neighbours(found, item)
    return render(
        request, "item.html", paper=found, stored=found.stored, at=item, view=view, came=came, item_before=before,
        item_after=after, focus=fynd, kept=came_from.kept(request.query_params),
        lacks=unread((told for told in found.issues if _is_here(told.page, view.pages.first, view.pages.last)), t),
        cited=_cited(request, found, item),
    )  # fmt: skip


def _is_here(page: int | None, first: int, last: int) -> bool:
    return page is not None and first <= page <= last


def _cited(request: Request, found: Paper, item: int | None) -> dict[str, str]:
    """How it is cited: by the address of these very bytes, which stays."""
    assert found.stored
    which = found.stored.document.items[item] if item is not None else None
    permalink = str(request.base_url).rstrip("/") + links.document(found.stored.sha256, item)
    identity = found.stored.identity
    return {
        "permalink": permalink, "citation": citation(identity, which), "bibtex": bibtex(identity, which, permalink),
    }  # fmt: skip


def _missing(request: Request) -> HTMLResponse:
    t = Words(language(request))
    return render(request, "trouble.html", 404, title=t("paper.missing"), lines=[t("paper.missing_told")], command=None)
