"""Pages, sitemaps and feeds that we wrote, with odd markup, and what is told where they are not what they were."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from flows.sources import platforms
from flows.sources.platforms.meetingsplus import Where as MeetingsPlus
from index.listed import Listed, Meeting
from tests.visiting import HOST, Book, parts, visited

TABLE = """<table class=p><tr class=m><td>2026-02-25<td>Kommunfullmäktige<td><a href=/d/1.pdf>Protokoll</a>
<tr class=m><td>2026-03-25<td>Kommunfullmäktige<td>Protokollet är inte justerat än
<tr class=m><td>2026-04-29<td>Kommunfullmäktige<td>Inställt
<tr class=m><td>Sommaruppehåll<td>Kommunfullmäktige<td><a href=/d/2.pdf>Reservation</a></table>"""
CELLS = {"rows": "tr.m", "date": "td:nth-child(1)", "body": "td:nth-child(2)", "link": "td:nth-child(3) a"}


def test_a_table_of_meetings() -> None:
    source = visited("html", Book({"/p": TABLE}), pages=[f"{HOST}/p"], **CELLS)
    found = list(source.listing())
    assert [(one.date, one.state) for one in found if isinstance(one, Meeting)] == [
        ("2026-02-25", "held"),
        ("2026-03-25", "held"),
        ("2026-04-29", "cancelled"),
    ]
    papers = [(one.title, one.date, one.meeting) for one in found if isinstance(one, Listed)]
    assert papers == [
        ("Protokoll", "2026-02-25", "Kommunfullmäktige 2026-02-25"),
        ("Reservation", None, None),
    ]


@pytest.mark.parametrize(
    ("page", "where", "reason"),
    [
        ("<h1>Ny sida</h1><a href=/x>X</a>", CELLS, "expected rows (tr.m) with papers, found 1 links under 'Ny sida'"),
        (TABLE, CELLS | {"link": "td b a"}, "expected rows (tr.m) with papers, found 4 rows without a paper"),
        (TABLE, {"papers": ["/protokoll/"]}, "expected links (a[href]) with papers, found 2 rows without a paper"),
        ("", {}, "expected links (a[href]) with papers, found 0 links on a page without a title"),
    ],
)
def test_a_page_without_a_match_is_told(page: str, where: dict[str, Any], reason: str) -> None:
    _, _, (trouble,) = parts(visited("html", Book({"/p": page}), pages=[f"{HOST}/p"], **where))
    assert trouble.reason == f"{reason}: the site may have changed its pages"


@pytest.mark.parametrize("moved", ["date", "body", "title"])
def test_what_has_moved_within_the_rows_is_told_and_the_papers_are_listed(moved: str) -> None:
    source = visited("html", Book({"/p": TABLE}), pages=[f"{HOST}/p"], **CELLS | {moved: "td:nth-child(7)"})
    papers, _, (trouble,) = parts(source)
    assert [paper.title for paper in papers] == ["Protokoll", "Reservation"]
    assert trouble.reason == f"expected {moved} (td:nth-child(7)) in the rows, found it in none of 4"


def test_a_page_of_meetings_whose_papers_are_not_out_is_no_trouble() -> None:
    rows = "<tr class=m><td>2026-08-26<td>Kommunfullmäktige<td>-<tr class=m><td>2026-09-30<td>Kommunfullmäktige<td>"
    source = visited("html", Book({"/p": f"<table>{rows}</table>"}), pages=[f"{HOST}/p"], **CELLS)
    assert [len(sort) for sort in parts(source)] == [0, 2, 0]


def test_a_page_of_years_that_are_not_asked_for_is_no_trouble() -> None:
    source = visited("html", Book({"/p": TABLE}), pages=[f"{HOST}/p"], **CELLS)
    source.site = replace(source.site, since=date(2027, 1, 1))
    papers, meetings, troubles = parts(source)
    assert ([paper.title for paper in papers], meetings, troubles) == (["Reservation"], [], [])  # it tells no day


def test_a_page_that_says_it_has_none_yet_is_no_trouble() -> None:
    book = Book({"/2027": "<h1>2027</h1><p>Inga protokoll publicerade</p>", "/2026": TABLE})
    source = visited("html", book, pages=[f"{HOST}/2027", f"{HOST}/2026"], nothing="inga protokoll", **CELLS)
    assert [len(sort) for sort in parts(source)] == [2, 3, 0]


def test_pages_are_turned_until_they_repeat_or_are_too_many() -> None:
    pages = {f"/p{n}": f"<a class=d href=/d/{n}.pdf>P</a><a class=n href=/p{n % 4 + 1}>Nästa</a>" for n in range(1, 5)}
    asked = {"pages": [f"{HOST}/p1"], "link": "a.d", "next": "a.n"}
    papers, _, troubles = parts(visited("html", Book(pages), **asked))
    assert (len(papers), troubles) == (4, [])
    papers, _, (trouble,) = parts(visited("html", Book(pages), at_most=2, **asked))
    assert (len(papers), "more than 2 pages" in trouble.reason) == (2, True)
    del pages["/p3"]
    papers, _, (trouble,) = parts(visited("html", Book(pages), **asked))
    assert (len(papers), trouble.place, trouble.reason) == (2, f"{HOST}/p3", "the server answered 404")


def test_what_a_page_says_of_persons_is_masked() -> None:
    source = visited("html", Book({"/p": "<a href=/d/1.pdf>Beslut 811228-9874</a>"}), pages=[f"{HOST}/p"])
    assert [paper.title for paper in parts(source)[0]] == ["Beslut ••••••-••••"]


@pytest.mark.parametrize(
    ("platform", "where", "told"),
    [
        ("html", {"pages": [f"{HOST}/p"], "rows": "tr["}, "not a CSS selector"),
        ("html", {"pages": []}, "at least 1 item"),
        ("html", {"pages": [f"{HOST}/p"], "papers": ["("]}, "not a pattern"),
        ("sitemap", {"url": f"{HOST}/sitemap.xml"}, "Field required"),
        ("sitemap", {"url": "sitemap.xml", "papers": ["x"]}, "not an http or https address"),
        ("meetingsplus", {"site": HOST, "body": "kf"}, "Extra inputs are not permitted"),
        ("ciceron", {"site": "granby.example"}, "not an http or https address"),
        ("feed", {}, "Field required"),
    ],
)
def test_what_a_platform_must_be_told(platform: str, where: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        platforms.load(platform).Where(**where)


def test_where_a_site_is() -> None:
    assert MeetingsPlus(site=f"{HOST}/").address == HOST
    assert platforms.load("html").Where(pages=[f"{HOST}/p"]).address == f"{HOST}/p"
    with pytest.raises(KeyError):
        platforms.load("gopher")


URLS = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
INDEX = "<sitemapindex>{}</sitemapindex>"


@pytest.mark.parametrize(
    ("pages", "papers", "reason"),
    [
        ({"": "<html><h1>404</h1><p>"}, 0, "expected a sitemap, found what is no XML"),
        ({"": "<rss/>"}, 0, "found <rss>"),
        ({"": gzip.compress(URLS.encode())[:-6]}, 0, "cut short"),
        ({"": URLS.format("")}, 0, "found none among 0"),
        ({"": URLS.format(f"<url><loc>{HOST}/kontakt</loc></url>")}, 0, "found none among 1"),
        ({"": URLS.format("<url><loc>hemma</loc></url><url><loc/></url>")}, 0, "expected an address, found ''"),
        (
            {"": INDEX.format(f"<sitemap><loc>{HOST}/a</loc></sitemap><sitemap><loc>{HOST}/b</loc></sitemap>"),
             "/b": URLS.format(f"<url><loc>{HOST}/p/1.pdf</loc></url>")},
            1, "the server answered 404",
        ),
        (
            {"": "<!DOCTYPE x [<!ENTITY b 'a'>]>" + URLS.format(f"<url><loc>{HOST}/p/&b;</loc></url>")},
            1, None,
        ),
    ],
)  # fmt: skip
def test_a_sitemap_that_is_none(pages: dict[str, Any], papers: int, reason: str | None) -> None:
    book = Book({path or "/sitemap.xml": page for path, page in pages.items()})
    found, _, troubles = parts(visited("sitemap", book, url=f"{HOST}/sitemap.xml", papers=["/p/"]))
    assert len(found) == papers
    assert all(reason and (reason in one.reason or "address" in one.reason) for one in troubles)
    assert bool(troubles) == bool(reason)


def test_sitemaps_within_one_another_end() -> None:
    pages = {f"/{n}": INDEX.format(f"<sitemap><loc>{HOST}/{n + 1}</loc></sitemap>") for n in range(9)}
    book = Book(pages | {"/9": INDEX.format(f"<sitemap><loc>{HOST}/0</loc></sitemap>")})
    _, _, (trouble,) = parts(visited("sitemap", book, url=f"{HOST}/0", papers=["/p/"]))
    assert "within one another" in trouble.reason and len(book.asked) < 6


ITEM = "<item><title>{}</title><link>{}</link></item>"


@pytest.mark.parametrize(
    ("feed", "papers", "reason"),
    [
        ("<html><h1>Nyheter</h1><a href=/>x</a>", 0, "expected RSS or Atom, found 1 links under 'Nyheter'"),
        ("<rss version='2.0'><channel><title>Tomt</title></channel></rss>", 0, None),
        (
            f"<rss version='2.0'><channel>{ITEM.format('A', '/a')}{ITEM.format('B', '')}</channel></rss>",
            1,
            "entry 2 ('B')",
        ),
        (f"<rss version='2.0'><channel>{ITEM.format('A', '/a')}<item><title>B &amp <", 1, "broken after"),
    ],
)
def test_a_feed_that_is_none(feed: str, papers: int, reason: str | None) -> None:
    found, _, troubles = parts(visited("feed", Book({"/rss": feed}), url=f"{HOST}/rss"))
    assert len([one for one in found if one.url == f"{HOST}/a"]) == papers
    assert bool(troubles) == bool(reason)
    assert any(reason in one.reason for one in troubles) or not reason


def test_a_publication_late_at_night_is_of_the_next_day_in_sweden() -> None:
    item = "<item><link>/a</link><pubDate>Mon, 15 Jun 2026 23:30:00 GMT</pubDate></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    (paper,), _, _ = parts(visited("feed", Book({"/rss": feed}), url=f"{HOST}/rss", kind="news"))
    assert (paper.date, paper.kind, paper.title, paper.stamp) == ("2026-06-16", "news", "a", None)
