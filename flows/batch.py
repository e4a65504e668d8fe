"""Many questions at once (frågor i en fil): a JSON object per line in, a JSON object per line out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.failing import UsageError
from index.settings import Settings


def questions(file: Path) -> Iterator[dict[str, Any]]:
    """Every question of a file, with its id; what is wrong with a line is told with its number."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _question(f"{file}, line {number}", line)


def _question(place: str, line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{place} is no JSON: {error}") from None
    if not isinstance(question, dict) or "id" not in question:
        raise UsageError(f"{place} has no id")
    if not (question.get("query") or question.get("like") or question.get("filters")):
        raise UsageError(f"{place} has neither query nor like")
    return question


def answers(
    settings: Settings, asked: Iterator[dict[str, Any]], limit: int, use_filters: bool
) -> Iterator[dict[str, Any]]:
    """The answer to each question, in order; the filters that stand beside it count only if asked for."""
    from index.queries import Filters, Query, Searcher

    searcher = Searcher(settings)
    for question in asked:
        if like := question.get("like"):
            source, item = (like, None) if isinstance(like, str) else (like["file"], like.get("item"))
            hits = searcher.similar(as_listed(settings, source), item, limit)
        else:
            filters = Filters.of(question.get("filters") or {}) if use_filters else Filters()
            hits = searcher.search(Query(question.get("query") or "", filters, limit, facets=False))
        found = hits.to_json()
        yield {"id": question["id"], "read_as": found["read_as"], "hits": found["hits"]}


def as_listed(settings: Settings, source: str) -> str:
    """The address under which a paper is listed that somebody names by path, the end of one, address or sha256."""
    from index.catalog import Catalog

    with Catalog(settings.catalog) as catalog:
        for name in (source, str(Path(source).absolute())):
            if catalog.find(name):
                return name
        ends = _ending_in(catalog.engine, source)
    return ends[0] if len(ends) == 1 else source


def _ending_in(engine: Any, source: str) -> list[str]:
    """The addresses that end in this path."""
    from sqlalchemy import select

    from index.tables import listings

    end = "/" + source.removeprefix("./").lstrip("/")
    with engine.connect() as db:
        return list(db.scalars(select(listings.c.url).where(listings.c.url.endswith(end, autoescape=True)).limit(2)))
