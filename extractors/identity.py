"""What a paper is (kind, municipality, body, date, title), from its text, its margins and what the file itself says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors import bodies, days, heading, kinds, municipality
from extractors.model import CaseNumber, Item, Municipality
from extractors.text import Text

_MINUTES = frozenset({"protocol", "protocol_extract"})
_MEETINGS = _MINUTES | {"agenda"}
_HEAD = 3_000  # characters in which a paper's own case number stands
_LABEL = re.compile(
    r"(?:dnr|diari\w*|ärendenummer|ärendenr|ärende nr|beteckning|referens)\b[.:]?[^\n]{0,25}\n?[^\n]{0,10}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a paper is. `date` is the day of the meeting for minutes and summons, else the day that it bears."""

    kind: str
    municipality: Municipality | None
    body: str | None
    date: str | None
    title: str | None


def identify(text: Text, items: Sequence[Item]) -> Identity:
    """What this paper is. `items` are the §§ that it has if it is minutes."""
    kind = kinds.find(text, items)
    body, day = _body(text, kind), _day(text, kind)
    own = " ".join(filter(None, (body, day))) or None
    title = own if kind in _MINUTES else heading.find(text)
    title = (heading.summons(text) or own) if kind == "agenda" else title
    return Identity(kind, municipality.find(text), body, day, title)


def _body(text: Text, kind: str) -> str | None:
    if kind in _MEETINGS:
        return bodies.of_minutes(text)
    if kind == "news":
        return bodies.deciding(text)
    if kind in ("motion", "interpellation"):
        return "Kommunfullmäktige"  # by law the one body that these are made in
    return bodies.addressed(text)


def _day(text: Text, kind: str) -> str | None:
    if kind in _MEETINGS:
        return (days.summoned(text) if kind == "agenda" else None) or days.meeting(text)
    return days.published(text) if kind == "news" else days.document(text)


def own_case(told: Identity, text: Text, numbers: Sequence[CaseNumber]) -> str | None:
    """A paper's own case number: the first in its head that stands behind a label or alone on a line.

    A number further down belongs to something else that the paper speaks of; only a statement that is bundled with the
    papers of its case has its number there.
    """
    labelled = [number for number in numbers if _LABEL.search(_before(text, number)) or _alone(text, number)]
    early = [number for number in labelled if number.span.start < _HEAD]
    return next((number.canonical for number in early or labelled if early or told.kind == "statement"), None)


def _before(text: Text, number: CaseNumber) -> str:
    return text.text[max(0, number.span.start - 40) : number.span.start].rpartition("\n\n")[2]


def _alone(text: Text, number: CaseNumber) -> bool:
    """Whether the number is a line of its own near the top."""
    start, end = number.span.start, number.span.end
    return start < 1_000 and text.text[:start].endswith("\n") and text.text[end : end + 1] in ("\n", "")
