"""A feed (nyhetsflöde): RSS 2.0, RSS 1.0 or Atom, each entry a paper: a page of its own, or a file that is enclosed.

    where = { url = "https://www.example.se/nyheter/rss", kind = "news" }

A feed has its newest entries only: what leaves it stays where it is. Of minutes the title tells the day; of everything
else it is the day of publication.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import feedparser

from extractors import bodies
from extractors.model import Unreadable
from flows.guest import Guest
from flows.guest.pace import ZONE
from flows.sources import Fetched, Trouble, keys, pages, titles
from flows.sources.platforms import Address, Pattern, Site
from flows.sources.platforms import Where as Base
from index.listed import MEETING_KINDS, Listed, Meeting

ROLLS = True
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_FILES = ("application/pdf", "application/msword", "application/vnd.")


class Where(Base):
    url: Address
    papers: tuple[Pattern, ...] = ()
    kind: str | None = None


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every entry that leads somewhere, in the feed's order."""
    page = guest.page(site.where.url)
    told = feedparser.parse(page.data, response_headers={"content-type": page.headers.get("content-type", "")})
    if not told.version:
        raise Unreadable("list", f"expected RSS or Atom, found {pages.found_instead(page)}")
    for number, entry in enumerate(told.entries, start=1):
        url = _url(entry, page.url)
        if not url:
            yield Trouble(page.url, f"entry {number} ({_text(entry, 'title')[:80]!r}) has no address")
        elif not site.where.papers or any(re.search(pattern, url) for pattern in site.where.papers):
            listed = _listed(site, entry, url)
            if not (site.since and listed.date and listed.date < site.since.isoformat()):
                yield listed
    if told.bozo and not isinstance(told.bozo_exception, _HARMLESS):
        yield Trouble(page.url, f"the feed is broken after {len(told.entries)} entries: {told.bozo_exception}")


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One paper, mostly a web page."""
    return guest.fetch(listed.url, stamp)


def _listed(site: Site, entry: Any, url: str) -> Listed:
    title = titles.tidy(_text(entry, "title")) or titles.words(url)
    kind = site.where.kind or titles.kind(title)
    day = titles.day(title) if kind in MEETING_KINDS else _published(entry)
    own = _text(entry, "id")
    changed = _text(entry, "updated") if "updated" in entry else ""  # else feedparser gives the day of publication
    return Listed(
        site.name, keys.key_of(own) if _is_address(own) else own or keys.key_of(url), url, title, site.municipality,
        site.body or bodies.named(title), day, f"updated {changed}" if changed else None, kind,
    )  # fmt: skip


def _published(entry: Any) -> str | None:
    """The day of publication in Sweden; feedparser gives the moment in UTC."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime.fromtimestamp(timegm(moment), ZONE).date().isoformat() if moment else None


def _url(entry: Any, base: str) -> str:
    """The file that an entry encloses, else the page that it links to, else its id where that is an address."""
    files = [one.get("href", "") for one in entry.get("enclosures", ()) if str(one.get("type", "")).startswith(_FILES)]
    own = _text(entry, "id")
    tries = (*files, entry.get("link", ""), own if _is_address(own) else "")
    return next((url for text in tries if text and (url := pages.resolved(text, base))), "")


def _is_address(text: str) -> bool:
    """Whether an id is an address, as most are, and not "tag:..." or a number."""
    return text.startswith(("http://", "https://"))


def _text(entry: Any, name: str) -> str:
    return " ".join(str(entry.get(name) or "").split())
