"""What a night came to, from the record: what came, what failed and why, what waits, what is missing, alarms."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, func, select

from extractors.model import WAITS
from index import tables
from index.asking.filters import Filters
from index.books import books, model
from index.books.alarms import alarms
from index.books.model import Alarm
from index.changes import record
from index.changes.record import Changed

ZONE = ZoneInfo("Europe/Stockholm")
NOWHERE = "Utan kommun"
_CHANGES = 200  # that are told one by one, the newest


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that came: what it is, where it can be read (its hash), and where it stands."""

    title: str
    kind: str | None
    body: str | None
    date: str | None
    decisions: int
    sha256: str
    url: str


@dataclass(frozen=True, slots=True)
class Lack:
    """A paper, or a source as a whole, that could not be had or read."""

    source: str
    what: str
    reason: str


@dataclass(frozen=True)
class Night:
    """A day's runs, the last of which ended after `seconds` in all; papers by municipality in order of name."""

    day: date
    runs: int
    seconds: float
    came: dict[str, list[Paper]] = field(default_factory=dict)
    replaced: dict[str, list[Paper]] = field(default_factory=dict)
    sources: list[Lack] = field(default_factory=list)
    papers: list[Lack] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)
    withdrawn: int = 0
    rotated_out: int = 0
    not_held: dict[str, int] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    changed_papers: int = 0
    changes: int = 0

    @property
    def decisions(self) -> int:
        """How many decisions are in what came."""
        return sum(paper.decisions for papers in self.came.values() for paper in papers)

    @property
    def number(self) -> int:
        """How many papers came."""
        return sum(map(len, self.came.values()))


def today(now: datetime | None = None) -> date:
    """The day in Sweden."""
    return (now or datetime.now(UTC)).astimezone(ZONE).date()


def night_of(engine: Engine, day: date, run_id: int, seconds: float = 0.0) -> Night:
    """What the runs of a day came to, of which `run_id` is the one that asks; `seconds` is what that one took."""
    with engine.connect() as db:
        runs = _runs(db, day)
        ids = [run for run, _, _ in runs] or [run_id]
        begun = runs[0][1] if runs else datetime.combine(day, time(), ZONE)
        changed = record.count_since(engine, begun)
        return Night(
            day,
            len(ids),
            seconds + sum(took for run, _, took in runs if run != run_id),
            _versions(db, ids, new=True),
            _versions(db, ids, new=False),
            _sources(db, max(ids)),
            _papers(db, ids),
            _waiting(db),
            *_left(db, ids),
            _not_held(engine, day),
            alarms(engine),
            record.newest(engine, Filters(withdrawn=True), _CHANGES, since=begun),
            changed["documents"],
            changed["changes"],
        )


def _runs(db: Connection, day: date) -> list[tuple[int, datetime, float]]:
    """The nights of a day, by number: when each began, and the seconds that it took as far as it told."""
    begins, ends = (datetime.combine(each, time(), ZONE) for each in (day, day + timedelta(days=1)))
    r = tables.runs.c
    rows = select(r.id, r.started_at, r.finished_at).where(r.kind == "nightly").order_by(r.id)
    found = db.execute(rows.where(r.started_at >= begins, r.started_at < ends)).all()
    return [
        (row.id, row.started_at, (row.finished_at - row.started_at).total_seconds() if row.finished_at else 0.0)
        for row in found
    ]


def _versions(db: Connection, runs: list[int], new: bool) -> dict[str, list[Paper]]:
    """Papers that were read for the first time, or came with other bytes, by municipality."""
    d, versions, contents, listings = tables.documents, tables.versions, tables.contents, tables.listings
    first = versions.c.ordinal == 1 if new else versions.c.ordinal > 1
    rows = select(
        d.c.municipality, d.c.title, d.c.kind, d.c.body, d.c.date, d.c.key,
        listings.c.url, contents.c.sha256, contents.c.decision_count,
    )  # fmt: skip
    rows = rows.join_from(d, versions, versions.c.document_id == d.c.id).join(
        listings, listings.c.document_id == d.c.id
    )
    rows = rows.join(contents, contents.c.id == versions.c.content_id)
    rows = rows.where(versions.c.run_id.in_(runs), first, contents.c.readable).order_by(d.c.municipality, d.c.id)
    found: dict[str, list[Paper]] = defaultdict(list)
    for row in db.execute(rows):
        paper = Paper(
            row.title or row.key, row.kind, row.body, row.date, row.decision_count, row.sha256, row.url
        )  # fmt: skip
        found[row.municipality or NOWHERE].append(paper)
    return dict(sorted(found.items()))


def _sources(db: Connection, run: int) -> list[Lack]:
    """What could not be listed in the last run."""
    about, sources = tables.issues.c, tables.sources
    rows = select(sources.c.name, about.stage, about.reason).join_from(tables.issues, sources)
    rows = rows.where(about.run_id == run, about.stage != WAITS).order_by(sources.c.name, about.id)
    return [Lack(row.name, "", row.reason) for row in db.execute(rows)]


def _papers(db: Connection, runs: list[int]) -> list[Lack]:
    """Papers that could not be had in these runs, and those that came and could not be read."""
    d, about, listings, versions = tables.documents, tables.issues.c, tables.listings, tables.versions
    named = (tables.sources.c.name, d.c.title, d.c.key, about.reason, d.c.id.label("document"), about.id.label("issue"))
    fetched = select(*named).join_from(d, tables.sources).join(listings, listings.c.document_id == d.c.id)
    fetched = fetched.join(tables.issues, about.document_id == d.c.id)
    fetched = fetched.where(about.run_id.in_(runs), about.stage == "fetch", ~d.c.withdrawn)
    read = select(*named).join_from(d, tables.sources).join(versions, versions.c.document_id == d.c.id)
    read = read.join(tables.contents, tables.contents.c.id == versions.c.content_id)
    read = read.join(tables.issues, about.content_id == tables.contents.c.id)
    read = read.where(versions.c.run_id.in_(runs), ~tables.contents.c.readable)
    rows = {row.document: row for asked in (fetched, read) for row in db.execute(asked)}
    return [Lack(row.name, row.title or row.key, row.reason) for _, row in sorted(rows.items())]


def _waiting(db: Connection) -> dict[str, int]:
    """Papers that are listed and were not asked for yet, by source."""
    d = tables.documents.c
    rows = select(tables.sources.c.name, func.count()).join_from(tables.documents, tables.sources)
    rows = rows.where(d.state.in_((model.WAITING, model.LISTED)), ~d.withdrawn, ~d.rotated_out)
    return {row[0]: row[1] for row in db.execute(rows.group_by(tables.sources.c.name).order_by(tables.sources.c.name))}


def _left(db: Connection, runs: list[int]) -> tuple[int, int]:
    """How many papers were taken off the lists, and how many are too old for them."""
    v = tables.visits.c
    told = db.execute(select(func.sum(v.withdrawn), func.sum(v.rotated_out)).where(v.run_id.in_(runs))).one()
    return int(told[0] or 0), int(told[1] or 0)


def _not_held(engine: Engine, day: date) -> dict[str, int]:
    """Meetings of this year and the last that took place and whose minutes are not here, by municipality."""
    missing: Counter[str] = Counter()
    for account in books(engine, day):
        if account.year and account.year >= day.year - 1:
            lacks = sum(account.outcomes.get(outcome, 0) for outcome in (model.OVERDUE, model.LACKS))
            missing[account.municipality or account.source] += lacks
    return {name: number for name, number in sorted(missing.items()) if number}
