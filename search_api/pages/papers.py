"""The pages of a paper (handling): what it is and holds, one § beside its source, its pages, its versions."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from index import papers
from index.catalog import Stored
from index.changes import record
from index.meetings.beside import beside
from index.papers import Paper
from index.pictures import DEFAULT_WIDTH, PictureError
from index.reading_view.citation import bibtex, citation
from index.reading_view.finds import within
from index.reading_view.meant import find_meant, item_meant
from search_api.pages import links
from search_api.pages.feeds import base_address
from search_api.pages.render import language, render
from search_api.pages.words import Words
from search_api.papers import came_from
from search_api.papers.difference import differences
from search_api.papers.unread import missed, unread
from search_api.papers.views import beginning, item_view, neighbours
from search_api.pictures import answer
from search_api.state import State, TheCatalog, TheSearcher, TheState

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
    cited = _cited(request, state, found, None) if found.stored else {}
    kept = came_from.kept(request.query_params)
    return render(
        request, "paper.html", paper=found, stored=found.stored, lacks=lacks, kept=kept, cited=cited,
        changed=Counter(each.versions[1] for each in record.of_document(state.catalog.engine, found.document_id)),
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
    par: Annotated[str | None, Query(max_length=20)] = None,
    ord: Annotated[str | None, Query(max_length=500)] = None,
) -> HTMLResponse | RedirectResponse:
    """One § (or the whole of another paper) beside the pictures of its pages.

    The paper may have been read again since the address was made: then `par`, the number of the §, and `ord`, the words
    that a find begins with, lead to where they stand now.
    """
    found = papers.find(state.catalog, address)
    if found is None or found.stored is None:
        return _missing(request) if found is None else RedirectResponse(links.document(address))
    t, read = Words(language(request)), found.stored.document
    at = item_meant(read, item, par)
    if at is None:
        return _gone(request, found, t("paper.gone_number", number=par) if par else t("paper.gone_place"))
    meant = find_meant(read, fynd, ord) if fynd else None
    if meant and not within([meant], read.items[at].span.start, read.items[at].span.end):
        held = (n for n, each in enumerate(read.items) if within([meant], each.span.start, each.span.end))
        at = next(held, at)
    if at != item or (meant and meant.number != fynd):
        return RedirectResponse(_instead(request, found.stored, at, meant.number if meant else fynd))
    lost, fynd = fynd is not None and meant is None, meant.number if meant else None
    came = came_from.came_from(searcher, request.query_params, found.stored.sha256, item)
    view = item_view(found.stored, item, state.pictures, came, sida, fynd, t)
    before, after = neighbours(found, item)
    other = [] if found.is_old else beside(state.catalog.engine, found.document_id, item + 1)
    return render(
        request, "item.html", paper=found, stored=found.stored, at=item, view=view, came=came, item_before=before,
        item_after=after, focus=fynd, lost=lost, kept=came_from.kept(request.query_params),
        lacks=unread((told for told in found.issues if _is_here(told.page, view.pages.first, view.pages.last)), t),
        cited=_cited(request, state, found, item),
        also=[one.paper.to_json() | {"same": one.same} for one in other],
    )  # fmt: skip


def _instead(request: Request, stored: Stored, at: int, find: int | None) -> str:
    """The address of the item where it stands now; all else of the address is kept."""
    told = [(name, value) for name, value in request.query_params.multi_items() if name not in ("par", "fynd")]
    told += [("fynd", str(find))] if find else []
    there = links.document(stored.sha256, at, told, stored.document.items[at].number)
    return f"{there}#fynd-{find}" if find else there


def _gone(request: Request, found: Paper, what: str) -> HTMLResponse:
    """An item that is not in this reading: what happened, and the way to the paper."""
    t = Words(language(request))
    told = {"title": t("paper.gone"), "lines": [what, t("paper.gone_told")], "command": None}
    back = (links.document(found.stored.sha256 if found.stored else str(found.document_id)), t("paper.gone_to"))
    return render(request, "trouble.html", 404, back=back, **told)


def _is_here(page: int | None, first: int, last: int) -> bool:
    return page is not None and first <= page <= last


def _cited(request: Request, state: State, found: Paper, item: int | None) -> dict[str, str]:
    """How it is cited: by the address of these very bytes, which stays."""
    assert found.stored
    which = found.stored.document.items[item] if item is not None else None
    number = which.number if which else None
    permalink = base_address(request, state) + links.document(found.stored.sha256, item, number=number)
    identity = found.stored.identity
    return {
        "permalink": permalink, "citation": citation(identity, which), "bibtex": bibtex(identity, which, permalink),
    }  # fmt: skip


def _missing(request: Request) -> HTMLResponse:
    t = Words(language(request))
    return render(request, "trouble.html", 404, title=t("paper.missing"), lines=[t("paper.missing_told")], command=None)
