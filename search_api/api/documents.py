"""Documents (handlingar) and their items (§§): /documents, /documents/{id}, /documents/{id}/items/{n}, /items/{id}."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi import Query as Parameters

from extractors.json import to_json
from index import holdings, papers
from index.catalog import Catalog
from index.meetings.beside import beside
from index.origin import Names, public, without_paths
from search_api.api.answers import told
from search_api.api.listing import Listing
from search_api.api.papers import Document, Documents, Item
from search_api.caching import answered
from search_api.problems import Problem
from search_api.state import TheCatalog, TheState

router = APIRouter(tags=["documents"])

_HEAD = ("id", "source", "kind", "text", "pages", "items", "issues", "reader", "municipality", "body", "date", "title")
TheDocument = Annotated[
    str,
    Path(
        description="A document's number, or the sha256 of the bytes of any of its versions.",
        pattern=r"^([1-9][0-9]{0,17}|[0-9a-f]{64})$",
    ),
]


@router.get("/documents", responses=told(Documents))
def documents(request: Request, catalog: TheCatalog, listing: Annotated[Listing, Parameters()]) -> Response:
    """The documents, page by page; `next` is the cursor of the next page.

    With `sort=changed` and `since` a copy of the record is kept up: every document that changed after a revision.
    """
    return answered(request, lambda: listing.page(catalog), catalog.revision())


@router.get("/documents/{id}", responses=told(Document))
def document(
    request: Request,
    catalog: TheCatalog,
    id: TheDocument,
    text: Annotated[bool, Parameters(description="The whole text too, and where its pages begin.")] = False,
) -> Response:
    """One document: what it is, its items, what could not be read in it, its versions."""
    return answered(request, lambda: _document(_found(catalog, id), text), catalog.revision())


@router.get("/documents/{id}/items/{n}", responses=told(Item))
def item_of(
    request: Request, catalog: TheCatalog, id: TheDocument, n: Annotated[int, Path(ge=1, le=100_000)]
) -> Response:
    """One item of a document, by its place in it from 1: its text, and every find with where it stands."""
    return answered(request, lambda: _item(catalog, _found(catalog, id), n), catalog.revision())


@router.get("/items/{id}", responses=told(Item))
def item(
    request: Request,
    state: TheState,
    id: Annotated[str, Path(description="The id of a hit.", pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")],
) -> Response:
    """One item, by the id of a hit."""

    def make() -> dict[str, Any]:
        lead = state.searcher.item(id)
        if lead is None:
            raise Problem("not-found", 404, "no item has this id now; a document that is read again has new ones")
        return _item(state.catalog, _found(state.catalog, lead["sha256"]), lead["item_index"] + 1)

    return answered(request, make, state.searcher.generation(), state.catalog.revision())


def _found(catalog: Catalog, id: str) -> papers.Paper:
    paper = papers.find(catalog, id)
    if paper is None:
        raise Problem("not-found", 404, "no document has this number or sha256")
    return paper


def _document(paper: papers.Paper, text: bool) -> dict[str, Any]:
    stored = paper.stored
    brief = _brief(paper) | {
        "unreadable": paper.unreadable,
        "newest": paper.newest,
        "issues": [{"stage": one.stage, "reason": without_paths(one.reason), "page": one.page} for one in paper.issues],
        "versions": [
            {"version": v.ordinal, "sha256": v.sha256, "readable": v.readable, "first_seen": v.first_seen.isoformat()}
            for v in paper.versions
        ],
    }
    if stored is None:
        return brief | {"pages": 0, "items": []}
    read = stored.document
    whole = {"text": read.text, "page_starts": [page.start for page in read.pages]} if text else {}
    items = [
        {
            "n": n,
            "item": each.number,
            "title": each.title,
            "case_number": each.case_number,
            "span": {"start": each.span.start, "end": each.span.end, "page": each.span.page},
            "outcomes": [decision.outcome for decision in each.decisions],
        }
        for n, each in enumerate(read.items, 1)
    ]
    return brief | {"pages": len(read.pages), "items": items} | whole


def _brief(paper: papers.Paper) -> dict[str, Any]:
    """Which paper it is: the text's word where it has one, else its source's."""
    stored, listed = paper.stored, paper.listed
    told = stored.identity if stored else None
    place = told.municipality if told else listed.municipality
    code, name = (place.code, place.name) if place else (None, None)
    return {
        "id": paper.document_id,
        "sha256": stored.sha256 if stored else None,
        "version": stored.version if stored else None,
        "kind": told.kind if told else None,
        "municipality": holdings.municipality(code, name),
        "body": told.body if told else listed.body,
        "date": told.date if told else listed.date,
        "title": told.title if told else listed.title,
        "source": listed.source,
        "url": public(listed.url, listed.source, listed.key),
        "withdrawn": paper.withdrawn,
    }


def _item(catalog: Catalog, paper: papers.Paper, n: int) -> dict[str, Any]:
    read = paper.stored.document if paper.stored else None
    if read is None or n > len(read.items):
        held = len(read.items) if read else 0
        raise Problem("not-found", 404, f"this document has {held} items, numbered from 1")
    span = read.items[n - 1].span
    every = to_json(read)
    own: dict[str, Any] = every["items"][n - 1]
    within = {
        kind: [find for find in finds if find["span"] and span.start <= find["span"]["start"] < span.end]
        for kind, finds in every.items()
        if kind not in _HEAD
    }
    for finds in within.values():
        for find in finds:
            del find["item"]
    at: dict[str, Any] = {"n": n, "item": own.pop("number"), "text": read.text[span.start : span.end]}
    at["also"] = _also(catalog, paper, n)
    return {"document": _brief(paper), **at, **own, **within}


def _also(catalog: Catalog, paper: papers.Paper, n: int) -> list[dict[str, Any]]:
    """The other papers of the meeting with this §, as strangers are told of them."""
    names, told = Names(catalog.engine), []
    for each in beside(catalog.engine, paper.document_id, n) if not paper.is_old else ():
        url = names.address(each.paper.url, each.paper.document)
        told.append(each.paper.to_json() | {"source": url, "url": url, "same": each.same})
    return told
