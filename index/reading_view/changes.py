"""What changed from one version of a paper to another (ändringar): by §, by word, and in the decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from extractors.model import Decision, Document, Item

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
_TOKEN = re.compile(r"\S+\s*|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MOST = 200_000_000  # pairs of words that are compared; what is larger is compared by lines
_ISLAND = 2  # words in common that are too few to part two changes


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the same in both, added or removed."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """A decision that was added, removed, or has other words or another outcome."""

    state: str
    before: Decision | None
    after: Decision | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A § in both versions, or in one of them: its place in each (None where it is not there) and what became of it."""

    state: str
    before: int | None
    after: int | None
    item: Item
    pieces: tuple[Piece, ...] = ()
    decisions: tuple[DecisionChange, ...] = ()


def compare(old: Document, new: Document) -> tuple[ItemChange, ...]:
    """Every § of both versions in the order of the new one; one that is gone follows the one it stood behind."""
    paired = pairs(old.items, new.items)
    before = {new_at: old_at for old_at, new_at in paired}
    gone = [at for at in range(len(old.items)) if at not in {old_at for old_at, _ in paired}]
    found: list[ItemChange] = []

    def removed(upto: int) -> Iterator[ItemChange]:
        while gone and gone[0] < upto:
            yield _one(old, gone.pop(0), REMOVED)

    for at in range(len(new.items)):
        if at in before:
            found += removed(before[at])
            found.append(_both(old, before[at], new, at))
        else:
            found.append(_one(new, at, ADDED))
    return (*found, *removed(len(old.items)))


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts word by word. What is the same or added is the new text, what is the same or removed the old one but
    for its blanks: a line broken elsewhere is no change.

    >>> [(p.state, p.text) for p in words("Nämnden avslår motionen.", "Nämnden bifaller motionen.")]
    [('same', 'Nämnden '), ('removed', 'avslår '), ('added', 'bifaller '), ('same', 'motionen.')]
    """
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) * len(b) > _MOST:
        a, b = _LINES.findall(old), _LINES.findall(new)
    runs = _without_islands(list(_runs(a, b)), a, b)
    return tuple(_pieces(runs, a, b))


Run = tuple[bool, int, int, int, int]  # whether both have it, and where in each


def _runs(a: Sequence[str], b: Sequence[str]) -> Iterator[Run]:
    left = [" ".join(token.split()) for token in a]
    right = [" ".join(token.split()) for token in b]
    for op in Indel.opcodes(left, right):
        yield op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end


def _without_islands(runs: Sequence[Run], a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Changes that follow each other as one, with the word or two between them."""
    made: list[Run] = []
    for number, (same, a0, a1, b0, b1) in enumerate(runs):
        inner = 0 < number < len(runs) - 1
        island = same and inner and a1 - a0 <= _ISLAND and "\n" not in "".join(b[b0:b1])
        changed = not same or island
        if made and changed and not made[-1][0]:
            made[-1] = (False, made[-1][1], a1, made[-1][3], b1)
        else:
            made.append((not changed, a0, a1, b0, b1))
    return made


def _pieces(runs: Sequence[Run], a: Sequence[str], b: Sequence[str]) -> Iterator[Piece]:
    for same, a0, a1, b0, b1 in runs:
        if same:
            yield Piece(SAME, "".join(b[b0:b1]))
            continue
        if a1 > a0:
            yield Piece(REMOVED, "".join(a[a0:a1]))
        if b1 > b0:
            yield Piece(ADDED, "".join(b[b0:b1]))


def pairs(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[int, int]]:
    """Which § of the old version is which of the new: by number and title, by title, by number, and then the rest."""
    keys: tuple[Callable[[Item], Hashable], ...] = (
        lambda item: (item.number, _folded(item.title)),
        lambda item: _folded(item.title),
        lambda item: item.number,
        lambda item: item.number is None,
    )
    left, right = list(range(len(old))), list(range(len(new)))
    found: list[tuple[int, int]] = []
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for at in right:
            waiting.setdefault(key(new[at]), []).append(at)
        for at in list(left):
            told = key(old[at])
            if told and waiting.get(told):
                found.append((at, waiting[told].pop(0)))
                left.remove(at)
                right.remove(found[-1][1])
    return found


def _folded(title: str | None) -> str:
    return " ".join((title or "").split()).casefold()


def _one(document: Document, at: int, state: str) -> ItemChange:
    item = document.items[at]
    text = document.text[item.span.start : item.span.end]
    decisions = (DecisionChange(state, *((d, None) if state == REMOVED else (None, d))) for d in item.decisions)
    before, after = (at, None) if state == REMOVED else (None, at)
    return ItemChange(state, before, after, item, (Piece(state, text),), tuple(decisions))


def _both(old: Document, before: int, new: Document, after: int) -> ItemChange:
    was, now = old.items[before], new.items[after]
    pieces = words(old.text[was.span.start : was.span.end], new.text[now.span.start : now.span.end])
    decisions = tuple(_decisions(was.decisions, now.decisions))
    state = CHANGED if decisions or any(piece.state != SAME for piece in pieces) else SAME
    return ItemChange(state, before, after, now, pieces, decisions)


def _decisions(old: Sequence[Decision], new: Sequence[Decision]) -> Iterator[DecisionChange]:
    """What differs: decisions with the same words, then those that follow in order, are taken for the same one."""
    left, right = list(old), list(new)
    for was in old:
        now = next((each for each in right if _folded(each.text) == _folded(was.text)), None)
        if now is not None:
            left.remove(was)
            right.remove(now)
            if now.outcome != was.outcome:
                yield DecisionChange(CHANGED, was, now)
    for was, now in zip(left, right, strict=False):
        yield DecisionChange(CHANGED, was, now)
    yield from (DecisionChange(REMOVED, was, None) for was in left[len(right) :])
    yield from (DecisionChange(ADDED, None, now) for now in right[len(left) :])
