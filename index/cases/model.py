"""What a time line is made of (tidslinje): the case, its stops, and how each stop was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

# How an item came to the case, the surest first
NUMBER, REFERENCE, TITLE = "number", "reference", "title"


@dataclass(frozen=True, slots=True)
class Link:
    """How a stop was found: `by` its number, a reference or its title, whether that is sure, and the words it is by.

    `told` is the case number, the sentence that refers, or the title that is alike; `other` tells the stop that refers,
    or is alike, where there is one: its date, body and §.
    """

    by: str
    sure: bool
    told: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One point of a decision, with its outcome."""

    text: str
    outcome: str
    body: str | None
    page: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposed, shortly, and who."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A counted vote; `parties` has how many of each party voted how, where a list of voters is printed."""

    yes: int
    no: int
    abstain: int
    yes_means: str | None
    parties: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money named at a stop: what it is, its words say; it is no cost of the case."""

    kronor: Decimal
    text: str
    per: str | None
    role: str | None
    page: int


@dataclass(frozen=True, slots=True)
class Source:
    """A place where a stop can be read: the bytes of a paper, which of its items (from 0), the page, the address."""

    document: str
    item_index: int
    kind: str | None
    page: int
    url: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a case: a § of a meeting, or another paper; `sources` are all papers that have it, the best first."""

    date: str | None
    body: str | None
    kind: str | None
    number: str | None
    title: str | None
    case_number: str | None
    link: Link
    sources: tuple[Source, ...]
    decisions: tuple[Decision, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    votes: tuple[Vote, ...] = ()
    reservations: tuple[tuple[str, ...], ...] = ()  # the parties of each; empty where only people are named
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One matter on its way. `numbers` are all its case numbers, the one asked for first.

    `mentions` are items that name the case and are of another: what was decided on the way is not told there.
    """

    municipality_code: str
    municipality: str
    case_number: str
    title: str | None
    numbers: tuple[str, ...]
    stops: tuple[Stop, ...]
    mentions: tuple[Stop, ...] = ()
    more: bool = False  # there are more stops than a time line is drawn with


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list: its number, the title it had last, when it was first and last told of, in how many items."""

    municipality_code: str
    municipality: str
    case_number: str
    title: str | None = None
    first: str | None = None
    last: str | None = None
    items: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the record and the paper it stands in."""

    item_id: int
    document_id: int
    item_index: int
    number: str | None
    title: str | None
    case_number: str | None
    page: int
    kind: str | None
    municipality_code: str | None
    body: str | None
    date: str | None
    sha256: str
    url: str
    withdrawn: bool
    link: Link | None = field(default=None, compare=False)


def called(row: Row) -> str:
    """What an item is called in a line: its day, body and §.

    >>> made = Row(1, 1, 0, "47", None, None, 1, "protocol", "1489", "Kommunstyrelsen", "2026-04-22", "", "", False)
    >>> called(made)
    '2026-04-22 Kommunstyrelsen § 47'
    """
    return " ".join(filter(None, (row.date, row.body, row.number and f"§ {row.number}")))


def unit(number: str | None) -> str | None:
    """The unit of a case number, which tells the registry; "" where it has none.

    >>> unit("KS 2026/126"), unit("2026/126"), unit(None)
    ('KS', '', None)
    """
    return None if number is None else number.rpartition(" ")[0]
