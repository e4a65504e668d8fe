"""A town with plain pages: a table of meetings, two a page, with the papers of each in its last cell.

What is odd: tags that nobody closed, capitals in tags, a session and a time stamp in the addresses that are new at each
visit, sizes behind the names, a table within a cell, meetings without papers, and links that are no papers.
"""

from __future__ import annotations

from html import escape
from typing import Any

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town, page
from tests.towns.files import file, number, published, slug

_A_PAGE = 3  # meetings
_MONTHS = ["jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sept", "okt", "nov", "dec"]


def where(town: Town) -> dict[str, Any]:
    """What the municipality file says."""
    return {
        "pages": [f"{town.base}/politik/protokoll/"],
        "rows": "table.moten > tbody > tr.mote, table.moten > tr.mote",
        "date": "td:nth-child(1)",
        "body": "td:nth-child(2)",
        "link": "td:nth-child(3) a",
        "next": "a.nasta",
        "papers": ["/dokument/"],
        "nothing": "Inga handlingar",
    }


def answer(town: Town, request: Request) -> Answer:
    """What the site says."""
    if request.path == "/politik/protokoll/":
        town.session["visit"] = town.session.get("visit", 0) + 1
        return page(_page(town, int(request.query.get("sida", "1"))))
    for meeting in town.meetings:
        for paper in published(meeting):
            if request.path.partition(";")[0] == f"/dokument/{_name(paper)}":
                return file(paper, request, ("etag", "modified")[number(paper.key) % 2])
    return NOT_FOUND


def _name(paper: Paper) -> str:
    return f"{number(paper.key)}/{slug(paper.title)}" + (".pdf" if paper.data.startswith(b"%PDF") else "")


def _page(town: Town, number_: int) -> str:
    last = -(-len(town.meetings) // _A_PAGE)
    rows = "".join(_row(town, meeting) for meeting in town.meetings[(number_ - 1) * _A_PAGE : number_ * _A_PAGE])
    onward = (
        f'<a class="nasta" href="?sida={number_ + 1}">Nästa</a>' if number_ < last else '<a class="nasta">Nästa</a>'
    )
    return (
        f"<HTML><head><title>Protokoll</title><base href='{town.base}/politik/protokoll/'></head><BODY>"
        f"<a href='../'>Upp</a><TABLE class='moten'><tr><th>Dag<th>Organ<th>Handlingar{rows}</TABLE>"
        f"{'' if rows else '<p>Inga handlingar ännu</p>'}{onward}</BODY></HTML>"
    )


def _row(town: Town, meeting: Meeting) -> str:
    year, month, day = meeting.date.split("-")
    visit = town.session["visit"]
    told = meeting.date if number(meeting.key) % 2 else f"{int(day)}&nbsp;{_MONTHS[int(month) - 1]} {year}"
    links = "".join(
        f"<tr><td><A HREF='../../dokument/{_name(paper)};jsessionid={visit:04}?ts={visit}'>"
        f"{escape(paper.title)} (pdf, 1,2 MB)</A> <a href='../../kontakt'>Fråga om den</a>"
        for paper in published(meeting)
    )
    mark = "<p>Sammanträdet är inställt" if meeting.state == "cancelled" else ""
    return f"<tr class='mote'><td>{told}<td>{escape(meeting.body)}<td>{mark}<table>{links}</table>"
