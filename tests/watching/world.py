"""A home that is watched, with those who are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from flows.delivery import Sent
from flows.progress import Silent
from flows.watch import tell
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings, Watch
from index.sync import sync
from index.watching import subscriptions, tables
from index.watching.subscriptions import Secrets
from tests.receivers import Hook, Post
from tests.tiny import TinyEncoder, paper, save

OLD = paper("maj", "Skolskjuts i maj\nNämnden antar regler för skolskjuts.", date="2026-05-11")
JUNE = "Avgift för skolskjuts\nNämnden höjer avgifterna för skolskjutsen & <annat>."
JULY = "Skolskjuts vintertid\nNämnden beslutar om skolskjuts vid halka."
JUNE_CAME = datetime(2026, 6, 20, 12, tzinfo=UTC)
TOKEN = "en-hemlighet-som-ingen-gissar"


class World:
    """A home that is watched, with a mail server and a webhook's receiver."""

    def __init__(self, settings: Settings, post: Post, hook: Hook) -> None:
        told = Watch(post.url, "paragraf@example.se", "https://paragraf.example.se", TOKEN, private_webhooks=True)
        self.settings, self.post, self.hook = replace(settings, watch=told), post, hook
        self.catalog = Catalog(settings.catalog)
        self.searcher = Searcher(settings, encode=TinyEncoder())

    def add(
        self, channel: str = "mail", address: str = "anna@example.se", confirmed: bool = True, **search: Any
    ) -> int:
        """The id of a new subscription."""
        address = self.hook.url if channel == "webhook" else address
        wanted = search or {"q": "skolskjuts"}
        made = subscriptions.add(self.settings, self.catalog.engine, channel, address, wanted, confirmed=confirmed)
        return made.id

    def june(self) -> None:
        """Whoever watches has not been told of June's paper."""
        with self.catalog.engine.begin() as db:
            db.execute(update(tables.subscriptions).values(revision=1, since=JUNE_CAME))

    def comes(self, name: str, *items: str, **told: Any) -> None:
        """A paper is read and indexed."""
        save(self.settings, paper(name, *items, **told))
        sync(self.settings, encode=TinyEncoder())

    def night(self) -> Sent:
        """What every night does last; what waits is due, as if the time had come."""
        with self.catalog.engine.begin() as db:
            db.execute(update(tables.messages).values(next_try_at=datetime.now(UTC) - timedelta(hours=1)))
        return tell(self.settings, self.catalog, Silent(), self.searcher)

    def of(self, id: int) -> subscriptions.Subscription:
        return next(each for each in subscriptions.listed(self.catalog.engine) if each.id == id)

    def token(self, id: int) -> str:
        return Secrets(self.settings.home).token(id, self.of(id).created_at)

    def close(self) -> None:
        self.searcher.close()
        self.catalog.close()
