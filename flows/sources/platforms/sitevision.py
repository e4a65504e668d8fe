"""SiteVision: pages of a municipality's own site, with papers in file portlets, folders, accordions, tabs and tables.

    where = { site = "https://www.example.se", bodies = { "/politik/kommunfullmaktige" = "Kommunfullmäktige" } }
    where = { site = "https://www.example.se", pages = ["/politik/protokoll"] }

`bodies` are pages by their path, of one body each; `pages` have several, and headings that name them. A paper's address
is /download/18.<node>/<unix ms>/<name>: the node stays, the time stamp changes when it is uploaded again, so that an
unchanged paper is never asked for. The newer file module has no links but its state in a script. A folder's link
(?folder=19.<node>&sv.url=12.<portlet>) leads to the same page with that folder open. The same paper may be linked from
several places, by whole and by relative address; its meeting's day stands in a heading, in its row, or in its name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, model_validator

from extractors import bodies as body_names
from extractors.day_forms import iso
from extractors.day_forms import written as days_in
from extractors.model import WAITS, Unreadable
from flows.guest import Guest
from flows.sources import Fetched, Trouble, pages, titles
from flows.sources.outline import Place, places
from flows.sources.platforms import Root, Site
from flows.sources.platforms import Where as Base
from flows.sources.round import Round
from index.listed import MEETING_KINDS, Listed, Meeting

_PAPER = re.compile(r"/download/(?P<node>18\.[0-9a-f]+)(?:/(?P<stamp>\d{12,14}))?(?:/(?P<file>[^/]*))?$")
_NO_PAPER = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|mp[34]|m4a|mov|zip|xlsx?|csv|ics|pptx?)$", re.IGNORECASE)
_STATE = re.compile(r"registerInitialState\(\s*(?:'[^']*'|\"[^\"]*\")\s*,\s*")
_CANCELLED = re.compile(r"(?<!ersätter )inst[äa]ll|\bställ(?:a|er|s)\b.{0,12}\bin\b", re.IGNORECASE)
_BACK = re.compile(r"^(?:gå )?(?:föregående|tillbaka|upp en nivå|överordnad)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DEEPEST = 3  # folders within one another
_SHORT = 70  # characters: a longer heading tells something else besides its day


class Where(Base):
    site: Root
    bodies: Mapping[str, str] = Field(default_factory=dict)
    pages: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_pages(self) -> Self:
        if not self.bodies and not self.pages:
            raise ValueError('needs bodies = { "/path/of/page" = "Kommunfullmäktige" } or pages = ["/path/of/page"]')
        return self


@dataclass
class _Found:
    """What was found so far: papers by node; meetings by body and day, each with its page and whether cancelled."""

    papers: dict[str, Listed] = field(default_factory=dict)
    meetings: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)
    nameless: dict[str, str] = field(default_factory=dict)  # a page, and a paper there whose body nothing names
    mentions: int = 0

    def meeting(self, page: str, body: str | None, day: str | None, cancelled: bool = False) -> None:
        if body and day:
            self.mentions += 1
            first, before = self.meetings.get((body, day), (page, False))
            self.meetings[body, day] = first, before or cancelled

    def paper(self, listed: Listed) -> None:
        """One more mention of a paper: the first counts, and where it tells nothing, a later one."""
        self.mentions += 1
        known = self.papers.setdefault(listed.key, listed)
        gaps = ("title", "body", "date", "stamp", "kind", "meeting")
        told = {name: getattr(listed, name) for name in gaps if getattr(known, name) is None}
        self.papers[listed.key] = replace(known, **told)


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every page with its folders; then the meetings, and then the papers, in the order of the pages."""
    found, round = _Found(), Round(site, guest)
    for path, body in [*site.where.bodies.items(), *((path, None) for path in site.where.pages)]:
        yield from _Visit(site, guest, found, body).page(pages.resolved(path, f"{site.where.site}/"))
    for url, title in found.nameless.items():
        yield Trouble(url, f"no heading names the body of {title!r}: write the page under bodies, with its body")
    since = site.since.isoformat() if site.since else ""
    told = {key: meeting for key, meeting in found.meetings.items() if key[1] >= since}
    for (body, day), (url, cancelled) in told.items():
        state = round.state(day, cancelled)
        yield Meeting(site.name, _key(body, day), day, body, site.municipality, state, url)
    for paper in found.papers.values():
        if (paper.date or since) >= since:
            in_one = (paper.body, paper.date) in told
            yield replace(paper, meeting=_key(paper.body or "", paper.date or "") if in_one else None)


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One paper; a web page in its place is an error."""
    return guest.fetch(listed.url, stamp, only=("pdf", "docx"))


def _key(body: str, day: str) -> str:
    return f"{body}/{day}"


@dataclass
class _Visit:
    """One page with its folders. `body` is whose papers it has, None where its headings tell."""

    site: Site
    guest: Guest
    found: _Found
    body: str | None
    seen: set[str] = field(default_factory=set)

    def page(self, url: str, above: tuple[str, ...] = ()) -> Iterator[Trouble]:
        """All that a page tells. `above` are the folders that it shows, the outermost first."""
        try:
            page = self.guest.page(url)
        except Unreadable as unreadable:
            yield Trouble(url, unreadable.reason, waits=unreadable.stage == WAITS)
            return
        before, folders, root = self.found.mentions, dict[str, tuple[str, ...]](), pages.tree(page)
        for place in places(_portlet(root, url) if above else root):
            said = _Said(replace(place, headings=(*above, *place.headings)), self.body)
            if place.element.tag == "a":
                link = pages.link(place.element, pages.base_of(page, root))
                self._paper(url, said, link.url, link.text)
                if (folder := _folder(link.url, url)) and not _BACK.search(link.text) and not self._is_old(link.text):
                    folders.setdefault(folder, (*said.place.headings, titles.tidy(link.text)))
            elif place.element.tag == "script":
                for name, address, changed in _state(place.element.text or ""):
                    self._paper(url, said, pages.resolved(address, url), name, changed)
            else:
                self.found.meeting(url, said.body, *said.meeting())
        if not above and not folders and self.found.mentions == before:
            yield Trouble(url, f"expected links to papers (/download/18...), found {pages.found_instead(page)}")
        for folder, names in folders.items():
            if folder not in self.seen and len(above) < _DEEPEST:
                self.seen.add(folder)
                yield from self.page(folder, names)

    def _is_old(self, name: str) -> bool:
        """Whether a folder is of years before the first that is asked for."""
        years = [int(year) for year in _YEAR.findall(name)]
        return bool(years) and self.site.since is not None and max(years) < self.site.since.year

    def _paper(self, page: str, said: _Said, url: str, text: str, changed: str | None = None) -> None:
        """A link, if it leads to a paper: kept with all that is said of it."""
        match = _PAPER.search(urlsplit(url).path) if url else None
        if match is None or _NO_PAPER.search(match["file"] or ""):
            return
        words = titles.words(url) if match["file"] else ""
        title = words if titles.is_button(titles.tidy(text)) else titles.tidy(text)
        body, day, kind = said.body, said.day(title, words), said.kind(title, words)
        self.found.paper(
            Listed(
                self.site.name,
                match["node"],
                url,
                title or None,
                self.site.municipality,
                body,
                day,
                match["stamp"] or changed,
                kind,
            )
        )
        if kind in MEETING_KINDS:
            self.found.meeting(page, body, day)
            if body is None:
                self.found.nameless.setdefault(page, title)
        elif _CANCELLED.search(title):
            self.found.meeting(page, body, day, cancelled=True)


@dataclass
class _Said:
    """What the surroundings of a link, or of a meeting, say: the headings above and the row of a table."""

    place: Place
    page_body: str | None

    def __post_init__(self) -> None:
        self.row, self.column = _cell(self.place.element)
        self.near = (self.row, *reversed(self.place.headings))
        self.year = next((int(years[-1]) for text in self.near if (years := _YEAR.findall(text))), None)

    @property
    def body(self) -> str | None:
        """The body that is named nearest, else the page's: which may be called shorter in its own headings."""
        named = next((name for text in self.near if text and (name := body_names.named(text))), None)
        return self.page_body if named is None or _is_short_for(named, self.page_body) else named

    def day(self, title: str, words: str) -> str | None:
        """The day of the meeting: as the row or a heading tells (file names have slips of the pen), else the title."""
        around = next((day for text in self.near if len(text) <= _SHORT and (day := _day(text, self.year))), None)
        return around or _day(title, self.year) or _day(words, self.year)

    def kind(self, title: str, words: str) -> str | None:
        """By its own words; one that is called by day or body only is what its column or a heading says."""
        own = titles.kind(title, words)
        if own or not (_day(title, self.year) or _day(words, self.year) or body_names.named(title)):
            return own or (titles.kind(self.column) if titles.kind(self.column) != "other" else None)
        return titles.kind(self.column, *(text for text in self.near if not _tells_both(text)))

    def meeting(self) -> tuple[str | None, bool]:
        """The day of a heading, panel or row that is a meeting's, and whether it was cancelled."""
        element = self.place.element
        text = self.row if element.tag == "tr" else self.place.headings[-1]
        if element.tag == "tr" and not self.column:
            return None, False
        day = _day(text, self.year) if len(text) <= _SHORT else None
        whole = pages.text_of(element)[:2_000]
        return day, bool(_CANCELLED.search(text) or (_CANCELLED.search(whole) and "protokoll" not in whole.lower()))


def _is_short_for(name: str, body: str | None) -> bool:
    """
    >>> [_is_short_for(name, "Kommunstyrelsens arbetsutskott") for name in ("Arbetsutskottet", "Valnämnden")]
    [True, False]
    """
    return body is not None and re.sub(r"(?:et|en)$", "", name.casefold()) in body.casefold()


def _tells_both(heading: str) -> bool:
    """Whether a heading is of minutes and summonses alike: "Kallelser och protokoll"."""
    return "protokoll" in heading.lower() and titles.kind(heading.lower().replace("protokoll", "")) is not None


def _day(text: str, year: int | None) -> str | None:
    """The day in a text, with its year from elsewhere where it has none.

    >>> _day("Protokoll 10 juni", 2026), _day("Kommunfullmäktige 2026-02-04", None), _day("§§ 1-12", 2026)
    ('2026-06-10', '2026-02-04', None)
    """
    if day := titles.day(text):
        return day
    bare = (day for day in days_in(text) if day.day is not None and day.year is None) if year else ()
    return next((found for day in bare if (found := iso(year or 0, day.month, day.day or 0))), None)


def _cell(element: Any) -> tuple[str, str]:
    """The first cell of the row that an element is or stands in, and what stands over its column; "" where in none.

    For a row itself the column is the whole head of its table, "" where that names no papers.
    """
    row = element if element.tag == "tr" else next(element.iterancestors("tr"), None)
    table = next(row.iterancestors("table"), None) if row is not None else None
    if row is None or table is None:
        return "", ""
    cells, head = row.findall("*"), next(table.iter("tr"), row)
    names = [pages.text_of(cell) for cell in head.findall("*")]
    if head is row or not cells:
        return "", ""
    first = pages.text_of(cells[0])
    if element is row:
        return first, " ".join(name for name in names if titles.kind(name))
    number = next((i for i, cell in enumerate(cells) if cell in (element, *element.iterancestors())), 0)
    return first, names[number] if 0 < number < len(names) else ""


def _folder(url: str, page: str) -> str | None:
    """The address of a folder of this page, without what else a click brings along."""
    there, here = urlsplit(url), urlsplit(page)
    told = {name: values[0] for name, values in parse_qs(there.query).items()}
    if "folder" not in told or "sv.url" not in told or there.path != here.path:
        return None
    return f"{there.scheme}://{there.netloc}{there.path}?folder={told['folder']}&sv.url={told['sv.url']}"


def _portlet(root: Any, url: str) -> Any:
    """The part of a page that shows the folder of its address, the whole page where it is not marked."""
    portlet = parse_qs(urlsplit(url).query).get("sv.url", [""])[0]
    found = root.get_element_by_id("svid" + portlet.replace(".", "_"), None)
    return root if found is None else found


def _state(script: str) -> Iterator[tuple[str, str, str | None]]:
    """Name, address and time of change of each file in the state of a page's modules, however deep it lies."""
    for match in _STATE.finditer(script):
        try:
            state, _ = json.JSONDecoder().raw_decode(script, match.end())
        except ValueError:
            continue
        yield from _files(state)


def _files(state: Any) -> Iterator[tuple[str, str, str | None]]:
    if isinstance(state, list):
        for each in state:
            yield from _files(each)
    elif isinstance(state, dict):
        address = next(
            (value for key in ("uri", "url", "href") if _PAPER.search(str(value := state.get(key) or ""))), None
        )
        if address:
            changed = state.get("lastModifiedDateTime") or state.get("lastModified")
            yield str(state.get("name") or state.get("title") or ""), address, str(changed) if changed else None
        for each in state.values():
            yield from _files(each)
