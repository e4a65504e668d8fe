"""What parties do in an item (handling): propose or ask, vote, reserve themselves. A mention is no deed.

Search, catalog and export mean the same by a party, so they all ask here; nothing heavy is imported for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.model import Document, Item, Person
from extractors.named import named
from extractors.parties import usual

_ASKED_BY = {"motion", "interpellation"}  # papers of the one who signs them
_MATTER = re.compile(r"motion|interpellation|fråga\b|frågor\b|initiativ|yrkande|förslag från|förslag av", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([A-Za-zÅÄÖåäö]{1,6}|[-–—])\)")  # Jan-Erik Wallin (M), Anna Ek (-)
# "till kommunalrådet Bo Alm (M)", "svar från Bo Alm (M) på interpellation": who is asked, not who asks
_PEOPLE = (
    r"(?:(?!\s[-–—]\s|\b(?:av|från)\b)[^()])*\([^()]{1,6}\)(?:(?:\s*,\s*|\s+(?:och|samt)\s+)[^()]{3,40}\([^()]{1,6}\))*"
)
_ASKED = re.compile(rf"\btill(?!\s+beslut)\s+{_PEOPLE}|\bsvar\s+(?:från|av)\s+{_PEOPLE}(?=\s+på\b)", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:av|från)\s+(.+?)(?=\s+(?:om|angående|gällande|rörande|avseende|till|med|att)\b|[:–]|$)", re.IGNORECASE
)
_BESIDE_SIGNERS = re.compile(
    r"""(?:[\s,;:/&.*_|–-]|(?:och|samt|m\.?\s?fl|av|från|för|genom|i|gruppledare|gruppen|ledamot|ledamöter|ersättare
    |kommunfullmäktige|fullmäktige|(?:enkel\s)?fråga|undertecknad\w*|förslagsställare|frågeställare|motion\w*
    |interpellation|interpellant\w*|underskrift\w*|namn)\b)*""",
    re.IGNORECASE | re.VERBOSE,
)
_TO = re.compile(r"\s*[#*_]*\s*(?:ställd\s+)?till\b[^.]*", re.IGNORECASE)


class Act(NamedTuple):
    """What a party does in an item: it "proposes" (or asks), "votes" or "reserves" itself."""

    party: str
    act: str


def acts(document: Document, item: Item) -> list[Act]:
    """The parties that act in an item, sorted; a party that is only named, or is asked, does not.

    >>> from extractors.model import Proposal, Reservation, Span
    >>> at = Span(0, 9, 1)
    >>> asked, against = Proposal(at, "avslag", ("Ulla Ek (KD)",)), Reservation(at, ("V",))
    >>> item = Item(at, "4", "Svar på motion av Ada Ek (L)", proposals=(asked,), reservations=(against,))
    >>> acts(Document("", "", "protocol", "", ()), item)
    [Act(party='KD', act='proposes'), Act(party='L', act='proposes'), Act(party='V', act='reserves')]
    """
    names = _names(document)
    found = {Act(party, "proposes") for proposal in item.proposals for by in proposal.by for party in _named(by, names)}
    found |= {Act(party, "proposes") for party in _authors(document, item, names)}
    found |= {Act(voter.party, "votes") for vote in item.votes for voter in vote.voters if voter.party}
    found |= {Act(party, "reserves") for reservation in item.reservations for party in reservation.parties}
    return sorted(found)


def authors(document: Document, item: Item) -> list[str]:
    """The parties whose matter the item is: whose motion, question or resignation, by its title or who signed; sorted.

    >>> from extractors.model import Span
    >>> item = Item(Span(0, 9, 1), "4", "Svar på motion av Ada Ek (L) om cyklar")
    >>> authors(Document("", "", "protocol", "", ()), item)
    ['L']
    """
    names = _names(document)
    return sorted({*_in_title(item.title or "", names, own=True), *_authors(document, item, names)})


def _names(document: Document) -> dict[str, str]:
    """The codes of the parties that the paper names, by name and code in small letters."""
    names = {party.text.casefold(): party.code for party in document.parties}
    return names | {code.casefold(): code for code in names.values()}


def _named(by: str, names: dict[str, str]) -> Iterator[str]:
    """The party of a proposer: in brackets after a name, or the party itself by code or name."""
    in_brackets = _IN_BRACKETS.findall(by)
    for party in in_brackets:
        yield names.get(party.casefold(), party.upper() if party.islower() else usual(party))
    if not in_brackets and by.casefold() in names:
        yield names[by.casefold()]


def _authors(document: Document, item: Item, names: dict[str, str]) -> Iterator[str]:
    """Those whose motion or question the item is about, as its title says, or as they signed it."""
    yield from _in_title(item.title or "", names)
    if document.kind in _ASKED_BY:
        yield from _in_title(document.title or "", names, own=True)
        yield from (person.party for person in signers(document) if person.party)
        yield from _signing_parties(document)


def _in_title(title: str, names: dict[str, str], own: bool = False) -> Iterator[str]:
    """ "Motion av Ada Ek (V)", "Motion (SD) om vatten", "Interpellation från Miljöpartiet om vatten"."""
    if not (own or _MATTER.search(title)):
        return
    title = _ASKED.sub(" ", title)
    yield from (person.party for person in named(title))
    for code in _IN_BRACKETS.findall(title):
        if code.casefold() in names:
            yield names[code.casefold()]
    for told in _FROM.findall(title):
        for name, code in names.items():
            word, flags = (name, re.IGNORECASE) if len(name) > 3 else (code, 0)
            if re.search(rf"\b{re.escape(word)}\b(?!\.)", told, flags):  # "S. Berg" is no party
                yield code


def signers(document: Document) -> list[Person]:
    """Who signed a motion or an interpellation: names on lines of their own, at the foot before at the head."""
    signed = [person for person in document.people if person.party and _signs(document, person)]
    end = _end_of_text(document)
    return [person for person in signed if person.span.start >= end] or signed


def _signs(document: Document, person: Person) -> bool:
    """Whether a person stands on a line with no other words, which is not the line of whom the paper is to."""
    start, line = _line(document.text, person.span.start)
    rest = line
    for other in document.people:
        if start <= other.span.start < start + len(line):
            rest = rest.replace(document.text[other.span.start : other.span.end], " ")
    rest = _IN_BRACKETS.sub(" ", rest)
    for party in document.parties:
        rest = re.sub(rf"\b{re.escape(party.text.strip('()'))}\b", " ", rest)
    above = document.text[:start].rstrip().rpartition("\n")[2]
    return bool(_BESIDE_SIGNERS.fullmatch(rest)) and not (_TO.fullmatch(above) and len(above) < 80)


def _signing_parties(document: Document) -> Iterator[str]:
    """ "Vänsterpartiet i Ystad", "För Centerpartiet" on a line of its own at the foot."""
    end = _end_of_text(document)
    for party in document.parties:
        _, line = _line(document.text, party.span.start)
        if party.span.start >= end and party.code != "-" and len(line.split()) <= 5:
            rest = line.replace(party.text, " ", 1)
            if re.fullmatch(r"\W*(?:för\W+)?(?:i\W+\w+\W*)?", rest.replace(f"({party.code})", " "), re.IGNORECASE):
                yield party.code


def _end_of_text(document: Document) -> int:
    """Where the paper has said what it wants: at its last proposal or question; the foot comes after."""
    asked = [proposal.span.start for item in document.items for proposal in item.proposals]
    return max([*asked, document.text.rfind("?") + 1, len(document.text) // 3])


def _line(text: str, at: int) -> tuple[int, str]:
    """The line around a place, and where it starts."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, text[start : end if end >= 0 else len(text)]
