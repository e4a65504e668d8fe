"""insynSverige: a page for each body with its meetings by year, and a page for each meeting, made with WebForms.

    where = { bodies = { tyreso-kf = "Kommunfullmäktige" } }

`bodies` are by their part of the address, <municipality>-<body>. The body's page shows one year; others are chosen in a
field that sends the page's form back. A meeting's page has a link to the summons and one to the minutes, both
documentHandler.ashx?did=<id> and both called "Ladda ner som PDF": tabs, or their order, tell which is which. A meeting
with a dagordning alone has no minutes. Some files are gone (404) while the minutes stand on the page itself: then that
part of the page is the paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import lxml.html

from extractors.model import WAITS, Unreadable
from flows.guest import Guest, Page
from flows.sources import Fetched, Trouble, pages, titles
from flows.sources.outline import places
from flows.sources.platforms import Root, Site
from flows.sources.platforms import Where as Base
from flows.sources.round import Asked, Round
from index.listed import Listed, Meeting

_FILE = re.compile(r"/documentHandler\.ashx$", re.IGNORECASE)
_CANCELLED = re.compile(r"(?<!ersätter )inst[äa]ll", re.IGNORECASE)
_NOTHING = re.compile(r"inga (?:sammanträden|möten)|finns inga", re.IGNORECASE)
_SHORTEST = 200  # characters of minutes that stand on the page


class Where(Base):
    site: Root = "https://insynsverige.se"
    bodies: Mapping[str, str]


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every body's years, and its meetings as far as they are asked for tonight."""
    round = Round(site, guest)
    for slug, name in site.where.bodies.items():
        found: dict[str, tuple[str, bool]] = {}
        yield from _Body(site, guest, slug).gather(found)
        for day, (url, cancelled) in sorted(found.items(), reverse=True):
            state = round.state(day, cancelled)
            meeting = Meeting(site.name, f"{slug}/{day}", day, name, site.municipality, state, url)
            yield from round.visit(meeting, partial(_ask, guest))


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One file; minutes whose file is gone are taken from the meeting's page."""
    try:
        return guest.fetch(listed.url, stamp, only=("pdf", "docx"))
    except Unreadable as unreadable:
        if unreadable.details.get("status") not in ("404", "410") or listed.kind != "protocol" or not listed.meeting:
            raise
        slug, _, day = listed.meeting.partition("/")
        page = guest.page(_minutes(site, slug, day))
        data = _on_page(page)
        if data is None:
            raise
        return Fetched(data)


def _minutes(site: Site, slug: str, day: str) -> str:
    return f"{site.where.site}/{quote(slug)}/protokoll?date={day}"


class _Body:
    """A body's page, year by year."""

    def __init__(self, site: Site, guest: Guest, slug: str) -> None:
        self.site, self.guest, self.slug = site, guest, slug
        self.url = f"{site.where.site}/{quote(slug)}"

    def gather(self, found: dict[str, tuple[str, bool]]) -> Iterator[Trouble]:
        """Fills in each meeting's day with its page, and whether it was cancelled."""
        try:
            page = self.guest.page(self.url)
        except Unreadable as unreadable:
            yield Trouble(self.url, unreadable.reason, waits=unreadable.stage == WAITS)
            return
        self._meetings(page, found)
        root = pages.tree(page)
        for name, value, year in _years(root):
            if self.site.since is not None and year < self.site.since.year:
                continue
            try:
                self._meetings(self.guest.post(_action(root, page), form=_form(root) | _chosen(name, value)), found)
            except Unreadable as unreadable:
                yield Trouble(f"{self.url}, {year}", unreadable.reason, waits=unreadable.stage == WAITS)
        if not found and not _NOTHING.search(pages.text_of(root)):
            yield Trouble(self.url, f"expected links to meetings (?date=...), found {pages.found_instead(page)}")

    def _meetings(self, page: Page, found: dict[str, tuple[str, bool]]) -> None:
        for link in pages.links(page):
            parts = urlsplit(link.url)
            day = titles.day(parse_qs(parts.query).get("date", [""])[0])
            if day and parts.path.strip("/").lower().startswith(f"{self.slug}/".lower()):
                row = pages.row_of(link.element)
                said = pages.text_of(row) if row is not None else link.said
                url, before = found.get(day, (link.url, False))
                if parts.path.lower().endswith("/protokoll"):  # it shows the summons as well
                    url = _minutes(self.site, self.slug, day)
                found[day] = url, before or _CANCELLED.search(said) is not None


def _years(root: Any) -> list[tuple[str, str, int]]:
    """The field that chooses the year, and each value that is not chosen now."""
    for field in root.iter("select"):
        options = [
            (each.get("value") or pages.text_of(each), pages.text_of(each), each) for each in field.iter("option")
        ]
        years = [(value, int(text), each) for value, text, each in options if re.fullmatch(r"(?:19|20)\d\d", text)]
        if years and field.get("name"):
            chosen = next((each for _, _, each in years if each.get("selected") is not None), years[0][2])
            return [(field.get("name"), value, year) for value, year, each in years if each is not chosen]
    return []


def _form(root: Any) -> dict[str, str]:
    """What the page's form holds: its state, and what is chosen in its fields."""
    form = root.find(".//form")
    return {name: value for name, value in form.form_values() if name} if form is not None else {}


def _chosen(name: str, value: str) -> dict[str, str]:
    return {name: value, "__EVENTTARGET": name, "__EVENTARGUMENT": ""}


def _action(root: Any, page: Page) -> str:
    form = root.find(".//form")
    return pages.resolved(form.get("action") or "", page.url) or page.url if form is not None else page.url


def _ask(guest: Guest, meeting: Meeting) -> Asked:
    """The papers of a meeting's page: a link's headings tell its kind, else its place among those of the same words."""
    assert meeting.url
    page = guest.page(meeting.url)
    root = pages.tree(page)
    files: dict[str, tuple[pages.Link, tuple[str, ...]]] = {}
    for place in places(root):
        if place.element.tag == "a":
            link = pages.link(place.element, pages.base_of(page, root))
            did = {name.lower(): values[0] for name, values in parse_qs(urlsplit(link.url).query).items()}.get("did")
            if did and _FILE.search(urlsplit(link.url).path):
                files.setdefault(did, (link, place.headings))
    if not files and "dagordning" not in (text := pages.text_of(root)).lower() and "protokoll" not in text.lower():
        raise Unreadable("list", f"expected a dagordning or a protokoll, found {pages.found_instead(page)}")
    papers, unnamed = [], 0
    for did, (link, headings) in files.items():
        title = titles.tidy(link.text)
        own = None if titles.is_button(title) else title
        kind = titles.kind(own or "", *reversed(headings))
        if own is None:
            unnamed += 1
            kind = kind or (("agenda", "protocol")[unnamed - 1] if unnamed < 3 else None)
        named = {"agenda": "Kallelse", "protocol": "Protokoll"}.get(kind or "")
        title = own or (f"{named} {meeting.body} {meeting.date}" if named else title)
        papers.append(
            Listed(
                meeting.source,
                did,
                link.url,
                title,
                meeting.municipality,
                meeting.body,
                meeting.date,
                None,
                kind,
                meeting.key,
            )
        )
    return meeting, papers


def _on_page(page: Page) -> bytes | None:
    """The minutes on a meeting's page as a page of their own, without what changes each time; None if none."""
    root = pages.tree(page)
    tab = next((each for each in root.iter("div", "section") if _is_minutes(each)), None)
    if tab is None or len(pages.text_of(tab)) < _SHORTEST:
        return None
    for element in list(tab.iter("script", "style", "input", "noscript", "a")):
        if element.tag != "a" or titles.is_button(pages.text_of(element)):
            element.drop_tree()
    inside = lxml.html.tostring(tab, encoding="unicode", with_tail=False)
    head = f'<meta charset="utf-8"><title>{escape(pages.title_of(root))}</title>'
    return f'<!DOCTYPE html><html lang="sv"><head>{head}</head><body>{inside}</body></html>'.encode()


def _is_minutes(element: Any) -> bool:
    """Whether an element is the tab of the minutes."""
    return "protokoll" in (element.get("id") or "").lower() and element.find(".//p") is not None
