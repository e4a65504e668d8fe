"""The books as a table for people (böckerna): of each body and year its meetings, each with a sign and a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from index import sentences
from index.books import Account, model
from index.books.model import Meeting
from index.listed import folded
from search_api.pages.words import Words

SIGNS = {
    model.HELD: "✓", model.LACKS: "✗", model.OVERDUE: "!", model.DUE: "…", model.PLANNED: "○", model.CANCELLED: "–",
    model.UNKNOWN: "?",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A meeting in a row: its sign, the day in short, the word for what became of it."""

    outcome: str
    sign: str
    date: str
    short: str
    word: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of a body: its meetings, what they come to in words, the papers, expectations that were not met."""

    year: int | None
    source: str | None  # where several tell of the same body
    days: list[Day]
    summary: str
    papers: str
    missed: list[str]
    lacking: list[tuple[str, str | None, str, str | None]]  # name, address, what became of it, why


def bodies(accounts: Sequence[Account], t: Words) -> list[tuple[str, list[YearRow]]]:
    """Each body with its years, the newest first."""
    ordered = sorted(accounts, key=lambda one: (one.body is None, folded(one.body or ""), -(one.year or 0), one.source))
    found = []
    for _, group in groupby(ordered, key=lambda one: folded(one.body or "")):
        own = list(group)
        several = len({one.source for one in own}) > 1
        found.append((own[0].body or t("sources.no_body"), [_row(one, several, t) for one in own]))
    return found


def _row(account: Account, several: bool, t: Words) -> YearRow:
    outcomes, counts = account.outcomes, account.counts
    told = [t.count(f"books.{name}", outcomes[name]) for name in SIGNS if outcomes.get(name)]
    if not account.tells_meetings:
        told.append(t("books.no_meetings_told"))
    papers = [t.count("books.papers_read", counts["read"])]
    shown = ("unreadable", "failed", "waiting", "untried", "withdrawn", "rotated_out", "replaced")
    papers += [t.count(f"books.papers_{name}", counts[name]) for name in shown if counts[name]]
    return YearRow(
        account.year,
        account.source if several else None,
        [_day(meeting, t) for meeting in account.meetings],
        ", ".join(told),
        ", ".join(papers),
        [
            sentences.missed(one.what, one.expected, one.got, t.language)
            for one in account.expected
            if one.state in ("below", "above")
        ],
        [(paper.name, paper.url, t(f"books.state_{paper.state}"), paper.reason) for paper in account.lacking],
    )


def _day(meeting: Meeting, t: Words) -> Day:
    word = t(f"books.is_{meeting.outcome}")
    return Day(meeting.outcome, SIGNS[meeting.outcome], meeting.date, short(meeting.date, t), word)


def short(date: str, t: Words) -> str:
    """A day without its year: "12 jan"."""
    months = t("books.months").split()
    return f"{int(date[8:10])}\N{NO-BREAK SPACE}{months[int(date[5:7]) - 1]}"
