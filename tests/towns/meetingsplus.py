"""A town on MeetingsPlus, as its readers from outside have described it: tests/towns/__init__.py tells the rest.

What is odd: relative links in the tables and whole ones in the menu, a meeting linked twice, meetings whose address
tells no day, a menu with other bodies' meetings, javascript:void(0) before publication, a number behind "pdf" that
changes at the next upload, links that lead to another slug of the same meeting, agenda files under /welcome-sv/,
buttons for all files at once, and cancelled meetings that have a page.
"""

from __future__ import annotations

from html import escape
from typing import Any

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town, page
from tests.towns.files import bodies, file, number, published, slug

_PROTOCOLS = ("protocol", "protocol_extract")
_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905
)


def where(town: Town) -> dict[str, Any]:
    """What the municipality file says; every other town lets the site tell its bodies."""
    told = {slug(body): body for body in bodies(town)}
    return {"site": town.base} | ({"bodies": told} if int(town.code) % 2 else {})


def answer(town: Town, request: Request) -> Answer:
    """What the site says."""
    parts = request.path.strip("/").split("/")
    if parts[0] == "welcome-sv" and len(parts) > 2:
        parts = ["committees", *parts[2:]]
    if request.method != "GET" or parts[0] != "committees":
        return NOT_FOUND
    named = {slug(body): body for body in bodies(town)}
    if len(parts) == 1:
        rows = [f'<li><a href="/committees/{name}">{escape(body)}</a></li>' for name, body in named.items()]
        return page(_frame(town, "Nämnder och styrelser", f"<ul>{''.join(rows)}</ul>"))
    body = named.get(parts[1])
    if body is None:
        return NOT_FOUND
    meetings = [meeting for meeting in town.meetings if meeting.body == body]
    if len(parts) == 2:
        return page(_frame(town, body, _list(town, meetings)))
    if parts[2] == "representatives":
        return page(_frame(town, "Ledamöter", "<p>Ledamöter och ersättare</p>"))
    meeting = next((meeting for meeting in meetings if parts[2] in (_slug(meeting), _other_slug(meeting))), None)
    if meeting is None:
        return NOT_FOUND
    if len(parts) == 3:
        return page(_frame(town, f"{body} {meeting.date}{_mark(meeting)}", _meeting(town, meeting)))
    paper = next((paper for paper in published(meeting) if _file(meeting, paper) == parts[-1]), None)
    return file(paper, request, None if "pdf-" in parts[-1] else "etag") if paper else NOT_FOUND


def _slug(meeting: Meeting) -> str:
    body = slug(meeting.body)
    kinds = (
        f"mote-{meeting.date}",
        f"{body}-{number(meeting.key)}",
        f"{body}-{meeting.date}",
        f"extra-{body}-{number(meeting.key)}",
    )
    mark = "-installt" if meeting.state == "cancelled" and number(meeting.key) % 2 else ""
    return kinds[number(meeting.key) % 4] + mark + ("-2" if meeting.key.endswith("-2") else "")


def _other_slug(meeting: Meeting) -> str:
    return f"{slug(meeting.body)}-{number(meeting.key + ' file')}"


def _mark(meeting: Meeting) -> str:
    return " - INSTÄLLT" if meeting.state == "cancelled" else ""


def _file(meeting: Meeting, paper: Paper) -> str:
    """The file's part of the address: a number follows where another one is called the same, and elsewhere."""
    name = slug(paper.title)
    same = [other.key for other in meeting.papers if slug(other.title) == name]
    numbered = same.index(paper.key) > 0 or number(paper.key) % 3 == 0
    return f"{name}pdf" + (f"-{number(paper.key + paper.uploaded)}" if numbered else "")


def _frame(town: Town, title: str, main: str) -> str:
    """The page around: a menu with whole addresses of every body's newest meetings."""
    menu = "".join(
        f'<li><a href="{town.base}/committees/{slug(body)}">{escape(body)}</a><ul>'
        + "".join(
            f'<li><a href="{town.base}/committees/{slug(body)}/{_slug(meeting)}">{meeting.date}</a></li>'
            for meeting in [meeting for meeting in town.meetings if meeting.body == body][-2:]
            if meeting.state != "cancelled"
        )
        + f'<li><a href="/committees/{slug(body)}/representatives">Ledamöter</a></li></ul></li>'
        for body in bodies(town)
    )
    return (
        f'<!DOCTYPE html><html class="no-js" lang="sv"><head><meta charset="utf-8"><title>{escape(title)} - {town.name}'
        f"</title><script>var a = '<a href=\"/committees/x/mote-2020-01-01\">';</script></head><body>"
        f'<a href="#main">Hoppa till innehåll</a><nav><ul>{menu}</ul><a href="/digital-bulletin-board">Anslagstavla</a>'
        f'<a href="/welcome-sv">Start</a></nav><main id="main"><h1>{escape(title)}</h1>{main}</main></body></html>'
    )


def _list(town: Town, meetings: list[Meeting]) -> str:
    upcoming = [meeting for meeting in meetings if meeting.state == "planned"]
    recent = [meeting for meeting in meetings if meeting.state != "planned"]
    years = sorted({meeting.date[:4] for meeting in recent}, reverse=True)
    grouped = "".join(
        f"<h3>{year}</h3><table>{''.join(_row(one) for one in reversed(recent) if one.date.startswith(year))}</table>"
        for year in years
    )
    nothing = "<p>Det finns ingen information att visa</p>"
    return (
        '<div id="committeesUpcomingContent"><h2>Kommande</h2><table>'
        f"{''.join(map(_row, upcoming))}</table>{'' if upcoming else nothing}</div>"
        f'<div id="committeesRecentContent"><h2>Tidigare</h2>{grouped or nothing}</div>'
    )


def _row(meeting: Meeting) -> str:
    """A row of the table: the day in figures, or in words in a cell of its own with the link's label telling it."""
    href = f"/committees/{slug(meeting.body)}/{_slug(meeting)}"
    year, month, day = meeting.date.split("-")
    name = escape(meeting.body) + _mark(meeting)
    if number(meeting.key) % 3 == 0:
        words = f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
        return f'<tr><td>{words}</td><td><a href="{href}">{name}</a></td><td>18:30</td></tr>'
    link = f'class="accessible-table-cell" href="{href}" aria-label="{name}, {meeting.date} 18:30"'
    return f"<tr><td><a {link}>{meeting.date}{_mark(meeting)}</a></td></tr>"


def _meeting(town: Town, meeting: Meeting) -> str:
    tabs = []
    for tab, button, nothing, kinds in (
        ("agenda", "Öppna kallelse", "Ingen agenda har publicerats", None),
        ("protocol", "Öppna protokoll", "Inget protokoll har publicerats", _PROTOCOLS),
    ):
        papers = [paper for paper in published(meeting) if (paper.kind in _PROTOCOLS) == (kinds is not None)]
        first = next((paper for paper in papers if paper.kind in ("agenda", "protocol")), None)
        name = "open" + tab.capitalize()
        if first is None:
            head = (
                f'<a id="{name}" class="disabled" href="javascript:void(0);">{button}</a>'
                '<a href="javascript:void(0);">Ladda ner allt</a><h2>Det finns ingen information att visa</h2>'
                f"<p>{nothing}</p>"
            )
        else:
            every = f"/api/v2.0/meetings/{number(meeting.key)}/download/{tab.capitalize()}?downloadMode=download"
            link = _address(town, meeting, first, tab)
            head = f'<a id="{name}" href="{link}?downloadMode=open">{button}</a><a href="{every}">Ladda ner allt</a>'
        rows = "".join(
            f'<li><a href="{_address(town, meeting, paper, tab)}?downloadMode=open">{escape(paper.title)}.pdf</a>'
            f'<a title="Ladda ner" href="{_address(town, meeting, paper, tab)}?downloadMode=download"><i></i></a></li>'
            for paper in papers
        )
        tabs.append(f'<section id="{tab}">{head}<ul>{rows}</ul></section>')
    return "".join(tabs)


def _address(town: Town, meeting: Meeting, paper: Paper, tab: str) -> str:
    """Where a file is: some under the meeting's other slug, those of the agenda often under /welcome-sv."""
    body, name = slug(meeting.body), _file(meeting, paper)
    own = _other_slug(meeting) if number(meeting.key) % 5 == 0 else _slug(meeting)
    if tab == "agenda" and number(paper.key) % 2:
        return f"{town.base}/welcome-sv/namnder-styrelser/{body}/{own}/{tab}/{name}"
    return f"/committees/{body}/{own}/{tab}/{name}"
