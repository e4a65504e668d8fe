"""The books (böckerna) of a source: what it has told of, and what became of each meeting and paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from index.books.expecting import Against

# What became of a paper that is listed, the best first
READ, UNREADABLE, FAILED, WAITING, LISTED = "read", "unreadable", "failed", "waiting", "listed"
LACKING = (UNREADABLE, FAILED, WAITING, LISTED)

# What became of a meeting
HELD = "held"  # it took place, and its protocol is here
DUE = "due"  # it took place, and its protocol may take its time yet
OVERDUE = "overdue"  # it took place, and no protocol was listed
LACKS = "lacking"  # it took place; its protocol is listed, and could not be had or read, or was not tried yet
PLANNED, CANCELLED = "planned", "cancelled"
UNKNOWN = "unknown"  # its day is over; nobody says whether it took place


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a source lists or listed: `state` as above; `reason` why it is not here, "stage: reason"."""

    document_id: int
    name: str
    url: str | None  # if it is open to everybody
    kind: str | None
    state: str
    reason: str | None = None
    left: str | None = None  # "withdrawn" or "rotated_out"
    versions: int = 0
    items: int = 0
    first_run: int | None = None
    failed_run: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that is known of: `told` is the source's word, or None; `outcome` what became of it, as above."""

    date: str
    told: str | None
    outcome: str
    papers: tuple[Paper, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A year of a body as one source tells it (konto).

    `tells_meetings` is whether the source lists meetings at all: where it does not, those without papers are unknown.
    `tells_cancelled` is whether it ever said that one was cancelled: where not, one that is overdue may have been.
    """

    source: str
    code: str | None
    municipality: str | None
    body: str | None
    year: int | None
    meetings: tuple[Meeting, ...]
    papers: tuple[Paper, ...]
    expected: tuple[Against, ...]
    tells_meetings: bool
    tells_cancelled: bool

    @property
    def outcomes(self) -> dict[str, int]:
        """How many meetings came to which outcome."""
        return dict(Counter(meeting.outcome for meeting in self.meetings))

    @property
    def counts(self) -> dict[str, int]:
        """How many papers: listed, held (bytes), read, and the others by what became of them."""
        here = [paper for paper in self.papers if paper.versions]
        states = Counter(paper.state for paper in self.papers)
        left = Counter(paper.left for paper in self.papers)
        return {
            "listed": len(self.papers),
            "held": len(here),
            **{state: states[state] for state in (READ, UNREADABLE, FAILED, WAITING)},
            "untried": states[LISTED],
            "withdrawn": left["withdrawn"],
            "rotated_out": left["rotated_out"],
            "replaced": sum(paper.versions > 1 for paper in here),
        }

    @property
    def reasons(self) -> dict[str, int]:
        """Why papers are not here, and how many for each reason, the most common first."""
        told = Counter(paper.reason for paper in self.papers if paper.reason and paper.state in LACKING)
        return dict(
            sorted(((reason, number) for reason, number in told.items() if reason), key=lambda r: (-r[1], r[0]))
        )

    @property
    def lacking(self) -> list[Paper]:
        """Papers that are listed and not here: they stay in this list until they are had, or leave the source's."""
        return [paper for paper in self.papers if paper.state in LACKING and not paper.left]

    def to_json(self, whole: bool = True) -> dict[str, Any]:
        """As plain values; with `whole` every meeting, and every paper that is not here."""
        told: dict[str, Any] = {
            "source": self.source,
            "municipality": {"code": self.code, "name": self.municipality} if self.code else None,
            "body": self.body,
            "year": self.year,
            "meetings": self.outcomes,
            "tells_meetings": self.tells_meetings,
            "tells_cancelled": self.tells_cancelled,
            "papers": self.counts,
            "reasons": self.reasons,
            "expected": [asdict(each) for each in self.expected],
        }
        if whole:
            told["every_meeting"] = [_meeting(meeting) for meeting in self.meetings]
            told["lacking"] = [_paper(paper) for paper in self.lacking]
        return told


def _meeting(meeting: Meeting) -> dict[str, Any]:
    papers = [paper.document_id for paper in meeting.papers]
    return {"date": meeting.date, "told": meeting.told, "outcome": meeting.outcome, "documents": papers}


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "document": paper.document_id,
        "name": paper.name,
        "url": paper.url,
        "kind": paper.kind,
        "state": paper.state,
        "reason": paper.reason,
    }


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a person should look at: which kind, about what of the source, in figures; `since` once it is raised."""

    source: str
    kind: str
    about: str
    reason: str
    figures: dict[str, Any] = field(default_factory=dict)
    since: datetime | None = None
    closed: datetime | None = None
