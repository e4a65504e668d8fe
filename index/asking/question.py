"""Reading a question (fråga): what in it is a case number, a municipality, a party, a year, a sum, a kind, an outcome.

What is clear becomes a filter; what only tells which items are more likely meant raises them (`raised`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extractors import case_numbers, lexicon
from index import words
from index.asking.english import English
from index.asking.filters import Filters, municipality_code
from index.asking.syntax import Signs
from index.points import key

LONGEST = 2_000  # letters of a question that are read
_YEAR = re.compile(r"(?<![\w/.:-])((?:19[6-9]|20[0-4])\d)(?![\w/:-]|\.\d)")
_RANGE = re.compile(r"\b(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d\b")
_SUM = re.compile(r"\b(?P<least>över|mer än|minst|från)\b|\b(?P<most>under|mindre än|högst|upp till)\b", re.IGNORECASE)

# Words that tell which kind is meant, and which outcome: beginnings of stems
_KINDS = {
    "motion": "motion", "interpellation": "interpellation", "nyhet": "news", "kallels": "agenda",
    "tjänsteskriv": "statement", "tjänsteutlåtand": "statement",
}  # fmt: skip
_OUTCOMES = {
    "bordlag": "tabled", "bordlägg": "tabled", "återremit": "remanded", "remit": "referred", "avslag": "rejected",
    "avslog": "rejected", "avslå": "rejected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read: the words to search by, clear filters, what is raised, and notes to the one who asked."""

    text: str
    words: str = ""
    cases: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    raised: Filters = field(default_factory=Filters)
    notes: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    english: English | None = None  # if it was, `text` is what it was read as
    signs: Signs = field(default_factory=lambda: Signs(""))  # "words in a row", -without, beginning*
    required: tuple[str, ...] | None = None  # the stems that an item must have, where not all `stems`
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # stems that will do as well

    def to_json(self) -> dict[str, Any]:
        """What was read out of the question, to be shown."""
        told: dict[str, Any] = {"text": self.text, "words": list(self.stems), "cases": list(self.cases)}
        told |= {"filters": self.filters.to_json(), "raised": self.raised.to_json(), "notes": list(self.notes)}
        told["english"] = self.english.to_json() if self.english else {}
        told |= self.signs.to_json()
        return {name: value for name, value in told.items() if value or name in {"text", "words", "filters"}}


def read(text: str, own: Filters = Filters()) -> Question:  # noqa: B008 -- it is frozen
    """What a question asks for. Where the asker has set a filter of their `own`, that counts, and words stay words.

    >>> q = read("motioner från SD i Alingsås om parkering 2026")
    >>> q.filters, q.raised
    (Filters(municipality=('1489',)), Filters(kind=('motion',), party=('SD',), year=(2026,)))
    >>> read("ks-2021-549").cases, read("?!").stems
    (('KS 2021/549',), ())
    >>> q = read("Mora cykel", Filters(municipality=("Ystad",)))
    >>> q.filters, q.stems
    (Filters(), ('mor', 'cykel'))
    """
    asked, notes = _cut(text)
    found = list(case_numbers.find_in_question(asked))
    rest = _without(asked, [(number.span.start, number.span.end) for number in found])
    if found:
        rest = re.sub(r"\b(?:dnr|diarien\w+|ärenden?(?:umme)?r?|ärendet?)\b\.?:?", " ", rest, flags=re.IGNORECASE)
    places = list(_municipalities(rest))
    clear = {code for code, _, _ in places}
    filters = Filters(municipality=tuple(clear)) if len(clear) == 1 else Filters()
    if own.municipality and clear != {municipality_code(told) for told in own.municipality}:
        filters = Filters()
    if filters:
        rest = _without(rest, [(start, end) for _, start, end in places])
    filters = (filters | _sums(rest)).beside(own)
    stems = tuple(dict.fromkeys(word.stem for word in words.words(rest)))
    return Question(asked, rest, tuple(dict.fromkeys(n.canonical for n in found)), filters, _raised(rest), notes, stems)


def plain(text: str) -> Question:
    """A question of which nothing is read but its words."""
    asked, notes = _cut(text)
    return Question(asked, asked, notes=notes, stems=tuple(dict.fromkeys(word.stem for word in words.words(asked))))


def _cut(text: str) -> tuple[str, tuple[str, ...]]:
    folded = " ".join(text[: LONGEST * 10].split())
    if len(folded) <= LONGEST:
        return folded, ()
    kept = folded[:LONGEST].rsplit(" ", 1)[0]
    return kept, (f"only the first {len(kept)} of {len(text)} letters of the question were read",)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _municipalities(text: str) -> Iterator[tuple[str, int, int]]:
    """Each municipality that is plainly named, and where."""
    places, done = _places(), 0
    for match in re.finditer(r"(?<![\w-])(?=([^\W\d_]+(?:[ -][^\W\d_]+)?))([^\W\d_]+)", text):
        for name in dict.fromkeys((match[1], match[2])):  # "Upplands Väsby" before "Upplands"
            code = places.get(key(name)) or places.get(key(name).removesuffix("s"))
            if code and match.start() >= done and _is_plain(name, match.start(), text):
                tail = re.match(r"\s+(?:kommuns?|stads?)\b", text[match.start() + len(name) :], re.IGNORECASE)
                done = match.start() + len(name) + (tail.end() if tail else 0)
                yield code, match.start(), done


def _is_plain(name: str, at: int, text: str) -> bool:
    """Whether a municipality's name means the municipality: "Mark" is also land, "vara" also to be."""
    if re.match(r"\s+(?:kommun|stad)s?\b", text[at + len(name) :], re.IGNORECASE):
        return True
    common = words.is_word(key(name)) or len(name) < 4
    if name[0].isupper():
        return not common or (at > 0 and text[:at].rstrip().lower().endswith((" i", " från")))
    return not common and len(name) > 4


@cache
def _places() -> dict[str, str]:
    return {key(name): code for code, name in lexicon.load("municipalities")["codes"].items()}


def _sums(text: str) -> Filters:
    """ "över 100 miljoner kronor" asks for sums of at least that."""
    from extractors import amounts
    from extractors.model import Stretch

    if not re.search(r"\d|miljon", text):
        return Filters()
    for amount in amounts.find(Stretch(text)):
        told = list(_SUM.finditer(text, max(0, amount.span.start - 12), amount.span.start))
        if told and told[-1].end() >= amount.span.start - 2:
            kronor = float(amount.kronor)
            return Filters(min_kronor=kronor) if told[-1]["least"] else Filters(max_kronor=kronor)
    return Filters()


def _raised(text: str) -> Filters:
    """What the items meant are likely to be, short of certain."""
    stems = {word.stem for word in words.words(text)}
    kinds = {kind for start, kind in _KINDS.items() if any(stem.startswith(start) for stem in stems)}
    outcomes = {outcome for start, outcome in _OUTCOMES.items() if any(stem.startswith(start) for stem in stems)}
    years = {int(year) for year in _YEAR.findall(_RANGE.sub(" ", text))}
    return Filters(
        kind=tuple(sorted(kinds)),
        party=tuple(_parties(text)),
        outcome=tuple(sorted(outcomes)),
        year=tuple(years) if len(years) == 1 else (),
    )


def _parties(text: str) -> list[str]:
    """The parties that are named, also in small letters: "motioner från miljöpartiet"."""
    from extractors import parties
    from extractors.model import Stretch

    found = [party.code for party in parties.find(Stretch(text))]
    found += [party.code for party in parties.find(Stretch(text.title())) if len(party.text) > 6]
    return list(dict.fromkeys(code for code in found if code != "-"))
