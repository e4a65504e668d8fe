"""Who is told of what (bevakningar): kept, confirmed by a secret link, and ended by one.

The secret is made by a key that only the home has, so that each mail can hold it; the record has a hash of it alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, RowMapping, func, select, update

from index import backend, tables
from index.database import writing
from index.saving import add_row
from index.settings import Settings
from index.watching import tables as own_tables
from index.watching.searches import query

CHANNELS = ("mail", "webhook")
LANGUAGES = ("sv", "en")
_KEY_FILE, _KEY_BYTES = "watch.key", 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_LONGEST = 2_000
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAIL = re.compile(
    rf"(?=.{{3,254}}$)[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*"
)  # as HTML has it


class SubscriptionError(ValueError):
    """A subscription that cannot be, and why."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A search that an address is told of; it is told once it is confirmed, and until it is ended."""

    id: int
    channel: str
    address: str
    search: dict[str, Any]
    language: str
    created_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    since: datetime
    revision: int

    @property
    def state(self) -> str:
        """ "active", "unconfirmed" or "ended"."""
        return "ended" if self.ended_at else "active" if self.confirmed_at else "unconfirmed"


class Secrets:
    """What links of subscriptions and signatures of webhooks are made by; the key is made when first needed."""

    def __init__(self, home: Path) -> None:
        self._key = _key(home)

    def token(self, id: int, created_at: datetime) -> str:
        """The secret of a subscription, as it stands in links."""
        return self._made(f"subscription {id} {created_at.astimezone(UTC).isoformat()}")

    def signing(self, id: int, created_at: datetime) -> str:
        """The secret that a webhook's messages are signed with."""
        return self._made(f"webhook {id} {created_at.astimezone(UTC).isoformat()}")

    def _made(self, told: str) -> str:
        made = hmac.new(self._key, told.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _key(home: Path) -> bytes:
    file = home / _KEY_FILE
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        beside = home / f".{_KEY_FILE}-{secrets.token_hex(8)}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(secrets.token_bytes(_KEY_BYTES))
            made.flush()
            os.fsync(made.fileno())
        try:
            os.link(beside, file)  # two processes at once agree on the first one's
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    key = file.read_bytes()
    if len(key) != _KEY_BYTES:
        raise SubscriptionError(f"{file} is no key of ours: restore it, as every link that was sent depends on it")
    return key


def add(
    settings: Settings,
    engine: Engine,
    channel: str,
    address: str,
    search: Mapping[str, Any],
    language: str = "sv",
    confirmed: bool = False,
) -> Subscription:
    """A new subscription. One by mail that is not `confirmed` gets a mail with the link by which it is."""
    _check(channel, address, language)
    query(search)  # raises FilterError for a value that means nothing
    now = datetime.now(UTC)
    secret = Secrets(settings.home)
    with writing(engine) as db:
        revision, since = _level(settings, db, now)
        values = {
            "channel": channel, "address": address, "search": dict(search), "language": language, "created_at": now,
            "confirmed_at": now if confirmed or channel == "webhook" else None, "since": since, "revision": revision,
            "token_hash": secrets.token_hex(32),
        }  # fmt: skip
        id = add_row(db, own_tables.subscriptions, values)
        own = own_tables.subscriptions.c.id == id
        db.execute(update(own_tables.subscriptions).where(own).values(token_hash=_hash(secret.token(id, now))))
        if values["confirmed_at"] is None:
            told = {"subscription_id": id, "kind": "confirm", "made_at": now, "attempts": 0, "next_try_at": now}
            add_row(db, own_tables.messages, told | {"content": {}})
        return _subscription(db.execute(select(own_tables.subscriptions).where(own)).mappings().one())


def _check(channel: str, address: str, language: str) -> None:
    if channel not in CHANNELS:
        raise SubscriptionError(f"there is no channel {channel!r}; there are {', '.join(CHANNELS)}")
    if language not in LANGUAGES:
        raise SubscriptionError(f"there is no language {language!r}; there are {', '.join(LANGUAGES)}")
    if channel == "mail" and not is_mail(address):
        raise SubscriptionError(f"{address[:_LONGEST]!r} is no e-mail address")
    parts = urlsplit(address)
    if channel == "webhook" and (
        parts.scheme not in ("http", "https") or not parts.hostname or len(address) > _LONGEST or not address.isascii()
    ):
        raise SubscriptionError(f"{address!r} is no address that a webhook can be sent to: https://example.se/hook")


def is_mail(address: str) -> bool:
    """Whether mail can be sent to it: what a browser takes for an address, in ASCII, as any mail server takes it.

    >>> [is_mail(each) for each in ("anna@example.se", "Anna <anna@example.se>", "å@example.se", "a..b@example.se")]
    [True, False, False, False]
    """
    local = address.partition("@")[0]
    return bool(_MAIL.fullmatch(address)) and ".." not in local and not local.startswith(".") and local[-1:] != "."


def _level(settings: Settings, db: Connection, now: datetime) -> tuple[int, datetime]:
    """How far the index has come; what it does not have yet is news, though it was seen before."""
    counters, documents, versions = tables.counters.c, tables.documents, tables.versions
    held = backend.of(settings).held()
    revision = int(db.scalar(select(counters.number).where(counters.name == "revision")) or 0)
    if held is None or held.revision >= revision:
        return revision, now
    first = select(func.min(versions.c.first_seen)).join_from(versions, documents)
    seen: datetime | None = db.scalar(first.where(documents.c.revision > held.revision))
    return held.revision, min(seen or now, now)


def listed(engine: Engine) -> list[Subscription]:
    """All subscriptions, the oldest first."""
    with engine.connect() as db:
        rows = db.execute(select(own_tables.subscriptions).order_by(own_tables.subscriptions.c.id)).mappings()
        return [_subscription(row) for row in rows]


def of_token(engine: Engine, token: str) -> Subscription | None:
    """The subscription that a secret is of."""
    if not _TOKEN.fullmatch(token):
        return None
    with engine.connect() as db:
        asked = select(own_tables.subscriptions).where(own_tables.subscriptions.c.token_hash == _hash(token))
        row = db.execute(asked).mappings().first()
        return _subscription(row) if row else None


def confirm(engine: Engine, id: int) -> None:
    """From now on it is told of. One that has ended stays so."""
    own = own_tables.subscriptions.c
    with writing(engine) as db:
        still = (own.id == id, own.confirmed_at.is_(None), own.ended_at.is_(None))
        db.execute(update(own_tables.subscriptions).where(*still).values(confirmed_at=datetime.now(UTC)))


def end(engine: Engine, id: int, reason: str) -> bool:
    """No more is told, and what waits is not sent. False where there is none that goes on."""
    with writing(engine) as db:
        return ended(db, id, reason)


def ended(db: Connection, id: int, reason: str) -> bool:
    """As `end`, within a transaction."""
    own = own_tables.subscriptions.c
    still = update(own_tables.subscriptions).where(own.id == id, own.ended_at.is_(None))
    return bool(db.execute(still.values(ended_at=datetime.now(UTC), end_reason=reason)).rowcount)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _subscription(row: RowMapping) -> Subscription:
    return Subscription(**{name: row[name] for name in Subscription.__slots__})
