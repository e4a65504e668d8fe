"""Messages of the outbox are sent (leverans): one receiver that refuses or hangs keeps nobody else waiting.

Mails are sent by one process at a time, under a lock of the home: `paragraf serve` sends confirmations while a night or
`paragraf watch send` may be at work, and what is due is looked up under that lock, so nothing is sent twice.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from flows.mailing import BrokenError, Mailer, RefusedError, ServerAwayError
from index.settings import Settings
from index.watching import digests, outbox
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


def send_mails(settings: Settings, engine: Engine, told: Sent, kind: str | None = None) -> None:
    """Every mail that is due, or those of one kind: confirm, digest."""
    with _alone(settings.home):
        mails = [each for each in outbox.due(engine) if each.subscription.channel == "mail"]
        _send(settings, engine, [each for each in mails if kind in (None, each.kind)], told)


def send_hooks(settings: Settings, engine: Engine, told: Sent) -> None:
    """Every webhook that is due; for who has the lock of the home."""
    from flows import webhooks

    secrets, end = Secrets(settings.home), time.monotonic() + _HOOKS_S
    for message in [each for each in outbox.due(engine) if each.subscription.channel == "webhook"]:
        if time.monotonic() > end:
            _wait(engine, message, "the webhooks of this run took too long together", told)
            continue
        to = message.subscription
        body = digests.payload(message, settings.watch.base_url)
        signing = secrets.signing(to.id, to.created_at)
        try:
            webhooks.post(to.address, body, message.name, signing, settings.watch.private_webhooks)
        except webhooks.HookError as error:
            _refuse(engine, message, str(error), told)
        else:
            outbox.sent(engine, message)
            told.sent += 1


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """The lock of those who send mails, waited for; the kernel gives it back however the sender ends."""
    with (home / "mail.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _send(settings: Settings, engine: Engine, messages: list[Message], told: Sent) -> None:
    watch = settings.watch
    if not messages:
        return
    if not (watch.smtp and watch.mail_from and watch.base_url):  # as watch.mails, for mypy
        lacking = "mail needs PARAGRAF_SMTP, PARAGRAF_MAIL_FROM and PARAGRAF_BASE_URL"
        for message in messages:
            _wait(engine, message, lacking, told)
        return
    secrets = Secrets(settings.home)
    with Mailer(watch.smtp) as mailer:
        left, broken = iter(messages), 0
        for message in left:
            try:
                mailer.send(digests.mail(message, watch.base_url, watch.mail_from, secrets))
            except RefusedError as error:
                _refuse(engine, message, str(error), told)
            except BrokenError as error:
                broken += 1
                for waiting in (message, *(left if broken >= _BROKEN else ())):
                    _wait(engine, waiting, str(error), told)
            except ServerAwayError as error:
                for waiting in (message, *left):
                    _wait(engine, waiting, str(error), told)
            else:
                outbox.sent(engine, message)
                told.sent += 1


def _refuse(engine: Engine, message: Message, why: str, told: Sent) -> None:
    outbox.refused(engine, message, why)
    told.refused += 1
    told.reasons.append(f"{_who(message)}: {why}")


def _wait(engine: Engine, message: Message, why: str, told: Sent) -> None:
    outbox.waits(engine, message, why)
    told.waiting += 1
    told.reasons.append(why)


def _who(message: Message) -> str:
    """Whom it is to, without telling an address in the logs."""
    return f"{message.subscription.channel} {message.subscription.id}"
