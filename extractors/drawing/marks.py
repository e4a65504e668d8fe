"""What is shown of a document (markeringar): every find with its place, what was understood, and its colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.model import Amount, Decision, Document, Item, Person, Proposal, Reservation, Section, Span, Vote

_HEAD = 1200  # characters from the beginning of an item in which its heading stands, and a paper's title
_FIRST = 4000
_SURE = 0.85  # of 1; what OCR was less sure of says so


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of find as it is shown: its name in Document, what a legend says, its colour (#rrggbb, dark on white).

    A `block` is paragraphs, else it is words in a line.
    """

    name: str
    label: str
    colour: str
    block: bool = False


# In the order of a legend; what comes later is drawn over what comes before.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("outside", "in no §", "#6b7280", True),
        Kind("left_out", "left out: heads, feet, page numbers", "#4b5563", True),
        Kind("extents", "reach of a §", "#0f172a", True),
        Kind("items", "head of a §, title", "#0f172a"),
        Kind("sections", "section heading", "#475569"),
        Kind("tables", "table with sums", "#4338ca", True),
        Kind("decisions", "decision", "#15803d", True),
        Kind("proposals", "proposal", "#c2410c", True),
        Kind("votes", "vote", "#7e22ce", True),
        Kind("reservations", "reservation", "#b91c1c", True),
        Kind("case_numbers", "case number", "#0f766e"),
        Kind("amounts", "sum of money", "#a16207"),
        Kind("cells", "sum in a table", "#a16207"),
        Kind("people", "person", "#1d4ed8"),
        Kind("parties", "party", "#be185d"),
        Kind("organisations", "organisation", "#4d7c0f"),
        Kind("dates", "date", "#0e7490"),
    )
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found: its kind, its place, what was understood in words, and a word or two to write beside it."""

    kind: str
    span: Span
    told: str
    tag: str = ""


def marks(document: Document) -> tuple[Mark, ...]:
    """Everything found in a document, in the order of the text; the longer first where several begin at one place."""
    found = [*_outside(document), *_mentions(document)]
    for item in document.items:
        found += _item(document, item)
    order = {name: at for at, name in enumerate(KINDS)}
    return tuple(sorted(map(_with_doubt, found), key=lambda mark: (mark.span.start, -mark.span.end, order[mark.kind])))


def _with_doubt(mark: Mark) -> Mark:
    """A mark that tells how sure OCR was, where it was not sure."""
    sure = mark.span.confidence
    if sure is None or sure > _SURE or mark.kind in ("extents", "outside"):
        return mark
    return replace(mark, told=f"{mark.told} (OCR is {sure:.0%} sure)")


def _item(document: Document, item: Item) -> Iterator[Mark]:
    name = f"§ {item.number}" if item.number else "title"
    told = f"{name}: {_line(item.title or 'no heading')}" + (f" · {item.case_number}" if item.case_number else "")
    if item.number:
        yield Mark("extents", item.span, told, name)
    if head := _head(document, item):
        yield Mark("items", head, told)
    for section in item.sections:
        yield Mark("sections", _heading(document, section), f"section: {section.name}")
    yield from map(_decision, item.decisions)
    yield from map(_proposal, item.proposals)
    yield from map(_vote, item.votes)
    yield from map(_reservation, item.reservations)


def _head(document: Document, item: Item) -> Span | None:
    """From the § to the end of its heading; a paper's title where it first stands."""
    start, page = item.span.start, item.span.page
    reach = document.text[start : min(item.span.end, start + (_HEAD if item.number else _FIRST))]
    words = [re.escape(word) for word in (item.title or "").split()]
    match = re.search(r"\s+".join(words), reach) if words else None
    if item.number:
        line = (reach + "\n").index("\n")
        return Span(start, start + (match.end() if match else line), page)
    return _span(document, start + match.start(), start + match.end()) if match else None


def _heading(document: Document, section: Section) -> Span:
    """A section's heading as printed, else its first line."""
    span = section.span
    text = document.text[span.start : span.end]
    at = text.find(section.heading, 0, len(section.heading) + 40)
    if at < 0:
        return Span(span.start, span.start + (text + "\n").index("\n"), span.page)
    return Span(span.start + at, span.start + at + len(section.heading), span.page)


def _span(document: Document, start: int, end: int) -> Span:
    page = sum(page.start <= start for page in document.pages)
    return Span(start, end, max(1, page))


def _decision(find: Decision) -> Mark:
    by = f", {find.body}" if find.body else ""
    return Mark("decisions", find.span, f"decision: {find.outcome}{by}", find.outcome)


def _proposal(find: Proposal) -> Mark:
    return Mark("proposals", find.span, f"proposal by {', '.join(find.by) or 'nobody named'}", "proposal")


def _vote(find: Vote) -> Mark:
    told = f"vote: {find.yes} yes, {find.no} no, {find.abstain} abstain"
    told += f"; yes is {_line(find.yes_means)}" if find.yes_means else ""
    told += f"; {len(find.voters)} voters by name" if find.voters else ""
    return Mark("votes", find.span, told, f"{find.yes}–{find.no}")


def _reservation(find: Reservation) -> Mark:
    who = ", ".join((*find.people, *find.parties)) or "nobody named"
    return Mark("reservations", find.span, f"reservation: {who}", ", ".join(find.parties))


def _mentions(document: Document) -> Iterator[Mark]:
    for case in document.case_numbers:
        yield Mark("case_numbers", case.span, f"case number: {case.canonical}")
    for amount in document.amounts:
        yield Mark("amounts", amount.span, f"sum: {_amount(amount)}")
    for person in document.people:
        yield Mark("people", person.span, f"person: {_person(person)}")
    for party in document.parties:
        yield Mark("parties", party.span, f"party: {party.code}")
    for organisation in document.organisations:
        yield Mark("organisations", organisation.span, f"{organisation.kind}: {organisation.name}")
    for date in document.dates:
        yield Mark("dates", date.span, f"date: {date.value} ({date.role})")
    for table in document.tables:
        yield Mark("tables", table.span, f"table with {len(table.cells)} sums", "table")
        for cell in table.cells:
            place = " / ".join(part for part in (_line(cell.row), _line(cell.column)) if part)
            yield Mark("cells", cell.span, f"{place}: {_kronor(cell.kronor)}")


def _amount(find: Amount) -> str:
    told = ", ".join(part for part in (find.role, f"per {find.per}" if find.per else None) if part)
    return _kronor(find.kronor) + (f" ({told})" if told else "")


def _kronor(kronor: Decimal) -> str:
    """
    >>> _kronor(Decimal("4500000")), _kronor(Decimal("-21.36"))
    ('4 500 000 kr', '-21.36 kr')
    """
    return f"{kronor:,f} kr".replace(",", " ")


def _person(find: Person) -> str:
    return find.name + (f" ({find.party})" if find.party else "") + (f", {find.role}" if find.role else "")


def _outside(document: Document) -> Iterator[Mark]:
    """The text of minutes that no § holds."""
    if not any(item.number for item in document.items):
        return
    edges = [0, *(edge for item in document.items for edge in (item.span.start, item.span.end)), len(document.text)]
    for start, end in _gaps(edges):
        words = re.compile(r"\S(?:.*\S)?", re.DOTALL).search(document.text, start, end)
        if words:
            yield Mark("outside", _span(document, words.start(), words.end()), "this text belongs to no §")


def _gaps(edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end > start:
            yield start, end


def _line(text: str) -> str:
    return " ".join(text.split())
