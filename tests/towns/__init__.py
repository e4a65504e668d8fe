"""Towns (kommuner) that we play ourselves: their meetings and papers, and how their sites answer, with all oddities.

A file per platform beside this one has `where(town)`, the `[where]` of its municipality file, and `answer(town,
request)`, what its server says. `server.py` serves many towns at once, each under an address of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Paper:
    """A paper of a meeting as its town has it: `key` never changes, `data` does when it is uploaded again."""

    key: str
    kind: str  # protocol, agenda, protocol_extract, statement, motion
    title: str
    data: bytes
    uploaded: str = "2026-06-20T10:00:00"
    published: bool = True


@dataclass
class Meeting:
    """A meeting of a body, with its papers; `state` is planned, held or cancelled."""

    key: str
    body: str
    date: str
    state: str = "held"
    papers: list[Paper] = field(default_factory=list)


@dataclass
class Town:
    """A municipality of ours, on one platform. `base` is its address, set by who serves it; `session` what it keeps."""

    code: str
    name: str
    platform: str
    meetings: list[Meeting] = field(default_factory=list)
    base: str = ""
    session: dict[str, Any] = field(default_factory=dict)

    def paper(self, key: str) -> Paper | None:
        """The paper of this key, published or not."""
        return next((paper for meeting in self.meetings for paper in meeting.papers if paper.key == key), None)


@dataclass(frozen=True)
class Request:
    """A request as an emulation sees it."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}


@dataclass(frozen=True)
class Answer:
    """What a server says."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


NOT_FOUND = Answer(404, b"<html><body>Sidan finns inte</body></html>", {"Content-Type": "text/html; charset=utf-8"})


def page(html: str, **headers: str) -> Answer:
    """A page of HTML."""
    return Answer(200, html.encode(), {"Content-Type": "text/html; charset=utf-8", **headers})


class Emulation(Protocol):
    """What every file of a platform beside this one has."""

    def where(self, town: Town) -> dict[str, Any]: ...
    def answer(self, town: Town, request: Request) -> Answer: ...
