"""One thing that a question tells of the items it asks for (läsning), and the words that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.asking.filters import Filters

# What can be read out of a question. Where nothing fits all of it, the least sure goes first, so this is their order.
NAMES = ("person", "outcome", "kind", "party", "body", "sum", "time", "municipality", "case")


@dataclass(frozen=True, slots=True)
class Reading:
    """What some words of a question mean. A `firm` one filters; another one raises the items that fit.

    One that is `idle` does neither: the asker has said the same, or nothing fits. Its words are no words for all that.
    """

    name: str
    start: int
    end: int
    filters: Filters
    firm: bool = False
    idle: bool = False

    @property
    def is_filter(self) -> bool:
        """Whether only items that fit are found."""
        return self.firm and not self.idle

    def is_off(self, without: tuple[str, ...]) -> bool:
        """Whether the asker has switched it off, by its name or by a filter that it sets ("time", or "year")."""
        return self.name in without or not self.filters.to_json().keys().isdisjoint(without)

    def to_json(self, text: str) -> dict[str, Any]:
        """The reading with its words, so that a page can show it and take it away."""
        place = {"text": text[self.start : self.end], "start": self.start, "end": self.end}
        return {"name": self.name, **place, "filters": self.filters.to_json(), "filter": self.is_filter}


def blanked(text: str, readings: tuple[Reading, ...] | list[Reading]) -> str:
    """The text with the words of these readings as blanks, so that all others stay where they are.

    >>> blanked("bad i Ystad 2024", [Reading("municipality", 6, 11, Filters())])
    'bad i       2024'
    """
    for reading in readings:
        text = text[: reading.start] + " " * (reading.end - reading.start) + text[reading.end :]
    return text
