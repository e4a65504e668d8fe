"""One paper as a person reads it (läsvy): what it is, and each § with what was decided, by whom, about what sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from rich.text import Text

from extractors.model import Document, Item, Person, Vote

Within = Callable[[Sequence[Any]], list[Any]]  # those of some finds that stand at one place
_GOOD, _BAD = {"approved", "granted", "elected"}, {"rejected", "remanded", "tabled"}


def lines(document: Document) -> Iterator[Text]:
    """The whole view, line by line."""
    yield from _head(document)
    for item in document.items:
        yield Text()
        yield from _item(document, item)
    yield from _outside(document)
    for issue in document.issues:
        page = f" (page {issue.span.page})" if issue.span else ""
        yield Text(f"! {issue.stage}: {issue.reason}{page}", "yellow")


def _head(document: Document) -> Iterator[Text]:
    yield Text(" ".join((document.title or document.source).split()), "bold")
    place = f"{document.municipality.name} ({document.municipality.code})" if document.municipality else None
    pages = f"{len(document.pages)} page{'s' * (len(document.pages) != 1)}"
    yield Text(" · ".join(part for part in (document.kind, place, document.body, document.date, pages) if part))


def _item(document: Document, item: Item) -> Iterator[Text]:
    number = f"§ {item.number}  " if item.number else ""
    head = Text(number + " ".join((item.title or "").split()), "bold")
    head.append(f"  {item.case_number or ''}  page {item.span.page}", "dim")
    if item.number or len(document.items) > 1:
        yield head
    for decision in item.decisions:
        yield _said(decision.outcome, decision.text)
    for proposal in item.proposals:
        yield _said("proposal", proposal.text, ", ".join(proposal.by))
    for vote in item.votes:
        yield _vote(vote)
    for reservation in item.reservations:
        who = ", ".join((*reservation.people, *reservation.parties))
        yield Text(f"    reservation: {who or '(nobody named)'}")
    yield from _named(document, lambda finds: [find for find in finds if document.item_at(find.span) is item])


def _said(what: str, text: str, by: str = "") -> Text:
    line = Text("    ")
    line.append(f"{what:<12}", "green" if what in _GOOD else "red" if what in _BAD else "cyan")
    line.append(" ".join(text.split()))
    if by:
        line.append(f"  ({by})", "dim")
    return line


def _vote(vote: Vote) -> Text:
    meant = f" (yes: {vote.yes_means})" if vote.yes_means else ""
    return Text(f"    vote: {vote.yes} yes, {vote.no} no, {vote.abstain} abstain{meant}")


def _outside(document: Document) -> Iterator[Text]:
    outside = list(_named(document, lambda finds: [find for find in finds if document.item_at(find.span) is None]))
    if outside:
        yield Text()
        yield Text("Outside all §§" if document.items else "Found", "bold")
        yield from outside


def _named(document: Document, within: Within) -> Iterator[Text]:
    """Sums, people and case numbers, each once."""
    amounts = _once(find.text for find in within(document.amounts))
    people = _once(_person(find) for find in within(document.people))
    cases = _once(find.canonical for find in within(document.case_numbers))
    for what, found in (("sums", amounts), ("people", people), ("cases", cases)):
        if found:
            yield Text(f"    {what}: {', '.join(found)}", "dim")


def _person(person: Person) -> str:
    party, role = f" ({person.party})" if person.party else "", f", {person.role}" if person.role else ""
    return person.name + party + role


def _once(words: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(" ".join(word.split()) for word in words))
