"""What is held (bestånd): the documents as a list, the sources, and of which bodies and years there is how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, func, or_, select

from index import tables
from index.asking.filters import FilterError, Filters
from index.export import of_paper
from index.origin import public, without_paths
from index.settling import REMOVED

Row = dict[str, Any]
After = tuple[str | int, ...]

STATES = ("read", "unreadable", "listed", "waiting", REMOVED)
SORTS = ("newest", "oldest", "changed")  # by the day of the paper; by revision, the first change first
_BRIEF = (
    "id", "sha256", "version", "kind", "body", "date", "title", "source", "url", "withdrawn", "format", "state",
    "revision",
)  # fmt: skip
_ISSUES = 20  # of a source that are told
_UNDATED = {"newest": "", "oldest": "9999-99-99"}  # those without a day come last


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents: `filters` may have municipality, kind, body, year and days, the rest is the record's own.

    `since` takes those that changed after a revision.
    """

    filters: Filters = field(default_factory=Filters)
    source: tuple[str, ...] = ()
    state: str | None = None
    withdrawn: bool | None = None
    since: int = 0


def documents(engine: Engine, wanted: Wanted, sort: str, limit: int, offset: int = 0, after: After = ()) -> list[Row]:
    """The documents in an order; `after` is the `place` of the last one of the page before."""
    d, listings, sources, contents = tables.documents, tables.listings, tables.sources, tables.contents
    place, falling = _order(sort)
    columns: list[Any] = [d, sources.c.name.label("source"), listings.c.url, contents.c.sha256, contents.c.format]
    columns += [getattr(contents.c, f"{name}_count") for name in ("page", "item", "decision", "find")]
    rows = select(*columns).join_from(d, sources).join(listings, listings.c.document_id == d.c.id)
    rows = rows.outerjoin(contents, contents.c.id == d.c.content_id)
    if after:
        rows = rows.where(_beyond(place, after, falling))
    rows = rows.order_by(*(part.desc() if falling else part for part in place)).limit(limit).offset(offset)
    with engine.connect() as db:
        rows = rows.where(*_conditions(db, wanted))
        return [_told(dict(row), sort) for row in db.execute(rows).mappings()]


def total(engine: Engine, wanted: Wanted) -> int:
    """How many documents there are of these."""
    d = tables.documents
    rows = select(func.count()).select_from(d).join(tables.sources)
    with engine.connect() as db:
        number: int = db.execute(rows.where(*_conditions(db, wanted))).scalar_one()
        return number


def sources(engine: Engine) -> list[Row]:
    """Each source: how many documents it has, when it was last visited, what went wrong with it as a whole."""
    with engine.connect() as db:
        every = db.execute(select(tables.sources).order_by(tables.sources.c.name)).mappings().all()
        return [_source(db, dict(row)) for row in every]


def coverage(engine: Engine) -> list[Row]:
    """Of each municipality, body and year, how many documents there are that are still listed and could be read."""
    d = tables.documents.c
    year = func.substr(d.date, 1, 4)
    of: tuple[Any, ...] = (d.municipality_code, d.municipality, d.body, year.label("year"))
    rows = select(*of, func.count().label("documents")).where(d.content_id.is_not(None), ~d.withdrawn)
    with engine.connect() as db:
        found = db.execute(rows.group_by(*of).order_by(d.municipality, d.body, year)).all()
    return [
        {
            "municipality": municipality(row.municipality_code, row.municipality),
            "body": row.body,
            "year": int(row.year) if row.year else None,
            "documents": row.documents,
        }
        for row in found
    ]


def titles(engine: Engine, beginning: str, most: int) -> list[tuple[str, int]]:
    """Titles of items that begin so, and how many items have each, the commonest first."""
    d, items = tables.documents.c, tables.items.c
    shown = select(d.content_id).where(~d.withdrawn)
    forms = {beginning, beginning[:1].upper() + beginning[1:]}  # SQLite knows the capitals of a to z alone
    begins = or_(*(items.title.istartswith(form, autoescape=True) for form in forms))
    number = func.count().label("number")
    rows = select(items.title, number).where(begins, items.content_id.in_(shown)).group_by(items.title)
    with engine.connect() as db:
        return [(row.title, row.number) for row in db.execute(rows.order_by(number.desc(), items.title).limit(most))]


def _order(sort: str) -> tuple[Sequence[Any], bool]:
    d = tables.documents.c
    if sort not in SORTS:
        raise FilterError(f"there is no order {sort!r}; there are {', '.join(SORTS)}")
    if sort == "changed":
        return (d.revision, d.id), False
    return (func.coalesce(d.date, _UNDATED[sort]), d.id), sort == "newest"


def _beyond(place: Sequence[Any], after: After, falling: bool) -> Any:
    (first, second), (one, other) = place, after
    beyond, further = (first < one, second < other) if falling else (first > one, second > other)
    return or_(beyond, (first == one) & further)


def _conditions(db: Connection, wanted: Wanted) -> list[Any]:
    d, where = tables.documents.c, list[Any](of_paper(db, wanted.filters))
    if wanted.source:
        where.append(tables.sources.c.name.in_(wanted.source))
    if wanted.since:
        where.append(d.revision > wanted.since)
    elif wanted.state != REMOVED:  # who follows the changes is to forget them too
        where.append(d.state != REMOVED)
    if wanted.state:
        if wanted.state not in STATES:
            raise FilterError(f"no state is called {wanted.state!r}; there are {', '.join(STATES)}")
        where.append(d.state == wanted.state)
    if wanted.withdrawn is not None:
        where.append(d.withdrawn if wanted.withdrawn else ~d.withdrawn)
    return where


def _told(row: Row, sort: str) -> Row:
    """A document in brief. `place` is where it stands in the order, for the page that follows."""
    place = (row["revision"] if sort == "changed" else row["date"] or _UNDATED[sort], row["id"])
    told = {name: row[name] for name in _BRIEF} | {"url": public(row["url"], row["source"], row["key"])}
    told["municipality"] = municipality(row["municipality_code"], row["municipality"])
    counts = {f"{name}s": row[f"{name}_count"] or 0 for name in ("page", "item", "decision", "find")}
    return told | counts | {"place": place}


def municipality(code: str | None, name: str | None) -> Row | None:
    """A municipality as JSON."""
    return {"code": code, "name": name} if code else None


def _source(db: Connection, row: Row) -> Row:
    d, issues, listings, runs = tables.documents, tables.issues.c, tables.listings, tables.runs.c
    visits = tables.visits.c
    visited = select(tables.visits).where(visits.source_id == row["id"], visits.ended_at.is_not(None))
    visit = db.execute(visited.order_by(visits.run_id.desc()).limit(1)).first()
    states = select(d.c.state, d.c.withdrawn, func.count().label("number")).where(d.c.source_id == row["id"])
    counted = db.execute(states.group_by(d.c.state, d.c.withdrawn)).all()
    last = select(func.max(listings.c.seen_run_id)).join_from(listings, d).where(d.c.source_id == row["id"])
    seen = db.scalar(select(runs.started_at).where(runs.id == last.scalar_subquery()))
    wrong = select(issues.stage, issues.reason).where(issues.source_id == row["id"]).order_by(issues.id.desc())
    return {
        "name": row["name"],
        "kind": row["kind"],
        "documents": sum(one.number for one in counted if one.state != REMOVED),
        "unreadable": sum(one.number for one in counted if one.state == "unreadable"),
        "listed": sum(one.number for one in counted if one.state == "listed"),
        "waiting": sum(one.number for one in counted if one.state == "waiting"),
        "withdrawn": sum(one.number for one in counted if one.withdrawn),
        "last_seen": seen.isoformat() if seen else None,
        "visit": visit and _visit(visit),
        "issues": [
            {"stage": one.stage, "reason": without_paths(one.reason)} for one in db.execute(wrong.limit(_ISSUES))
        ],
    }


def _visit(row: Any) -> Row:
    return {
        "ended": row.ended_at.isoformat(),
        "outcome": row.outcome,
        "reason": row.reason and without_paths(row.reason),
        "papers": row.papers,
        "new_papers": row.new_papers,
        "meetings": row.meetings,
        "gone_at_once": row.doubted,
    }
