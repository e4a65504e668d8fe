"""What a paper says: the document, its items, and everything that can be found in them.

Every find carries a `Span` into `Document.text`, so `document.text[span.start:span.end]` is the text as it stands.
What is not known is None or left out; what is unclear is an `Issue`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands: offsets into Document.text (end exclusive), and the page it starts on (from 1).

    `confidence`, on pages that OCR read, is how sure Tesseract was of the least sure word in it, from 0 to 1.
    """

    start: int
    end: int
    page: int
    confidence: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A page (sida): its number from 1, its stretch of the text, and whether OCR read it."""

    number: int
    start: int
    end: int
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality (kommun): SCB's four-digit code and its name without "kommun"."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an item under a heading of its own (avsnitt): `name` is one of those in lexicon/sections.toml."""

    span: Span
    name: str
    heading: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the body decided (beslut): one att-sats or numbered point, with its outcome in the guideline's words."""

    span: Span
    text: str
    outcome: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody wants decided (förslag, yrkande), or an earlier body's decision that is only told."""

    span: Span
    text: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voter:
    """One person's vote (röst): "yes", "no" or "abstain"."""

    name: str
    party: str | None
    vote: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A counted vote (votering). `yes_means`: what a yes stood for, as printed; voters where a list is printed."""

    span: Span
    yes: int
    no: int
    abstain: int = 0
    yes_means: str | None = None
    voters: tuple[Voter, ...] = ()


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation against the decision: parties as codes, people by name."""

    span: Span
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number (diarienummer) in canonical form, "KS 2021/549", and as printed."""

    span: Span
    canonical: str
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money (belopp) in kronor; `per` is a unit ("year", "child"), `role` what the words call it ("grant")."""

    span: Span
    kronor: Decimal
    text: str
    per: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in office: a politician (with party) or an official (with title). `role` is as printed."""

    span: Span
    name: str
    party: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party named, by code ("SD") or in words ("Sverigedemokraterna"); `code` is the usual form."""

    span: Span
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body, administration, company, association or authority by name; `kind` is one of those words."""

    span: Span
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Date:
    """A date: `value` is YYYY-MM-DD, or YYYY-MM for a month.

    `role` is "meeting" (of these minutes), "document" (this paper's own), "decision" (of an earlier body's decision or
    meeting), "deadline" (a last day) or "mentioned".
    """

    span: Span
    value: str
    text: str
    role: str = "mentioned"


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum in a table's cell, with the words of its row and column."""

    span: Span
    kronor: Decimal
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with sums of money in it (tabell)."""

    span: Span
    cells: tuple[Cell, ...]


# Stages whose failure says nothing of the paper, so that another try may fare better
BROKEN_OFF = "process"  # the process that read it died, hung or ran out of memory
NO_OCR = "ocr"  # pages without a text layer, and no Tesseract that could read them
WAITS = "waits"  # nobody asked for it tonight, because its host has had enough: the next night does


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read or is unclear: at which stage, why, and where if it has a place."""

    stage: str
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item (§, paragraf, ärende). Another paper than minutes has one item, whose number is None."""

    span: Span
    number: str | None
    title: str | None
    case_number: str | None = None
    sections: tuple[Section, ...] = ()
    decisions: tuple[Decision, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    votes: tuple[Vote, ...] = ()
    reservations: tuple[Reservation, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one paper. `id` is the sha256 of its bytes; `reader` names the code that read it."""

    id: str
    source: str
    kind: str
    text: str
    pages: tuple[Page, ...]
    municipality: Municipality | None = None
    body: str | None = None
    date: str | None = None
    title: str | None = None
    items: tuple[Item, ...] = ()
    case_numbers: tuple[CaseNumber, ...] = ()
    amounts: tuple[Amount, ...] = ()
    people: tuple[Person, ...] = ()
    parties: tuple[Party, ...] = ()
    dates: tuple[Date, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()
    reader: str = ""

    def item_at(self, span: Span) -> Item | None:
        """The item that a find stands in, None outside all items."""
        at = bisect_right(self.items, span.start, key=lambda item: item.span.start) - 1
        return self.items[at] if at >= 0 and span.start < self.items[at].span.end else None


class Find(Protocol):
    """Anything found: it has a span."""

    @property
    def span(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document's text that knows where it stands, so no finder does offset arithmetic.

    `start` is its offset in Document.text, `page_starts` the offsets of all pages. `item`, `section` and `body` (the
    body whose minutes these are) are given where the stretch lies inside them. `width` is how many characters a full
    line of the paper has, 0 where its lines are not broken to fit a page, `municipality` the name of the paper's own.
    """

    text: str
    start: int = 0
    page_starts: tuple[int, ...] = (0,)
    item: Item | None = None
    section: Section | None = None
    body: str | None = None
    kind: str | None = None
    width: int = 0
    municipality: str | None = None

    def span(self, match: re.Match[str], group: str | int = 0) -> Span:
        """The span of a match (or of one of its groups) made on this stretch's text."""
        return self.at(match.start(group), match.end(group))

    def at(self, start: int, end: int) -> Span:
        """The span of text[start:end] of this stretch."""
        return Span(self.start + start, self.start + end, self.page(start))

    def page(self, offset: int) -> int:
        """The page (from 1) on which an offset into this stretch lies."""
        return max(1, bisect_right(self.page_starts, self.start + offset))

    def part(self, start: int, end: int, section: Section | None = None) -> Stretch:
        """The stretch text[start:end], knowing the same things."""
        return Stretch(
            self.text[start:end], self.start + start, self.page_starts, self.item, section or self.section, self.body,
            self.kind, self.width, self.municipality,
        )  # fmt: skip


@dataclass
class Unreadable(Exception):  # noqa: N818 - it is a result that is kept, too
    """A paper of which nothing can be read: at which stage and why, in words a person can act on."""

    stage: str
    reason: str
    details: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.stage}: {self.reason}"
