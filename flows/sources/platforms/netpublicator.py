"""NetPublicator: a reader of channels (nämnder), years, meetings and points, each a list of what lies below it.

    where = { reader = "r01234567", root = "0a1b2c3d4e5f607", bodies = { 1a2b3c4d5e6f7081 = "Kommunfullmäktige" } }

`reader` and `root` stand in the widget of the municipality's page (readerName, rootId or previousPath). `bodies` are
channels by their id; without them every channel of the root is one. The path of ids, with hyphens between, is the hash
that is asked with; isr=true gives the root's list whatever the hash says. Meetings lie in the channel itself or in one
of their year; minutes lie with the meeting, in a channel "Protokoll" below it, or § by § in one called by its day. The
channels of points are asked for only with `points = true`: they are many. A document may be listed under another
meeting than its own as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

from pydantic import Field

from extractors import bodies as body_names
from extractors.model import WAITS, Unreadable
from flows.guest import Guest
from flows.sources import Fetched, Trouble, titles
from flows.sources.platforms import Root, Site
from flows.sources.platforms import Where as Base
from flows.sources.round import Asked, Round
from index.listed import Listed, Meeting

_LISTS = ("items", "channels", "meetings", "documents", "children", "data")
_CANCELLED = re.compile(r"(?<!ersätter )inst[äa]ll", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ITEM = re.compile(
    r"^\W{0,3}(?:[A-ZÅÄÖ]{1,5}\s)?§+\s?\d|^[A-ZÅÄÖ]{1,5} \d{1,3}-\d\d\b"
)  # "§ 12 Budget", "KF 12-22 Budget"
_PAPERS = ("protocol", "protocol_extract", "agenda")
_DEEPEST = 4  # channels within one another, above a meeting


class Where(Base):
    site: Root = "https://docs.netpublicator.com"
    reader: str
    root: str
    bodies: Mapping[str, str] = Field(default_factory=dict)
    points: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """A row of a list: "channel", "meeting" or "document", its words, and the path of ids that leads to it."""

    type: str
    id: str
    text: str
    path: str


@dataclass
class _Body:
    """What lies in a body's channel: its meetings by day, each with the paths that lead to it; papers beside them."""

    name: str
    id: str
    meetings: dict[str, list[_Item]] = field(default_factory=dict)
    loose: list[tuple[_Item, tuple[str, ...]]] = field(default_factory=list)
    dayless: list[_Item] = field(default_factory=list)


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every body's channel, and its meetings as far as they are asked for tonight."""
    reader = _Reader(site, guest)
    round = Round(site, guest)
    for path, name in reader.bodies():
        body = _Body(name, path.rpartition("-")[2])
        yield from reader.gather(body, path)
        for item in body.dayless:
            yield Trouble(reader.address(item.path), f"expected a meeting with its day, found {item.text!r}")
        for day, items in body.meetings.items():
            cancelled = any(_CANCELLED.search(item.text) for item in items)
            url = reader.address(items[0].path)
            meeting = Meeting(
                site.name, f"{body.id}/{day}", day, name, site.municipality, round.state(day, cancelled), url
            )
            yield from round.visit(meeting, partial(reader.ask, body, items))
        since = site.since.isoformat() if site.since else ""
        for item, above in body.loose:
            paper = reader.paper(body, item, None, above)
            if (paper.date or since) >= since:
                yield paper


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One document; a web page in its place is an error."""
    return guest.fetch(listed.url, stamp, only=("pdf", "docx"))


@dataclass
class _Reader:
    """One reader, asked list by list."""

    site: Site
    guest: Guest

    def address(self, path: str, root: bool = False) -> str:
        where = self.site.where
        query = f"hash={quote(path, safe='')}&isr={'true' if root else 'false'}"
        return f"{where.site}/api/public/{quote(where.reader, safe='')}/read?{query}"

    def bodies(self) -> list[tuple[str, str]]:
        """The path of each body's channel, and its name."""
        root = self.site.where.root
        if self.site.where.bodies:
            return [(f"{root}-{id}", name) for id, name in self.site.where.bodies.items()]
        return [found for item in self.read(root, root=True) if item.type != "document" for found in self._within(item)]

    def _within(self, item: _Item) -> list[tuple[str, str]]:
        """The bodies of a channel: itself, or those that it has where it is called by none ("Protokoll")."""
        if name := body_names.named(item.text):
            return [(item.path, name)]
        below = [(each.path, body_names.named(each.text)) for each in self.read(item.path) if each.type == "channel"]
        return [(path, name) for path, name in below if name] or [(item.path, item.text)]

    def read(self, path: str, root: bool = False) -> list[_Item]:
        """What lies at a path. Raises Unreadable where the answer is no such list."""
        page = self.guest.page(self.address(path, root))
        try:
            told = json.loads(page.text)
        except ValueError:
            raise Unreadable("list", f"expected JSON, found {page.text.strip()[:80]!r}") from None
        return list(_items(told, path))

    def gather(self, body: _Body, path: str, above: tuple[str, ...] = ()) -> Iterator[Trouble]:
        """A channel and those below it that are no meetings: years, and "Protokoll" with whatever they have."""
        try:
            items = self.read(path)
        except Unreadable as unreadable:
            yield Trouble(self.address(path), unreadable.reason, waits=unreadable.stage == WAITS)
            return
        for item in items:
            day = titles.day(item.text)
            if item.type == "document":
                body.loose.append((item, above))
            elif day or (item.type == "meeting" and (day := _day_of_year(item.text, above))):
                body.meetings.setdefault(day, []).append(item)
            elif item.type == "meeting":
                body.dayless.append(item)
            elif not self._is_old(item.text) and len(above) < _DEEPEST:
                yield from self.gather(body, item.path, (*above, item.text))

    def _is_old(self, name: str) -> bool:
        years = [int(year) for year in _YEAR.findall(name)]
        return bool(years) and self.site.since is not None and max(years) < self.site.since.year

    def ask(self, body: _Body, items: list[_Item], meeting: Meeting) -> Asked:
        """The papers of a meeting."""
        found: dict[str, Listed] = {}
        for item in items:
            for document, above in self._documents(item, (item.text,)):
                paper = self.paper(body, document, meeting, above)
                found.setdefault(paper.key, paper)
        return meeting, list(found.values())

    def _documents(self, item: _Item, above: tuple[str, ...]) -> Iterator[tuple[_Item, tuple[str, ...]]]:
        for each in self.read(item.path):
            if each.type == "document":
                yield each, above
            elif len(above) < 3 and (self.site.where.points or titles.kind(each.text) in _PAPERS):
                yield from self._documents(each, (*above, each.text))

    def paper(self, body: _Body, item: _Item, meeting: Meeting | None, above: tuple[str, ...]) -> Listed:
        """A document. One whose title has the day of another meeting is that one's."""
        title = titles.tidy(item.text)
        own = titles.day(title)
        day = own if meeting is None or own in body.meetings else meeting.date
        day = day or next((day for name in reversed(above) if (day := titles.day(name))), None)
        url = (
            f"{self.site.where.site}/api/public/{quote(self.site.where.reader, safe='')}/document/"
            f"{quote(item.id, safe='')}?hash={quote(item.path.rpartition('-')[0], safe='')}"
        )
        key = f"{body.id}/{day}" if day in body.meetings else None
        return Listed(
            self.site.name,
            item.id,
            url,
            title or None,
            self.site.municipality,
            body.name,
            day,
            None,
            _kind(title, above),
            key,
        )


def _kind(title: str, above: tuple[str, ...]) -> str | None:
    """By the title; a § in a channel of minutes is an extract of them, and a title of a day alone is what they are."""
    if kind := titles.kind(title):
        return kind
    channel = next((kind for name in reversed(above) if (kind := titles.kind(name))), None)
    if channel in ("protocol", "protocol_extract") and _ITEM.search(title):
        return "protocol_extract"
    return channel if titles.day(title) else None


def _day_of_year(text: str, above: tuple[str, ...]) -> str | None:
    """The day of a meeting that is called "27 april" in a channel "2026"."""
    year = next((years[-1] for name in reversed(above) if (years := _YEAR.findall(name))), None)
    return titles.day(f"{text} {year}") if year else None


def _items(told: Any, path: str) -> Iterator[_Item]:
    """The rows of an answer: a list, or lists by name. Raises Unreadable where it has none."""
    lists = {"items": told} if isinstance(told, list) else told if isinstance(told, dict) else {}
    named = {name: rows for name in _LISTS if isinstance(rows := lists.get(name), list)}
    if not named:
        keys = ", ".join(map(str, lists)) or str(told)[:80]
        raise Unreadable("list", f"expected a list of channels, meetings or documents, found {keys}")
    for name, rows in named.items():
        for row in rows:
            id = str(row.get("id") or "") if isinstance(row, dict) else ""
            if not id:
                raise Unreadable("list", f"expected rows with an id, found {str(row)[:80]!r}")
            text = " ".join(str(row.get("text") or row.get("name") or row.get("title") or "").split())
            yield _Item(str(row.get("type") or name.rstrip("s")).lower(), id, text, f"{path}-{id}")
