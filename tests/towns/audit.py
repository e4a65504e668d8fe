"""The record held against the server's own log (granskning): every discrepancy a sentence, none where all is right."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from protego import Protego
from sqlalchemy import select

from index import tables
from index.catalog import Catalog
from tests.running import contents
from tests.towns import Paper, Town
from tests.towns.home import source
from tests.towns.server import Asked, Towns
from tests.towns.world import published

_VISIT = re.compile(r";jsessionid=\d+\?ts=\d+")
PAUSE_S = 1.0  # that a guest leaves between an answer and the next request, at least


def books(catalog: Catalog, played: Towns) -> Iterator[str]:
    """Whether every paper of every town has exactly one place in the record, with its bytes, or with the right reason.

    A town that cannot be visited has none that was fetched, and its source says why.
    """
    rows = _documents(catalog)
    issues = _issues(catalog)
    for town in played.towns:
        fault = played.faults.get(town.code)
        found, told = rows.get(source(town), []), issues.get(source(town), [])
        if fault and fault.reason:
            reasons = told + [reason for row in found for reason in row["reasons"]]
            if not any(re.search(fault.reason, reason) for reason in reasons):
                yield f"{town.name}: {fault.name} is not told, but {reasons}"
            if any(row["sha256"] for row in found):
                yield f"{town.name}: {fault.name}, and papers were had all the same"
            continue
        yield from _of_town(town, found, played)
        if told:
            yield f"{town.name}: nothing was wrong, but it is told that {told}"


def _of_town(town: Town, rows: list[dict[str, Any]], played: Towns) -> Iterator[str]:
    papers = {hashlib.sha256(each.data).hexdigest(): each for each in published(town)}
    faults = {each.key: fault for each in published(town) if (fault := played.faults.get(each.key))}
    fetched: Counter[str] = Counter(row["sha256"] for row in rows if row["sha256"] in papers)
    for sha256, each in papers.items():
        fault = faults.get(each.key)
        if fault and fault.reason:
            yield from _failed(each, fault.reason, rows, played)
        elif fetched[sha256] != 1:
            yield f"{each.key} ({fault.name if fault else 'no fault'}) stands {fetched[sha256]} times in the record"
    failing = sum(bool(fault.reason) for fault in faults.values())
    if len(rows) != len(papers):
        yield f"{town.name} has {len(papers)} papers ({failing} with a fault), the record {len(rows)}"
    for row in rows:
        if row["sha256"] in papers and row["reasons"]:
            yield f"{papers[row['sha256']].key} is well, but the record says {row['reasons']}"


def _failed(paper: Paper, reason: str, rows: list[dict[str, Any]], played: Towns) -> Iterator[str]:
    targets = {asked.target for asked in played.log if asked.paper == paper.key}
    mine = [row for row in rows if any(row["url"].endswith(target) for target in targets)]
    if len(mine) != 1:
        yield f"{paper.key}, which failed, stands {len(mine)} times in the record (asked for as {targets})"
    elif not any(re.search(reason, told) for told in mine[0]["reasons"]):
        yield f"{paper.key} should have failed with {reason!r}, the record says {mine[0]['reasons']}"


def _documents(catalog: Catalog) -> dict[str, list[dict[str, Any]]]:
    """Documents that are listed, by source: address, hash of the newest bytes, and what could not be read of them."""
    d, versions, contents = tables.documents, tables.versions, tables.contents
    newest = (versions.c.document_id == d.c.id) & (versions.c.ordinal == d.c.version)
    rows = select(d.c.id, tables.sources.c.name, tables.listings.c.url, contents.c.sha256, contents.c.id.label("of"))
    rows = rows.join_from(d, tables.sources).join(tables.listings).outerjoin(versions, newest)
    rows = rows.outerjoin(contents, contents.c.id == versions.c.content_id)
    rows = rows.where(~d.c.withdrawn, ~d.c.rotated_out).order_by(d.c.id)
    about = tables.issues.c
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with catalog.engine.connect() as db:
        reasons: dict[int, list[str]] = defaultdict(list)
        for issue in db.execute(select(about.document_id, about.reason).where(about.stage.in_(("fetch", "waits")))):
            reasons[issue.document_id].append(issue.reason)
        for row in db.execute(rows).mappings():
            found[row["name"]].append({**row, "reasons": reasons.get(row["id"], [])})
    return found


def _issues(catalog: Catalog) -> dict[str, list[str]]:
    """What could not be listed in the last run, by source."""
    about, sources = tables.issues.c, tables.sources
    with catalog.engine.connect() as db:
        last = db.scalar(select(tables.runs.c.id).order_by(tables.runs.c.id.desc()).limit(1))
        rows = select(sources.c.name, about.reason).join_from(tables.issues, sources).where(about.run_id == last)
        found: dict[str, list[str]] = defaultdict(list)
        for row in db.execute(rows):
            found[row.name].append(row.reason)
    return found


def fetched_once(played: Towns, log: Iterable[Asked]) -> Iterator[str]:
    """Whether every paper that has no fault was sent once, and none that need not be asked for again."""
    sent = Counter(asked.paper for asked in log if asked.paper and asked.status == 200 and asked.fault is None)
    for town in played.towns:
        if town.code in played.faults:
            continue
        for each in published(town):
            if each.key not in played.faults and sent[each.key] != 1:
                yield f"{each.key} was sent {sent[each.key]} times"


def fetched_again(log: Iterable[Asked], changed: dict[str, str]) -> Iterator[str]:
    """Whether a second night took the bytes of what changed, and of nothing else."""
    sent = Counter(asked.paper for asked in log if asked.paper and asked.status == 200 and asked.fault is None)
    wanted = {key for key, what in changed.items() if what in ("new", "new version")}
    yield from (f"{key} is as it was, and was sent again" for key in sent if key not in wanted)
    yield from (f"{key} is {changed[key]}, and was sent {sent[key]} times" for key in wanted if sent[key] != 1)


def manners(played: Towns, log: list[Asked], waits: Path, nights: int = 1) -> Iterator[str]:
    """Whether no host was asked two things at once, none what it forbids, and each had its pauses, of simulated time.

    `nights` is how many processes have asked: the first request of each needs no pause before it.
    """
    waited: dict[str, float] = defaultdict(float)
    for line in waits.read_text(encoding="utf-8").splitlines() if waits.exists() else ():
        told = json.loads(line)
        waited[told["host"]] += told["waited_s"]
    by_host: dict[str, list[Asked]] = defaultdict(list)
    for asked in log:
        by_host[asked.host].append(asked)
    for host, requests in by_host.items():
        requests.sort(key=lambda asked: asked.began)
        for before, after in pairwise(requests):
            if after.began < before.ended:
                yield f"{host} was asked for {after.target} while it answered {before.target}"
        paused = waited[host.partition(":")[0]]
        if paused < (len(requests) - nights) * PAUSE_S:
            yield f"{host} was asked {len(requests)} times, with pauses of {paused:.1f} s in all"
        if (town := played.by_host.get(host)) and (robots := town.session.get("robots")):
            rules = Protego.parse(robots)
            for asked in requests:
                if asked.target != "/robots.txt" and not rules.can_fetch(asked.target, "Paragraf"):
                    yield f"{host} forbids {asked.target}, which was asked for"
    if any(asked.method == "HEAD" for asked in log):
        yield "somebody asked by HEAD"


def lasting(home: Path) -> dict[str, list[str]]:
    """The record by table, without the numbers of visits that a site puts into its addresses.

    What a source could not list stands in the record for every run that asked.
    """
    found = {name: [_VISIT.sub("", repr(row)) for row in rows] for name, rows in contents(home).items()}
    return {name: sorted(set(rows) if name == "issues" else rows) for name, rows in found.items()}
