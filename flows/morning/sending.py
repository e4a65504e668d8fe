"""The report written and sent (utskick): a page in PARAGRAF_HOME/reports, and one mail a day to PARAGRAF_REPORT_TO."""

from __future__ import annotations

from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, localtime
from pathlib import Path
from typing import Any

from flows.mailing import BrokenError, Mailer, RefusedError, ServerAwayError
from flows.morning.letter import Letter, broken, letter
from flows.morning.night import night_of, today
from index.catalog import Catalog
from index.settings import Settings

_LOOKED_BACK = 40  # runs


def tell(settings: Settings, catalog: Catalog, run_id: int, seconds: float) -> tuple[Letter, dict[str, Any]]:
    """The report on the night as it stands, and what became of it, for the record of the run."""
    night = night_of(catalog.engine, today(), run_id, seconds)
    written = letter(night, settings.watch.base_url)
    path = settings.home / "reports" / f"{night.day}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, written.html)
    told = {"day": night.day.isoformat(), "page": str(path)}
    return written, told | _mailed(settings, catalog, written, night.day.isoformat(), "report")


def tell_broken(settings: Settings, catalog: Catalog, run_id: int, seconds: float, why: str) -> dict[str, Any]:
    """A night that ended before its time is told by mail, once a day, as far as that is possible at all."""
    night = night_of(catalog.engine, today(), run_id, seconds)
    day = night.day.isoformat()
    return {"day": day} | _mailed(settings, catalog, broken(night, why), day, "broken")


def _write(path: Path, text: str) -> None:
    """Under its name only when all of it is there."""
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _mailed(settings: Settings, catalog: Catalog, written: Letter, day: str, what: str) -> dict[str, Any]:
    """Sent to each, unless another run of the day has; to whom, or why not."""
    to = settings.watch.report_to
    if not to:
        return {}
    before = [((run.summary or {}).get(what) or {}) for run in catalog.runs(_LOOKED_BACK)]
    left = [each for each in to if not any(told.get("day") == day and each in told.get("to", ()) for told in before)]
    if not left:
        return {"to": []}
    if not (settings.watch.smtp and settings.watch.mail_from):
        return {"to": [], "not_mailed": "mail needs PARAGRAF_SMTP and PARAGRAF_MAIL_FROM"}
    sent: list[str] = []
    why = ""
    with Mailer(settings.watch.smtp) as mailer:
        for each in left:
            try:
                mailer.send(_mail(written, settings.watch.mail_from, each))
                sent.append(each)
            except (RefusedError, BrokenError, ServerAwayError) as error:
                why = str(error)
    return {"to": sent} | ({"not_mailed": why} if why else {})


def _mail(written: Letter, sender: str, to: str) -> EmailMessage:
    mail = EmailMessage()
    with suppress(ValueError):
        mail["From"] = Address("Paragraf", addr_spec=sender)
    mail["To"], mail["Subject"], mail["Date"] = to, written.subject, format_datetime(localtime())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(written.text)
    mail.add_alternative(written.html, subtype="html")
    return mail
