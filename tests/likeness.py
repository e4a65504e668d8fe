"""What a paper says, without where and how it is printed: two readings of the same words can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.model import Document, Item, Section

_PLAIN = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "•": "-"})


def fold(words: str | None) -> str:
    """Words with single blanks between them, and with plain quotes and dashes."""
    return " ".join((words or "").translate(_PLAIN).split())


def said(document: Document) -> dict[str, Any]:
    """Every find by name, as values: what two readings of the same words must have alike."""
    return {
        "identity": (
            document.kind, document.municipality and document.municipality.code, document.body, document.date,
            fold(document.title),
        ),
        "items": [(i.number, fold(i.title), i.case_number) for i in document.items],
        "decisions": [(i.number, fold(d.text), d.outcome, d.body) for i in document.items for d in i.decisions],
        "proposals": [(i.number, fold(p.text), sorted(p.by)) for i in document.items for p in i.proposals],
        "votes": [(i.number, v.yes, v.no, v.abstain) for i in document.items for v in i.votes],
        "voters": [vote for i in document.items for vote in _voters(i)],
        "reservations": [(i.number, r.parties, sorted(r.people)) for i in document.items for r in i.reservations],
        "sections": [(i.number, s.name, fold(s.heading)) for i in document.items for s in i.sections if not _leads(s)],
        "case_numbers": [number.canonical for number in document.case_numbers],
        "amounts": [(str(amount.kronor), amount.per, amount.role) for amount in document.amounts],
        "people": [(person.name, person.party, fold(person.role)) for person in document.people],
        "parties": [party.code for party in document.parties],
        "dates": [(date.value, date.role) for date in document.dates],
        "organisations": [(organisation.name, organisation.kind) for organisation in document.organisations],
        "tables": [
            (str(cell.kronor), fold(cell.row), fold(cell.column)) for table in document.tables for cell in table.cells
        ],
    }  # fmt: skip


def _leads(section: Section) -> bool:
    """Whether the section's heading is a lead-in ("Nämnden föreslår kommunfullmäktige besluta").

    It is a heading where it stands alone on its line, so not where it is broken; what it leads in is the same.
    """
    return " föreslår" in section.heading or " beslutar" in section.heading


def _voters(item: Item) -> Iterator[tuple[str | None, str, str | None, str]]:
    return ((item.number, voter.name, voter.party, voter.vote) for vote in item.votes for voter in vote.voters)


def differences(before: Document, after: Document) -> dict[str, tuple[list[Any], list[Any]]]:
    """By find: what only the first says, what only the second says; empty where they say the same.

    Repetitions count; the order in which they stand does not.
    """
    found: dict[str, tuple[list[Any], list[Any]]] = {}
    one, other = said(before), said(after)
    for name, values in one.items():
        if values != other[name]:
            found[name] = (_without(values, other[name]), _without(other[name], values))
    return found


def _without(values: Any, others: Any) -> list[Any]:
    left, found = list(others), []
    for value in values:
        if value in left:
            left.remove(value)
        else:
            found.append(value)
    return found
