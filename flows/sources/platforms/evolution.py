"""Evolution: a diary (diarium) that a browser draws from an API of JSON: units, their bodies, meetings, documents.

    where = { site = "https://webbdiarium.example.se", bodies = { 584 = "Kommunfullmäktige" } }

`bodies` are decision authorities by their code; without them those of all `units` (codes; all of them if left out) are
visited, under the names that the site has. /api/meetings/<code> has all meetings of a body; a meeting's papers stand
under notices (kallelse and what belongs to it) and decisions. A document without a file's ending is not public. The
server makes a PDF of what is none, so a DOCX is fetched as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pydantic import Field

from extractors.model import WAITS, Unreadable
from flows.guest import Guest
from flows.sources import Fetched, Trouble, titles
from flows.sources.platforms import Root, Site
from flows.sources.platforms import Where as Base
from flows.sources.round import PLANNED, Asked, Round
from index.listed import Listed, Meeting

_ZONE = ZoneInfo("Europe/Stockholm")
_CANCELLED = re.compile(r"(?<!ersätter )inst[äa]ll", re.IGNORECASE)
_CHANGED = ("changeDate", "changedDate", "modifiedDate", "modified", "lastModified", "updated")


class Where(Base):
    site: Root
    units: tuple[str, ...] = ()
    bodies: Mapping[str, str] = Field(default_factory=dict)


def listing(site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
    """Every body's meetings, with their papers as far as they are asked for tonight."""
    api, round = _Api(site, guest), Round(site, guest)
    bodies = dict(site.where.bodies)
    if not bodies:
        yield from api.bodies(bodies)
    for code, name in bodies.items():
        place = f"meetings/{quote(code, safe='')}"
        try:
            rows = api.rows(place)
        except Unreadable as unreadable:
            yield Trouble(api.address(place), unreadable.reason, waits=unreadable.stage == WAITS)
            continue
        for row in rows:
            id, day = _text(row, "id", "meetingId"), _day(_text(row, "date", "meetingDate", "startDate", "start"))
            if not id or not day:
                yield Trouble(api.address(place), f"expected a meeting with id and date, found {str(row)[:80]!r}")
                continue
            said = " ".join(str(value) for value in row.values() if isinstance(value, str))
            state = round.state(day, _CANCELLED.search(said) is not None or row.get("cancelled") is True)
            meeting = Meeting(site.name, id, day, name, site.municipality, state, f"{site.where.site}/meetings/{id}")
            yield from round.visit(meeting, partial(_ask, api))


def fetch(site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
    """One document; the page of the diary in its place is an error."""
    return guest.fetch(listed.url, stamp, only=("pdf", "docx"))


def _ask(api: _Api, meeting: Meeting) -> Asked:
    """The papers of a meeting: of its summons, and once it was held of its decisions."""
    found: dict[str, Listed] = {}
    for part in ("notices",) if meeting.state == PLANNED else ("notices", "decisions"):
        for row in _documents(api.rows(f"meetings/{part}/{quote(meeting.key, safe='')}")):
            id, ending = _text(row, "documentId", "id"), _text(row, "fileExtension", "extension").lower().lstrip(".")
            if not id or not ending:
                continue
            title = titles.tidy(_text(row, "description", "title", "name", "fileName"))
            kind = titles.kind(title) or ("protocol_extract" if part == "decisions" else None)
            url = api.address(f"documents/{quote(id, safe='')}.{'bin' if ending == 'docx' else 'pdf'}")
            stamp = _text(row, *_CHANGED) or None
            found.setdefault(
                id,
                Listed(
                    meeting.source,
                    id,
                    url,
                    title or None,
                    meeting.municipality,
                    meeting.body,
                    meeting.date,
                    stamp,
                    kind,
                    meeting.key,
                ),
            )
    return meeting, list(found.values())


class _Api:
    """Questions and answers of one site."""

    def __init__(self, site: Site, guest: Guest) -> None:
        self.site, self.guest = site, guest

    def address(self, place: str) -> str:
        return f"{self.site.where.site}/api/{place}"

    def rows(self, place: str) -> list[dict[str, Any]]:
        """The rows of an answer, which stand under `data` or are all of it. Raises Unreadable for anything else."""
        page = self.guest.page(self.address(place))
        try:
            told = json.loads(page.text)
        except ValueError:
            raise Unreadable("list", f"expected JSON, found {' '.join(page.text.split())[:80]!r}") from None
        rows = told.get("data") if isinstance(told, dict) else told
        if rows is None and isinstance(told, dict) and "data" in told:
            return []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Unreadable("list", f"expected a list under data, found {str(told)[:80]!r}")
        return rows

    def bodies(self, found: dict[str, str]) -> Iterator[Trouble]:
        """Fills in the bodies of the site's units, by code; a unit that does not tell is a Trouble."""
        for unit in self.site.where.units or [_text(row, "code", "id") for row in self.rows("units")]:
            place = f"decisionAuthoritys/{quote(unit, safe='')}"
            try:
                rows = self.rows(place)
            except Unreadable as unreadable:
                yield Trouble(self.address(place), unreadable.reason, waits=unreadable.stage == WAITS)
                continue
            for row in rows:
                code, name = _text(row, "code", "id"), _text(row, "name", "description")
                if code and name:
                    found.setdefault(code, name)
                else:
                    yield Trouble(self.address(place), f"expected a body with code and name, found {str(row)[:80]!r}")


def _documents(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The documents of an answer, where they lie within the points of an agenda too."""
    for row in rows:
        within = [value for value in row.values() if isinstance(value, list)]
        if not within or "documentId" in row:
            yield row
        for value in within:
            yield from _documents([each for each in value if isinstance(each, dict)])


def _text(row: dict[str, Any], *names: str) -> str:
    """The first of these fields that says anything."""
    return next((" ".join(str(row[name]).split()) for name in names if row.get(name) not in (None, "")), "")


def _day(moment: str) -> str | None:
    """The day in Sweden.

    >>> _day("2026-06-16T22:00:00Z"), _day("2026-06-17T00:00:00"), _day("soon")
    ('2026-06-17', '2026-06-17', None)
    """
    try:
        told = datetime.fromisoformat(moment)
    except ValueError:
        return titles.day(moment)
    return (told.astimezone(_ZONE) if told.tzinfo else told).date().isoformat()
