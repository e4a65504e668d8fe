"""Decisions, outcomes and parties, counted (räkning)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, Subquery, Table, func, select

from index import tables
from index.asking.filters import OUTCOMES, municipality_name
from index.statistics.asked import Asked
from index.statistics.model import Number, Row, Statistic
from index.statistics.sections import sections

_ACTS = {"proposes": "proposing", "votes": "voting", "reserves": "reserving"}
_IN_ORDER = ("month", "year")


def decisions(db: Connection, asked: Asked) -> Statistic:
    """§§ with a decision, their points, and how many were voted on or reserved against."""
    held = sections(db, asked)
    by = held.c[asked.by]
    points, voted, reserved = (_per_item(table) for table in (tables.decisions, tables.votes, tables.reservations))
    joined = held.join(points, points.c.item_id == held.c.item_id)
    joined = joined.outerjoin(voted, voted.c.item_id == held.c.item_id)
    joined = joined.outerjoin(reserved, reserved.c.item_id == held.c.item_id)
    numbers = func.count(), func.sum(points.c.number), func.count(voted.c.number), func.count(reserved.c.number)
    measures = ("sections", "points", "voted", "reserved")
    counted = db.execute(select(by, *numbers).select_from(joined).group_by(by))
    found = {key: dict(zip(measures, map(int, values), strict=True)) for key, *values in counted}
    return Statistic("decisions", asked.by, measures, ordered(asked.by, found, measures), ("each_once",))


def outcomes(db: Connection, asked: Asked) -> Statistic:
    """Points of decisions by their outcome; by something else, a number for each outcome."""
    held, table = sections(db, asked), tables.decisions
    joined = held.join(table, table.c.item_id == held.c.item_id)
    if asked.by == "outcome":
        counted = db.execute(select(table.c.outcome, func.count()).select_from(joined).group_by(table.c.outcome))
        points = {outcome: {"points": number} for outcome, number in counted}
        return Statistic("outcomes", "outcome", ("points",), ordered("outcome", points, ("points",)), ("each_once",))
    by, notes = (held.c[asked.by], ["each_once"]) if asked.by != "party" else (tables.item_parties.c.party, [])
    if asked.by == "party":
        acts = tables.item_parties
        joined = joined.join(acts, (acts.c.item_id == held.c.item_id) & (acts.c.act == "proposes"))
        notes = ["each_once", "several_parties", "party_proposes"]
    asked_for = select(by, table.c.outcome, func.count()).select_from(joined).group_by(by, table.c.outcome)
    found: defaultdict[str | None, dict[str, Number]] = defaultdict(dict)
    for key, outcome, number in db.execute(asked_for):
        found[key][outcome] = number
    told = [outcome for outcome in OUTCOMES if any(outcome in values for values in found.values())]
    measures = ("points", *told)
    for values in found.values():
        values["points"] = sum(int(number or 0) for number in values.values())
    return Statistic("outcomes", asked.by, measures, ordered(asked.by, found, measures), tuple(notes))


def parties(db: Connection, asked: Asked) -> Statistic:
    """In how many §§ each party proposes, is named in a vote, or reserves itself."""
    held, acts = sections(db, asked), tables.item_parties
    joined = held.join(acts, acts.c.item_id == held.c.item_id)
    found: defaultdict[str | None, dict[str, Number]] = defaultdict(dict)
    for party, act, number in db.execute(
        select(acts.c.party, acts.c.act, func.count()).select_from(joined).group_by(acts.c.party, acts.c.act)
    ):
        found[party][_ACTS[act]] = number
    measures = tuple(_ACTS.values())
    return Statistic("parties", "party", measures, ordered("party", found, measures), ("each_once", "several_parties"))


def ordered(
    by: str, found: Mapping[str | None, Mapping[str, Number]], measures: tuple[str, ...], empty: Number = 0
) -> tuple[Row, ...]:
    """Rows by time, or the largest first; what is not told comes last."""
    made = [Row(key, name(by, key), {m: values.get(m, empty) for m in measures}) for key, values in found.items()]
    first = measures[0]
    if by in _IN_ORDER:
        return tuple(sorted(made, key=lambda row: (row.key is None, row.key or "")))
    return tuple(sorted(made, key=lambda row: (row.key is None, -(row.values[first] or 0), row.key or "")))


def name(by: str, key: str | None) -> str | None:
    """What a key is called, where that is something else."""
    return municipality_name(key) if by == "municipality" and key else key


def _per_item(table: Table) -> Subquery:
    """How many rows of a table each item has."""
    counted = select(table.c.item_id, func.count().label("number")).where(table.c.item_id.is_not(None))
    return counted.group_by(table.c.item_id).subquery()
