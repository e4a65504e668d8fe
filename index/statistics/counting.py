"""Decisions, outcomes and parties, counted (räkning)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import CTE, Connection, exists, func, literal, select

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
    points = select(by, func.count()).join_from(held, tables.decisions, tables.decisions.c.item_id == held.c.item_id)
    with_them = {"sections": tables.decisions, "voted": tables.votes, "reserved": tables.reservations}
    counted = {name: _with(held, by, table) for name, table in with_them.items()} | {"points": points.group_by(by)}
    measures = ("sections", "points", "voted", "reserved")
    return Statistic("decisions", asked.by, measures, rows(db, asked.by, counted, measures), ("each_once",))


def outcomes(db: Connection, asked: Asked) -> Statistic:
    """Points of decisions by their outcome; by something else, a number for each outcome."""
    held, table = sections(db, asked), tables.decisions
    joined = held.join(table, table.c.item_id == held.c.item_id)
    if asked.by == "outcome":
        points = {"points": select(table.c.outcome, func.count()).select_from(joined).group_by(table.c.outcome)}
        return Statistic("outcomes", "outcome", ("points",), rows(db, "outcome", points, ("points",)), ("each_once",))
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
    counted = {
        measure: select(acts.c.party, func.count())
        .join_from(held, acts, (acts.c.item_id == held.c.item_id) & (acts.c.act == act))
        .group_by(acts.c.party)
        for act, measure in _ACTS.items()
    }
    measures = tuple(_ACTS.values())
    return Statistic(
        "parties", "party", measures, rows(db, "party", counted, measures), ("each_once", "several_parties")
    )


def rows(db: Connection, by: str, counted: dict[str, Any], measures: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of several questions for (key, number), side by side."""
    found: defaultdict[str | None, dict[str, Number]] = defaultdict(dict)
    for measure, asked in counted.items():
        for key, number in db.execute(asked):
            found[key][measure] = number
    return ordered(by, found, measures)


def ordered(
    by: str, found: dict[str | None, dict[str, Number]], measures: tuple[str, ...], empty: Number = 0
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


def _with(held: CTE, by: Any, table: Any) -> Any:
    """How many §§ have a row in a table."""
    has = exists(select(literal(1)).select_from(table).where(table.c.item_id == held.c.item_id).correlate(held))
    return select(by, func.count()).select_from(held).where(has).group_by(by)
