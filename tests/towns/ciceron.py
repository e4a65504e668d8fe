"""A town on Ciceron, as the site's readers from outside have described it: tests/towns/__init__.py tells the rest.

What is odd: JSON as text in JSON, numbers of items that are of one search, sessions that end, file names in base64 of
Latin-1 that must come back as they are (else a web page comes, with status 200), HEAD answered with 404, now and then a
502, no more than 50 items at a time, documents without a file, and cancelled meetings told by a document's name.
"""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town, page
from tests.towns.files import bodies, file, number, slug

_CALLS = 40  # that a session lasts
_MOST = 50  # items of an answer
_SESSION_OVER = {"code": -32000, "message": "Session not found"}


def where(town: Town) -> dict[str, Any]:
    """What the municipality file says; every other town lets the site tell its diaries."""
    return {"site": town.base} | (
        {"diaries": sorted({_diary(body) for body in bodies(town)})} if int(town.code) % 2 else {}
    )


def answer(town: Town, request: Request) -> Answer:
    """What the site says."""
    if request.method == "HEAD":
        return NOT_FOUND
    if request.path == "/":
        return page('<!DOCTYPE html><html><head><title>Diarium</title></head><body ng-app="ciceronsok"></body></html>')
    if request.path == "/json" and request.method == "POST":
        town.session["asked"] = town.session.get("asked", 0) + 1
        if town.session["asked"] % 23 == 0:
            return Answer(502, b"Bad gateway")
        return Answer(
            200, json.dumps(_called(town, json.loads(request.body))).encode(), {"Content-Type": "application/json"}
        )
    if request.path == "/download/document":
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.target).query).items()}
        for meeting in town.meetings:
            for paper in meeting.papers:
                if paper.published and asked.get("id") == _id(paper):
                    if asked.get("filename") == _encoded(paper):
                        return file(paper, request, None)
                    return page("<!DOCTYPE html><html><body><h1>Ett fel har inträffat</h1></body></html>")
    return NOT_FOUND


def _diary(body: str) -> str:
    """Council and board keep one diary, every other body its own."""
    return "KS" if body.startswith("Kommun") else "".join(word[0] for word in slug(body).split("-")).upper() + "N"


def _id(paper: Paper) -> str:
    return str(number(paper.key, 6))


def _file_name(paper: Paper) -> str:
    mark = f"[{number(paper.uploaded, 3)}]" if number(paper.key) % 2 else " " + paper.uploaded[:10]
    return f"{paper.title}{mark}.signerad.pub.pdf"


def _encoded(paper: Paper) -> str:
    return base64.b64encode(_file_name(paper).encode("latin-1", "replace")).decode()


def _called(town: Town, asked: dict[str, Any]) -> dict[str, Any]:
    """The answer to one question, with the session's number beside it."""
    sessions, method = town.session.setdefault("sessions", {}), asked["method"].removeprefix("CiceronsokServer:")
    name = asked.get("session_id", "")
    if method == "Test" or not name:
        name = f"{number(town.code)}{len(sessions):04}"
        sessions[name] = {"calls": 0, "found": {}}
    session = sessions.get(name)
    if session is None or session["calls"] >= _CALLS:
        return {"jsonrpc": "2.0", "id": asked.get("id"), "error": _SESSION_OVER}
    session["calls"] += 1
    told = {"jsonrpc": "2.0", "id": asked.get("id"), "session_id": name}
    if "CiceronsokServer:" not in asked["method"]:
        return told | {"error": {"code": -32601, "message": "Method not found"}}
    return told | _result(town, session, method, asked.get("params") or {})


def _result(town: Town, session: dict[str, Any], method: str, params: dict[str, Any]) -> dict[str, Any]:
    if method == "Test":
        return {"result": "ok"}
    if method == "ReadDiaries":
        diaries = [{"id": code, "name": f"Diarium {code}"} for code in sorted({_diary(body) for body in bodies(town)})]
        return {"result": {"result": json.dumps({"diaries": diaries})}}
    if method == "Search":
        assert isinstance(params["doctype"], int)
        session["found"][params["search_id"]] = found = _search(town, json.loads(params["param"]))
        return {"result": {"result": json.dumps({"hits": len(found), "search_id": params["search_id"]})}}
    found = session["found"].get(params.get("search_id"))
    if found is None:
        return {"error": {"code": -32001, "message": "Unknown search_id"}}
    if method == "ReadItems":
        first = params["offset"]
        rows = list(enumerate(found))[first : first + min(params["limit"], _MOST)]
        return {"result": {"results": [_item(index, meeting) for index, meeting in rows]}}
    if method == "ReadObjectDetails":
        assert isinstance(params["id"], str)
        town.session["details"] = town.session.get("details", 0) + 1
        return {"result": {"value": json.dumps(_details(found[int(params["id"])]))}}
    return {"error": {"code": -32601, "message": "Method not found"}}


def _search(town: Town, param: dict[str, Any]) -> list[Meeting]:
    """Newest first: a meeting that is added moves all numbers."""
    found = [
        meeting
        for meeting in town.meetings
        if _diary(meeting.body) == param["diary"]
        and param["from_date"] <= meeting.date <= param["to_date"]
        and param["board"] in ("", meeting.body)
    ]
    return sorted(found, key=lambda meeting: (meeting.date, meeting.key), reverse=True)


def _item(index: int, meeting: Meeting) -> dict[str, Any]:
    time = "18:30:00" if meeting.key.endswith("-2") else "00:00:00"
    link = f"?t=1&i={meeting.body}&d={meeting.date} {time}&n={_diary(meeting.body)}"
    return {"id": index, "title": f"{meeting.body} {meeting.date}", "object_link": link, "subtitle": None}


def _details(meeting: Meeting) -> dict[str, Any]:
    documents: list[dict[str, Any]] = [
        {
            "name": paper.title,
            "id": int(_id(paper)),
            "filename": _file_name(paper),
            "filename_b64": _encoded(paper),
            "dok_id": f"{number(paper.key)}",
            "size": len(paper.data) if number(paper.key) % 2 else None,
        }
        if paper.published
        else {"name": paper.title, "id": None, "filename": "", "filename_b64": ""}
        for paper in meeting.papers
    ]
    if meeting.state == "cancelled":
        notice = Paper(meeting.key + "/inställt", "other", f"{meeting.body} {meeting.date} inställt", b"")
        documents.append({"name": notice.title, "id": None, "filename": None, "filename_b64": None})
    return {"title": meeting.body, "documents": documents, "items": [{"title": "Upprop", "id": "1"}]}
