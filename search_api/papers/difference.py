"""The difference of two versions as it is shown (skillnad): long stretches that are the same are shortened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from extractors.model import Decision, Document
from index.reading_view.changes import ADDED, REMOVED, SAME, DecisionChange, ItemChange, Piece, compare, words

_CONTEXT = 160  # characters that are shown beside a change
_MOST = 6_000  # of what was added or removed as a whole


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision that changed: its words with what was added and removed, and its outcome in both."""

    state: str
    text: Markup
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """An item that changed."""

    change: ItemChange
    text: Markup
    decisions: tuple[DecisionView, ...]


def differences(old: Document, new: Document) -> tuple[list[ChangeView], int]:
    """The items that changed, and how many are as they were."""
    found = compare(old, new)
    shown = [
        ChangeView(change, marked(change.pieces), tuple(map(_decision, change.decisions)))
        for change in found
        if change.state != SAME
    ]
    return shown, len(found) - len(shown)


def _decision(change: DecisionChange) -> DecisionView:
    before, after = change.before, change.after
    pieces = words(_text(before), _text(after))
    outcomes = (decision.outcome if decision else None for decision in (before, after))
    return DecisionView(change.state, marked(pieces), *outcomes)


def _text(decision: Decision | None) -> str:
    return decision.text if decision else ""


def marked(pieces: Sequence[Piece]) -> Markup:
    """Pieces as HTML: what was added as <ins>, removed as <del>; everything is escaped.

    >>> marked(words("Nämnden avslår.", "Nämnden <bifaller>."))
    Markup('Nämnden <del>avslår.</del> <ins>&lt;bifaller&gt;.</ins>')
    """
    told, apart = Markup(), True
    for number, piece in enumerate(pieces):
        told += Markup("" if apart or piece.text[:1].isspace() else " ") + _marked(piece, number, len(pieces))
        apart = piece.text[-1:].isspace()
    return told


def _marked(piece: Piece, number: int, count: int) -> Markup:
    if piece.state == SAME:
        return _shortened(piece.text, number > 0, number + 1 < count)
    text = piece.text if len(piece.text) <= _MOST else piece.text[:_MOST].rstrip() + " …"
    tag = {ADDED: Markup("<ins>{}</ins>"), REMOVED: Markup("<del>{}</del>")}[piece.state]
    return tag.format(text)


def _shortened(text: str, follows: bool, goes_on: bool) -> Markup:
    """The beginning of what is the same where a change stands before it, its end where one follows."""
    if len(text) <= 3 * _CONTEXT:
        return escape(text)
    head = text[:_CONTEXT].rsplit(" ", 1)[0] if follows else ""
    tail = text[-_CONTEXT:].split(" ", 1)[-1] if goes_on else ""
    return escape(head) + Markup(' <span class="gap">[…]</span> ') + escape(tail)
