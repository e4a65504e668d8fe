"""Tellings of a vote: which yes and no belong together, what the yes stood for, and which tellings are of one vote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extractors import propositions, tallies
from extractors.model import Stretch, Vote, Voter
from extractors.tallies import Tally

_PART = re.compile(  # a new vote begins under these, though what a yes stands for is not told
    r"""^[^\w\n]{0,12}(?: (?:huvud|kontra|motförslags|del)\w*(?:votering|omröstning|proposition)
              | (?:första|andra|tredje|fjärde|slutlig)\w*\s(?:votering|omröstning)
              | (?:votering|omröstning)(?:en|sresultat)?[ ](?:nr\.?[ ]?)?\d{1,2}\b)[^\n]{0,80}$""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_BY_PARTY = re.compile(  # S: 11 ja · Moderaterna 8 nej, 1 avstår
    r"""^[^\w\n]{0,12}(?:[A-ZÅÄÖ]{1,4}[a-zåäö]?[A-ZÅÄÖ]?\)?(?:[ ]?[:–-])?|[A-ZÅÄÖ]\w+(?:partiet|erna)[ ]?[:(–-]?)
        [ ]\(?\d{1,2}[ ](?:ja|nej|avst)[^\n]*$""",
    re.VERBOSE | re.MULTILINE,
)
_FAR = 5000  # characters between the numbers of one vote
_BESIDE = 60  # characters between them in which who abstained stands beside them


@dataclass(slots=True)
class Telling:
    """How one place tells of a vote: the numbers or names of yes, no and abstain; what a yes stood for, as printed.

    `proposed` are the words from there to the numbers, `numbered` is for one under a heading of its own (Omröstning 2),
    `segment` counts the propositions before it.
    """

    segment: int
    means: str | None = None
    proposed: str | None = None
    numbered: bool = False
    told: dict[str, Tally] = field(default_factory=dict)

    def whole(self) -> bool:
        """Whether both yes and no are told."""
        return {"yes", "no"} <= set(self.told)

    def totals(self) -> tuple[int, int]:
        """How many voted yes and no."""
        return self.told["yes"].number, self.told["no"].number

    def start(self) -> int:
        """Where the first of yes and no stands."""
        return min(self.told[vote].start for vote in ("yes", "no"))

    def summed(self) -> bool:
        """Whether the numbers are printed."""
        return all(self.told[vote].in_figures for vote in ("yes", "no"))

    def plain(self) -> bool:
        """Whether a sentence or a line tells numbers, without saying who."""
        return not self.voters() and self.summed()

    def voters(self) -> tuple[Voter, ...]:
        """Those named, yes first."""
        told = (self.told[vote] for vote in ("yes", "no", "abstain") if vote in self.told)
        return tuple(voter for tally in told for voter in tally.voters)

    def vote(self, stretch: Stretch) -> Vote:
        """The vote as this tells it."""
        start = self.start()
        end = max(self.told[vote].end for vote in ("yes", "no"))
        abstain = self.told.get("abstain")
        if abstain and abstain.start - end < _BESIDE:
            end = max(end, abstain.end)
        return Vote(
            stretch.at(start, end), *self.totals(), abstain.number if abstain else 0, self.means, self.voters()
        )  # fmt: skip


def find(text: str) -> Iterator[Telling]:
    """Every telling of a vote in a text, in order.

    >>> [(t.totals(), t.means) for t in find("Ja för bifall, nej för avslag. Med 7 ja mot 6 nej bifalls förslaget.")]
    [((7, 6), 'bifall')]
    """
    text = _without_parties(text)
    told = list(tallies.find(text))
    if len(told) < 2:
        return
    telling, begin = Telling(0), None
    for event in _events(text, told):
        if isinstance(event, Tally):
            if event.vote in telling.told and not _add(telling, event):
                if telling.whole():
                    yield telling
                    telling = Telling(telling.segment, telling.means, telling.proposed)
                else:
                    telling.told = {}
            if begin is not None and telling.proposed is None:
                telling.proposed = "".join(text[begin : event.start].split()).lower()
            telling.told.setdefault(event.vote, event)
            continue
        if telling.whole():
            yield telling
        if telling.told or event is None:
            telling = Telling(telling.segment + 1, numbered=event is None)
        telling.means, begin = (event.means, event.start) if event else (None, None)
    if telling.whole():
        yield telling


def _events(text: str, told: list[Tally]) -> list[Tally | propositions.Proposition | None]:
    """The tallies, what a yes stood for, and None where a heading begins a new vote, by where they stand."""
    events: list[tuple[int, int, Tally | propositions.Proposition | None]] = []
    events += [(part.start(), 0, None) for part in _PART.finditer(text)]
    inside: list[tuple[int, int]] = []
    for one in propositions.find(text):
        over = next((tally for tally in told if tally.start <= one.start < tally.end), None)
        if over and over.voters:
            continue  # "Ja: Anna Ek (S)"
        events.append((over.start if over else one.start, 1, one))
        inside.append((over.start if over else one.start - 1, one.end))
    for tally in told:
        if not any(start < tally.start < end for start, end in inside):
            events.append((tally.start, 2, tally))
    return [event for _, _, event in sorted(events, key=lambda entry: entry[:2])]


def _add(telling: Telling, tally: Tally) -> bool:
    """Adds people to those told to have voted so, where nothing but names tells how many; False where it cannot be."""
    held = telling.told[tally.vote]
    if any(one.in_figures for one in (*telling.told.values(), tally)) or tally.start - held.end > _FAR:
        return tally.vote == "abstain" and telling.whole()
    names = {voter.name for one in telling.told.values() for voter in one.voters}
    if names & {voter.name for voter in tally.voters}:
        return False
    everyone = (*held.voters, *tally.voters)
    telling.told[tally.vote] = replace(held, end=tally.end, number=len(everyone), voters=everyone)
    return True


def _without_parties(text: str) -> str:
    """The text with the lines blanked that say how each party voted, so that offsets stay."""
    lines = list(_BY_PARTY.finditer(text))
    for match in lines if len(lines) > 1 else ():
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return text


def once(told: list[Telling]) -> list[Telling]:
    """A vote told twice, in a sentence and by those who voted, as one: the sentence counts, with those voters."""
    votes: list[Telling] = []
    for telling in told:
        same = next((at for at in range(len(votes) - 1, -1, -1) if _are_one(votes[at], telling)), None)
        if same is None:
            votes.append(telling)
        else:
            votes[same] = _both(votes[same], telling)
    return votes


def _are_one(first: Telling, second: Telling) -> bool:
    together = first.segment == second.segment
    if first.totals() == second.totals():
        other = bool(first.voters()) != bool(second.voters())
        again = first.proposed == second.proposed or None in (first.proposed, second.proposed)
        return together or other or (again and not second.numbered)
    return together and first.plain() != second.plain()


def _both(first: Telling, second: Telling) -> Telling:
    kept, other = (second, first) if second.plain() and not first.plain() else (first, second)
    told = dict(kept.told)
    for vote, tally in other.told.items():
        if vote not in told:
            told[vote] = tally
        elif not told[vote].voters:
            told[vote] = replace(told[vote], voters=tally.voters)
    means = kept.means or other.means
    return Telling(first.segment, means, kept.proposed or other.proposed, first.numbered, told)
