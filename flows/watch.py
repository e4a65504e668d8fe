"""Telling who watches (bevakning): what is new becomes messages, and each that is due is sent, after every night.

One receiver that refuses or hangs keeps nobody else waiting, and nothing of it fails the night: what was not taken
lies in the outbox until the next run. A run may be killed at any moment: index/watching/outbox.py tells what
holds then.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from flows import webhooks
from flows.mailing import BrokenError, Mailer, RefusedError, ServerAwayError
from flows.progress import Progress
from flows.webhooks import HookError
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings
from index.watching import digests, outbox, subscriptions
from index.watching.outbox import Message
from index.watching.subscriptions import Secrets

_BROKEN = 3  # mails in whose middle the connection broke, before the rest wait for the next run
_HOOKS_S = 600.0  # that all webhooks of a run may take together; the rest are sent by the next


@dataclass
class Sent:
    """What a run told: messages that were made, taken and refused, and why anything was not sent."""

    made: int = 0
    sent: int = 0
    refused: int = 0
    waiting: int = 0
    reasons: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {name: getattr(self, name) for name in ("made", "sent", "refused", "waiting", "reasons")}


def tell(settings: Settings, catalog: Catalog, progress: Progress, searcher: Searcher | None = None) -> Sent:
    """Everything that is new, and everything that waits; for who has the lock of the home."""
    told = Sent()
    if any(each.state != "ended" for each in subscriptions.listed(catalog.engine)):
        opened = searcher or Searcher(settings)
        try:
            told.made = outbox.fill(opened, catalog)
        finally:
            if searcher is None:
                opened.close()
        _send(settings, catalog, list(outbox.due(catalog.engine)), told)
        for reason in dict.fromkeys(told.reasons):
            progress.say(f"watch: {reason}")
    return told


def _send(settings: Settings, catalog: Catalog, messages: list[Message], told: Sent) -> None:
    secrets = Secrets(settings.home)
    mails = [each for each in messages if each.subscription.channel == "mail"]
    hooks = [each for each in messages if each.subscription.channel == "webhook"]
    _send_mails(settings, catalog, mails, secrets, told)
    end = time.monotonic() + _HOOKS_S
    for message in hooks:
        if time.monotonic() > end:
            _wait(catalog, message, "the webhooks of this run took too long together", told)
            continue
        to = message.subscription
        body = digests.payload(message, settings.watch.base_url)
        signing = secrets.signing(to.id, to.created_at)
        try:
            webhooks.post(to.address, body, message.name, signing, settings.watch.private_webhooks)
        except HookError as error:
            _refuse(catalog, message, str(error), told)
        else:
            outbox.sent(catalog.engine, message)
            told.sent += 1


def _send_mails(settings: Settings, catalog: Catalog, messages: list[Message], secrets: Secrets, told: Sent) -> None:
    if not messages:
        return
    watch = settings.watch
    if not (watch.smtp and watch.mail_from and watch.base_url):
        lacking = "mail needs PARAGRAF_SMTP, PARAGRAF_MAIL_FROM and PARAGRAF_BASE_URL"
        for message in messages:
            _wait(catalog, message, lacking, told)
        return
    with Mailer(watch.smtp) as mailer:
        left, broken = iter(messages), 0
        for message in left:
            try:
                mailer.send(digests.mail(message, watch.base_url, watch.mail_from, secrets))
            except RefusedError as error:
                _refuse(catalog, message, str(error), told)
            except BrokenError as error:
                broken += 1
                for waiting in (message, *(left if broken >= _BROKEN else ())):
                    _wait(catalog, waiting, str(error), told)
            except ServerAwayError as error:
                for waiting in (message, *left):
                    _wait(catalog, waiting, str(error), told)
            else:
                outbox.sent(catalog.engine, message)
                told.sent += 1


def _refuse(catalog: Catalog, message: Message, why: str, told: Sent) -> None:
    outbox.refused(catalog.engine, message, why)
    told.refused += 1
    told.reasons.append(f"{_who(message)}: {why}")


def _wait(catalog: Catalog, message: Message, why: str, told: Sent) -> None:
    outbox.waits(catalog.engine, message, why)
    told.waiting += 1
    told.reasons.append(why)


def _who(message: Message) -> str:
    """Whom it is to, without telling an address in the logs."""
    return f"{message.subscription.channel} {message.subscription.id}"
