"""Telling who watches (bevakning): what is new becomes messages, and each that is due is sent, after every night.

Nothing of it fails the night: what was not taken lies in the outbox until the next run. A run may be killed at any
moment: index/watching/outbox.py tells what holds then.
"""

from __future__ import annotations

from flows.delivery import Sent, send_hooks, send_mails
from flows.progress import Progress
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings
from index.watching import filling, subscriptions


def tell(settings: Settings, catalog: Catalog, progress: Progress, searcher: Searcher | None = None) -> Sent:
    """Everything that is new, and everything that waits; for who has the lock of the home."""
    told = Sent()
    if any(each.state != "ended" for each in subscriptions.listed(catalog.engine)):
        opened = searcher or Searcher(settings)
        try:
            told.made = filling.fill(opened, catalog, told.reasons)
        finally:
            if searcher is None:
                opened.close()
        send_mails(settings, catalog.engine, told)
        send_hooks(settings, catalog.engine, told)
        for reason in dict.fromkeys(told.reasons):
            progress.say(f"watch: {reason}")
    return told
