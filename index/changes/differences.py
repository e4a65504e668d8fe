"""Two readings of a paper compared by what they decide (skillnader)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from extractors.model import Decision, Document, Item
from index.reading_view.changes import ADDED, CHANGED, REMOVED, pairs
from index.removals.letters import letters

_LIKE = 55.0  # of 100: two decisions of one § that are as like are one that was changed
_NOISE = 92.0  # ... and, where OCR read them and all figures are the same, one that was not

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision, or the votes of a §, that one reading has otherwise; `item_index` is the place in the newer one."""

    number: str | None
    title: str | None
    item_index: int | None
    what: str
    state: str
    before: Told | None
    after: Told | None

    @property
    def outcome(self) -> str | None:
        """What is decided now, or was."""
        outcome: str | None = (self.after or self.before or {}).get("outcome")
        return outcome


def differences(old: Document, new: Document) -> list[Difference]:
    """What the newer reading of a paper decides otherwise, in its order; what is gone comes last.

    Where different readers read the two, what both texts say is no difference, whoever found it.
    """
    paired = {after: before for before, after in pairs(old.items, new.items)}
    found: list[Difference] = []
    same_reader, texts = old.reader == new.reader, (_row(old.text), _row(new.text))
    for at, item in enumerate(new.items):
        before = old.items[paired[at]] if at in paired else None
        for what, was, now in _of_item(old, before, new, item, same_reader):
            found.append(_difference(item, at, what, was, now))
    for at, item in enumerate(old.items):
        if at not in paired.values():
            for what, was, now in _of_item(old, item, new, None, same_reader):
                found.append(_difference(item, None, what, was, now))
    return [each for each in found if same_reader or not _is_in_both(each, texts)]


def _difference(item: Item, at: int | None, what: str, was: Told | None, now: Told | None) -> Difference:
    state = CHANGED if was and now else ADDED if now else REMOVED
    return Difference(item.number, item.title, at, what, state, was, now)


def _of_item(
    old: Document, was: Item | None, new: Document, now: Item | None, same_reader: bool
) -> Iterator[tuple[str, Told | None, Told | None]]:
    left, right = list(was.decisions if was else ()), list(now.decisions if now else ())
    for one, other in _same(old, left, new, right):
        left.remove(one)
        right.remove(other)
        if same_reader and one.outcome != other.outcome:
            yield "decision", _told(old, one), _told(new, other)
    for one, other in list(_alike(left, right)):
        left.remove(one)
        right.remove(other)
        yield "decision", _told(old, one), _told(new, other)
    yield from (("decision", None, _told(new, other)) for other in right)
    yield from (("decision", _told(old, one), None) for one in left)
    if same_reader:
        yield from _votes(was, now)


def _same(
    old: Document, left: Sequence[Decision], new: Document, right: Sequence[Decision]
) -> Iterator[tuple[Decision, Decision]]:
    """Decisions with the same words, however their lines are broken; or the same but for what OCR misread."""
    free = list(right)
    for one in left:
        row = _row(one.text)
        ocr = _is_ocr(old, one)
        for other in free:
            told = _row(other.text)
            noise = (ocr or _is_ocr(new, other)) and fuzz.ratio(row, told) >= _NOISE and _figures(row) == _figures(told)
            if row == told or noise:
                free.remove(other)
                yield one, other
                break


def _alike(left: Sequence[Decision], right: Sequence[Decision]) -> Iterator[tuple[Decision, Decision]]:
    """Each decision with the one that it became, the likest first."""
    scored = [(fuzz.ratio(a.text, b.text), -n, a, b) for n, a in enumerate(left) for b in right]
    gone: list[Decision] = []
    for score, _, one, other in sorted(scored, key=lambda each: each[:2], reverse=True):
        if score >= _LIKE and not any(each is one or each is other for each in gone):
            gone += [one, other]
            yield one, other


def _votes(was: Item | None, now: Item | None) -> Iterator[tuple[str, Told | None, Told | None]]:
    """The counted votes of a §, all together, where they are not the same."""
    before, after = _counted(was), _counted(now)
    if Counter(before) != Counter(after):
        yield "votes", _as_votes(before), _as_votes(after)


def _counted(item: Item | None) -> list[tuple[int, int, int]]:
    return [(vote.yes, vote.no, vote.abstain) for vote in item.votes] if item else []


def _as_votes(counted: Sequence[tuple[int, int, int]]) -> Told | None:
    rows = [dict(zip(("yes", "no", "abstain"), each, strict=True)) for each in counted]
    return {"votes": rows} if rows else None


def _told(document: Document, decision: Decision) -> Told:
    span = decision.span
    within = (amount for amount in document.amounts if span.start <= amount.span.start < span.end)
    kronor = [format(amount.kronor, "f") for amount in within]
    return {"text": decision.text, "outcome": decision.outcome, "kronor": kronor, "page": span.page}


def _is_in_both(found: Difference, texts: tuple[str, str]) -> bool:
    """Whether the texts themselves say the same: the words that one reading lacks stand in its text."""
    old, new = texts
    before, after = _row((found.before or {}).get("text", "")), _row((found.after or {}).get("text", ""))
    return before in new and after in old


def _is_ocr(document: Document, decision: Decision) -> bool:
    return any(page.ocr for page in document.pages if page.number == decision.span.page)


def _row(text: str) -> str:
    return letters(text).row


def _figures(row: str) -> str:
    return "".join(sign for sign in row if sign.isdigit())
