"""The page of sources (källor): what is held of which municipality, its books, when sources were visited, alarms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from index import coverage, holdings, sentences
from index.asking.filters import municipality_name
from index.books import books
from index.books.alarms import alarms
from index.books.model import Alarm
from index.catalog import Catalog
from search_api.pages import books as told
from search_api.pages.asking import Asking
from search_api.pages.render import language, render
from search_api.pages.words import Words
from search_api.state import TheCatalog

router = APIRouter()


@router.get("/kallor")
def sources(request: Request, catalog: TheCatalog) -> HTMLResponse:
    """Municipalities, sources, and what could not be read."""
    held, t = coverage.municipalities(catalog.engine), Words(language(request))
    return render(
        request, "sources.html", held=held, record=catalog.status(),
        rows=[_row(each, each.name and f"/kallor/{each.code}", t("sources.no_municipality"), t) for each in held],
        visited=[_visited(source) for source in holdings.sources(catalog.engine)],
        failed=coverage.failed(catalog.engine),
        alarms=_alarms(catalog, t),
    )  # fmt: skip


@router.get("/kallor/{code}")
def of_municipality(
    request: Request, catalog: TheCatalog, code: Annotated[str, Path(pattern=r"^\d{4}$")]
) -> HTMLResponse:
    """The bodies of a municipality, and their years."""
    held, t, name = coverage.bodies(catalog.engine, code), Words(language(request)), municipality_name(code)
    accounts = books(catalog.engine, date.today(), code=code)
    if not held and not accounts:
        lines = [t("sources.none_of", place=name)]
        return render(request, "trouble.html", 404, title=t("sources.nothing"), lines=lines, command=None)
    rows = [_row(each, each.name and _search(code, each.name), t("sources.no_body"), t) for each in held]
    of = {account.source for account in accounts}
    return render(
        request, "sources_of.html", name=name, rows=rows, all=_search(code), bodies=told.bodies(accounts, t),
        signs=[(sign, t(f"books.is_{outcome}")) for outcome, sign in told.SIGNS.items()],
        alarms=[one for one in _alarms(catalog, t) if one[0].source in of],
    )  # fmt: skip


def _alarms(catalog: Catalog, t: Words) -> list[tuple[Alarm, str]]:
    return [(each, sentences.alarm(each, t.language, t.day)) for each in alarms(catalog.engine)]


def _search(code: str, body: str | None = None) -> str:
    filters = {"municipality": (code,)} | ({"body": (body,)} if body else {})
    return Asking(filters=filters).address()


def _visited(source: holdings.Row) -> holdings.Row:
    """A source, with a moment as its last visit."""
    last = source["visit"]["ended"] if source["visit"] else source["last_seen"]
    return source | {"visited": last and datetime.fromisoformat(last)}


def _row(held: coverage.Held, address: str | None, nameless: str, t: Words) -> tuple[object, ...]:
    """A row of a table: name, years, papers, §§, the latest day, papers without a day."""
    years = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in coverage.spans(held.years))
    name = (held.name or nameless, address) if address else nameless
    return name, years, held.papers, held.items, t.day(held.last), held.undated or ""
