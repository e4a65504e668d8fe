"""Ciceron (Formpipe): a diary (diarium) searched by JSON-RPC; each meeting of the search has a list of its documents.

    where = { site = "https://diariet.example.se", diaries = ["KS"], bodies = { "KF" = "Kommunfullmäktige" } }

`diaries` are the site's codes; without them all of its diaries are searched. `bodies` are by the name that the site has
for them; without them all are taken. The session's number comes with each answer and goes with each question, and a
search is of its session: its items have numbers of that search only. Answers hold JSON as text. A document's id stays;
its file name is in base64 of the server's own making and goes back as it came. HEAD is answered with 404: only GET.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qs, quote

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from extractors import bodies
from extractors.model import WAITS, Unreadable
from flows.guest import Guest
from flows.sources import Fetched, Trouble, titles
from flows.sources.platforms import Root, Site
from flows.sources.platforms import Where as Base
from flows.sources.round import CANCELLED, Asked, Round, is_cancelled, paper_of
from index.listed import Listed, Meeting

_SEARCH = "paragraf"  # what our search is called, within our session
_PAGE = 200  # items asked for at a time
_MEETINGS = 1  # the document type; 64 is protocols
_FIRST = "1990-01-01"
_CODE = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖ\d_-]{0,11}")  # of a diary: KS, DIAKS, BUN
Answer = TypeVar("Answer")


class Where(Base):
    site: Root
    diaries: tuple[str, ...] = ()
    bodies: Mapping[str, str] = Field(default_factory=dict)
    doctype: int = _MEETINGS


class _Told(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _Item(_Told):
    id: str
    title: str = ""
    object_link: str = ""


class _Document(_Told):
    name: str = ""
    id: str | None = None
    filename: str | None = None
    filename_b64: str | None = None
    size: int | str | None = None


class _Details(_Told):
    documents: list[_Document]


class _Hits(_Told):
    hits: int


class _Results(_Told):
    results: list[_Item]


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every diary's meetings, with their documents as far as they are asked for tonight."""
    round, session = Round(site, guest), _Session(site, guest)
    others: set[str] = set()
    meetings = 0
    for diary in site.where.diaries or session.diaries():
        search = _Search(session, diary, (round.today + timedelta(days=366)).isoformat())
        try:
            items = search.items()
        except Unreadable as unreadable:
            yield Trouble(f"{site.where.site}, diary {diary}", unreadable.reason, waits=unreadable.stage == WAITS)
            continue
        if len(items) != search.hits:
            yield Trouble(
                f"{site.where.site}, diary {diary}", f"it told of {search.hits} meetings and gave {len(items)}"
            )
        for item in items:
            body, day, key = _meeting_of(item, diary)
            if day is None or body is None:
                yield Trouble(f"{site.where.site}, diary {diary}", f"expected a body and a day, found {item.title!r}")
                continue
            if site.where.bodies and body not in site.where.bodies:
                others.add(body)
                continue
            meetings += 1
            state = round.state(day, is_cancelled(item.title))
            name = site.where.bodies.get(body, body)
            url = f"{site.where.site}/#!/search/{quote(item.object_link, safe='?&=:%')}" if item.object_link else None
            meeting = Meeting(site.name, key, day, name, site.municipality, state, url)
            yield from round.visit(meeting, partial(_ask, search, item))
    if not meetings:
        found = f"meetings of {', '.join(sorted(others))} only" if others else "no meeting in any diary"
        yield Trouble(
            site.where.site, f"expected meetings of {', '.join(site.where.bodies) or 'any body'}, found {found}"
        )


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One document, which needs no session; a web page in its place is an error."""
    return guest.fetch(listed.url, stamp, only=("pdf", "docx"))


def _meeting_of(item: _Item, diary: str) -> tuple[str | None, str | None, str]:
    """Body, day and key of a meeting: as its link tells (?t=1&i=Kommunfullmäktige&d=2026-02-04 00:00:00&n=KS), else
    its title.

    >>> _meeting_of(_Item(id="0", title="Kommunfullmäktige 2026-02-04"), "KS")
    ('Kommunfullmäktige', '2026-02-04', 'KS/Kommunfullmäktige 2026-02-04')
    """
    told = {name: values[0] for name, values in parse_qs(item.object_link.lstrip("?")).items()}
    title = " ".join(item.title.split())
    body, moment = told.get("i"), told.get("d", "")
    day = titles.day(moment) or titles.day(title)
    if body is None and day is not None:
        body = bodies.named(title) or title.replace(day, "").split("(")[0].strip(" -–,") or None
    own = f"{told['i']} {moment.removesuffix(' 00:00:00')}" if "i" in told and titles.day(moment) else title
    return body, day, f"{told.get('n', diary)}/{own}"


def _ask(search: _Search, item: _Item, meeting: Meeting) -> Asked:
    """The documents of a meeting. One without an id or a file is not published yet."""
    papers: list[Listed | Trouble] = []
    cancelled = False
    for document in search.details(item).documents:
        name = titles.tidy(document.name or document.filename or "")
        kind = titles.kind(name, titles.tidy(document.filename or ""))
        cancelled |= is_cancelled(name) and kind != "protocol"
        if document.id and document.filename_b64:
            file = f"filename={quote(document.filename_b64, safe='')}&id={quote(document.id, safe='')}"
            url = f"{search.session.site.where.site}/download/document?{file}"
            stamp = f"{document.size} {document.filename_b64}" if document.size else None
            papers.append(paper_of(meeting, f"document/{document.id}", url, name, kind, stamp))
        elif document.id and document.filename:
            why = f"expected filename_b64 of a document, found none for {document.filename!r}"
            papers.append(Trouble(meeting.url or meeting.key, why))
    cancelled &= not any(isinstance(paper, Listed) and paper.kind == "protocol" for paper in papers)
    return (replace(meeting, state=CANCELLED) if cancelled else meeting), papers


class _Search:
    """A search of one diary, made again where its session is over."""

    def __init__(self, session: _Session, diary: str, until: str) -> None:
        since = session.site.since.isoformat() if session.site.since else _FIRST
        param = {"hasFiles": False, "diary": diary, "board": "", "from_date": since, "to_date": until}
        self.session, self.hits = session, 0
        self._asked = {"search_id": _SEARCH, "doctype": session.site.where.doctype, "text": ""}
        self._asked["param"] = json.dumps(param, ensure_ascii=False)
        self._numbers: dict[tuple[str, str], str] = {}

    def items(self) -> list[_Item]:
        """Every meeting found, in the order of the search."""
        self.hits = self.session.ask("Search", self._asked, _Hits).hits
        found: dict[str, _Item] = {}
        while len(found) < self.hits:
            asked = {"search_id": _SEARCH, "offset": len(found), "limit": _PAGE}
            results = self.session.ask("ReadItems", asked, _Results).results
            fresh = {item.id: item for item in results if item.id not in found}
            if not fresh:
                break
            found |= fresh
        self._numbers = {(item.title, item.object_link): number for number, item in found.items()}
        return list(found.values())

    def details(self, item: _Item) -> _Details:
        """The documents of one. Where the session is over its number is looked up anew in another's search."""
        try:
            return self._details(item)
        except _RefusedError:
            self.session.open()
            self.items()
            return self._details(item)

    def _details(self, item: _Item) -> _Details:
        number = self._numbers.get((item.title, item.object_link))
        if number is None:
            raise Unreadable("list", f"{item.title} was in the search and is not any more")
        return self.session.ask("ReadObjectDetails", {"search_id": _SEARCH, "id": number}, _Details)


class _RefusedError(Unreadable):
    """The server took the question and gave no answer to it: a session that is over, mostly."""


class _Session:
    """Questions and answers of one session."""

    def __init__(self, site: Site, guest: Guest) -> None:
        self.site, self.guest, self.id = site, guest, ""

    def open(self) -> None:
        """A new session."""
        self.id = ""
        self._call("Test", {})

    def diaries(self) -> list[str]:
        """The codes of the site's diaries; of one that tells none, "" for all of them."""
        try:
            told = self._call("ReadDiaries", {})
        except _RefusedError:
            return [""]
        told = next(iter(told.values()), None) if isinstance(told, dict) and len(told) == 1 else told
        rows = told.get("diaries", told.get("results")) if isinstance(told, dict) else told
        values = [row.values() if isinstance(row, dict) else [row] for row in rows] if isinstance(rows, list) else []
        codes = [next((str(value) for value in row if _CODE.fullmatch(str(value))), "") for row in values]
        if not codes or not all(codes):
            raise self._unexpected("ReadDiaries", "the codes of diaries (KS); write them as diaries = [...]", told)
        return codes

    def ask(self, method: str, params: dict[str, Any], form: type[Answer]) -> Answer:
        """An answer in the form that is expected. Raises Unreadable, with what came instead."""
        told = self._call(method, params)
        if isinstance(told, dict) and "value" in told:
            told = _unpacked(told["value"])
        if isinstance(told, list):
            told = {"results": told}
        try:
            return TypeAdapter(form).validate_python(told)
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"])) or "an object"
            raise self._unexpected(method, where, told) from None

    def _call(self, method: str, params: dict[str, Any]) -> Any:
        if not self.id and method != "Test":
            self.open()
        asked = {"jsonrpc": "2.0", "id": 1, "method": f"CiceronsokServer:{method}", "params": params}
        page = self.guest.post(f"{self.site.where.site}/json", asked | ({"session_id": self.id} if self.id else {}))
        try:
            told = json.loads(page.text)
        except ValueError:
            raise self._unexpected(method, "JSON", page.text) from None
        if not isinstance(told, dict):
            raise self._unexpected(method, "an object", told)
        self.id = str(told.get("session_id") or self.id)
        if error := told.get("error"):
            said = error.get("message") if isinstance(error, dict) else error
            raise _RefusedError("list", f"{method}: the server says {str(said)[:200]!r}")
        return _unpacked(told.get("result"))

    def _unexpected(self, method: str, expected: str, found: object) -> _RefusedError:
        return _RefusedError("list", f"{method}: expected {expected}, found {str(found).strip()[:120]!r}")


def _unpacked(told: Any) -> Any:
    """What an answer holds: {"result": "..."} within the result, and JSON as text, are opened."""
    for _ in range(4):
        if isinstance(told, dict) and set(told) & {"result"}:
            told = told["result"]
        elif isinstance(told, str) and told.strip()[:1] in ("{", "["):
            try:
                told = json.loads(told)
            except ValueError:
                return told
        else:
            break
    return told
