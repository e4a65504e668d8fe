"""Many questions at once (frågor i en fil): a JSON object per line in, a JSON object per line out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.failing import UsageError
from index.settings import Settings

if TYPE_CHECKING:
    from index.queries import Searcher


def questions(file: Path) -> Iterator[dict[str, Any]]:
    """Every question of a file, with its id; where a line is none, what is wrong with it as "error"."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _question(f"{file}, line {number}", line)


def _question(place: str, line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"{place} is no JSON: {error}"}
    if not isinstance(question, dict) or "id" not in question:
        return {"id": None, "error": f"{place} has no id"}
    wrong = next((why for why in _wrong(question)), None)
    return {"id": question["id"], "error": f"{place} {wrong}"} if wrong else question


def _wrong(question: dict[str, Any]) -> Iterator[str]:
    like, query, filters = (question.get(name) for name in ("like", "query", "filters"))
    if not (query or like or filters):
        yield "has neither query nor like"
    if query and not isinstance(query, str):
        yield "has a query that is no text"
    if filters and not isinstance(filters, dict):
        yield "has filters that are no object"
    if isinstance(like, dict):
        item = like.get("item")
        if not isinstance(like.get("file"), str) or not (item is None or isinstance(item, str | int)):
            yield 'has a like that is not {"file": ..., "item": ...}'
    elif like and not isinstance(like, str):
        yield 'has a like that is neither a source nor {"file": ..., "item": ...}'


def answers(
    settings: Settings, asked: Iterator[dict[str, Any]], limit: int, use_filters: bool, today: date | None = None
) -> Iterator[dict[str, Any]]:
    """The answer to each question, in order, or why there is none; filters beside it count only if asked for."""
    from index.queries import FilterError, NotFoundError, Query, Searcher

    searcher = Searcher(settings)
    searcher.search(Query(limit=0, facets=False))  # no index at all is no fault of a line
    for question in asked:
        if "error" in question:
            yield question
            continue
        try:
            found = _answer(settings, searcher, question, limit, use_filters, today)
        except (FilterError, NotFoundError) as error:
            yield {"id": question["id"], "error": str(error)}
        else:
            yield {"id": question["id"], "read_as": found["read_as"], "hits": found["hits"]}


def _answer(
    settings: Settings,
    searcher: Searcher,
    question: dict[str, Any],
    limit: int,
    use_filters: bool,
    today: date | None = None,
) -> dict[str, Any]:
    from index.queries import Filters, Query

    if like := question.get("like"):
        source, item = (like, None) if isinstance(like, str) else (like["file"], like.get("item"))
        item = None if item is None else str(item)
        return searcher.similar(as_listed(settings, source), item, limit).to_json()
    filters = Filters.of(question.get("filters") or {}) if use_filters else Filters()
    return searcher.search(Query(question.get("query") or "", filters, limit, facets=False, today=today)).to_json()


def as_listed(settings: Settings, source: str) -> str:
    """The address under which a paper is listed that somebody names by path, the end of one, address or sha256."""
    from index.catalog import Catalog

    with Catalog(settings.catalog) as catalog:
        for name in (source, str(Path(source).absolute())):
            for document_id in catalog.find(name):
                if stored := catalog.document(document_id):
                    return stored.listed.url
        ends = _ending_in(catalog.engine, source)
    return ends[0] if len(ends) == 1 else source


def _ending_in(engine: Any, source: str) -> list[str]:
    """The addresses that end in this path."""
    from sqlalchemy import select

    from index.tables import listings

    end = "/" + source.removeprefix("./").lstrip("/")
    with engine.connect() as db:
        return list(db.scalars(select(listings.c.url).where(listings.c.url.endswith(end, autoescape=True)).limit(2)))
