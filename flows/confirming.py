"""Confirmations leave at once (bekräftelser): who asked to watch a search on the page does not wait for the night.

A thread beside the server looks into the outbox every other second. A mail server that is away is tried again ever
later; what breaks here breaks no answer.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from flows.delivery import Sent, send_mails
from index.catalog import Catalog
from index.database import CatalogError
from index.settings import Settings
from index.watching import outbox

_EVERY_S = 2.0
_LONGEST_S = 600.0


@contextmanager
def confirming(settings: Settings, every: float = _EVERY_S) -> Iterator[None]:
    """While the block runs, mails that ask for a confirmation are sent; nothing where no mail server is set."""
    if not settings.watch.mails:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(settings, every, over), name="confirming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(5)


def _watch(settings: Settings, every: float, over: threading.Event) -> None:
    wait = every
    while not over.wait(wait):
        told = Sent()
        try:
            with Catalog(settings.catalog) as catalog:
                while not over.is_set() and not told.waiting:
                    if outbox.asks(catalog.engine):
                        send_mails(settings, catalog.engine, told, "confirm")
                    if not told.waiting:
                        wait = every
                        over.wait(every)
        except (SQLAlchemyError, CatalogError, OSError, ValueError) as error:
            told.reasons.append(f"{type(error).__name__}: {error}")
        if not over.is_set():
            wait = min(2 * wait, _LONGEST_S)
            _say(told.reasons[-1], wait)


def _say(why: str, seconds: float) -> None:
    """A line of the server's log."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = {"at": at, "level": "error", "event": "confirmations wait", "why": why, "seconds": seconds}
    print(json.dumps(told, ensure_ascii=False), file=sys.stderr, flush=True)
