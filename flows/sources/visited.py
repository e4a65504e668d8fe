"""A site on a platform as a source (besökt källa): what its platform lists, and its papers as they change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml.etree import ParserError

from extractors.model import WAITS, Unreadable
from extractors.privacy import mask
from extractors.sniff import is_html
from flows.guest import Guest
from flows.guest.pace import today_of
from flows.sources import Fetched, Trouble, keys
from flows.sources.platforms import Platform, Site
from index.listed import Listed, Meeting, Remembered

NEW, CHANGED, ASKED, HELD = "new", "changed", "asked", "held"  # how a listed paper stands to the bytes that we have
_UNSEEN = ("script", "style", "noscript", "template", "input", "meta", "link")


def _nothing(source: str) -> Mapping[str, Remembered]:
    return {}


@dataclass
class Visited:
    """A site that is visited. `recall` tells what the record knows of a source's meetings, by key: without it every
    meeting's page is asked for; with it, old ones seldom, and the listing is as whole (flows/guest/pace.py).
    """

    site: Site
    platform: Platform
    guest: Guest
    recall: Callable[[str], Mapping[str, Remembered]] = _nothing
    tonight: dict[str, Remembered] = field(default_factory=dict, repr=False)
    _spared: set[str] = field(default_factory=set, repr=False)  # keys that were told from the record
    expect: Mapping[str, Any] = field(default_factory=dict)  # of each body: Expectation of its municipality's file

    @property
    def name(self) -> str:
        return self.site.name

    @property
    def kind(self) -> str:
        """The platform's name."""
        return self.platform.__name__.rpartition(".")[2]

    @property
    def location(self) -> str:
        return str(self.site.where.address)

    def listing(self) -> Iterator[Listed | Meeting | Trouble]:
        """Every meeting and paper, each key once. What the site could not tell is a Trouble."""
        seen: set[tuple[type, str]] = set()
        memory = {key: _as_listed_then(known) for key, known in self.recall(self.name).items()}
        told_before = {id(paper) for known in memory.values() for paper in known.papers}
        self._spared.clear()
        try:
            for found in self.platform.listing(replace(self.site, memory=memory, tonight=self.tonight), self.guest):
                if isinstance(found, Trouble):
                    yield replace(found, reason=mask(found.reason))
                elif (identity := (type(found), found.key)) not in seen:
                    seen.add(identity)
                    if id(found) in told_before:
                        self._spared.add(found.key)
                    yield (
                        replace(found, title=mask(found.title)) if isinstance(found, Listed) and found.title else found
                    )
        except Unreadable as unreadable:
            yield Trouble(self.location, mask(unreadable.reason), waits=unreadable.stage == WAITS)

    def fetch(self, listed: Listed, stamp: str | None) -> Fetched:
        """One paper. Nobody is asked where its list tells that its bytes are those of `stamp`, where it has rested too
        short a time, or where its meeting was not asked for either.
        """
        held, today = _Held.of(stamp), today_of(self.guest.clock)
        if self.standing(listed, stamp) == HELD:
            return Fetched(None, stamp)
        fetched = self.platform.fetch(self.site, self.guest, listed, held.server if held else None)
        day = today.isoformat()
        if held and (fetched.data is None or _digest(fetched.data) == held.digest):
            return Fetched(None, replace(held, sign=_sign(listed), server=fetched.stamp, asked=day).text())
        digest = "" if fetched.data is None else _digest(fetched.data)
        return Fetched(fetched.data, _Held(_sign(listed), fetched.stamp, digest, day, day).text())

    def standing(self, listed: Listed, stamp: str | None) -> str:
        """What a paper's fetch would do: "new" and "changed" are fetched, "asked" is asked for, "held" is neither."""
        held = _Held.of(stamp)
        if held is None:
            return NEW
        if listed.key in self._spared:
            return HELD
        if held.sign != _sign(listed):
            return CHANGED
        return ASKED if listed.stamp is None and self._is_due(listed, held, today_of(self.guest.clock)) else HELD

    def covers(self, key: str) -> bool:
        """Whether what is not listed is gone: not where a list shows its newest only."""
        return not getattr(self.platform, "ROLLS", False)

    def _is_due(self, listed: Listed, held: _Held, today: date) -> bool:
        days = date.fromisoformat(held.since), date.fromisoformat(held.asked)
        return self.guest.manners.pace.paper_is_due(listed.key, *days, today, told=held.server is not None)


@dataclass(frozen=True, slots=True)
class _Held:
    """What is known of the bytes that we have: the list's sign of them, the server's, our own, and from when to when
    they were found the same.
    """

    sign: str
    server: str | None
    digest: str
    since: str
    asked: str

    @classmethod
    def of(cls, stamp: str | None) -> _Held | None:
        """From text(); None for the stamp of another kind of source, as of one that changed its kind."""
        try:
            sign, server, digest, since, asked = json.loads(stamp or "")
            date.fromisoformat(since), date.fromisoformat(asked)
        except (ValueError, TypeError):
            return None
        return cls(sign, server, digest, since, asked)

    def text(self) -> str:
        return json.dumps([self.sign, self.server, self.digest, self.since, self.asked], ensure_ascii=False)


def _sign(listed: Listed) -> str:
    """What the list tells of the bytes: its own stamp, else their address."""
    return listed.stamp or _address_sign(listed)


def _address_sign(listed: Listed) -> str:
    """Of where it lies. Where the site's own key ends the path, the rest of the address is the way that led there
    tonight (NetPublicator lists a document under several), and says nothing of the bytes.
    """
    parts = urlsplit(listed.url)
    way = f"?{parts.query}" if parts.query and parts.path.endswith(f"/{listed.key}") else ""
    return hashlib.sha256(keys.key_of(listed.url.replace(way, "") if way else listed.url).encode()).hexdigest()[:16]


def _as_listed_then(known: Remembered) -> Remembered:
    """The papers with the stamps of the list, where the record has those of the bytes."""
    papers = []
    for paper in known.papers:
        held = _Held.of(paper.stamp)
        own = held is not None and held.sign != _address_sign(paper)
        papers.append(replace(paper, stamp=held.sign if held and own else None))
    return replace(known, papers=tuple(papers))


def _digest(data: bytes) -> str:
    """Our own sign of a paper's bytes; of a web page its words, for its bytes differ from one answer to the next."""
    if is_html(data):
        with suppress(ParserError, ValueError):
            root = lxml.html.document_fromstring(data)
            for element in list(root.iter(*_UNSEEN)):
                element.drop_tree()
            data = " ".join(root.text_content().split()).encode()
    return hashlib.sha256(data).hexdigest()[:16]
