"""What needs the whole paper: lists of voters at its end, parties told by the roster, sums that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from extractors import votelinks, votelists
from extractors.model import Document, Issue, Item, Person, Reservation, Stretch, Voter

_MINUTES = ("protocol", "protocol_extract")
_CHAIR = "ordföranden"
_LEADS = re.compile(r"(?:mötes|tjänstgörande\s)?ordf(?:örande|\.)?", re.IGNORECASE)


def resolve(document: Document) -> Document:
    """The document with everything settled that no stretch of it can tell alone: one function per matter, in order."""
    for matter in _MATTERS:
        document = matter(document)
    return document


def voters_listed_elsewhere(document: Document) -> Document:
    """Lists of voters at the end of the paper (voteringslistor) belong to the votes that they are of.

    A § that tells its own vote keeps it; where the list disagrees, that is an issue.
    """
    if document.kind not in _MINUTES:
        return document
    stretch = Stretch(document.text, 0, tuple(page.start for page in document.pages) or (0,))
    lists = list(votelists.find(stretch))
    if not lists:
        return document
    items, issues = votelinks.link(document.text, document.items, lists)
    return replace(document, items=items, issues=(*document.issues, *issues))


def chairman_and_parties_of_voters(document: Document) -> Document:
    """Who voted as "ordföranden" is named as the roster names him; parties that a list leaves out stand there too."""
    if not any(vote.voters for item in document.items for vote in item.votes):
        return document
    chairman, parties = _chairman(document), _roster(document)
    items = tuple(
        replace(item, votes=tuple(replace(vote, voters=_known(vote.voters, chairman, parties)) for vote in item.votes))
        for item in document.items
    )
    return replace(document, items=items)


def _known(voters: tuple[Voter, ...], chairman: str | None, parties: dict[str, str]) -> tuple[Voter, ...]:
    named = [replace(voter, name=chairman) if voter.name == _CHAIR and chairman else voter for voter in voters]
    return tuple(
        replace(voter, party=voter.party or parties.get(_key(voter.name))) for voter in named if voter.name != _CHAIR
    )


def _chairman(document: Document) -> str | None:
    """Who led the meeting, as the list of those present says: the first ordförande, not a vice one."""
    first = document.items[0].span.start if document.items else 0
    present = (person for person in document.people if person.span.start < first and person.role)
    leads = (person.name for person in present if _LEADS.fullmatch(person.role or ""))
    return next(leads, None)


def sums_of_voters(document: Document) -> Document:
    """A number that is not the number of those named is an issue; the number as printed stands."""
    told = [issue.reason.partition(":")[0] for issue in document.issues if issue.stage == "votes"]
    items = (item for item in document.items if f"§ {item.number}" not in told)
    issues = [*document.issues, *(issue for item in items for issue in _disagreeing(item))]
    return replace(document, issues=tuple(issues))


def _disagreeing(item: Item) -> Iterator[Issue]:
    for vote in item.votes:
        counted = Counter(voter.vote for voter in vote.voters)
        if "yes" in counted and "no" in counted and counted["yes"] != vote.yes and counted["no"] != vote.no:
            told = f"the § tells {vote.yes}-{vote.no}, the list of voters {counted['yes']}-{counted['no']}"
            yield Issue("votes", f"§ {item.number}: {told}", vote.span)
            continue
        for kind, number in (("yes", vote.yes), ("no", vote.no), ("abstain", vote.abstain)):
            if kind in counted and counted[kind] != number:
                reason = f"§ {item.number}: {number} votes told, {counted[kind]} people named ({kind})"
                yield Issue("votes", reason, vote.span)


def people_in_lists(document: Document) -> Document:
    """Voters whose party stands in a column of its own are people named with a party too."""
    known = {(_key(person.name), person.party) for person in document.people}
    starts = tuple(page.start for page in document.pages) or (0,)
    whole, found = Stretch(document.text, 0, starts), list(document.people)
    for item in document.items:
        for voter in (voter for vote in item.votes for voter in vote.voters if voter.party):
            at = document.text.find(voter.name, item.span.start)
            if (_key(voter.name), voter.party) not in known and at >= 0:
                known.add((_key(voter.name), voter.party))
                found.append(Person(whole.at(at, at + len(voter.name)), voter.name, voter.party))
    return replace(document, people=tuple(sorted(found, key=lambda person: person.span)))


def parties_of_people(document: Document) -> Document:
    """A member who reserves himself without his party printed: the paper's own lists of people tell it."""
    parties = _roster(document)
    items = tuple(
        replace(item, reservations=tuple(_with_parties(reservation, parties) for reservation in item.reservations))
        for item in document.items
    )
    return replace(document, items=items)


def _roster(document: Document) -> dict[str, str]:
    """Name -> party, for everybody of one party; namesakes of two parties are left out."""
    told: dict[str, set[str]] = {}
    people = [(person.name, person.party) for person in document.people]
    voters = [(voter.name, voter.party) for item in document.items for vote in item.votes for voter in vote.voters]
    for name, party in people + voters:
        if party:
            told.setdefault(_key(name), set()).add(party)
    return {name: parties.pop() for name, parties in told.items() if len(parties) == 1}


def _with_parties(reservation: Reservation, parties: dict[str, str]) -> Reservation:
    if reservation.parties:
        return reservation
    found = {parties[_key(name)] for name in reservation.people if _key(name) in parties}
    return replace(reservation, parties=tuple(sorted(found)))


def _key(name: str) -> str:
    return " ".join(name.lower().split()).removesuffix("s")


_MATTERS: tuple[Callable[[Document], Document], ...] = (
    voters_listed_elsewhere,
    chairman_and_parties_of_voters,
    sums_of_voters,
    people_in_lists,
    parties_of_people,
)
