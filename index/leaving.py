"""What became of the papers that left a list (bortfall): withdrawn, rotated out, or too many at once to believe it.

A paper that is taken away is *withdrawn*. A site that keeps only some years lets its oldest *rotate out*: nobody took
them back, so they stay in the answers. And where much vanishes at once the site has more likely changed than every
paper been taken back: nothing is made of it before it was so on three days, and never where nothing at all is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FEW = 5  # papers that may vanish at once without a doubt, however few there are
SHARE = 1 / 4  # of a source's papers; more than these vanish at once where a site was rebuilt or is half there
NIGHTS = 3  # days on which they must have been gone before it is believed
_OLD = timedelta(days=365)  # what is younger and of the current year does not rotate out


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place in its source's list: body and day as the source tells them; `last` the run that saw it."""

    document_id: int
    body: str | None
    day: str | None
    last: int


@dataclass(frozen=True, slots=True)
class Left:
    """What became of the documents that left: their ids."""

    withdrawn: tuple[int, ...] = ()
    rotated_out: tuple[int, ...] = ()
    doubted: tuple[int, ...] = ()


def judge(here: Sequence[Place], gone: Sequence[Place], today: date, gone_since: int | None = None) -> Left:
    """What became of those that are gone from a whole list; `gone_since` is the run since which so many were gone.

    `gone_since` is None until they were gone on enough days; then those that no run saw since are withdrawn.
    """
    if not here:
        return Left(doubted=_ids(gone))
    oldest = _oldest(here)
    rotated = {place.document_id for place in gone if _rotates(place, oldest, today)}
    rest = [place for place in gone if place.document_id not in rotated]
    emptied = _emptied(here, rest)
    doubted = [place for place in rest if place.body in emptied]
    rest = [place for place in rest if place.body not in emptied]
    if len(rest) > FEW and len(rest) > SHARE * (len(here) + len(gone)):
        doubted += [place for place in rest if gone_since is None or place.last >= gone_since]
        rest = [place for place in rest if gone_since is not None and place.last < gone_since]
    return Left(_ids(rest), tuple(sorted(rotated)), _ids(doubted))


def _ids(places: Iterable[Place]) -> tuple[int, ...]:
    return tuple(sorted(place.document_id for place in places))


def _oldest(here: Sequence[Place]) -> dict[str | None, str]:
    """The oldest day that is still listed of each body."""
    oldest: dict[str | None, str] = {}
    for place in here:
        if place.day is not None:
            oldest[place.body] = min(place.day, oldest.get(place.body, place.day))
    return oldest


def _rotates(place: Place, oldest: dict[str | None, str], today: date) -> bool:
    first = oldest.get(place.body)
    if place.day is None or first is None or place.day >= first:
        return False
    return place.day[:4] < first[:4] or place.day < (today - _OLD).isoformat()


def _emptied(here: Sequence[Place], gone: Sequence[Place]) -> set[str | None]:
    """Bodies that had papers with days and have none at all: their list was emptied, moved, or begins a new year."""
    left = {place.body for place in here}
    of: defaultdict[str | None, int] = defaultdict(int)
    for place in gone:
        if place.day is not None and place.body not in left:
            of[place.body] += 1
    return {body for body, number in of.items() if number > FEW}
