"""The outbox (utkorgen): what is new becomes a message in the record first, and is marked as sent when it was taken.

A message and the keys of its items are written in one transaction, so an item is in one message to a subscription and
in no other. Sending may break off at any moment: then the message is sent again, whole and under the same name, so that
who receives it twice can tell. That happens only where it broke off between "taken" and the mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select, update

from index import tables
from index.catalog import Catalog
from index.database import writing
from index.queries import Searcher
from index.saving import add_row
from index.watching.news import News, since
from index.watching.searches import query
from index.watching.subscriptions import Subscription, ended, listed

_SHOWN = 50  # items that a message tells one by one; the rest are counted, and its link shows all
_TRIES = 10  # that a receiver may refuse, one more each run
_LONGEST_WAIT = timedelta(hours=60)
_UNCONFIRMED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent to whom; `name` stays the same however often it is tried."""

    id: int
    kind: str
    made_at: datetime
    attempts: int
    content: dict[str, Any]
    subscription: Subscription

    @property
    def name(self) -> str:
        """What tells this message from every other of this record."""
        return f"{self.kind}-{self.id}-{self.made_at.astimezone(UTC):%Y%m%d%H%M%S%f}"


def fill(searcher: Searcher, catalog: Catalog) -> int:
    """A message to each subscription that something is new for; how many. What waits is sent before more is added."""
    held = searcher.held()
    if held is None:
        return 0
    made, waiting = 0, _waiting(catalog.engine)
    for each in listed(catalog.engine):
        if each.state == "unconfirmed" and datetime.now(UTC) - each.created_at > _UNCONFIRMED:
            with writing(catalog.engine) as db:
                ended(db, each.id, "it was never confirmed")
        elif each.state == "active" and each.id not in waiting and each.revision < held.revision:
            made += _fill(searcher, catalog, each, held.revision)
    return made


def _fill(searcher: Searcher, catalog: Catalog, to: Subscription, revision: int) -> bool:
    changes = catalog.changes(to.revision)
    papers = [change.document_id for change in changes if not change.gone and change.revision <= revision]
    with catalog.engine.connect() as db:
        keys = select(tables.deliveries.c.item_key).where(tables.deliveries.c.subscription_id == to.id)
        told = set(db.scalars(keys))
    found = since(searcher, catalog.engine, query(to.search, date.today()), papers, told)
    new = [one for one in found if one.first_seen >= to.since]
    now = datetime.now(UTC)
    with writing(catalog.engine) as db:
        if new:
            values = {"subscription_id": to.id, "kind": "digest", "made_at": now, "attempts": 0, "next_try_at": now}
            content = {"total": len(new), "items": [_told(one) for one in new[:_SHOWN]]}
            message = add_row(db, tables.messages, values | {"content": content})
            rows = [{"subscription_id": to.id, "item_key": one.key, "message_id": message} for one in new]
            db.execute(insert(tables.deliveries), rows)
        db.execute(update(tables.subscriptions).where(tables.subscriptions.c.id == to.id).values(revision=revision))
    return bool(new)


def _told(one: News) -> dict[str, Any]:
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
        "source": hit.url,
        "marks": [list(mark) for mark in hit.marks],
        "kronor": list(hit.kronor),
        "why": {"words": words, "raised": raised},
        "first_seen": one.first_seen.astimezone(UTC).isoformat(),
    }


def _waiting(engine: Engine) -> set[int]:
    messages = tables.messages.c
    with engine.connect() as db:
        return set(db.scalars(select(messages.subscription_id).where(messages.sent_at.is_(None))))


def due(engine: Engine, now: datetime | None = None) -> Iterator[Message]:
    """Every message that is to be tried now, the oldest first; those to subscriptions that have ended are not."""
    messages = tables.messages
    asked = select(messages).where(messages.c.sent_at.is_(None), messages.c.next_try_at <= (now or datetime.now(UTC)))
    with engine.connect() as db:
        rows = db.execute(asked.order_by(messages.c.id)).mappings().all()
    of = {each.id: each for each in listed(engine)}
    for row in rows:
        to = of[row["subscription_id"]]
        if to.state == ("unconfirmed" if row["kind"] == "confirm" else "active"):
            yield Message(row["id"], row["kind"], row["made_at"], row["attempts"], row["content"] or {}, to)


def sent(engine: Engine, message: Message) -> None:
    """The receiver took it. What it said is not kept."""
    own = tables.messages.c.id == message.id
    with writing(engine) as db:
        values = {"sent_at": datetime.now(UTC), "last_error": None, "content": None, "attempts": message.attempts + 1}
        db.execute(update(tables.messages).where(own).values(values))


def refused(engine: Engine, message: Message, why: str) -> None:
    """The receiver did not take it: it is tried again later, ever later, and in the end no more."""
    attempts = message.attempts + 1
    wait = min(timedelta(hours=2 ** min(attempts, 10) - 0.5), _LONGEST_WAIT)
    with writing(engine) as db:
        values = {"attempts": attempts, "last_error": why[:500], "next_try_at": datetime.now(UTC) + wait}
        db.execute(update(tables.messages).where(tables.messages.c.id == message.id).values(values))
        if attempts >= _TRIES:
            ended(db, message.subscription.id, f"it was refused {attempts} times, the last time: {why[:300]}")


def waits(engine: Engine, message: Message, why: str) -> None:
    """It could not be tried, and that is not the receiver's doing: the next run tries again, however often."""
    with writing(engine) as db:
        values = {"last_error": why[:500]}
        db.execute(update(tables.messages).where(tables.messages.c.id == message.id).values(values))


def troubles(engine: Engine) -> dict[int, str]:
    """Why what waits was not sent, by subscription."""
    messages = tables.messages.c
    asked = select(messages.subscription_id, messages.last_error)
    with engine.connect() as db:
        rows = db.execute(asked.where(messages.sent_at.is_(None), messages.last_error.is_not(None)))
        return {row.subscription_id: row.last_error for row in rows}
