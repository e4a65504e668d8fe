"""MeetingsPlus (Formpipe): a page for each body with all its meetings, and a page for each meeting with its papers.

    where = { site = "https://moten.example.se", bodies = { kommunfullmaktige = "Kommunfullmäktige" } }

`bodies` are by their part of the address; without them every body of the site is visited. `path` is where they begin,
/committees unless it says otherwise. Links are relative or whole, under /committees or /welcome-sv/..., and lead to a
meeting two or three times on a page. A paper's address has a name without its dot (protokoll-kfpdf), behind which a
number may follow that is no part of the name. A link may lead to another slug of the same meeting. What is not
published yet is javascript:void(0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import Field

from extractors.model import WAITS, Unreadable
from flows.guest import Guest, Page
from flows.sources import Fetched, Trouble, pages, titles
from flows.sources.pages import Link
from flows.sources.platforms import Root, Site
from flows.sources.platforms import Where as Base
from flows.sources.round import CANCELLED, Asked, Round, is_cancelled, paper_of
from index.listed import Listed, Meeting

_BODIES = re.compile(r"/(?:committees|welcome-\w\w/[\w-]+)/(?P<body>[\w%-]+)/?$")
_MEETING = re.compile(r"/(?:committees|welcome-\w\w/[\w-]+)/(?P<body>[\w%-]+)/(?P<meeting>[\w%.-]+)/?$")
_PAPER = re.compile(
    r"/(?:committees|welcome-\w\w/[\w-]+)/(?P<body>[\w%-]+)/(?P<meeting>[\w%.-]+)"
    r"/(?P<tab>agenda|protocol)/(?P<item>(?:[\w%.-]+/)*)(?P<file>[^/]+)$"
)
_FILE = re.compile(r"(?P<name>.*?)\.?(?P<ending>pdf|docx?|odt|rtf|xlsx?|pptx?|html?)(?:-\d+)?$", re.IGNORECASE)
_NOTHING = re.compile(  # what a page says that has none; not "Nyheten har publicerats", nor the settings of cookies
    r"\b(?:ingen|inget|inga)\b[^.]{1,40}\b(?:publicerats|publicerade|att visa)|\binga (?:kommande |tidigare )?möten\b",
    re.IGNORECASE,
)
_OPAQUE = re.compile(r"\d{4,}$|\bmote\b|^extra-")  # a meeting's slug whose day is told beside it only
_TABS = {"openAgenda": "agenda", "openProtocol": "protocol"}


class Where(Base):
    site: Root
    bodies: Mapping[str, str] = Field(default_factory=dict)
    path: Annotated[str, Field(pattern=r"^/.*[^/]$")] = "/committees"


@dataclass
class _Found:
    """A meeting as the links to it tell it, of which there are several on a page."""

    url: str
    slug: str
    said: list[str] = field(default_factory=list)

    @property
    def day(self) -> str | None:
        return next((day for text in (*self.said, self.slug) if (day := titles.day(text))), None)

    @property
    def cancelled(self) -> bool:
        return any(map(is_cancelled, (self.slug, *self.said)))


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every body's page, and the pages of its meetings as far as they are asked for tonight."""
    round = Round(site, guest)
    for slug, name in (site.where.bodies or _bodies(site, guest)).items():
        url = f"{site.where.site}{site.where.path}/{slug}"
        try:
            page = guest.page(url)
            found = _meetings(page, slug)
        except Unreadable as unreadable:
            yield Trouble(url, unreadable.reason, waits=unreadable.stage == WAITS)
            continue
        for one in found:
            if one.day is None:
                if _OPAQUE.search(one.slug):
                    yield Trouble(one.url, f"a meeting that nothing tells the day of: its link says {one.said}")
                continue
            key, state = f"{slug}/{one.slug}", round.state(one.day, one.cancelled)
            meeting = Meeting(site.name, key, one.day, name, site.municipality, state, one.url)
            yield from round.visit(meeting, partial(_ask, guest))


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One paper; a web page in its place is an error."""
    name = _FILE.match(urlsplit(listed.url).path)
    return guest.fetch(listed.url, stamp, only=(name["ending"].lower() if name else "pdf",))


def _bodies(site: Site, guest: Guest) -> dict[str, str]:
    """The bodies that the site itself lists, by their slug."""
    page = guest.page(f"{site.where.site}{site.where.path}")
    found: dict[str, str] = {}
    for link in pages.links(page):
        match = _BODIES.search(link.path)
        if match and link.text and not titles.is_button(link.text):
            found.setdefault(unquote(match["body"]), link.text)
    if not found:
        raise Unreadable("list", f"expected links to bodies (/committees/...), found {pages.found_instead(page)}")
    return found


def _meetings(page: Page, body: str) -> list[_Found]:
    """The meetings that a body's page lists, in its order. Raises Unreadable where it is another page than it was."""
    found: dict[str, _Found] = {}
    for link in pages.links(page):
        match = _MEETING.search(link.path)
        if match and unquote(match["body"]) == body:
            one = found.setdefault(slug := unquote(match["meeting"]), _Found(link.url, slug))
            one.said += [text for text in (link.said, _said_beside(link)) if text and text not in one.said]
    if not found and not _NOTHING.search(pages.text_of(pages.tree(page))):
        expected = f"expected links to meetings (/committees/{body}/...)"
        raise Unreadable("list", f"{expected}, found {pages.found_instead(page)}")
    return list(found.values())


def _said_beside(link: Link) -> str:
    """What the row of a link says, where it is the row of that link alone."""
    row = pages.row_of(link.element)
    if row is None or len({a.get("href") for a in row.iter("a") if _MEETING.search(a.get("href") or "")}) != 1:
        return ""
    return pages.text_of(row)[:300]


def _ask(guest: Guest, meeting: Meeting) -> Asked:
    """The meeting's page: its papers, and whether it was cancelled after all."""
    assert meeting.url
    page = guest.page(meeting.url)
    root = pages.tree(page)
    links = list(pages.links(page, root))
    papers: list[Listed | Trouble] = [*_papers(meeting, links), *_odd(meeting, links)]
    if papers:
        return meeting, papers
    if is_cancelled(pages.title_of(root)):
        return replace(meeting, state=CANCELLED), []
    has_tabs = any(root.get_element_by_id(tab, None) is not None for tab in _TABS)
    if not has_tabs and not _NOTHING.search(pages.text_of(root)):
        raise Unreadable("list", f"expected the tabs Kallelse and Protokoll, found {pages.found_instead(page)}")
    return meeting, []


def _odd(meeting: Meeting, links: Iterable[Link]) -> Iterator[Trouble]:
    """Links to files that are not as they were, told once; the button for all files at once is none."""
    for link in links:
        is_file = link.element.get("id") in _TABS or "downloadMode" in link.url
        if link.url and is_file and not _PAPER.search(link.path) and "/api/" not in link.path:
            expected = "expected a file's address (.../protocol/..., .../agenda/...)"
            yield Trouble(meeting.url or meeting.key, f"{expected}, found {link.url}")
            return


def _papers(meeting: Meeting, links: Iterable[Link]) -> Iterator[Listed]:
    """Each paper of a meeting's page once, in the page's order. The same name a second time is another paper."""
    paths: dict[tuple[str, ...], tuple[re.Match[str], list[Link]]] = {}
    for link in links:
        match = _PAPER.search(link.path)
        if match and ("downloadMode" in link.url or _FILE.match(link.path)):
            paths.setdefault(match.groups(), (match, []))[1].append(link)
    taken: dict[str, int] = {}
    for match, same in paths.values():
        file = unquote(match["file"])
        parts = _FILE.match(file)
        name = f"{parts['name']}.{parts['ending'].lower()}" if parts else file
        key = "/".join((unquote(match["body"]), unquote(match["meeting"]), match["tab"], name))
        taken[key] = taken.get(key, 0) + 1
        if taken[key] > 1:
            key = f"{key} ({taken[key]})"
        words = titles.words(name)
        title = next((text for link in same if (text := titles.tidy(link.text)) and not titles.is_button(text)), words)
        kind = titles.kind(title, words) or next(
            (_TABS[tab] for link in same if (tab := link.element.get("id")) in _TABS), None
        )
        url = next((link.url for link in same if "downloadMode=open" in link.url), same[0].url)
        yield paper_of(meeting, key, url, title, kind)
