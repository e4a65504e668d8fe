"""Reading a question (fråga): what in it filters, what only raises, and which words are left to search by."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from extractors import case_numbers
from index import words
from index.asking import bodies, kinds, outcomes, parties, people, places, sums, times
from index.asking.english import English
from index.asking.filters import Filters, municipality_code
from index.asking.known import NOTHING, Known
from index.asking.notes import Note
from index.asking.reading import Reading, blanked
from index.asking.syntax import Signs

LONGEST = 2_000  # letters of a question that are read
_CASE_WORD = re.compile(r"\b(?:dnr|diarien\w+|ärenden?(?:umme)?r?|ärendet?)\b\.?:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read: the words to search by, clear filters, what is raised, and notes to the one who asked."""

    text: str
    words: str = ""
    cases: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    raised: Filters = field(default_factory=Filters)
    notes: tuple[Note, ...] = ()
    stems: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    english: English | None = None  # if it was, `text` is what it was read as
    signs: Signs = field(default_factory=lambda: Signs(""))  # "words in a row", -without, beginning*
    required: tuple[str, ...] | None = None  # the stems that an item must have, where not all `stems`
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # stems that will do as well

    @property
    def sought(self) -> str:
        """What to rank by: the words that no filter stands for, or all of them if that leaves none."""
        return self.words if self.stems else self.text

    def dropping(self, names: Collection[str]) -> Question:
        """The question where these filters are none, though their words are still no words to search by."""
        return _with(self, tuple(replace(r, idle=r.idle or (r.firm and r.name in names)) for r in self.readings))

    def to_json(self) -> dict[str, Any]:
        """What was read out of the question, to be shown."""
        told: dict[str, Any] = {"text": self.text, "words": list(self.stems), "cases": list(self.cases)}
        told |= {
            "filters": self.filters.to_json(),
            "raised": self.raised.to_json(),
            "notes": list(map(str, self.notes)),
        }
        told["noted"] = [note.to_json() for note in self.notes]
        told["english"] = self.english.to_json() if self.english else {}
        told |= self.signs.to_json()
        told["readings"] = [reading.to_json(self.text) for reading in self.readings]
        return {name: value for name, value in told.items() if value or name in {"text", "words", "filters"}}


def read(
    text: str,
    own: Filters = Filters(),  # noqa: B008 -- it is frozen
    known: Known = NOTHING,
    today: date | None = None,
    without: tuple[str, ...] = (),
) -> Question:
    """What a question asks for. Where the asker has set a filter of their `own`, that counts, and words stay words.

    >>> q = read("motioner från SD i Alingsås om parkering")
    >>> q.filters, q.raised, q.stems
    (Filters(municipality=('1489',)), Filters(kind=('motion',), party=('SD',)), ('motion', 'sd', 'parkering'))
    >>> read("ks-2021-549").cases, read("?!").stems
    (('KS 2021/549',), ())
    >>> q = read("Mora cykel", Filters(municipality=("Ystad",)))
    >>> q.filters, q.stems
    (Filters(), ('mor', 'cykel'))
    """
    asked, notes = cut(text)
    found = (_beside(reading, own) for reading in _readings(asked, known, today, without))
    readings = tuple(reading for reading in found if reading)
    return _with(Question(asked, notes=notes), readings)


def plain(text: str) -> Question:
    """A question of which nothing is read but its words."""
    asked, notes = cut(text)
    return _with(Question(asked, notes=notes), ())


def _with(question: Question, readings: tuple[Reading, ...]) -> Question:
    """The question with these readings alone; the words of those that do not filter are words."""
    cases = tuple(dict.fromkeys(case for reading in readings for case in reading.filters.case))
    firm = [reading for reading in readings if reading.firm]
    rest = blanked(question.text, firm)
    if cases:
        rest = _CASE_WORD.sub(lambda match: " " * len(match[0]), rest)
    return replace(
        question,
        words=rest,
        cases=cases,
        filters=_together(reading for reading in firm if reading.is_filter and reading.name != "case"),
        raised=_together(reading for reading in readings if not reading.firm),
        stems=tuple(dict.fromkeys(word.stem for word in words.words(rest))),
        readings=readings,
    )


def _together(readings: Iterator[Reading]) -> Filters:
    """The filters of several readings; what is told twice are alternatives, and the first bounds count."""
    merged: dict[str, Any] = {}
    for reading in readings:
        for each in fields(Filters):
            value = getattr(reading.filters, each.name)
            if isinstance(value, tuple):
                merged[each.name] = tuple(dict.fromkeys((*merged.get(each.name, ()), *value)))
            elif value is not None:
                merged.setdefault(each.name, value)
    return Filters(**merged)


def _readings(text: str, known: Known, today: date | None, without: tuple[str, ...]) -> Iterator[Reading]:
    """Everything that can be read, in the order of the finders; what one has taken is no other's."""
    found: list[Reading] = []
    finders: tuple[Callable[[str], Iterator[Reading]], ...] = (
        _cases,
        sums.read,
        lambda rest: times.read(rest, today),
        lambda rest: people.read(rest, known),
        places.read,
        lambda rest: bodies.read(rest, known),
        parties.read,
        kinds.read,
        outcomes.read,
    )
    for finder in finders:
        found += [reading for reading in finder(blanked(text, found)) if not reading.is_off(without)]
    yield from sorted(found, key=lambda reading: reading.start)


def _cases(text: str) -> Iterator[Reading]:
    for number in case_numbers.find_in_question(text):
        yield Reading("case", number.span.start, number.span.end, Filters(case=(number.canonical,)), firm=True)


def _beside(reading: Reading, own: Filters) -> Reading | None:
    """The reading beside the asker's own filters, which count before it; the same municipality twice says no more."""
    if reading.name == "municipality" and own.municipality:
        same = set(reading.filters.municipality) == {municipality_code(told) for told in own.municipality}
        return replace(reading, idle=True) if same else None
    return None if reading.filters.to_json().keys() & own.to_json().keys() else reading


def cut(text: str) -> tuple[str, tuple[Note, ...]]:
    """The question on one line, and a note if it was too long to be read in full."""
    folded = " ".join(text[: LONGEST * 10].split())
    if len(folded) <= LONGEST:
        return folded, ()
    kept = folded[:LONGEST].rsplit(" ", 1)[0]
    said = "only the first {what} of {of} letters of the question were read"
    return kept, (Note.of("long", said, what=len(kept), of=len(text)),)
