"""A town's diary in Evolution: JSON behind a page that a browser draws, which answers everything else with itself.

What is odd: a meeting's time is in UTC, so that its day is the one before; a document without a file's ending is not
public; the same document stands under notices and decisions; a body that has no notices answers null; documents of one
body lie within the points of the agenda; the .pdf of a DOCX is made anew for each request.
"""

from __future__ import annotations

import itertools
import json
import uuid
from typing import Any

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town, page
from tests.towns.files import bodies, file, number, published

_MADE = itertools.count()


def where(town: Town) -> dict[str, Any]:
    """Every other town lets the site tell its bodies."""
    named = {_code(body): body for body in bodies(town)}
    return {"site": town.base} | ({"bodies": named} if int(town.code) % 2 else {"units": ["KS"]})


def listed_key(paper: Paper) -> str:
    """The id of a document."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, paper.key))


def answer(town: Town, request: Request) -> Answer:
    if request.path in town.session.get("broken", ()):
        return Answer(500, b"{}")
    parts = request.path.strip("/").split("/")
    if parts[0] != "api":
        return page("<html><head><title>Evolution</title></head><body><app-root></app-root></body></html>")
    if parts[1:] == ["units"]:
        return _json([{"code": "KS", "name": "Kommunstyrelsens diarium"}, {"code": "VN", "name": "Valnämnden"}])
    if parts[1:2] == ["decisionAuthoritys"]:
        named = bodies(town) if parts[2] == "KS" else []
        return _json([{"code": _code(body), "name": body} for body in named])
    if parts[1:2] == ["documents"]:
        return _document(town, request)
    if parts[1:2] == ["meetings"] and len(parts) == 3:
        body = next((body for body in bodies(town) if _code(body) == parts[2]), None)
        return _json([_meeting(meeting) for meeting in town.meetings if meeting.body == body]) if body else NOT_FOUND
    if parts[1:2] == ["meetings"] and len(parts) == 4:
        meeting = next((meeting for meeting in town.meetings if _id(meeting.key) == parts[3]), None)
        return _papers(town, meeting, parts[2]) if meeting else NOT_FOUND
    return NOT_FOUND


def _document(town: Town, request: Request) -> Answer:
    id, _, ending = request.path.rpartition("/")[2].partition(".")
    for meeting in town.meetings:
        for paper in published(meeting):
            if listed_key(paper) == id:
                if ending == "pdf" and _ending(paper) == "docx":
                    return Answer(200, b"%PDF-1.7 made " + str(next(_MADE)).encode() + b"\n%%EOF")
                return file(paper, request, "modified" if number(paper.key) % 2 else None)
    return Answer(404, b'{"message":"Not found"}', {"Content-Type": "application/json"})


def _meeting(meeting: Meeting) -> dict[str, Any]:
    day = f"{meeting.date}T00:00:00" if number(meeting.key) % 2 else f"{_before(meeting.date)}T23:00:00Z"
    mark = " (INSTÄLLT)" if meeting.state == "cancelled" else ""
    return {"id": _id(meeting.key), "date": day, "description": f"{meeting.body}{mark}", "place": "Stora salen"}


def _papers(town: Town, meeting: Meeting, part: str) -> Answer:
    papers = [paper for paper in meeting.papers if (part == "notices") != paper.kind.startswith("protocol")]
    rows = [_row(paper, order) for order, paper in enumerate(papers, 1)]
    if part == "decisions":
        rows += [_row(paper, 9) for paper in meeting.papers if paper.kind == "motion"]
    if not rows:
        return Answer(200, b'{"data":null}', {"Content-Type": "application/json"})
    if bodies(town).index(meeting.body) == 1:
        rows = [{"agendaOrder": row["agendaOrder"], "description": "Ärende", "documents": [row]} for row in rows]
    return _json(rows)


def _row(paper: Paper, order: int) -> dict[str, Any]:
    ending = f".{_ending(paper)}" if paper.published else None
    return {
        "documentId": listed_key(paper), "agendaOrder": order, "hid": f"KS 2026.{order}", "description": paper.title,
        "fileExtension": ending,
    }  # fmt: skip


def _ending(paper: Paper) -> str:
    return "docx" if paper.data.startswith(b"PK") else "pdf"


def _json(rows: list[dict[str, Any]]) -> Answer:
    told = json.dumps({"meta": {"elapsed": "00:00:00.01"}, "data": rows}, ensure_ascii=False).encode()
    return Answer(200, told, {"Content-Type": "application/json; charset=utf-8"})


def _before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _code(body: str) -> str:
    return str(number(body, 3))


def _id(key: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, key))
