"""The books (böckerna): of each source, body and year, what was told of and what became of it.

    for account in books(catalog.engine, date.today(), code="1489"):
        print(account.body, account.year, account.outcomes, account.counts)

What is not held is told apart from what did not happen, and what cannot be told is said to be unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Engine, select

from index import tables
from index.books import expecting, model
from index.books.expecting import Against, Expected
from index.books.gather import Gathered, Key, Known, gather, held_protocols
from index.books.meetings import PUBLISHED, outcome, took_place
from index.books.model import Account, Meeting, Paper
from index.listed import folded

__all__ = ["Account", "Against", "Expected", "Meeting", "Paper", "books"]

_Place = tuple[str | None, str | None, int | None]  # municipality, body in small letters, year


@dataclass
class _Year:
    """A year of a body while it is put together."""

    municipality: str | None = None
    body: str | None = None
    meetings: list[Known] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


def books(engine: Engine, today: date, *, code: str | None = None, source: str | None = None) -> list[Account]:
    """The books of all sources, of one, or of a municipality: by source, municipality, body, the newest year first."""
    with engine.connect() as db:
        every, held = gather(db, code, source), held_protocols(db)
        named = select(tables.sources.c.name, tables.sources.c.expect)
        expected = {row.name: expecting.from_json(row.expect) for row in db.execute(named)}
    return [
        account
        for name, gathered in every.items()
        for account in _accounts(name, gathered, expected.get(name, {}), held, today)
    ]


def _accounts(
    source: str, gathered: Gathered, expected: Mapping[str, Expected], held: set[Key], today: date
) -> Iterator[Account]:
    wanted = {folded(body): of for body, of in expected.items()}
    years = _years(gathered)
    for (code, body, year), kept in sorted(years.items(), key=lambda each: _order(each[0])):
        meetings = tuple(_meeting(known, held, today) for known in sorted(kept.meetings, key=lambda m: m.date))
        papers = tuple(kept.papers) + tuple(paper for meeting in meetings for paper in meeting.papers)
        of_body = wanted.get(body or "", Expected())
        yield Account(
            source, code, kept.municipality, kept.body, year, meetings, papers,
            tuple(_against(of_body, meetings, year, today, gathered.tells_meetings)) if year else (),
            gathered.tells_meetings, gathered.tells_cancelled,
        )  # fmt: skip


def _years(gathered: Gathered) -> dict[_Place, _Year]:
    years: defaultdict[_Place, _Year] = defaultdict(_Year)
    for known in gathered.meetings:
        kept = years[known.code, known.body and folded(known.body), int(known.date[:4])]
        kept.municipality, kept.body = kept.municipality or known.municipality, kept.body or known.body
        kept.meetings.append(known)
    for row, paper in gathered.others:
        year = int(row.date[:4]) if row.date and row.date[:4].isdigit() else None
        kept = years[row.municipality_code, row.body and folded(row.body), year]
        kept.municipality, kept.body = kept.municipality or row.municipality, kept.body or row.body
        kept.papers.append(paper)
    return years


def _order(place: _Place) -> tuple[str, str, int]:
    code, body, year = place
    return code or "9999", body or "\uffff", -(year or 0)


def _meeting(known: Known, held: set[Key], today: date) -> Meeting:
    became = outcome(known.date, known.told, known.papers, today, known.key in held)
    return Meeting(known.date, known.told, became, tuple(known.papers), known.url)


def _against(
    expected: Expected, meetings: tuple[Meeting, ...], year: int, today: date, tells_meetings: bool
) -> Iterator[Against]:
    took = sum(took_place(meeting.outcome) for meeting in meetings)
    protocols = sum(meeting.outcome == model.HELD for meeting in meetings)
    items = [max(numbers) for meeting in meetings if (numbers := _items(meeting))]
    over = today > date(year, 12, 31) + PUBLISHED + timedelta(days=1)
    return expecting.against(expected, took if tells_meetings else None, protocols, items, over)


def _items(meeting: Meeting) -> list[int]:
    return [paper.items for paper in meeting.papers if paper.kind == "protocol" and paper.state == model.READ]
