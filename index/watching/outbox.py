"""The outbox (utkorgen): what is new becomes a message in the record first, and is marked as sent when it was taken.

A message and the keys of its items are written in one transaction, so an item is in one message to a subscription and
in no other. Sending may break off at any moment: then the message is sent again, whole and under the same name, so that
who receives it twice can tell. That happens only where it broke off between "taken" and the mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select, update

from index.database import writing
from index.watching import tables
from index.watching.subscriptions import Subscription, ended, listed

_TRIES = 10  # that a receiver may refuse, one more each run
_LONGEST_WAIT = timedelta(hours=60)


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


def asks(engine: Engine) -> bool:
    """Whether a mail that asks for a confirmation is to be tried now."""
    messages, of = tables.messages, tables.subscriptions.c
    asked = select(messages.c.id).join_from(messages, tables.subscriptions)
    still = (messages.c.kind == "confirm", messages.c.sent_at.is_(None), of.confirmed_at.is_(None))
    asked = asked.where(*still, of.ended_at.is_(None), messages.c.next_try_at <= datetime.now(UTC))
    with engine.connect() as db:
        return db.scalar(asked.limit(1)) is not None


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
