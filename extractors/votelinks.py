"""Which vote each printed list (voteringslista) belongs to, where the lists stand apart from the §§.

By the § that it names; else in the order of the votes, where the totals agree, or annex or matter say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.model import Issue, Item, Vote
from extractors.votelists import Listed, same_number, with_list

_ANNEX = re.compile(r"\bbilaga\s(\d{1,3})\b", re.IGNORECASE)
_NEAR = 400  # characters after a vote's numbers in which it says where its list is
_SAME, _ANNEX_TOLD, _MATTER_TOLD = 4, 3, 2  # how much each sign weighs


@dataclass(frozen=True, slots=True)
class _Place:
    """A vote told in a §, and the annexes that the words after it name."""

    item: int
    vote: int
    annexes: frozenset[str]


def link(text: str, items: Sequence[Item], lists: Sequence[Listed]) -> tuple[tuple[Item, ...], list[Issue]]:
    """The items with the voters of the lists, and what does not agree."""
    votes = {at: list(item.votes) for at, item in enumerate(items)}
    left, issues = _named(items, votes, lists)
    places, moved = list(_places(text, items, votes)), set()
    for at, place in _aligned(items, votes, places, left):
        told, listed = votes[place.item][place.vote], left[at].vote
        votes[place.item][place.vote] = with_list(told, listed)
        issues += _contradiction(items[place.item], told, listed)
        moved.add(listed.span)
    found = tuple(
        _with_votes(item, tuple(vote for vote in votes[at] if vote.span not in moved)) for at, item in enumerate(items)
    )
    return found, issues


def _with_votes(item: Item, votes: tuple[Vote, ...]) -> Item:
    return replace(item, votes=votes) if votes != item.votes else item


def _named(
    items: Sequence[Item], votes: dict[int, list[Vote]], lists: Sequence[Listed]
) -> tuple[list[Listed], list[Issue]]:
    """Puts the lists that name a § there; the others, and contradictions."""
    left: list[Listed] = []
    issues: list[Issue] = []
    of: dict[int, list[Listed]] = {}
    for listed in lists:
        at = next((at for at, item in enumerate(items) if same_number(listed.number, item.number)), None)
        if at is not None:
            of.setdefault(at, []).append(listed)
        elif listed.number is None and not _is_own(items, listed):
            left.append(listed)
    for at, own in of.items():
        issues += _into(items[at], votes[at], [listed.vote for listed in own])
    return left, issues


def _is_own(items: Sequence[Item], listed: Listed) -> bool:
    """Whether a list without a number stands in the § whose vote it is, where it was read already.

    In the last § it may be of any: lists at the end of the paper stand there too, and it may tell no vote but them.
    """
    there = [item for item in items if item.span.start <= listed.vote.span.start < item.span.end]
    if there == [items[-1]] and any(vote.span == listed.vote.span for vote in items[-1].votes):
        return False
    return any(_totals(vote) == _totals(listed.vote) for item in there for vote in item.votes)


def _into(item: Item, told: list[Vote], listed: list[Vote]) -> Iterator[Issue]:
    """Puts lists that are known to be of a § into its votes: by totals, then the one that is left to the one left."""
    if not told:
        told += listed
        return
    free, waiting = list(range(len(told))), []
    for vote in listed:
        same = next((at for at in free if _totals(told[at]) == _totals(vote)), None)
        if same is None:
            waiting.append(vote)
            continue
        free.remove(same)
        told[same] = with_list(told[same], vote)
    if len(waiting) == len(free) == 1:
        yield from _contradiction(item, told[free[0]], waiting[0])
        told[free[0]] = with_list(told[free[0]], waiting[0])


def _totals(vote: Vote) -> tuple[int, int]:
    return vote.yes, vote.no


def _contradiction(item: Item, told: Vote, listed: Vote) -> list[Issue]:
    if _totals(told) == _totals(listed):
        return []
    reason = f"§ {item.number}: the § tells {told.yes}-{told.no}, the list of voters {listed.yes}-{listed.no}"
    return [Issue("votes", reason, listed.span)]


def _places(text: str, items: Sequence[Item], votes: dict[int, list[Vote]]) -> Iterator[_Place]:
    """The votes that have no voters yet, in order."""
    for at, item in enumerate(items):
        for number, vote in enumerate(votes[at]):
            if not vote.voters:
                after = item.votes[number + 1].span.start if number + 1 < len(item.votes) else item.span.end
                words = text[vote.span.end : min(after, vote.span.end + _NEAR)]
                yield _Place(at, number, frozenset(_ANNEX.findall(words)))


def _aligned(
    items: Sequence[Item], votes: dict[int, list[Vote]], places: list[_Place], lists: list[Listed]
) -> Iterator[tuple[int, _Place]]:
    """List by list and vote by vote in their order, so that as many signs as can be agree."""
    signs = [
        [_signs(items[place.item], votes[place.item][place.vote], place, listed) for place in places]
        for listed in lists
    ]
    best = [[0] * (len(places) + 1) for _ in range(len(lists) + 1)]
    for row in range(len(lists) - 1, -1, -1):
        for column in range(len(places) - 1, -1, -1):
            both = signs[row][column] + best[row + 1][column + 1] if signs[row][column] else 0
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    row = column = 0
    while row < len(lists) and column < len(places):
        if signs[row][column] and best[row][column] == signs[row][column] + best[row + 1][column + 1]:
            yield row, places[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _signs(item: Item, told: Vote, place: _Place, listed: Listed) -> int:
    """How much speaks for a list being that vote's: nothing where it is of another annex, or only totals could tell."""
    annex = listed.annex is not None and listed.annex in place.annexes
    if place.annexes and listed.annex and not annex:
        return 0
    matter = _same_matter(item.title, listed.title)
    same = _totals(told) == _totals(listed.vote)
    if not same and not annex and not matter:
        return 0
    return _SAME * same + _ANNEX_TOLD * annex + _MATTER_TOLD * matter


def _same_matter(title: str | None, other: str | None) -> bool:
    """Whether two headings are of the same matter: the one begins like the other."""
    if not title or not other:
        return False
    one, two = (re.sub(r"\W", "", words).lower() for words in (title, other))
    shorter = min(len(one), len(two), 40)
    return shorter > 12 and one[:shorter] == two[:shorter]
