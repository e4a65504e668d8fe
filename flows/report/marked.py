"""Text with its finds marked (markerad text): HTML for papers that have no pages to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from extractors.drawing.marks import KINDS, Mark

_UNMARKED = "extents"  # a § is a stretch with a heading, and needs no colour over all its text


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    """text[start:end] with an element for each find in it; a find that laps over another's end is cut in two.

    `marks` are in the order of the text, the longer first.

    >>> from extractors.model import Span
    >>> marked("5 kr <b>", 0, 8, [Mark("amounts", Span(0, 4, 1), "sum: 5 kr")])
    Markup('<mark class="amounts" title="sum: 5 kr">5 kr</mark> &lt;b&gt;')
    """
    parts: list[Markup] = []
    opened: list[Mark] = []
    at = start
    for where, mark in _events(start, end, marks):
        parts.append(Markup.escape(text[at:where]))
        at = where
        again: list[Mark] = []
        while opened and (opened[-1].span.end <= where or (mark and opened[-1].span.end < mark.span.end)):
            last = opened.pop()
            parts.append(Markup("</mark>"))
            if last.span.end > where:
                again.append(last)
        for each in (*([mark] if mark else ()), *reversed(again)):
            parts.append(_open(each))
            opened.append(each)
    parts.append(Markup.escape(text[at:end]))
    return Markup("").join([*parts, *(Markup("</mark>") for _ in opened)])


def _events(start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, Mark | None]]:
    """Where marks begin (with the mark) and end (without), in order; what ends at a place before what begins there."""
    there = [mark for mark in marks if mark.span.start < end and mark.span.end > start and mark.kind != _UNMARKED]
    begins = [(max(start, mark.span.start), 1, number, mark) for number, mark in enumerate(there)]
    ends = [(min(end, mark.span.end), 0, number, None) for number, mark in enumerate(there)]
    for where, _, _, mark in sorted([*begins, *ends], key=lambda event: event[:3]):
        yield where, mark


def _open(mark: Mark) -> Markup:
    tag = Markup(' data-tag="{}"').format(mark.tag) if mark.tag and KINDS[mark.kind].block else ""
    return Markup('<mark class="{}" title="{}"{}>').format(mark.kind, mark.told, tag)
