"""Strangers ask to watch a search (önskemål): by mail alone, and only so much of it that nobody is harmed.

The one who writes an address need not be its owner. So an address gets one mail that asks, a few a day whatever is
asked for in its name, and all addresses together so many an hour. No answer tells what an address watches.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, select

from index.settings import Settings
from index.watching import subscriptions, tables

_A_DAY = 3  # mails that one address is sent which it has not confirmed
_AN_HOUR = 200  # that all addresses are sent together


class TooManyError(RuntimeError):
    """So much has been asked for that no more is taken now."""


def ask(settings: Settings, engine: Engine, address: str, search: Mapping[str, Any], language: str) -> bool:
    """An address is asked whether it wants to watch a search; False where it is sent nothing, since it was lately.

    Raises SubscriptionError for what is no address, FilterError for a search that means nothing, TooManyError.
    """
    if not subscriptions.is_mail(address):
        raise subscriptions.SubscriptionError(f"{address[:254]!r} is no e-mail address")
    own, now = tables.subscriptions.c, datetime.now(UTC)
    waits = (own.channel == "mail", own.confirmed_at.is_(None))
    with engine.connect() as db:
        lately = select(func.count()).where(*waits, own.created_at > now - timedelta(hours=1))
        if (db.scalar(lately) or 0) >= _AN_HOUR:
            raise TooManyError("too many have asked for a subscription in the last hour; try again later")
        rows = select(own.search, own.created_at, own.confirmed_at, own.ended_at)
        held = db.execute(rows.where(own.channel == "mail", func.lower(own.address) == address.lower())).all()
    fresh = [row for row in held if row.confirmed_at is None and row.created_at > now - timedelta(days=1)]
    going = [row for row in held if row.confirmed_at is not None and row.ended_at is None]
    if len(fresh) >= _A_DAY or any(row.search == search for row in (*fresh, *going)):
        return False
    subscriptions.add(settings, engine, "mail", address, search, language)
    return True
