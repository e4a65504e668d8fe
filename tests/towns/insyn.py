"""A town at insynSverige, WebForms of the old kind: a page's state goes to and fro, and changes with each answer.

What is odd: a body's page shows the newest year, and the others when its form is sent back with the field of the year;
both files of a meeting are linked by the same words; the minutes stand on the page as well, and for one meeting only
there (its file answers 404); a link of the calendar leads to meetings without papers; did is spelt Did in one of them.
"""

from __future__ import annotations

import itertools
from html import escape
from typing import Any
from urllib.parse import parse_qs

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town, page
from tests.towns.files import bodies, file, number, published, slug

_YEAR = "ctl00$ctrMain$ctlPreviousMeetings$ctrFilterByYear"
_STATES = itertools.count()


def where(town: Town) -> dict[str, Any]:
    return {"site": town.base, "bodies": {_slug(town, body): body for body in bodies(town)}}


def listed_key(paper: Paper) -> str:
    """The number of a file."""
    return str(number(paper.key, 7))


def answer(town: Town, request: Request) -> Answer:
    if request.path in town.session.get("broken", ()):
        return Answer(500, b"<h1>Server Error in '/' Application.</h1>")
    if request.path == "/documentHandler.ashx":
        return _file(town, request)
    parts = request.path.strip("/").split("/")
    body = next((each for each in bodies(town) if _slug(town, each) == parts[0]), None)
    if body is None:
        return NOT_FOUND
    meetings = sorted((each for each in town.meetings if each.body == body), key=lambda one: one.date)
    if len(parts) == 1:
        return _body(town, body, meetings, request)
    meeting = next((each for each in meetings if each.date == request.query.get("date")), None)
    return _meeting(town, meeting) if meeting else NOT_FOUND


def _file(town: Town, request: Request) -> Answer:
    did = {name.lower(): value for name, value in request.query.items()}.get("did")
    for meeting in town.meetings:
        for paper in published(meeting):
            if listed_key(paper) == did and not paper.data.startswith(b"<"):
                return file(paper, request, None)
    return NOT_FOUND


def _body(town: Town, body: str, meetings: list[Meeting], request: Request) -> Answer:
    years = sorted({each.date[:4] for each in meetings}, reverse=True)
    year = years[0]
    if request.method == "POST":
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        if not form.get("__VIEWSTATE", "").startswith("state-") or form.get("__EVENTTARGET") != _YEAR:
            return page("<html><body>Validation of viewstate MAC failed.</body></html>")
        year = form[_YEAR]
    options = "".join(f'<option value="{each}"{" selected" if each == year else ""}>{each}</option>' for each in years)
    rows = "".join(
        f"<li>{_link(town, each)}{' Sammanträdet är inställt' if each.state == 'cancelled' else ''}</li>"
        for each in reversed(meetings)
        if each.date[:4] == year
    )
    chosen = f'<select name="{_YEAR}" onchange="__doPostBack()">{options}</select>'
    return page(_frame(body, f"{chosen}<h2>Senaste sammanträden</h2><ul>{rows}</ul>", f"/{_slug(town, body)}"))


def _link(town: Town, meeting: Meeting) -> str:
    name = "protokoll" if any(paper.kind == "protocol" for paper in published(meeting)) else "dagordning"
    return f'<a href="/{_slug(town, meeting.body)}/{name}?date={meeting.date}">{meeting.date}</a>'


def _meeting(town: Town, meeting: Meeting) -> Answer:
    """Both tabs on one page: the file of each called by the same words, the rest below by their titles."""
    tabs = {"dagordning": "", "protokoll": ""}
    for paper in published(meeting):
        tab = "dagordning" if paper.kind in ("agenda", "motion", "statement") else "protokoll"
        text = "Ladda ner som PDF" if paper.kind in ("agenda", "protocol") else escape(paper.title)
        name = "Did" if paper.kind == "agenda" else "did"
        tabs[tab] += f'<p><a href="/documentHandler.ashx?{name}={listed_key(paper)}">{text}</a></p>'
        if paper.kind == "protocol":
            tabs[tab] += paper.data.decode() if paper.data.startswith(b"<") else "<h4>§ 1</h4><p>Upprop</p>"
    if not tabs["protokoll"]:
        tabs.pop("protokoll")
    inside = "".join(
        f'<div id="tab-{name}" class="tab-pane"><h3>{name.capitalize()}</h3><p>{meeting.date}</p>{content}</div>'
        for name, content in tabs.items()
    )
    heading = f"{meeting.body} {meeting.date}"
    return page(_frame(heading, inside, f"/{_slug(town, meeting.body)}/protokoll?date={meeting.date}"))


def _frame(heading: str, inside: str, action: str) -> str:
    state = f'<input type="hidden" name="__VIEWSTATE" value="state-{next(_STATES)}" />'
    return (
        f"<!DOCTYPE html><html><head><title>Insyn Sverige</title></head><body>"
        f'<form method="post" action="{action}" id="aspnetForm">{state}'
        f'<input type="hidden" name="__EVENTTARGET" value="" /><h1>{escape(heading)}</h1>{inside}</form></body></html>'
    )


def _slug(town: Town, body: str) -> str:
    return f"{slug(town.name)}-{slug(body)}"
