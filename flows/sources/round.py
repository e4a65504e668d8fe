"""A round of a site's meetings (rundan): which are asked for their papers tonight, and which are told as they were.

A site with a page for each meeting has hundreds of them, and all but a few have not changed for years. What was asked
and is old is asked again seldom, and told meanwhile as it was told last: a listing is whole every night.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from extractors.model import WAITS, Unreadable
from flows.guest import Guest
from flows.guest.pace import today_of
from flows.sources import Trouble
from flows.sources.platforms import Site
from index.listed import Listed, Meeting, Remembered

Asked = tuple[Meeting, Sequence[Listed | Trouble]]  # a meeting as its page tells it, and the papers there
CANCELLED, HELD, PLANNED = "cancelled", "held", "planned"
_CANCELLED = re.compile(r"(?<!ersätter )(?<!för )\binst[äa]ll(?:t|d|da)\b", re.IGNORECASE)


def is_cancelled(text: str) -> bool:
    """Whether a meeting's title, its row or its slug says that it is not held.

    >>> is_cancelled("Möte 2 mars - INSTÄLLT"), is_cancelled("kf-2026-03-02-installt")
    (True, True)
    >>> is_cancelled("Extra möte, ersätter inställt möte"), is_cancelled("Inställningar")
    (False, False)
    """
    return _CANCELLED.search(text) is not None


def paper_of(
    meeting: Meeting, key: str, url: str, title: str, kind: str | None = None, stamp: str | None = None
) -> Listed:
    """A paper of a meeting: of its body and its day."""
    whose = meeting.municipality, meeting.body, meeting.date
    return Listed(meeting.source, key, url, title or None, *whose, stamp, kind, meeting.key)


class Round:
    """One night's round of one site."""

    def __init__(self, site: Site, guest: Guest) -> None:
        self.site, self.pace, self.today = site, guest.manners.pace, today_of(guest.clock)
        self._waits = False

    def state(self, day: str, cancelled: bool = False) -> str | None:
        """Whether a meeting of this day is behind us; None on the day itself, where the site says nothing."""
        if cancelled:
            return CANCELLED
        now = self.today.isoformat()
        return None if day == now else HELD if day < now else PLANNED

    def visit(self, meeting: Meeting, ask: Callable[[Meeting], Asked]) -> Iterator[Listed | Meeting | Trouble]:
        """The meeting and its papers. `ask` raises Unreadable where they cannot be had: then what was known is told.

        A meeting of which something could not be had is asked for again the next night.
        """
        if self.site.since and meeting.date < self.site.since.isoformat():
            return
        known, tonight = self.site.memory.get(meeting.key), self.site.tonight.get(meeting.key)
        if tonight is not None and tonight.meeting.asked == self.today.isoformat():
            yield tonight.meeting
            yield from tonight.papers
        elif known is None or self._is_due(meeting, known):
            try:
                if self._waits:
                    raise Unreadable(WAITS, "")
                told, found = ask(meeting)
            except Unreadable as unreadable:
                yield from self._as_before(meeting)
                if unreadable.stage != WAITS:
                    yield Trouble(meeting.url or meeting.key, unreadable.reason)
                elif not self._waits:
                    self._waits = True
                    yield Trouble(self.site.name, f"{unreadable.reason}; the next night goes on from here", waits=True)
            else:
                papers = tuple(one for one in found if isinstance(one, Listed))
                if len(papers) == len(found):
                    told = replace(told, asked=self.today.isoformat())
                    self.site.tonight[meeting.key] = Remembered(told, papers)
                yield told
                yield from found
        else:
            yield from self._as_before(meeting)

    def _is_due(self, meeting: Meeting, known: Remembered) -> bool:
        if known.meeting.asked is None:
            return True
        days = date.fromisoformat(meeting.date), date.fromisoformat(known.meeting.asked)
        cancelled = CANCELLED in (meeting.state, known.meeting.state)
        whole = cancelled or any(paper.kind == "protocol" for paper in known.papers)
        return self.pace.meeting_is_due(meeting.key, *days, self.today, whole)

    def _as_before(self, meeting: Meeting) -> Iterator[Listed | Meeting]:
        known = self.site.memory.get(meeting.key)
        if known is None:
            yield meeting
            return
        cancelled = CANCELLED in (meeting.state, known.meeting.state)
        yield replace(meeting, state=CANCELLED if cancelled else meeting.state, asked=known.meeting.asked)
        yield from known.papers
