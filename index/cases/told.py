"""What is told at the stops of a case (fynd): decisions, proposals, votes, reservations and sums, by item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, func, select

from index import tables
from index.cases.model import Decision, Proposal, Sum, Vote
from index.cases.records import in_parts

_SHORT = 240  # letters of a proposal


@dataclass(slots=True)
class Told:
    """Everything told in one item."""

    decisions: list[Decision] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    reservations: list[tuple[str, ...]] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)


def of_items(db: Connection, item_ids: Iterable[int]) -> dict[int, Told]:
    """What is told in these items, each thing once."""
    told: defaultdict[int, Told] = defaultdict(Told)
    for ids in in_parts(sorted(set(item_ids))):
        for row in _rows(db, tables.decisions, ids):
            _add(told[row.item_id].decisions, Decision(row.text, row.outcome, row.body, row.page))
        for row in _rows(db, tables.proposals, ids):
            _add(told[row.item_id].proposals, Proposal(_short(row.text), row.proposers))
        for row in _rows(db, tables.reservations, ids):
            parties = (party for party in row.parties.split(", ") if party.strip("-– "))
            _add(told[row.item_id].reservations, tuple(parties))
        for row in _rows(db, tables.amounts, ids):
            told[row.item_id].sums.append(Sum(row.kronor, row.text, row.per, row.role, row.page))
        by_vote = _parties(db, ids)
        for row in _rows(db, tables.votes, ids):
            vote = Vote(row.yes, row.no, row.abstain, row.yes_means, by_vote.get(row.id, {}))
            _add(told[row.item_id].votes, vote)
    for one in told.values():
        one.decisions, one.sums = _by_text(one.decisions), _sums(one.sums)
    return told


def _rows(db: Connection, table: Table, ids: Any) -> Any:
    return db.execute(select(table).where(table.c.item_id.in_(ids)).order_by(table.c.item_id, table.c.span_start))


def _parties(db: Connection, ids: Any) -> dict[int, dict[str, dict[str, int]]]:
    """How many of each party voted how, by vote; who they are is in the paper."""
    votes, voters = tables.votes, tables.voters
    counted = select(voters.c.vote_id, voters.c.party, voters.c.vote, func.count())
    counted = counted.join_from(voters, votes).where(votes.c.item_id.in_(ids), voters.c.party.is_not(None))
    made: defaultdict[int, dict[str, dict[str, int]]] = defaultdict(dict)
    for vote_id, party, vote, number in db.execute(counted.group_by(voters.c.vote_id, voters.c.party, voters.c.vote)):
        made[vote_id].setdefault(party, {})[vote] = number
    return {vote_id: dict(sorted(parties.items())) for vote_id, parties in made.items()}


def _add(found: list[Any], one: Any) -> None:
    if one not in found:
        found.append(one)


def _by_text(decisions: list[Decision]) -> list[Decision]:
    """Each decision once: the same words with another page, number or full stop are the same decision."""
    first: dict[str, Decision] = {}
    for decision in decisions:
        first.setdefault(same_words(decision.text), decision)
    return list(first.values())


def _sums(sums: list[Sum]) -> list[Sum]:
    """Each sum once, where it is told with its role if it is anywhere, in the order of the text."""
    first: dict[tuple[Decimal, str | None], int] = {}
    for at in sorted(range(len(sums)), key=lambda at: sums[at].role is None):
        first.setdefault((sums[at].kronor, sums[at].per), at)
    return [sums[at] for at in sorted(first.values())]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " …"


def same_words(text: str) -> str:
    """A text as it is compared with another: letters and figures alone.

    >>> same_words("1. Motionen avslås.") == same_words("Motionen  avslås")
    True
    """
    words = "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
    return " ".join(words[1:] if words[:1] and words[0].isdigit() else words)
