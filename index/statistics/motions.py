"""Motions (motioner): who asked, how the council answered, and after how many days, where the record has both ends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from sqlalchemy import Connection, or_, select

from index import tables
from index.cases.records import in_parts
from index.cases.titles import matter
from index.matters import matters
from index.statistics.asked import Asked
from index.statistics.counting import ordered
from index.statistics.model import Number, Statistic
from index.statistics.sections import sections

# How a council answers; "open" is a motion without an answer in the record
ANSWERS = ("approved", "partly", "rejected", "answered")
_MEASURES = ("motions", *ANSWERS, "open", "timed", "median_days")
_PARTY = re.compile(r"[A-ZÅÄÖ][\wé’'-]+\s+\(([A-ZÅÄÖa-zåäö]{1,5})\)")


Point = tuple[str, str]  # of a decision: its outcome, its words


@dataclass(slots=True)
class Motion:
    """One motion: when it was raised, by which parties, and how and when the council answered it."""

    municipality: str | None
    raised: str | None = None
    first: str | None = None
    parties: set[str] = field(default_factory=set)
    answer: str | None = None
    answered: str | None = None

    def days(self) -> int | None:
        """From raised to answered, where both days are known."""
        ends = [day for day in (self.raised, self.answered) if day and len(day) == 10]
        return (date.fromisoformat(ends[1]) - date.fromisoformat(ends[0])).days if len(ends) == 2 else None


def motions(db: Connection, asked: Asked) -> Statistic:
    """Motions by party, answer, year in which the record has them first, or municipality."""
    found: defaultdict[str | None, list[Motion]] = defaultdict(list)
    for motion in read(db, asked):
        for key in _keys(motion, asked.by):
            found[key].append(motion)
    counted = {key: _counted(held) for key, held in found.items()}
    notes = ("motions_by_case", "motions_days", *(("several_parties",) if asked.by == "party" else ()))
    rows = ordered(asked.by, counted, _MEASURES, None)
    return Statistic("motions", asked.by, _MEASURES, rows, notes)


def read(db: Connection, asked: Asked) -> list[Motion]:
    """Every motion of the record: a case whose titles tell of one, or a motion paper without a number."""
    held = sections(db, Asked("motions", asked.by, asked.municipality))
    titled = or_(held.c.title.contains("otion"), held.c.kind == "motion")
    rows = db.execute(select(held).where(titled).order_by(held.c.date, held.c.item_id)).all()
    rows = [row for row in rows if "motion" in matters(str(row.kind), row.title or "")]
    points = _points(db, [row.item_id for row in rows])
    authors = _authors(db, [row.item_id for row in rows if row.kind == "motion"])
    made: dict[Hashable, Motion] = {}
    for key, row in _grouped(rows):
        motion = made.setdefault(key, Motion(row.municipality))
        _tell(motion, row, points.get(row.item_id, []), authors.get(row.item_id, []))
    years = {str(year) for year in asked.year}
    return [motion for motion in made.values() if not years or str(motion.first)[:4] in years]


def _grouped(rows: Sequence[Any]) -> Iterator[tuple[Hashable, Any]]:
    """Each row with what tells its motion: the case number; of a paper without one, that of the same title."""
    by_title: dict[Hashable, Hashable] = {}
    if any(row.case_number is None for row in rows):
        for row in (row for row in rows if row.case_number):
            by_title.setdefault(_titled(row), (row.municipality, row.case_number))
    for row in rows:
        if row.case_number:
            yield (row.municipality, row.case_number), row
        else:
            yield by_title.get(_titled(row), _titled(row)), row


def _titled(row: Any) -> Hashable:
    """A municipality and what a title says; the item alone where it says nothing."""
    return row.municipality, matter(row.title or "").stems or row.item_id


def _tell(motion: Motion, row: Any, points: Sequence[Point], authors: list[str]) -> None:
    """What one § or paper tells of a motion; rows come by day."""
    council = (row.body or "").casefold().endswith("fullmäktige")
    motion.first = min(filter(None, (motion.first, row.date)), default=None)
    motion.parties |= set(_PARTY.findall(row.title or "")) | set(authors)
    is_raised = row.kind == "motion" or (
        council and any(outcome == "referred" for outcome, _ in points)
    )  # sent to be prepared when it was raised
    if is_raised and row.date and motion.answer is None:
        motion.raised = min(filter(None, (motion.raised, row.date)))
    if council and row.kind != "motion" and (answer := _answer(points)):
        motion.answer, motion.answered = answer, row.date


def _answer(points: Sequence[Point]) -> str | None:
    """What the points of a council's decision say of a motion; those that name it, where any does.

    >>> _answer([("approved", "Motionen bifalls vad gäller taket."), ("rejected", "Motionen avslås i övrigt.")])
    'partly'
    >>> _answer([("approved", "Taxan antas."), ("answered", "Motionen är besvarad.")]), _answer([("tabled", "Vilar.")])
    ('answered', None)
    """
    naming = [outcome for outcome, text in points if "motion" in text.lower()]
    told = {outcome for outcome in naming or [outcome for outcome, _ in points] if outcome in ANSWERS}
    return "partly" if "approved" in told and len(told) > 1 else min(told, default=None)


def _counted(held: list[Motion]) -> dict[str, Number]:
    days = [days for motion in held if (days := motion.days()) is not None and days > 0]
    counted: dict[str, Number] = {"motions": len(held), "open": sum(motion.answer is None for motion in held)}
    counted |= {answer: sum(motion.answer == answer for motion in held) for answer in ANSWERS}
    return counted | {"timed": len(days), "median_days": Decimal(str(median(days))) if days else None}


def _keys(motion: Motion, by: str) -> list[str | None]:
    if by == "party":
        return [*sorted({party.upper() if len(party) < 3 else party for party in motion.parties})] or [None]
    if by == "year":
        return [str(motion.first)[:4] if motion.first else None]
    return [motion.municipality if by == "municipality" else motion.answer or "open"]


def _points(db: Connection, item_ids: list[int]) -> dict[int, list[Point]]:
    found: defaultdict[int, list[Point]] = defaultdict(list)
    table = tables.decisions.c
    for ids in in_parts(item_ids):
        told = select(table.item_id, table.outcome, table.text).where(table.item_id.in_(ids)).order_by(table.span_start)
        for item_id, outcome, text in db.execute(told):
            found[item_id].append((outcome, text))
    return found


def _authors(db: Connection, item_ids: list[int]) -> dict[int, list[str]]:
    """The parties whose members wrote a motion."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    acts = tables.item_parties.c
    for ids in in_parts(item_ids):
        told = select(acts.item_id, acts.party).where(acts.item_id.in_(ids), acts.act == "proposes")
        for item_id, party in db.execute(told):
            found[item_id].append(party)
    return found
