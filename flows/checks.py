"""Expectations against outcome (kontroller): what a person should look at after a night, as alarms in the record.

An alarm is raised once, stands while its reason does, and is closed when it has passed. At a source's first visit there
is nothing to be alarmed of: what is missing then was never there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from index import tables
from index.books import Account, books, model
from index.books.alarms import alarms, put
from index.books.expecting import from_json
from index.books.meetings import PUBLISHED
from index.books.model import Alarm
from index.books.renewed import renewed
from index.books.visited import Night, nights
from index.catalog import Catalog
from index.database import writing
from index.listed import folded
from index.origin import without_paths

if TYPE_CHECKING:
    from flows.sources import Source
    from flows.sources.municipality import Expectation

NIGHTS = 3  # in a row that something fails before it is an alarm
WAITS = 7  # ... that a paper waits
_RHYTHM = 6  # days with papers that make a rhythm
_LONGER = 1.5  # times the longest pause of the past three years is quiet
_LOOKED_BACK = timedelta(days=3 * 365)


def expected(source: Source) -> dict[str, Any]:
    """What a source's municipality file expects of each body, as the record keeps it; nothing where it has none."""
    told: Mapping[str, Expectation] = getattr(source, "expect", None) or {}
    return {body: of.model_dump(exclude_none=True, mode="json") for body, of in told.items()}


def check(catalog: Catalog, run_id: int, now: datetime | None = None) -> list[Alarm]:
    """What is wrong with the sources that a run visited, into the record; all alarms that stand, the newest first."""
    now = now or datetime.now(UTC)
    visited = select(tables.sources).join(tables.visits).where(tables.visits.c.run_id == run_id)
    with catalog.engine.connect() as db:
        sources = db.execute(visited.order_by(tables.sources.c.id)).mappings().all()
        history = {source["id"]: nights(db, source["id"]) for source in sources}
    accounts: dict[str, list[Account]] = {}
    for account in books(catalog.engine, now.date()):
        accounts.setdefault(account.source, []).append(account)
    for source in sources:
        seen, own = history[source["id"]], accounts.get(source["name"], [])
        quiet = {folded(body): of.quiet_days for body, of in from_json(source["expect"]).items()}
        found = list(_found(catalog, source["name"], source["id"], seen, own, quiet, now.date()))
        with writing(catalog.engine) as db:
            put(db, source["id"], run_id, found, now)
    return alarms(catalog.engine)


def _found(
    catalog: Catalog,
    source: str,
    source_id: int,
    seen: Sequence[Night],
    accounts: Sequence[Account],
    quiet: dict[str, int | None],
    today: date,
) -> Iterator[Alarm]:
    if len(seen) < 2:
        return
    first = seen[-1].started.date()
    yield from _failing(source, seen, accounts)
    yield from _changed(catalog, source, source_id, seen[0])
    whole = [night for night in seen if night.outcome == "whole"]
    if not whole:
        return
    for (code, _), years in groupby(accounts, key=lambda one: (one.code, one.body and folded(one.body))):
        of_body = list(years)
        body = of_body[0].body
        if body is None or code is None:
            continue  # papers that tell no body have no rhythm
        yield from _quiet(source, body, of_body, quiet.get(folded(body)), today)
        yield from _missed(source, body, of_body)
        yield from _overdue(source, body, of_body, first)


def _failing(source: str, seen: Sequence[Night], accounts: Sequence[Account]) -> Iterator[Alarm]:
    """The list could not be had, or papers could not, for nights in a row; or papers wait for long."""
    last = seen[:NIGHTS]
    if len(last) == NIGHTS and all(night.outcome != "whole" for night in last):
        number = next((n for n, night in enumerate(seen) if night.outcome == "whole"), len(seen))
        figures = {"nights": number, "why": without_paths(last[0].reason or "")}
        yield Alarm(source, "failing", "", f"could not be listed for {number} nights: {figures['why']}", figures)
    papers = [paper for account in accounts for paper in account.papers if not paper.left]
    failed = [p for p in papers if p.failed_run and _since(seen, p.failed_run) >= NIGHTS]
    if failed:
        names = ", ".join(paper.name for paper in failed[:5])
        figures = {"papers": len(failed), "nights": NIGHTS, "which": names}
        yield Alarm(
            source, "unfetched", "", f"{len(failed)} papers fail since {NIGHTS} nights or more: {names}", figures
        )
    waiting = [
        p for p in papers if p.state in (model.WAITING, model.LISTED) and _since(seen, p.first_run or 0) >= WAITS
    ]
    if waiting:
        figures = {"papers": len(waiting), "nights": WAITS}
        yield Alarm(source, "waiting", "", f"{len(waiting)} papers wait since {WAITS} nights or more", figures)


def _since(seen: Sequence[Night], run_id: int) -> int:
    return sum(night.run_id >= run_id for night in seen)


def _changed(catalog: Catalog, source: str, source_id: int, night: Night) -> Iterator[Alarm]:
    """Much left the list at once: the site was rebuilt, or tells half of what it has."""
    if not night.doubted:
        return
    same = renewed(catalog.engine, source_id, night.run_id)
    figures = {"gone": night.doubted, "listed": night.papers, "same": same}
    reason = f"{night.doubted} papers are gone from the list at once, {night.papers} are listed: nothing is withdrawn"
    if same:
        reason += f"; {same} of them seem to be listed under new keys"
    yield Alarm(source, "changed", "", reason, figures)


def _quiet(source: str, body: str, years: Sequence[Account], limit: int | None, today: date) -> Iterator[Alarm]:
    """No new paper for longer than expected, or than the body ever paused; no meeting that is planned explains it."""
    days = sorted({meeting.date for year in years for meeting in year.meetings if meeting.papers})
    past = [day for day in map(date.fromisoformat, days) if today - _LOOKED_BACK <= day <= today]
    if not past or _is_explained(years, past[-1], today):
        return
    if limit is None:
        if len(past) < _RHYTHM:
            return
        limit = int(_LONGER * max((later - day).days for day, later in pairwise(past))) + PUBLISHED.days
    since = (today - past[-1]).days
    if since > limit:
        figures = {"body": body, "last": past[-1].isoformat(), "days": since, "limit": limit}
        yield Alarm(
            source, "quiet", body, f"no paper of {body} since {past[-1]}, {since} days; {limit} are usual", figures
        )


def _is_explained(years: Sequence[Account], last: date, today: date) -> bool:
    """Whether the source's own list says that there was no meeting since, and that there will be one."""
    days = {m.outcome: m.date for year in years for m in sorted(year.meetings, key=lambda m: m.date) if m.told}
    happened = (model.HELD, model.LACKS, model.OVERDUE, model.UNKNOWN)
    return model.PLANNED in days and not any(days.get(one, "") > last.isoformat() for one in happened)


def _missed(source: str, body: str, years: Sequence[Account]) -> Iterator[Alarm]:
    """Expectations of years that are over; not of the first that the source lists, which may begin in its middle."""
    first = min((account.year for account in years if account.year), default=0)
    missed = [
        {"year": account.year, "what": one.what, "expected": list(one.expected), "got": list(one.got)}
        for account in years
        if account.year and account.year > first
        for one in account.expected
        if one.state in ("below", "above")
    ]
    if missed:
        told = "; ".join(f"{one['year']}: {one['what']} {one['got']}, expected {one['expected']}" for one in missed)
        yield Alarm(source, "missed", body, f"{body}, {told}", {"body": body, "missed": missed})


def _overdue(source: str, body: str, years: Sequence[Account], first: date) -> Iterator[Alarm]:
    """Meetings that took place since the first visit or just before it, whose protocol should be there by now."""
    since = (first - PUBLISHED).isoformat()
    days = [m.date for account in years for m in account.meetings if m.outcome == model.OVERDUE and m.date >= since]
    if days:
        figures = {"body": body, "dates": sorted(days)}
        reason = f"{body}: no protocol of {', '.join(sorted(days))} after {PUBLISHED.days} days"
        yield Alarm(source, "overdue", body, reason, figures)
