"""What is held (täckning): municipalities, bodies and years; and what could not be had or read, and why.

The page of sources tells it; `index/holdings.py` has the documents and the sources themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, or_, select

from index import tables
from index.origin import without_paths

_FAILED = 200  # that are told one by one


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a municipality, or of one body of it: papers that can be read, their §§, and of which years."""

    code: str | None
    name: str | None  # of the municipality, or of the body
    papers: int
    items: int
    years: tuple[int, ...]
    undated: int  # papers that do not tell their day
    last: str | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A paper that could not be had or read, or a source that could not be listed (without a `name`)."""

    source: str
    name: str | None
    url: str | None  # where it lies, if that is open to everybody
    stage: str
    reason: str


def municipalities(engine: Engine) -> list[Held]:
    """What is held of each municipality, by name; papers that tell none last."""
    held = _together(_rows(engine), lambda row: (row.code, row.municipality))
    return sorted(held, key=lambda each: (each.name is None, (each.name or "").casefold()))


def bodies(engine: Engine, code: str) -> list[Held]:
    """What is held of each body of a municipality, the best known first."""
    held = _together(_rows(engine, tables.documents.c.municipality_code == code), lambda row: (code, row.body))
    return sorted(held, key=lambda each: (-each.papers, each.name or ""))


def failed(engine: Engine) -> list[Failed]:
    """What could not be had or read, as far as it is told one by one: sources first, then papers by source and name."""
    with engine.connect() as db:
        return [*_sources_failed(db), *_papers_failed(db)]


def spans(years: Sequence[int]) -> list[tuple[int, int]]:
    """Years as stretches without a gap, in order.

    >>> spans([2025, 2019, 2018, 2023, 2024])
    [(2018, 2019), (2023, 2025)]
    """
    told: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if told and told[-1][1] == year - 1:
            told[-1] = (told[-1][0], year)
        else:
            told.append((year, year))
    return told


def _rows(engine: Engine, *where: Any) -> list[Any]:
    """Papers that can be read, by municipality, body and year."""
    documents, contents = tables.documents.c, tables.contents.c
    year = func.substr(documents.date, 1, 4).label("year")
    by = (documents.municipality_code.label("code"), documents.municipality, documents.body, year)
    asked = (
        select(
            *by,
            func.count().label("papers"),
            func.sum(contents.item_count).label("items"),
            func.max(documents.date).label("last"),
        )
        .join_from(tables.documents, tables.contents, contents.id == documents.content_id)
        .where(*where)
        .group_by(documents.municipality_code, documents.municipality, documents.body, year)
    )  # fmt: skip
    with engine.connect() as db:
        return list(db.execute(asked))


def _together(rows: Iterable[Any], of: Any) -> Iterator[Held]:
    groups: dict[tuple[str | None, str | None], list[Any]] = {}
    for row in rows:
        groups.setdefault(of(row), []).append(row)
    for (code, name), held in groups.items():
        yield Held(
            code,
            name,
            sum(row.papers for row in held),
            sum(row.items or 0 for row in held),
            tuple(sorted({int(row.year) for row in held if row.year and row.year.isdigit()})),
            sum(row.papers for row in held if not row.year),
            max((row.last for row in held if row.last), default=None),
        )


def _sources_failed(db: Connection) -> Iterator[Failed]:
    """What was wrong with a source as a whole, unless it has been visited without trouble since."""
    documents, listings, issues, named = tables.documents, tables.listings, tables.issues.c, tables.sources.c.name
    seen = select(func.coalesce(func.max(listings.c.seen_run_id), 0)).join_from(listings, documents)
    seen = seen.where(documents.c.source_id == issues.source_id)
    last = tables.issues.alias()
    newest = select(func.max(last.c.run_id)).where(last.c.source_id == issues.source_id)
    asked = select(named, issues.stage, issues.reason).join_from(tables.issues, tables.sources).distinct()
    asked = asked.where(issues.run_id == newest.scalar_subquery(), issues.run_id >= seen.scalar_subquery())
    for row in db.execute(asked.order_by(named, issues.reason).limit(_FAILED)):
        yield Failed(row.name, None, None, row.stage, without_paths(row.reason))


def _papers_failed(db: Connection) -> Iterator[Failed]:
    documents, versions, issues, listings = tables.documents, tables.versions, tables.issues, tables.listings
    newest = and_(versions.c.document_id == documents.c.id, versions.c.ordinal == documents.c.version)
    about = or_(
        issues.c.content_id == versions.c.content_id,
        and_(issues.c.document_id == documents.c.id, issues.c.stage != "source"),
    )
    asked = (
        select(
            tables.sources.c.name.label("source"), documents.c.key, listings.c.url, listings.c.title, issues.c.stage,
            issues.c.reason,
        )
        .join_from(documents, tables.sources)
        .join(listings, listings.c.document_id == documents.c.id)
        .outerjoin(versions, newest)
        .join(issues, about)
        .where(documents.c.state == "unreadable")
        .distinct()
        .order_by(tables.sources.c.name, documents.c.key)
    )  # fmt: skip
    for row in db.execute(asked.limit(_FAILED)):
        is_open = row.url.startswith(("https://", "http://"))
        name = row.title or PurePosixPath(row.url).name or row.key
        yield Failed(row.source, name, row.url if is_open else None, row.stage, without_paths(row.reason))
