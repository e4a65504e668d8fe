"""A town's reader at NetPublicator: channels of bodies, years and meetings, all of them lists behind one address.

What is odd: isr=true gives the root's list whatever the hash says; the council's meetings lie in the channel itself
and, before 2026, in channels of their year; a meeting's minutes lie in a channel "Protokoll" below it at the board, and
in a channel that is called by its day at the school board; a meeting of the council also lists the minutes of the one
before it; one answer is a bare list; JSON comes as text/html; an unknown document is an error page with status 200.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town, page
from tests.towns.files import bodies, file, number, published

READER = "r01234567"
_POINTS = ("motion", "statement")


def where(town: Town) -> dict[str, Any]:
    """With its bodies by their channels, and the channels of points."""
    named = {_id(body): body for body in bodies(town)}
    return {"site": town.base, "reader": READER, "root": _root(town), "bodies": named, "points": True}


def listed_key(paper: Paper) -> str:
    """The id of a document."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, paper.key))


def answer(town: Town, request: Request) -> Answer:
    start = f"/api/public/{READER}/"
    if not request.path.startswith(start):
        return NOT_FOUND
    what = request.path.removeprefix(start)
    path = request.query.get("hash", "")
    if what.startswith("document/"):
        return _document(town, what.removeprefix("document/"), path, request)
    if what != "read" or not path.startswith(_root(town)):
        return NOT_FOUND
    if path in town.session.get("broken", ()):
        return Answer(500, b"{}")
    rows = _rows(town, [] if request.query.get("isr") == "true" else path.split("-")[1:])
    if rows is None:
        return NOT_FOUND
    told: Any = rows if path.endswith(_id("Kommunstyrelsen")) else {"history": [{"id": _root(town)}], "items": rows}
    return Answer(200, json.dumps(told, ensure_ascii=False).encode(), {"Content-Type": "text/html; charset=utf-8"})


def _document(town: Town, id: str, path: str, request: Request) -> Answer:
    for meeting in town.meetings:
        for paper in published(meeting):
            if listed_key(paper) == id and _id(meeting.body) in path:
                return file(paper, request, "etag" if number(paper.key) % 2 else None)
    return page("<html><body><h1>Dokumentet kunde inte visas</h1></body></html>")


def _rows(town: Town, ids: list[str]) -> list[dict[str, Any]] | None:
    """What lies at a path of ids, None where it is not known."""
    if not ids:
        return [_row("channel", body, body) for body in bodies(town)]
    body = next((each for each in bodies(town) if _id(each) == ids[0]), None)
    if body is None:
        return None
    meetings = [meeting for meeting in town.meetings if meeting.body == body]
    style = bodies(town).index(body) % 3
    now = [meeting for meeting in meetings if style or meeting.date >= "2026"]
    years = sorted({meeting.date[:4] for meeting in meetings if meeting not in now})
    if len(ids) == 1:
        return [_meeting(meeting, style) for meeting in now] + [
            _row("channel", body + year, f"{year} handlingar och protokoll") for year in years
        ]
    for year in years:
        if ids[1] == _id(body + year):
            ids, now = ids[1:], [meeting for meeting in meetings if meeting.date[:4] == year]
            if len(ids) == 1:
                return [_meeting(meeting, style) for meeting in now]
    meeting = next((each for each in now if _id(each.key) == ids[1]), None)
    if meeting is None:
        return None
    return _of_meeting(meeting, style, ids[2:], meetings)


def _meeting(meeting: Meeting, style: int) -> dict[str, Any]:
    told = " - INSTÄLLT" if meeting.state == "cancelled" else ""
    if style == 2:
        return _row("channel", meeting.key, f"Protokoll {meeting.date.replace('-', '')}{told}")
    return _row("meeting", meeting.key, f"{meeting.body} {meeting.date}{told}" if style else f"{meeting.date}{told}")


def _of_meeting(meeting: Meeting, style: int, ids: list[str], meetings: list[Meeting]) -> list[dict[str, Any]] | None:
    papers = published(meeting)
    minutes = [paper for paper in papers if paper.kind.startswith("protocol")]
    points = [paper for paper in papers if paper.kind in _POINTS]
    rest = [paper for paper in papers if paper not in minutes + points]
    if ids == [_id(meeting.key + "minutes")]:
        return [_paper(paper) for paper in minutes]
    for paper in points:
        if ids == [_id(meeting.key + paper.key)]:
            return [_paper(paper)]
    if ids:
        return None
    rows = [_paper(paper) for paper in rest]
    if style == 1 and minutes:
        rows.append(_row("channel", meeting.key + "minutes", "Protokoll"))
    else:
        rows += [_paper(paper) for paper in minutes]
    before = [each for each in meetings if each.date < meeting.date][-1:] if style == 0 else []
    rows += [_paper(paper) for each in before for paper in published(each) if paper.kind == "protocol"]
    return rows + [
        _row("channel", meeting.key + paper.key, f"{n + 3}. Ärende {n + 3}") for n, paper in enumerate(points)
    ]


def _paper(paper: Paper) -> dict[str, Any]:
    return {"id": listed_key(paper), "text": f"{paper.title} ", "type": "document", "index": 0, "data": {}}


def _row(type: str, key: str, text: str) -> dict[str, Any]:
    return {"id": _id(key), "text": text, "type": type, "index": 0, "data": {}}


def _root(town: Town) -> str:
    return _id(town.name)[:15]


def _id(key: str) -> str:
    return hashlib.sha1(key.encode()).hexdigest()[:20]
