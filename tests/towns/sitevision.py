"""A town's own site in SiteVision: accordions, tables per year, folders, a file module that is drawn by a script.

Each body has a page of its own, made in another way than the last one's; a page of all bodies links the same papers a
second time. As on the real ones: the day of a meeting stands in its heading, without its year in the tables; addresses
are relative here and whole there; papers are sent as application/octet-stream; the foot of every page has a paper that
is nobody's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from tests.towns import NOT_FOUND, Answer, Meeting, Paper, Request, Town, page

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
FOOT = "/download/18.f00f00f00f00f00f00f0/1600000000000/Tillg%C3%A4nglighetsredog%C3%B6relse.pdf"


def where(town: Town) -> dict[str, Any]:
    """Three bodies by their pages; whatever else the town has is found on the page of all."""
    bodies = {_path(body): body for body in _bodies(town)[:3]}
    return {"site": town.base, "bodies": bodies, "pages": ["/politik/protokoll.html"]}


def listed_key(paper: Paper) -> str:
    """The node of a paper, which stays when it is uploaded again."""
    return "18." + _node(paper.key)


def answer(town: Town, request: Request) -> Answer:
    path = unquote(request.path)
    if path.startswith("/download/18."):
        return _download(town, path)
    if path in town.session.get("broken", ()):
        return Answer(500, b"<html><body>Ett fel har uppst\xc3\xa5tt</body></html>", {"Content-Type": "text/html"})
    if path == "/":
        return page(_whole(town, "Start", f'<a href="{_path(_bodies(town)[0])}">Kallelser och protokoll</a>'))
    if path == "/politik/protokoll.html":
        return page(_whole(town, "Kallelser och protokoll", _all_bodies(town)))
    for number, body in enumerate(_bodies(town)):
        if path == _path(body):
            makers: tuple[Callable[..., str], ...] = (_accordion, _tables, _folders)
            return page(_whole(town, body, makers[number % 3](town, body, request.query.get("folder"))))
    return NOT_FOUND


def _download(town: Town, path: str) -> Answer:
    node = path.split("/")[2].removeprefix("18.")
    for meeting in town.meetings:
        for paper in meeting.papers:
            if paper.published and _node(paper.key) == node:
                return Answer(200, paper.data, {"Content-Type": "application/octet-stream"})
    return NOT_FOUND


def _whole(town: Town, title: str, content: str) -> str:
    return f"""<!DOCTYPE html><html lang="sv"><head><title>{title} - {town.name} kommun</title></head>
    <body class="sv-responsive"><header><nav><a href="/">Start</a><a href="/download/18.abc/1/x.png"></a></nav></header>
    <main><div class="sv-text-portlet"><h1 class="heading">{title}</h1></div>{content}</main>
    <footer><a href="{FOOT}">Tillgänglighetsredogörelse (pdf, 60 kB)</a></footer></body></html>"""


def _accordion(town: Town, body: str, folder: str | None) -> str:
    """A panel for each meeting, the newest first; the newest one's files stand in the state of a module."""
    panels = []
    for number, meeting in enumerate(sorted(_of(town, body), key=lambda one: one.date, reverse=True)):
        name = f"svid94_{number}"
        inside = _module(meeting, number) if number == 0 else _portlet(meeting.papers, _link)
        if meeting.state == "cancelled":
            inside = "<p>Sammanträdet är inställt på grund av för få ärenden.</p>"
        elif not _shown(meeting.papers):
            inside = "<p>Handlingarna publiceras här en vecka före sammanträdet.</p>"
        panels.append(
            f'<a href="#" class="env-collapse-header" data-target="#{name}"><p>{_in_words(meeting.date)}</p></a>'
            f'<div id="{name}" class="env-collapse"><div class="sv-layout">{inside}</div></div>'
        )
    return '<div class="sv-collapsible">' + "".join(panels) + "</div>"


def _tables(town: Town, body: str, folder: str | None) -> str:
    """A table for each year: day, minutes, summons, the rest."""
    parts = []
    for year in sorted({meeting.date[:4] for meeting in _of(town, body)}, reverse=True):
        rows = ""
        for meeting in sorted(_of(town, body), key=lambda one: one.date):
            if meeting.date[:4] == year:
                cells = [
                    ", ".join(_link(paper, text) for paper in _shown(meeting.papers) if paper.kind in kinds) or " "
                    for kinds, text in (
                        (("protocol", "protocol_extract"), None),
                        (("agenda",), "Kallelse"),
                        (("motion", "statement"), None),
                    )
                ]
                told = " (inställt)" if meeting.state == "cancelled" else ""
                day = _in_words(meeting.date).rpartition(" ")[0]
                rows += f"<tr><td><p>{day}{told}</p></td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        table = f"<tr><th>Sammanträde</th><th>Protokoll</th><th>Kallelse</th><th>Handlingar</th></tr>{rows}"
        parts.append(f'<h2 class="subheading">{year}</h2><table class="sv-standard">{table}</table>')
    return "".join(parts)


def _folders(town: Town, body: str, folder: str | None) -> str:
    """A folder for each year; a click shows it in the same portlet, with a way back."""
    portlet = "12." + _node(body)[:20]
    years = sorted({meeting.date[:4] for meeting in _of(town, body)}, reverse=True)
    folders = {f"19.{_node(body + year)}": year for year in years}
    if folder in folders:
        papers = [paper for one in _of(town, body) for paper in one.papers if one.date[:4] == folders[folder]]
        back = f'<a href="{_path(body)}?folder=19.{_node(body)}&amp;sv.url={portlet}">Föregående</a>'
        inside = f"<ul><li>{back}</li></ul>" + _portlet(papers, _link)
    else:
        inside = "".join(
            f'<div><a href="{_path(body)}?folder={name}&amp;sv.url={portlet}&amp;state=x">Protokoll {year}</a></div>'
            for name, year in folders.items()
        )
    return f'<div class="sv-file-portlet" id="svid{portlet.replace(".", "_")}">{inside}</div>'


def _all_bodies(town: Town) -> str:
    """An accordion of bodies, in it a tab for each year; the addresses are whole."""
    parts = []
    for number, body in enumerate(_bodies(town)):
        tabs, panels = "", ""
        for year in sorted({meeting.date[:4] for meeting in _of(town, body)}, reverse=True):
            tabs += f'<button role="tab" aria-controls="tab{number}-{year}">{year}</button>'
            papers = [paper for one in _of(town, body) for paper in one.papers if one.date[:4] == year]
            files = _portlet(papers, lambda paper, text=None: _link(paper, text, town.base))
            panels += f'<div role="tabpanel" id="tab{number}-{year}">{files}</div>'
        parts.append(f"<details><summary>{body}</summary><div>{tabs}</div>{panels}</details>")
    return "".join(parts)


def _portlet(papers: Iterable[Paper], link: Callable[..., str]) -> str:
    rows = "".join(f'<li><div class="sv-file-portlet-file">{link(paper)}</div></li>' for paper in _shown(papers))
    return f'<div class="sv-file-portlet"><ul>{rows}</ul></div>'


def _module(meeting: Meeting, number: int) -> str:
    """The newer file module: nothing but a script."""
    files = [
        {
            "id": f"18.{_node(paper.key)}", "name": f"{paper.title}.pdf", "uri": _address(paper), "fileSize": "1 MB",
            "url": _address(paper), "lastModifiedDateTime": paper.uploaded, "lastModifiedBy": "255.1234",
        }
        for paper in _shown(meeting.papers)
    ]  # fmt: skip
    state = json.dumps({"files": files, "folders": [], "settings": {"showIcons": True}}, ensure_ascii=False)
    return (
        f'<div data-cid="12.{number}"><p>Laddar …</p></div>'
        f"<script nonce=\"x\">AppRegistry.registerInitialState('12.{number}abc',{state});</script>"
    )


def _link(paper: Paper, text: str | None = None, base: str = "") -> str:
    size = '<span class="sv-file-info"> Pdf, 1.2 MB, öppnas i nytt fönster.</span>'
    return (
        f'<a href="{base}{_address(paper)}" class="font-normal" rel="external">{escape(text or paper.title)}{size}</a>'
    )


def _address(paper: Paper) -> str:
    stamp = int(datetime.fromisoformat(paper.uploaded).timestamp() * 1000)
    return f"/download/18.{_node(paper.key)}/{stamp}/{quote(paper.title)}.pdf"


def _shown(papers: Iterable[Paper]) -> list[Paper]:
    return [paper for paper in papers if paper.published]


def _of(town: Town, body: str) -> list[Meeting]:
    return [meeting for meeting in town.meetings if meeting.body == body]


def _bodies(town: Town) -> list[str]:
    return list(dict.fromkeys(meeting.body for meeting in town.meetings))


def _path(body: str) -> str:
    plain = body.lower().translate(str.maketrans("åäö ", "aao-"))
    return f"/politik/{plain}.4.{_node(body)[:22]}.html"


def _node(key: str) -> str:
    return hashlib.sha1(key.encode()).hexdigest()[:22]


def _in_words(day: str) -> str:
    when = date.fromisoformat(day)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
