"""Any page of HTML that lists papers: CSS selectors tell its rows, and in each row link, title, day and body.

    where = { pages = ["https://www.example.se/protokoll"], rows = "table.protokoll tr", date = "td:first-child" }

Without `rows` each link is a row of its own; without `papers` every link within the rows is taken. A row with a day and
a body is a meeting, and one with no link yet is a meeting whose papers are not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import AfterValidator, Field

from extractors import bodies
from extractors.model import WAITS, Unreadable
from flows.guest import Guest, Page
from flows.sources import Fetched, Trouble, keys, pages, titles
from flows.sources.pages import Link
from flows.sources.platforms import Address, Pattern, Site
from flows.sources.platforms import Where as Base
from flows.sources.round import Round, is_cancelled
from index.listed import Listed, Meeting


def _selector(text: str) -> str:
    try:
        CSSSelector(text)
    except SelectorError as error:
        raise ValueError(f"not a CSS selector: {text} ({error})") from None
    return text


Selector = Annotated[str, AfterValidator(_selector)]


class Where(Base):
    """`nothing` is what a page says that has no papers yet ("Inga protokoll"); `at_most` pages are turned by `next`."""

    pages: Annotated[tuple[Address, ...], Field(min_length=1)]
    rows: Selector | None = None
    link: Selector = "a[href]"
    title: Selector | None = None
    date: Selector | None = None
    body: Selector | None = None
    next: Selector | None = None
    papers: tuple[Pattern, ...] = ()
    not_papers: tuple[Pattern, ...] = ()
    nothing: str | None = None
    kind: str | None = None
    at_most: Annotated[int, Field(ge=1, le=500)] = 50


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every page's rows, in order. A page with no row, or whose rows have no paper, is a Trouble."""
    turned: set[str] = set()
    round = Round(site, guest)
    for address in site.where.pages:
        url: str | None = address
        for _ in range(site.where.at_most):
            if url is None or url in turned:
                break
            turned.add(here := url)
            try:
                page = guest.page(here)
                yield from _Reading(site, round, page).rows()
                url = _next(site.where, page)
            except Unreadable as unreadable:
                yield Trouble(here, unreadable.reason, waits=unreadable.stage == WAITS)
                break
        else:
            if url is not None and url not in turned:
                yield Trouble(
                    url, f"more than {site.where.at_most} pages one after another: raise at_most, or mend next"
                )


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One paper, which may be a web page itself."""
    return guest.fetch(listed.url, stamp)


def _next(where: Where, page: Page) -> str | None:
    if where.next is None:
        return None
    found = (pages.link(element, page.url).url for element in CSSSelector(where.next)(pages.tree(page)))
    return next(filter(None, found), None)


@dataclass
class _Reading:
    """One page as it is read."""

    site: Site
    round: Round
    page: Page

    def rows(self) -> Iterator[Listed | Meeting | Trouble]:
        """What its rows tell: papers, or meetings whose papers are not out. Raises Unreadable where it is another page
        than it was.
        """
        where, root = self.site.where, pages.tree(self.page)
        base = pages.base_of(self.page, root)
        rows = CSSSelector(where.rows or where.link)(root)
        found = [said for row in rows for said in self._row(row, base)]
        waiting = bool(found) and not any(one.url for row in rows for one in pages.links(self.page, row))
        if not any(isinstance(said, Listed) for said in found) and not (waiting or self._says_nothing(root)):
            what = f"rows ({where.rows})" if where.rows else f"links ({where.link})"
            which = f"{len(rows)} rows without a paper" if rows else pages.found_instead(self.page)
            raise Unreadable("list", f"expected {what} with papers, found {which}: the site may have changed its pages")
        if odd := self._mute(rows):
            yield Trouble(self.page.url, f"expected {odd} in the rows, found it in none of {len(rows)}")
        since = self.site.since.isoformat() if self.site.since else ""
        yield from (said for said in found if not said.date or said.date >= since)

    def _mute(self, rows: list[Any]) -> str:
        """The selectors that find nothing in any row: what they name has moved."""
        where = self.site.where
        told = {name: getattr(where, name) for name in ("title", "date", "body") if getattr(where, name)}
        says = {name: any(self._text(row, selector) for row in rows) for name, selector in told.items()}
        if "date" in says:
            says["date"] = any(titles.day(self._text(row, where.date)) for row in rows)
        return ", ".join(f"{name} ({told[name]})" for name, found in says.items() if rows and not found)

    def _says_nothing(self, root: Any) -> bool:
        return bool(self.site.where.nothing) and self.site.where.nothing.lower() in pages.text_of(root).lower()

    def _row(self, row: Any, base: str) -> Iterator[Listed | Meeting]:
        where = self.site.where
        alone = where.rows is None
        anchors = [row] if alone else CSSSelector(where.link)(row)
        links = [pages.link(anchor, base) for anchor in anchors]
        papers = [link for link in links if self._is_paper(link)]
        day, body = self._day(row, papers, alone), self._body(row)
        meeting = self._meeting(row, day, body, papers) if where.date else None
        if meeting:
            yield meeting
        for link in papers:
            yield self._listed(row, link, day, body, meeting)

    def _is_paper(self, link: Link) -> bool:
        where = self.site.where
        wanted = not where.papers or any(re.search(pattern, link.url) for pattern in where.papers)
        return bool(link.url) and wanted and not any(re.search(pattern, link.url) for pattern in where.not_papers)

    def _listed(self, row: Any, link: Link, day: str | None, body: str | None, meeting: Meeting | None) -> Listed:
        where, site = self.site.where, self.site
        told = self._text(row, where.title) or ("" if titles.is_button(link.text) else link.text)
        title = titles.tidy(told) or titles.words(link.url)
        kind = where.kind or titles.kind(title, link.said, titles.words(link.url))
        return Listed(
            site.name, keys.key_of(link.url), link.url, title, site.municipality, body or bodies.named(title), day,
            keys.stamp_of(link.url), kind, meeting.key if meeting else None,
        )  # fmt: skip

    def _meeting(self, row: Any, day: str | None, body: str | None, papers: list[Link]) -> Meeting | None:
        """A row that tells a day and a body is of a meeting."""
        if day is None or body is None:
            return None
        state = self.round.state(day, is_cancelled(pages.text_of(row)) and not papers)
        return Meeting(self.site.name, f"{body} {day}", day, body, self.site.municipality, state, self.page.url)

    def _day(self, row: Any, papers: list[Link], alone: bool) -> str | None:
        if self.site.where.date:
            return titles.day(self._text(row, self.site.where.date))
        said = [text for link in papers for text in (link.said, titles.words(link.url))]
        return next((day for text in said if (day := titles.day(text))), None) if alone or len(papers) == 1 else None

    def _body(self, row: Any) -> str | None:
        return self._text(row, self.site.where.body) or self.site.body

    def _text(self, row: Any, selector: str | None) -> str:
        """What the first such element of a row says; of <time>, its own attribute."""
        if selector is None:
            return ""
        element = next(iter(CSSSelector(selector)(row)), None)
        return "" if element is None else " ".join(filter(None, (element.get("datetime", ""), pages.text_of(element))))
