"""Atom feeds (RFC 4287): entries as XML that any reader takes, and whether a reader has them already."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from xml.etree import ElementTree

from fastapi import Request
from fastapi.responses import Response

from search_api.caching import has, tag_of

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # when a feed without entries changed

ElementTree.register_namespace("", _ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new; `key` is the UUID that it is known by for good, `via` the municipality's own copy."""

    key: str
    title: str
    updated: datetime
    address: str
    via: str | None = None
    summary: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, the newest first; `address` is the feed's own, `page` the page that shows the same."""

    key: str
    title: str
    language: str
    address: str
    page: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """When it last changed."""
        return max((entry.updated for entry in self.entries), default=_NEVER)


def answer(request: Request, make: Callable[[], Feed], *of: object) -> Response:
    """The feed, or 304 where the reader has it already: without making it for who tells its ETag.

    `of` is all that it hangs on besides the address. If-None-Match counts before If-Modified-Since, which a reader with
    a clock of its own sends.
    """
    etag = tag_of(request, *of)
    headers = {"ETag": etag, "Cache-Control": "no-cache"}  # something may be removed
    if has(request, etag):
        return Response(status_code=304, headers=headers)
    feed = make()
    headers |= {
        "Last-Modified": format_datetime(feed.updated.astimezone(UTC).replace(microsecond=0), usegmt=True),
        "Content-Language": feed.language,
    }
    if "if-none-match" not in request.headers and _is_as_old(request, feed.updated):
        return Response(status_code=304, headers=headers)
    return Response(xml(feed), headers=headers, media_type=MEDIA_TYPE)


def _is_as_old(request: Request, updated: datetime) -> bool:
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return updated.replace(microsecond=0) <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def xml(feed: Feed) -> bytes:
    """The feed as a document."""
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": feed.language})
    _add(root, "id", f"urn:uuid:{feed.key}")
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated))
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(_add(root, "author"), "name", "Paragraf")
    _add(root, "generator", "Paragraf")
    for each in feed.entries:
        entry = _add(root, "entry")
        _add(entry, "id", f"urn:uuid:{each.key}")
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.updated))
        _add(entry, "published", _moment(each.updated))
        _add(entry, "link", rel="alternate", type="text/html", href=each.address)
        if each.via:
            _add(entry, "link", rel="via", href=each.via)
        for term in each.categories:
            _add(entry, "category", term=term)
        _add(entry, "summary", each.summary, type="text")
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _add(to: ElementTree.Element, name: str, text: str = "", **told: str) -> ElementTree.Element:
    made = ElementTree.SubElement(to, f"{{{_ATOM}}}{name}", {key: _clean(value) for key, value in told.items()})
    made.text = _clean(text) or None
    return made


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
