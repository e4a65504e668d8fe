"""What is new goes into the outbox (utskick): a message to each subscription that something is new for, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select, update

from index.asking.filters import FilterError
from index.catalog import Catalog
from index.database import writing
from index.origin import Names
from index.queries import Searcher
from index.saving import add_row
from index.watching import tables
from index.watching.news import News, since
from index.watching.searches import query
from index.watching.subscriptions import Subscription, ended, listed

_SHOWN = 50  # items that a message tells one by one; the rest are counted, and its link shows all
_UNCONFIRMED = timedelta(days=30)


def fill(searcher: Searcher, catalog: Catalog, wrong: list[str]) -> int:
    """A message to each subscription that something is new for; how many. What waits is sent before more is added.

    One whose search means nothing (any more: a body that is gone) is added to `wrong`, and keeps none of the others.
    """
    held = searcher.held()
    if held is None:
        return 0
    made, waiting = 0, _waiting(catalog.engine)
    for each in listed(catalog.engine):
        if each.state == "unconfirmed" and datetime.now(UTC) - each.created_at > _UNCONFIRMED:
            with writing(catalog.engine) as db:
                ended(db, each.id, "it was never confirmed")
        elif each.state == "active" and each.id not in waiting and each.revision < held.revision:
            try:
                made += _fill(searcher, catalog, each, held.revision)
            except FilterError as error:
                wrong.append(f"{each.channel} {each.id}: {error}")
    return made


def _fill(searcher: Searcher, catalog: Catalog, to: Subscription, revision: int) -> bool:
    changes = catalog.changes(to.revision)
    papers = [change.document_id for change in changes if not change.gone and change.revision <= revision]
    with catalog.engine.connect() as db:
        keys = select(tables.deliveries.c.item_key).where(tables.deliveries.c.subscription_id == to.id)
        told = set(db.scalars(keys))
    found = since(searcher, catalog.engine, query(to.search, date.today()), papers, told)
    new = [one for one in found if one.first_seen >= to.since]
    now, names = datetime.now(UTC), Names(catalog.engine)
    items = [_told(one, names) for one in new[:_SHOWN]]
    with writing(catalog.engine) as db:
        if new:
            values = {"subscription_id": to.id, "kind": "digest", "made_at": now, "attempts": 0, "next_try_at": now}
            content = {"total": len(new), "items": items}
            message = add_row(db, tables.messages, values | {"content": content})
            rows = [{"subscription_id": to.id, "item_key": one.key, "message_id": message} for one in new]
            db.execute(insert(tables.deliveries), rows)
        db.execute(update(tables.subscriptions).where(tables.subscriptions.c.id == to.id).values(revision=revision))
    return bool(new)


def _told(one: News, names: Names) -> dict[str, Any]:
    """What a message tells of an item."""
    hit = one.hit
    told = {name: getattr(hit, name) for name in ("title", "body", "date", "kind", "outcome", "case_number", "snippet")}
    words = list(dict.fromkeys(hit.snippet[start:end].lower() for start, end in hit.marks))
    raised = [str(value) for values in hit.why.get("raised", {}).values() for value in values]
    return told | {
        "id": f"urn:uuid:{one.key}",
        "number": hit.item,
        "municipality": hit.municipality,
        "document": hit.document,
        "item": one.item,
        "page": hit.page,
        "source": names.address(hit.url, hit.document),
        "marks": [list(mark) for mark in hit.marks],
        "kronor": list(hit.kronor),
        "why": {"words": words, "raised": raised},
        "first_seen": one.first_seen.astimezone(UTC).isoformat(),
    }


def _waiting(engine: Engine) -> set[int]:
    messages = tables.messages.c
    with engine.connect() as db:
        return set(db.scalars(select(messages.subscription_id).where(messages.sent_at.is_(None))))
