"""How often a guest comes back for the same thing (takt): every night while it is new, more seldom as it grows old."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flows.guest.clock import Clock

ZONE = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Pace:
    """In days. The page of a meeting is asked for every night from `before` its day until that is `fresh` days ago, and
    then again after `rest` to 1.5 times `rest`, spread over the nights by its name, and after `week` where something is
    still to come. Papers whose list tells nothing of their bytes are asked for again after half the time that they have
    stayed the same, at most `rest`, and where their server cannot tell that they are the same, so that each question
    costs a whole paper, after `week` at least. `rest=0`: all, always.
    """

    before: int = 30
    fresh: int = 60
    week: int = 7
    rest: int = 28
    late: int = 365  # what has not come by then is not waited for

    def meeting_is_due(self, name: str, day: date, asked: date, today: date, whole: bool = True) -> bool:
        """Whether a meeting's page is asked for tonight, which was asked for last on `asked`. `whole`: its minutes are
        there, or none will be.

        >>> pace, asked = Pace(), date(2026, 6, 1)
        >>> [pace.meeting_is_due("kf", day, asked, date(2026, 6, 2)) for day in (date(2026, 5, 4), date(2024, 5, 4))]
        [True, False]
        """
        age = (today - day).days
        if -self.before <= age < self.fresh:
            return True
        waits = age < 0 or (not whole and age < self.late)
        return self._has_rested(name, asked, today, min(self.week, self.rest) if waits else self.rest)

    def paper_is_due(self, name: str, since: date, asked: date, today: date, told: bool = True) -> bool:
        """Whether a paper is asked for tonight, which has been the same from `since` to `asked`. `told`: its server can
        say that it still is.

        >>> pace, since = Pace(), date(2026, 6, 1)
        >>> [pace.paper_is_due("kf", since, date(2026, 6, day), date(2026, 6, 12)) for day in (2, 11)]
        [True, False]
        """
        rest = max((asked - since).days // 2, 0 if told else self.week)
        return self._has_rested(name, asked, today, min(self.rest, rest))

    def _has_rested(self, name: str, asked: date, today: date, rest: int) -> bool:
        rested = (today - asked).days
        return rested < 0 or rested >= rest + zlib.crc32(name.encode()) % (rest // 2 + 1)


def today_of(clock: Clock) -> date:
    """The day in Sweden."""
    return clock.now().astimezone(ZONE).date()
