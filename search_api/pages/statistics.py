"""The page of statistics (statistik): a subject, a picture and the table behind it, and filters as a plain form."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from index.asking.filters import KINDS, FilterError, municipality_name
from index.statistics.ask import held, statistic
from index.statistics.asked import SUBJECTS, Asked
from index.statistics.model import Row, Statistic
from search_api.api.statistics import THE_SUBJECT
from search_api.pages import charts, links
from search_api.pages.render import language, render
from search_api.pages.words import Words
from search_api.state import TheCatalog

router = APIRouter()

_FILTERS = ("municipality", "body", "year", "kind")
_LABELS = {"outcome": "outcome", "kind": "kind", "role": "role", "answer": "answer"}
_SUMS = ("median", "total", "largest")


@router.get("/statistik")
def first(request: Request) -> RedirectResponse:
    """The subject that is shown first."""
    return RedirectResponse(
        links.address(f"/statistik/{next(iter(SUBJECTS))}", request.query_params.multi_items()), 303
    )


@router.get("/statistik/{subject}")
def statistics(
    request: Request,
    catalog: TheCatalog,
    subject: Annotated[str, THE_SUBJECT],
    by: Annotated[str, Query(max_length=40)] = "",
    municipality: Annotated[str, Query(max_length=100)] = "",
    body: Annotated[str, Query(max_length=200)] = "",
    year: Annotated[str, Query(max_length=20)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Numbers of one subject."""
    told = {"municipality": municipality, "body": body, "year": year, "kind": kind}
    try:
        asked = Asked.of(subject, by or None, **_filters(told))
        counted = statistic(catalog, asked)
    except FilterError as error:
        words = Words(language(request))
        told_wrong = {"title": words("statistics.wrong"), "lines": [str(error)], "command": None}
        return render(request, "trouble.html", 404 if subject not in SUBJECTS else 400, **told_wrong)
    return render(request, "statistics.html", **_shown(request, counted, told, held(catalog)))


def _filters(told: dict[str, str]) -> dict[str, list[Any]]:
    """The filters that are set. Raises FilterError for a year that is none."""
    if told["year"] and not re.fullmatch(r"[0-9]{4}", told["year"]):
        raise FilterError(f"a year has four figures; {told['year']!r} is none")
    return {name: [int(value) if name == "year" else value] for name, value in told.items() if value}


def _shown(
    request: Request, counted: Statistic, told: dict[str, str], known: dict[str, tuple[str, ...]]
) -> dict[str, Any]:
    """What the template is filled with."""
    words = Words(language(request))
    names = [(_name(words, counted, row), row) for row in counted.rows]
    measures = counted.measures
    over_time = counted.by in ("month", "year")
    drawn = [
        (row.key if over_time else name, row.values[measures[0]] or 0) for name, row in names if row.key is not None
    ]
    chosen = [(name, value) for name, value in told.items() if value]
    options = {name: [(value, _option(words, name, value)) for value in values] for name, values in known.items()}
    options["kind"] = [(value, words.label("kind", value)) for value in KINDS]
    if counted.subject == "motions":
        options = {name: options[name] for name in ("municipality", "year")}
    return {
        "counted": counted,
        "table": [[name, *(_cell(words, row, measure) for measure in measures)] for name, row in names],
        "columns": [words(f"statistics.by_{counted.by}"), *((_measure(words, counted, m), "number") for m in measures)],
        "line": charts.line(drawn) if over_time else None,
        "bars": None if over_time else charts.bars(drawn),
        "told": told,
        "picked": [dict(options.get(name, ())).get(value, value) for name, value in chosen],
        "options": options,
        "subjects": [(subject, links.address(f"/statistik/{subject}", _kept(subject, chosen))) for subject in SUBJECTS],
        "divisions": SUBJECTS[counted.subject],
        "api": links.address(f"/api/v1/statistics/{counted.subject}", [("by", counted.by), *chosen]),
    }  # fmt: skip


def _kept(subject: str, chosen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The filters that another subject has too."""
    return [(name, value) for name, value in chosen if subject != "motions" or name in ("municipality", "year")]


def _name(words: Words, counted: Statistic, row: Row) -> str:
    if row.key is None:
        return words("statistics.untold_role" if counted.by == "role" else "statistics.untold")
    if counted.by == "month":
        return words.day(row.key)
    return words.label(_LABELS[counted.by], row.key) if counted.by in _LABELS else row.name or row.key


def _option(words: Words, name: str, value: str) -> str:
    return municipality_name(value) if name == "municipality" else value


def _measure(words: Words, counted: Statistic, measure: str) -> str:
    kind = "outcome" if counted.subject == "outcomes" and measure != "points" else "measure"
    return words.label(kind, measure)


def _cell(words: Words, row: Row, measure: str) -> str:
    value = row.values[measure]
    if value is None:
        return "–"
    if measure in _SUMS:
        return words.kronor(value)
    return words.number(int(value)) if value == int(value) else str(value)
