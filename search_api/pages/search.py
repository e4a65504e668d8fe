"""The search page (söksidan), and the start page where nothing is asked yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from index.embed import ModelError
from index.form import FormError
from index.queries import FilterError, NoIndexError, Searcher
from index.vectors import ServerError
from search_api.pages import links, narrowing, start, told
from search_api.pages.asking import LAST, PAGE, Asking
from search_api.pages.render import language, render
from search_api.pages.words import Words
from search_api.state import TheState

router = APIRouter()

_SORTS = ("relevance", "newest", "oldest", "recent")
_TAKEN = ("csv", "xlsx", "jsonl", "parquet")


@router.get("/")
def search(request: Request, state: TheState) -> HTMLResponse:
    """An answer with its facets; without a question what there is to ask for."""
    asking, t = Asking.of(request.query_params), Words(language(request))
    try:
        if asking.is_empty:
            return render(request, "start.html", start=start.told(state, t), asking=asking)
        found = state.searcher.search(asking.query(date.today())).to_json()
        months = _months(state.searcher, asking, found, t)
    except NoIndexError:
        return _not_now(request, t("search.no_index_title"), t("search.no_index"), "paragraf ingest MAPP")
    except (FormError, ModelError, ServerError) as error:
        return _not_now(request, t("search.not_now"), str(error), None)
    except FilterError as error:
        return render(
            request, "search_wrong.html", 400, asking=asking, why=str(error), plain=Asking(asking.text).address()
        )
    mails = state.settings.watch.mails and bool(asking.pairs())
    return render(request, "search.html", asking=asking, found=found, mails=mails, **_shown(asking, found, months, t))


def _not_now(request: Request, title: str, why: str, command: str | None) -> HTMLResponse:
    return render(request, "trouble.html", 503, title=title, lines=[why], command=command)


def _months(searcher: Searcher, asking: Asking, found: dict[str, Any], t: Words) -> list[narrowing.Bar]:
    """The months of the one year that is chosen, whichever of them is."""
    year = narrowing.the_year(asking, found)
    if year is None:
        return []
    rest = {name: values for name, values in asking.filters.items() if name not in ("from", "to")}
    query = replace(asking, filters=rest).query(date.today())
    return narrowing.months(asking, year, searcher.months(query, year), t)


def _shown(asking: Asking, found: dict[str, Any], months: list[narrowing.Bar], t: Words) -> dict[str, Any]:
    """What the template shows of an answer."""
    read_as, hits = found["read_as"], found["hits"]
    full = len(hits) == PAGE and asking.page < LAST
    return {
        "hits": [(hit, list(told.reasons(hit, read_as, t))) for hit in hits],
        "related": sum(hit["related"] for hit in hits),
        "chips": list(told.chips(asking, read_as, t)),
        "notes": list(told.notes(read_as, t)),
        "thin": list(told.thin(asking, found.get("explained") or {}, t)),
        "facets": list(narrowing.facets(asking, found, t)),
        "years": narrowing.years(asking, found, t),
        "months": months,
        "sorts": [(name, asking.but(sort=name), name == asking.sort) for name in _SORTS],
        "folding": asking.but(fold=None if asking.fold else "case"),
        "pages": list(_pages(asking, found["total"])),
        "before": asking.but(page=asking.page - 1) if asking.page > 1 else None,
        "after": asking.but(page=asking.page + 1) if full else None,
        "exports": [(form, links.address(f"/api/v1/exports/decisions.{form}", asking.pairs())) for form in _TAKEN],
        "feed": links.address("/flode/sok.atom", asking.pairs()),
    }


def _pages(asking: Asking, total: int) -> Iterator[tuple[int | None, str]]:
    """The pages to go to: the first, those about this one, the last that is known of; none where some are left out."""
    last = min(max(-(-total // PAGE), asking.page), LAST)
    before = 0
    for page in sorted({1, last, *range(max(1, asking.page - 2), min(last, asking.page + 2) + 1)}):
        if page > before + 1:
            yield None, ""
        yield page, asking.but(page=page)
        before = page
