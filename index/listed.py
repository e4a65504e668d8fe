"""What a source lists (förteckning), and which word counts where the text and the source both have one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from extractors.model import Municipality

T = TypeVar("T")

MEETING_KINDS = frozenset({"protocol", "protocol_extract", "agenda"})  # papers whose date is the day of a meeting


@dataclass(frozen=True, slots=True)
class Listed:
    """One document as its source lists it: `key` is the source's own and stays, the rest is what it knows about it.

    `date` is YYYY-MM-DD, the day of the meeting. `stamp` is the source's own sign of the bytes (size and time of a
    file, an ETag): while it is the same there is no need to fetch. `kind` is what the source calls the paper, in the
    words of `Document.kind`; `meeting` the key of the `Meeting` that it lies under.
    """

    source: str
    key: str
    url: str
    title: str | None = None
    municipality: Municipality | None = None
    body: str | None = None
    date: str | None = None
    stamp: str | None = None
    kind: str | None = None
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting (sammanträde) as its source lists it, whether it has papers or not: what is not held is told by it.

    `date` is YYYY-MM-DD. `state` is "planned", "held" or "cancelled" as the source says or its day tells the visitor,
    None where neither does. `asked` is the day on which its papers were last looked for, where the source must ask for
    each meeting: one that is complete is not asked for every night (`Remembered`). None where they never were, or
    where all meetings and papers stand in one list.
    """

    source: str
    key: str
    date: str
    body: str | None = None
    municipality: Municipality | None = None
    state: str | None = None
    url: str | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A meeting as its source told it last, with its papers: tonight it may be told again without asking."""

    meeting: Meeting
    papers: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which paper it is: what the text or the source says, or, with the `*_from` filled in, what counts of the two."""

    kind: str | None = None
    municipality: Municipality | None = None
    body: str | None = None
    date: str | None = None
    title: str | None = None
    municipality_from: str | None = None
    body_from: str | None = None
    date_from: str | None = None
    title_from: str | None = None


def settle(text: Identity, listed: Listed) -> Identity:
    """The text's word where it has one, else the source's, and which ("text", "source").

    >>> settle(Identity(body="Kommunstyrelsen"), Listed("x", "1", "u", body="KS", date="2026-06-15")).date_from
    'source'
    """
    municipality, municipality_from = _first(text.municipality, listed.municipality)
    body, body_from = _first(text.body, listed.body)
    date, date_from = _first(text.date, listed.date)
    title, title_from = _first(text.title, listed.title)
    kind, _ = _first(text.kind, listed.kind)
    return Identity(
        kind, municipality, body, date, title, municipality_from, body_from, date_from, title_from
    )  # fmt: skip


def _first(text: T | None, source: T | None) -> tuple[T | None, str | None]:
    if text is not None:
        return text, "text"
    return source, None if source is None else "source"


def disagreements(text: Identity, listed: Listed) -> list[str]:
    """Where text and source both speak of the same thing and do not say the same, one sentence each.

    Body and day are compared for papers of a meeting only: a statement bears its own date and addressee. Titles are
    not compared, a link's words are seldom the paper's.
    """
    found = []
    if text.municipality and listed.municipality and text.municipality.code != listed.municipality.code:
        found.append(_differ("municipality", text.municipality.name, listed.municipality.name))
    if text.kind in MEETING_KINDS:
        if text.body and listed.body and folded(text.body) != folded(listed.body):
            found.append(_differ("body", text.body, listed.body))
        if text.date and listed.date and text.date != listed.date:
            found.append(_differ("date", text.date, listed.date))
    return found


def _differ(what: str, text: str, source: str) -> str:
    return f"{what}: the text says {text}, the source {source}"


def folded(name: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(name.split()).casefold()
