"""What is new for a search (nyheter): each item with how it was found, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from index import tables
from index.answers.hits import Hit
from index.asking.query import Query
from index.queries import Searcher
from index.watching.known import Known, known

_FIELDS = ("document", "sha256", "item_index")
_FIRST, _MOST = 500, 8_000  # papers that are asked about at a time, more each time


@dataclass(frozen=True, slots=True)
class News:
    """An item that a search finds: what it is known by, when it was first seen, and the hit; `item` is its place."""

    key: str
    first_seen: datetime
    item: int
    hit: Hit


def newest(searcher: Searcher, engine: Engine, query: Query, limit: int) -> list[News]:
    """The items of a search that were seen last, each once, however many it finds."""
    found: dict[str, tuple[Known, dict[str, Any]]] = {}
    for papers, oldest in _papers(engine):
        _gather(found, engine, searcher.matching(query, _FIELDS, papers))
        if sum(one.first_seen >= oldest for one, _ in found.values()) >= limit:
            break  # what comes from papers that were seen before these is older
    return _shown(searcher, query, _in_order(found)[:limit])


def since(searcher: Searcher, engine: Engine, query: Query, papers: Sequence[int], unless: set[str]) -> list[News]:
    """The items of these papers that a search finds, but for those whose keys are known already."""
    found: dict[str, tuple[Known, dict[str, Any]]] = {}
    for at in range(0, len(papers), _FIRST):
        _gather(found, engine, searcher.matching(query, _FIELDS, papers[at : at + _FIRST]))
    return _shown(searcher, query, [one for one in _in_order(found) if one[0].key not in unless])


def _gather(found: dict[str, tuple[Known, dict[str, Any]]], engine: Engine, matching: Iterator[dict[str, Any]]) -> None:
    """Adds the items; of one that came by several papers the first counts."""
    came = list(matching)
    with engine.connect() as db:
        what = known(db, came)
    for each in came:
        one = what.get(each["id"])
        if one and (one.key not in found or one.first_seen < found[one.key][0].first_seen):
            found[one.key] = (one, each)


def _in_order(found: dict[str, tuple[Known, dict[str, Any]]]) -> list[tuple[Known, dict[str, Any]]]:
    """The newest first; of those that came at once by place in their papers."""
    rising = sorted(found.values(), key=lambda one: (one[1]["document"], one[1]["item_index"]))
    return sorted(rising, key=lambda one: one[0].first_seen, reverse=True)


def _shown(searcher: Searcher, query: Query, found: list[tuple[Known, dict[str, Any]]]) -> list[News]:
    hits = {hit.id: hit for hit in searcher.shown(query, [each["id"] for _, each in found])}
    return [
        News(one.key, one.first_seen, each["item_index"], hits[each["id"]]) for one, each in found if each["id"] in hits
    ]


def _papers(engine: Engine) -> Iterator[tuple[list[int], datetime]]:
    """All papers, those whose newest version came last first, and when the last of a batch was seen."""
    versions, told = tables.versions.c, set[int]()
    last, size = None, _FIRST
    while True:
        rows = select(versions.id, versions.document_id, versions.first_seen).order_by(versions.id.desc()).limit(size)
        with engine.connect() as db:
            page = db.execute(rows.where(versions.id < last) if last is not None else rows).all()
        if not page:
            return
        last = page[-1].id
        fresh = list(dict.fromkeys(row.document_id for row in page if row.document_id not in told))
        told.update(fresh)
        if fresh:
            yield fresh, page[-1].first_seen
        size = min(2 * size, _MOST)
