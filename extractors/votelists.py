"""Printed lists of a vote (voteringslistor): where they stand, which § or annex they name, and how they sum up.

At the end of a paper a list says to which § it belongs (`Voteringslista: § 114`), or only which annex it is
(`Bilaga 2`) and what the matter was called (`Ärendemening: Ny taxa`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors import tellings, voters
from extractors.model import Stretch, Vote, Voter

_LINE = re.compile(  # lines that can head a list
    r"""^[^\n]{0,40}\b(?:(?:votering|omröstning|röst)\w*|ärende[ \t]*(?:nr)?[ \t]*:|paragraf[ \t]*:|bilaga[ \t]\d)
        [^\n]{0,90}$""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_LIST = re.compile(r"(?:voterings|omröstnings|röst(?:nings)?)(?:list|protokoll|rapport)\w*(?:\(or\))?", re.IGNORECASE)
_HEADS = re.compile(
    r"\W*(?:(?:bilaga|till)\b[ \t]?\d{0,3}\W*)?(?:(?:votering|omröstning|röstning|röst)\w*|§)", re.IGNORECASE
)
_ITEM = re.compile(
    r"(?:§[ \t]*|paragraf[ \t]*:?[ \t]*)(?P<number>\d{1,4}(?:[ \t](?-i:[a-h])\b)?)(?:[/:]\d{2,4})?"
    r"(?=[ \t]*(?:$|[,:;.–-]|(?-i:[A-ZÅÄÖ(])|om\b|gällande|angående|avseende|votering|omröstning))",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"bilaga[ \t](?P<annex>\d{1,3})\b", re.IGNORECASE)
_AGENDA = re.compile(
    r"""\W*(?:(?:voterings|omröstnings)\w*:?[ \t]*)?ärende[ \t]*(?:nr)?[ \t]*:?
        [ \t]*(?P<agenda>\d{1,3}(?::\d\d?)?)[ \t]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_MATTER = re.compile(
    r"^ärende(?:mening|rubrik)?[ \t]*:[ \t]*(?P<title>\D[^\n]*(?:\n(?!antal\b)[^\n:]+)?)", re.IGNORECASE | re.MULTILINE
)
_BEGINS = re.compile(r"\bantal ja\b|\bja[- ]?röst|^(?:namn|ledamot)\b[^\n]*\bja\b", re.IGNORECASE | re.MULTILINE)
_WORDS = ("otering", "mröstning", "östlist", "ÖSTLIST", "Antal Ja", "Antal ja", "OTERING", "MRÖSTNING")
_LONGEST = 12000  # characters of a list


@dataclass(frozen=True, slots=True)
class Listed:
    """A vote as a list of voters sums it up, and what the list says it belongs to: a § (`number`), annex, matter."""

    number: str | None
    vote: Vote
    annex: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """What the lines above a list say."""

    start: int
    end: int
    number: str | None = None
    annex: str | None = None
    agenda: str | None = None


def find(stretch: Stretch) -> Iterator[Listed]:
    """The lists of voters anywhere in a paper that have a head of their own."""
    if not any(word in stretch.text for word in _WORDS):
        return
    heads = _heads(stretch.text)
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        end = min(after.start if after else len(stretch.text), head.end + _LONGEST)
        part = stretch.part(head.end, end)
        matter = _MATTER.search(part.text, 0, 400)
        title = " ".join(matter["title"].split()) if matter else None
        for vote in votes(part, alone=head.number is not None):
            yield Listed(head.number, vote, head.annex, title)


def votes(part: Stretch, alone: bool = True) -> Iterator[Vote]:
    """The votes that a list sums up or its rows add up to; numbers without rows only where a list is told to come."""
    tables = list(voters.tables(part.text))
    for table in tables:
        yield of_table(part, table)
    if tables:
        return
    cells = tuple(voters.of_cells(part.text))
    sums = part.text[: part.text.find(cells[0].name.split()[0])] if cells else part.text
    told = tellings.once(list(tellings.find(sums)))
    for telling in told[:1]:
        vote = telling.vote(part)
        if cells or vote.voters or alone:
            yield replace(vote, voters=cells) if cells and are_all(vote, cells) else vote


def at_the_end(stretch: Stretch) -> int:
    """Where the lists begin, in an item's text, that belong to another item or name none; its end where none do."""
    if not any(word in stretch.text for word in _WORDS):
        return len(stretch.text)
    number = stretch.item.number if stretch.item else None
    for head in _heads(stretch.text):
        if head.number is not None and same_number(head.number, number):
            continue
        if head.number is not None or head.annex or head.agenda:
            return head.start
    return len(stretch.text)


def same_number(listed: str | None, number: str | None) -> bool:
    """Whether a list's § is this one; the year that some print after it is left out: "61" is "61/2025".

    >>> same_number("61", "61/2025"), same_number("61", "6")
    (True, False)
    """
    return listed is not None and number is not None and listed == number.split("/")[0].strip()


def _heads(text: str) -> list[_Head]:
    """The heads of lists, in order; lines that follow each other are one head."""
    heads: list[_Head] = []
    for match in _LINE.finditer(text):
        head = _head(match)
        if head is None:
            continue
        last = heads[-1] if heads else None
        if last and len(text[last.end : head.start].split()) < 4:
            heads[-1] = _Head(
                last.start, head.end, last.number or head.number, last.annex or head.annex, last.agenda or head.agenda
            )
        else:
            heads.append(head)
    return [head for head in heads if head.number or head.agenda or _lists_follow(text, head.end) or not head.annex]


def _head(match: re.Match[str]) -> _Head | None:
    """What one line says of a list below it; None where it heads none."""
    line = match[0].strip()
    item, annex, agenda = _ITEM.search(line), _ANNEX.search(line), _AGENDA.match(line)
    listed = _LIST.search(line)
    if line.endswith(".") or (line.startswith("§") and not listed):
        return None
    heads = _HEADS.match(line) and (listed or item)
    if not (heads or agenda or (annex and annex.end() == len(line)) or line.lower().startswith("paragraf")):
        return None
    return _Head(
        match.start(), match.end(), item["number"] if item else None, annex["annex"] if annex else None,
        agenda["agenda"] if agenda else None,
    )  # fmt: skip


def _lists_follow(text: str, end: int) -> bool:
    """Whether a list begins in the next lines."""
    return _BEGINS.search(text, end, end + 300) is not None


def of_table(stretch: Stretch, table: voters.Table) -> Vote:
    """The vote that a table prints the sums of, or that its rows add up to."""
    sums = table.sums or table.counts()
    yes, no, abstain = (sums.get(kind, 0) for kind in ("yes", "no", "abstain"))
    named = tuple(table.voters) if table.clear() else ()
    return Vote(stretch.at(table.start, table.end), yes, no, abstain, None, named)


def with_lists(told: list[Vote], listed: Sequence[Vote]) -> list[Vote]:
    """The votes of a §, each with its list; the votes of lists only where the § itself tells none."""
    if not told:
        return list(listed)
    left, found = list(listed), list(told)
    for at, vote in enumerate(told):
        entry = next((entry for entry in left if (vote.yes, vote.no) == (entry.yes, entry.no)), None)
        entry = entry or (left[0] if len(told) == len(left) == 1 else None)
        if entry:
            left.remove(entry)
            found[at] = with_list(vote, entry)
    return found


def with_list(vote: Vote, listed: Vote) -> Vote:
    """A vote with the voters of its list; its own sums count, and the list tells who abstained where it does not."""
    same = (vote.yes, vote.no) == (listed.yes, listed.no)
    listed_voters = listed.voters if are_all(vote, listed.voters) else ()
    told = vote.voters if len(vote.voters) >= len(listed_voters) else listed_voters
    return replace(vote, voters=told, abstain=vote.abstain or (listed.abstain if same else 0))


def are_all(vote: Vote, listed: Sequence[Voter]) -> bool:
    """Whether a list can be read as this vote's: of far fewer or more voters than voted, its columns were lost."""
    told = vote.yes + vote.no
    return abs(told - sum(voter.vote != "abstain" for voter in listed)) <= max(1, told // 10)
