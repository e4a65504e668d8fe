"""Which platform an address is on (spår): each is tried by the marks that its pages bear, and what it must be told.

A mark looks at one page, and where that does not tell enough asks for one or two more. None of it lists papers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from extractors import bodies as body_names
from extractors.model import Unreadable
from flows.guest import Guest, Page
from flows.sources import pages, titles

_COMMITTEE = re.compile(r"/(?:committees|welcome-\w\w/[\w-]+)/(?P<body>[\w%-]+)/?$")
_READER = re.compile(r"netpublicator\.com/(?:api/public|reader)/(?P<reader>[\w-]+)|/api/public/(?P<own>[\w-]+)/read\?")
_CONFIG = {
    "reader": re.compile(r"readerName[\"']?\s*[:=]\s*[\"']([\w-]+)"),
    "path": re.compile(r"previousPath[\"']?\s*[:=]\s*\[\s*[\"']([0-9a-f-]+)"),
    "root": re.compile(r"rootI[dD][\"']?\s*[:=]\s*[\"']([0-9a-f]+)"),
}
_HASH = re.compile(r"[?&]hash=([0-9a-f]+)")
_DOWNLOAD = re.compile(r"/download/18\.[0-9a-f]+/")
_FILE = re.compile(r"\.(?:pdf|docx)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A platform that an address seems to be on: what it must be told, why it is thought so, the bodies it names."""

    platform: str
    where: dict[str, Any]
    why: str
    bodies: dict[str, str] = field(default_factory=dict)

    def told(self, bodies: dict[str, str]) -> dict[str, Any]:
        """What the platform is told for these bodies of its own."""
        return {**self.where, "bodies": bodies} if bodies else self.where


def find(guest: Guest, address: str) -> list[Found]:
    """The platforms whose marks the address bears, the surest first. Raises Unreadable where it cannot be had."""
    page = guest.page(address)
    return [found for mark in MARKS for found in mark(guest, page)]


def _root(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


def _insyn(guest: Guest, page: Page) -> Iterator[Found]:
    """Links to <municipality>-<body>, on its own host or a page that says whose it is."""
    if "insynsverige" not in page.url and "insyn sverige" not in page.text.lower():
        return
    own = urlsplit(page.url).path.strip("/").split("/")[0]
    named = {}
    for link in pages.links(page):
        slug = link.path.strip("/")
        if slug.startswith(f"{own.split('-')[0]}-") and "/" not in slug and link.text:
            named[slug] = link.text
    if "-" in own:
        named = {own: pages.title_of(pages.tree(page)) or own}
    if named:
        yield Found("insyn", {"site": _root(page)}, "insynSverige's pages", named)


def _meetingsplus(guest: Guest, page: Page) -> Iterator[Found]:
    """Links to /committees/<body>."""
    named: dict[str, str] = {}
    for link in pages.links(page):
        match = _COMMITTEE.search(link.path)
        if match and link.text and not titles.is_button(link.text) and link.url.startswith(_root(page)):
            named.setdefault(match["body"], link.text)
    if named:
        yield Found("meetingsplus", {"site": _root(page)}, f"{len(named)} links to /committees/...", named)


def _netpublicator(guest: Guest, page: Page) -> Iterator[Found]:
    """The reader's widget, or an address of its API."""
    text = f"{page.url} {page.text}".replace("&quot;", '"').replace("\\/", "/").replace("&amp;", "&")
    reader = _READER.search(text) or _CONFIG["reader"].search(text)
    root = _CONFIG["path"].search(text) or _CONFIG["root"].search(text) or _HASH.search(text)
    if not reader or not root:
        return
    name = next(filter(None, reader.groups()))
    where = {"reader": name, "root": root[1]}
    if "/api/public/" in page.url and "netpublicator.com" not in page.url:
        where["site"] = page.url.partition("/api/public/")[0]
    yield Found("netpublicator", where, f"the reader {name} of NetPublicator")


def _ciceron(guest: Guest, page: Page) -> Iterator[Found]:
    """The application's name in its page, and an answer to the question whether it is there."""
    if "ciceron" not in f"{page.url}{page.text}".lower():
        return
    asked = {"jsonrpc": "2.0", "id": 1, "method": "CiceronsokServer:Test", "params": {}}
    told = _json(partial(guest.post, f"{_root(page)}/json", asked))
    if isinstance(told, dict) and told.get("session_id"):
        yield Found("ciceron", {"site": _root(page)}, "it answers as Ciceron does")


def _evolution(guest: Guest, page: Page) -> Iterator[Found]:
    """A page that a browser draws, with units behind it."""
    if "evolution" not in page.text.lower() and "<app-root" not in page.text:
        return
    told = _json(partial(guest.page, f"{_root(page)}/api/units"))
    units = [unit for unit in told.get("data") or [] if unit.get("code")] if isinstance(told, dict) else []
    named: dict[str, str] = {}
    for unit in units:
        rows = _json(partial(guest.page, f"{_root(page)}/api/decisionAuthoritys/{unit['code']}"))
        for row in rows.get("data") or [] if isinstance(rows, dict) else []:
            named.setdefault(str(row.get("code") or row.get("id")), str(row.get("name")))
    if units:
        yield Found("evolution", {"site": _root(page)}, f"{len(units)} units behind /api/units", named)


def _sitevision(guest: Guest, page: Page) -> Iterator[Found]:
    """Papers under /download/18., in links or in the state of a module, or what its pages are made of."""
    count = len(_DOWNLOAD.findall(page.text))
    folders = page.text.count("?folder=19.")
    if not count and not folders:
        return
    path = urlsplit(page.url).path or "/"
    why = f"{count} papers under /download/18..., {folders} folders"
    title = pages.title_of(pages.tree(page))
    body = body_names.named(title.split(" - ")[0].split(" | ")[0])
    if body:
        yield Found("sitevision", {"site": _root(page)}, why, {path: body})
    else:
        yield Found("sitevision", {"site": _root(page), "pages": [path]}, why)


def _feed(guest: Guest, page: Page) -> Iterator[Found]:
    """A feed, or the link of a page to its own."""
    start = page.text.lstrip()[:600].lower()
    if "<rss" in start or "<feed" in start or "<rdf:rdf" in start:
        yield Found("feed", {"url": page.url}, "a feed")
        return
    for element in pages.tree(page).iter("link"):
        url = pages.resolved(element.get("href") or "", page.url)
        if url and element.get("type") in ("application/rss+xml", "application/atom+xml"):
            yield Found("feed", {"url": url}, "a feed that the page tells of")


def _sitemap(guest: Guest, page: Page) -> Iterator[Found]:
    start = page.text.lstrip()[:600].lower()
    if "<urlset" in start or "<sitemapindex" in start:
        yield Found("sitemap", {"url": page.url, "papers": ["\\.pdf$"]}, "a sitemap")


def _html(guest: Guest, page: Page) -> Iterator[Found]:
    """Whatever page has links to files, or to what is called as a paper of a day is."""
    links = list(pages.links(page))
    count = sum(1 for link in links if _FILE.search(link.path) or (titles.kind(link.text) and titles.day(link.text)))
    if count:
        yield Found("html", {"pages": [page.url]}, f"{count} links to papers")


def _json(ask: Callable[[], Page]) -> Any:
    """What an answer holds, None where there is none or it is no JSON."""
    try:
        return json.loads(ask().text)
    except (Unreadable, ValueError):
        return None


MARKS: tuple[Callable[[Guest, Page], Iterator[Found]], ...] = (
    _meetingsplus, _netpublicator, _insyn, _ciceron, _evolution, _sitevision, _sitemap, _feed, _html,
)  # fmt: skip
