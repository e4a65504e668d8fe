"""What is told (utskick): a message as a mail, in Swedish or English, or as the JSON of a webhook."""

from __future__ import annotations

import hashlib
import hmac
import json
import tomllib
from collections.abc import Iterator, Sequence
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from index.watching import searches
from index.watching.outbox import Message
from index.watching.subscriptions import Secrets

_SUBJECT = 150  # characters


class Words:
    """What is said in a language: t("more", n=3)."""

    def __init__(self, language: str) -> None:
        self._words: dict[str, str] = _words()[language]

    def __call__(self, name: str, **told: object) -> str:
        return self._words[name].format(**told)

    def day(self, told: str) -> str:
        """A day, or a month: "14 april 2025"; what is neither is left as it is."""
        parts = told.split("-")
        months = self._words["months"].split()
        if len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
            return told
        return " ".join([*(str(int(day)) for day in parts[2:]), months[int(parts[1]) - 1], parts[0]])

    def named(self, name: str, value: str) -> str:
        """A value of a filter: "Avslag", "minst 1 000 kr"; a body or a party is named as it is."""
        if name in ("from", "to"):
            return self(f"{name}_is", value=self.day(value))
        if name in ("min_kronor", "max_kronor"):
            return self(f"{name}_is", value=f"{float(value):,.0f}".replace(",", "\u00a0"))
        return self._words.get(f"{name}_{value}", value)


def mail(message: Message, base: str, sender: str, secrets: Secrets) -> EmailMessage:
    """The message as a mail: text and HTML, a name that stays, an end with one click (RFC 8058)."""
    to, t = message.subscription, Words(message.subscription.language)
    what = searches.in_words(to.search, t.named)
    token = secrets.token(to.id, to.created_at)
    end = f"{base}/prenumeration/avsluta/{token}"
    told: dict[str, Any] = {"t": t, "what": what, "language": to.language, "page": searches.address(base, to.search)}
    if message.kind == "confirm":
        subject = t("confirm_subject", what=what)
        told |= {"confirm": f"{base}/prenumeration/bekrafta/{token}"}
    else:
        total, items = message.content["total"], message.content["items"]
        subject = t("subject_one" if total == 1 else "subject", what=what, n=total)
        told |= {"items": list(_items(items, base, t)), "more": total - len(items), "end": end}
    made = EmailMessage()
    subject = " ".join(subject.split())
    short = subject if len(subject) <= _SUBJECT else subject[: _SUBJECT - 1] + "…"
    # Folded here: as EmailMessage folds it, blanks between words with å, ä and ö may be lost
    made.set_raw("Subject", Header(short, None if short.isascii() else "utf-8", header_name="Subject").encode())
    made["From"] = Address("Paragraf", addr_spec=sender)
    made["To"] = Address(addr_spec=to.address)
    made["Date"] = format_datetime(message.made_at)
    made["Message-ID"] = f"<{message.name}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = to.language
    if message.kind != "confirm":
        made["List-Id"] = f"<bevakning-{to.id}.{sender.rpartition('@')[2]}>"
        made["List-Unsubscribe"] = f"<{end}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    name = "confirm" if message.kind == "confirm" else "digest"
    made.set_content(_template(f"{name}.txt").render(told, subject=subject))
    made.add_alternative(_template(f"{name}.html").render(told, subject=subject), subtype="html")
    return made


def payload(message: Message, base: str | None) -> bytes:
    """The message as the JSON of a webhook."""
    to = message.subscription
    told = {
        "id": message.name,
        "subscription": to.id,
        "search": to.search,
        "address": searches.address(base, to.search) if base else None,
        "made_at": message.made_at.isoformat(),
        **message.content,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def signature(secret: str, moment: str, body: bytes) -> str:
    """What shows a webhook's receiver that a body is ours, and when it was sent: HMAC-SHA256 of both.

    >>> signature("secret", "1750000000", b"{}")[:23]
    'sha256=3fdabae93ac0fe82'
    """
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"sha256={made.hexdigest()}"


def _items(items: Sequence[dict[str, Any]], base: str, t: Words) -> Iterator[dict[str, Any]]:
    for item in items:
        title = item["title"] or t("untitled")
        place = item["municipality"]["name"] if item["municipality"] else None
        outcome = t.named("outcome", item["outcome"]) if item["outcome"] else None
        about = (place, item["body"], t.day(item["date"] or ""), item["case_number"])
        yield {
            "title": f"§ {item['number']} {title}" if item["number"] else title,
            "number": item["number"],
            "name": title,
            "about": " · ".join(part for part in about if part),
            "outcome": outcome,
            "snippet": item["snippet"],
            "marked": _marked(item["snippet"], item["marks"]),
            "reason": _reason(item["why"], t),
            "address": f"{base}/dokument/{item['document']}/{item['item']}" + _number(item["number"]),
            "source": item["source"] if urlsplit(item["source"]).scheme in ("http", "https") else None,
        }


def _number(number: str | None) -> str:
    """The § by its number, by which the page finds it when the paper has been read again."""
    return f"?{urlencode({'par': number})}" if number else ""


def _reason(why: dict[str, list[str]], t: Words) -> str:
    told = [t("found_words", what=", ".join(why["words"]))] if why["words"] else []
    told += [t("found_raised", what=", ".join(why["raised"]))] if why["raised"] else []
    return " · ".join(told) or t("found_filter")


def _marked(text: str, marks: Sequence[Sequence[int]]) -> Markup:
    told, at = Markup(), 0
    for start, end in marks:
        told += escape(text[at:start]) + Markup("<b>") + escape(text[start:end]) + Markup("</b>")
        at = end
    return told + escape(text[at:])


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("index.watching") / "words.toml").read_text("utf-8"))


@cache
def _template(name: str) -> Any:
    made = Environment(
        loader=PackageLoader("index.watching"), autoescape=name.endswith(".html"), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return made.get_template(name)
