"""What a visit would take, without taking it (titt): a listing against the record and against what is expected."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.guest import Guest
from flows.sources import Source, Trouble
from flows.sources.visited import HELD, NEW, Visited
from index.books.expecting import Against, against, from_json
from index.listed import Listed, Meeting, folded

if TYPE_CHECKING:
    from index.catalog import Known

_MINUTES = ("protocol", "protocol_extract")
_NO_BODY = "(no body)"


@dataclass
class Year:
    """What is listed of a body in a year: meetings, those of them with minutes, and papers by kind."""

    meetings: int = 0
    cancelled: int = 0
    planned: int = 0
    with_minutes: int = 0
    papers: dict[str, int] = field(default_factory=dict)


@dataclass
class Look:
    """One source, looked at. `papers` counts them by how they stand to the record: new, changed, asked again, held."""

    source: str
    kind: str
    location: str
    papers: dict[str, int] = field(default_factory=dict)
    left: int = 0  # in the record and not in the list any more
    bodies: dict[str, dict[str, Year]] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)  # of each body, the day of its newest meeting with papers
    troubles: list[Trouble] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    requests: int = 0

    @property
    def listed(self) -> int:
        return sum(self.papers.values())

    @property
    def wrong(self) -> bool:
        """Whether somebody should look at it: what could not be listed, nothing at all, or not what is expected."""
        return not self.listed or bool(self.missed) or any(not trouble.waits for trouble in self.troubles)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"listed": self.listed, "wrong": self.wrong}


def look(source: Source, known: Mapping[str, Known], guest: Guest, today: date) -> Look:
    """A source listed as the night would, and nothing fetched. `known` is what the record has of it, by key."""
    before, found = guest.requests, Look(source.name, source.kind, source.location)
    papers: dict[str, Listed] = {}
    meetings: dict[str, Meeting] = {}
    for one in source.listing():
        if isinstance(one, Trouble):
            found.troubles.append(one)
        elif isinstance(one, Listed):
            papers.setdefault(one.key, one)
        else:
            meetings.setdefault(one.key, one)
    found.requests = guest.requests - before
    found.papers = dict(Counter(_standing(source, paper, known.get(paper.key)) for paper in papers.values()))
    if not found.troubles:
        found.left = sum(
            1 for key, of in known.items() if key not in papers and not of.withdrawn and source.covers(key)
        )
    _count(found, papers, meetings)
    if isinstance(source, Visited):
        first = source.site.since.year if source.site.since else None
        found.missed = list(_missed(found, source.expect, first, today))
    return found


def _standing(source: Source, paper: Listed, known: Known | None) -> str:
    if known is None or known.sha256 is None:
        return NEW
    if isinstance(source, Visited):
        return source.standing(paper, known.stamp)
    return HELD


def _count(found: Look, papers: Mapping[str, Listed], meetings: Mapping[str, Meeting]) -> None:
    """Meetings and papers by body and year."""
    bodies: defaultdict[str, defaultdict[str, Year]] = defaultdict(lambda: defaultdict(Year))
    minutes = {paper.meeting for paper in papers.values() if paper.kind in _MINUTES}
    for meeting in meetings.values():
        year = bodies[meeting.body or _NO_BODY][meeting.date[:4]]
        year.cancelled += meeting.state == "cancelled"
        year.planned += meeting.state == "planned"
        year.meetings += meeting.state not in ("cancelled", "planned")
        year.with_minutes += meeting.key in minutes
    for paper in papers.values():
        day, body = paper.date or "", paper.body or _NO_BODY
        papers_of, kind = bodies[body][day[:4] or "-"].papers, paper.kind or "unknown"
        papers_of[kind] = papers_of.get(kind, 0) + 1
        found.latest[body] = max(found.latest.get(body, ""), day)
    found.bodies = {body: dict(sorted(years.items())) for body, years in sorted(bodies.items())}


def _missed(found: Look, expect: Mapping[str, Any], first: int | None, today: date) -> Iterator[str]:
    """What is expected and not so, in words."""
    told = {body: of.model_dump(exclude_none=True, mode="json") for body, of in expect.items()}
    listed = {folded(body): body for body in found.bodies}
    for body, expected in from_json(told).items():
        name = listed.get(folded(body))
        if name is None:
            others = ", ".join(found.bodies) or "no body at all"
            yield f"{body}: nothing is listed of it; listed are {others}"
            continue
        years = {int(year): of for year, of in found.bodies[name].items() if year.isdigit()}
        for year, of in years.items():
            whole = year >= first if first else year > min(years)  # the first that is listed may begin in its middle
            if year > today.year or not whole:
                continue
            meetings = of.meetings or None
            for one in against(expected, meetings, of.with_minutes, [], over=year < today.year):
                if one.state in ("below", "above"):
                    yield f"{body}, {year}: {_in_words(one)}"
        if expected.quiet_days and (last := found.latest.get(name)) and last <= today.isoformat():
            quiet = (today - date.fromisoformat(last)).days
            if quiet > expected.quiet_days:
                limit = f"at most {expected.quiet_days} are expected"
                yield f"{body}: the newest paper is of {last}, {quiet} days ago; {limit}"


def _in_words(one: Against) -> str:
    """
    >>> _in_words(Against("meetings_per_year", (8, 14), (3, 3), "below"))
    '3 meetings, expected are 8 to 14'
    """
    return f"{one.got[0]} {one.what.removesuffix('_per_year')}, expected are {one.expected[0]} to {one.expected[1]}"
