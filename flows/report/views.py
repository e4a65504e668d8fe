"""A paper as its report shows it (vy): what it is, its §§, what was found how often, its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from extractors.drawing.marks import KINDS, Kind, Mark, marks
from extractors.drawing.shapes import Shape, shapes
from extractors.drawing.tags import Tag, tags
from extractors.drawing.wish import Drawn
from extractors.model import Document, Item, Unreadable
from flows.report.marked import marked
from flows.report.missed import missed

_UNLISTED = ("extents", "outside", "tables")
COUNTED = tuple(name for name in KINDS if name not in ("outside", "left_out", "extents", "items"))
COLUMNS = tuple(name for name in COUNTED if name not in ("sections", "cells"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A find in the list beside its page: what it is, what was understood, the words themselves where they say more.

    `anchor` is its place on the page, "" where it has none.
    """

    kind: Kind
    anchor: str
    what: str
    told: str
    text: str


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: its picture (an address or the picture itself) with shapes to lay over it, or its text with marks."""

    number: int
    anchor: str
    listed: tuple[Listed, ...] = ()
    width: float = 0.0
    height: float = 0.0
    picture: str = ""
    shapes: tuple[tuple[str, Shape], ...] = ()
    tags: tuple[Tag, ...] = ()
    text: Markup | None = None
    trouble: str = ""


@dataclass(slots=True)
class PaperView:
    """A paper: what was read of it, or `unreadable` with the reason why nothing was."""

    name: str
    anchor: str
    document: Document | None = None
    unreadable: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    pages: list[PageView] = field(default_factory=list)
    href: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        return self.document.items if self.document else ()

    @property
    def shown(self) -> frozenset[int]:
        return frozenset(page.number for page in self.pages)

    @property
    def doubts(self) -> int:
        return len(self.missed) + len(self.issues)


def paper(name: str, anchor: str, result: Document | Unreadable, found: Sequence[Mark] = ()) -> PaperView:
    """A paper without its pages yet."""
    if isinstance(result, Unreadable):
        return PaperView(name, anchor, unreadable=str(result))
    counts = Counter(mark.kind for mark in found)
    counts["items"] = sum(bool(item.number) for item in result.items)
    issues = tuple(issue.reason + (f" (page {issue.span.page})" if issue.span else "") for issue in result.issues)
    return PaperView(name, anchor, result, "", dict(counts), tuple(missed(result, found)), issues)


def found_in(result: Document | Unreadable) -> tuple[Mark, ...]:
    """The marks of a paper that was read."""
    return () if isinstance(result, Unreadable) else marks(result)


def drawn_page(paper: PaperView, drawn: Drawn, picture: str) -> PageView:
    """A page of a PDF, with its picture."""
    anchor = f"{paper.anchor}-page-{drawn.number}"
    laid = tuple((f"{anchor}-{number}", shape) for number, shape in enumerate(shapes(drawn.places, drawn.left_out)))
    anchors = {id(shape.mark): name for name, shape in laid if shape.mark}
    listed = _listed(paper, (mark for mark, _ in drawn.places), anchors)
    return PageView(
        drawn.number, anchor, listed, drawn.width, drawn.height, picture, laid,
        tuple(tags(drawn.places, drawn.width)),
    )  # fmt: skip


def text_page(paper: PaperView, number: int, found: Sequence[Mark], trouble: str = "") -> PageView:
    """A page as the text that was read of it."""
    assert paper.document
    page = paper.document.pages[number - 1]
    there = [mark for mark in found if mark.span.start < page.end and mark.span.end > page.start]
    text = marked(paper.document.text, page.start, page.end, there)
    return PageView(number, f"{paper.anchor}-page-{number}", _listed(paper, there, {}), text=text, trouble=trouble)


def _listed(paper: PaperView, found: Iterable[Mark], anchors: dict[int, str]) -> tuple[Listed, ...]:
    """The finds of a page one by one; words that say no more than what was understood of them are not repeated."""
    assert paper.document
    listed: list[Listed] = []
    for mark in found:
        text = " ".join(paper.document.text[mark.span.start : mark.span.end].split())
        if mark.kind in _UNLISTED or (mark.kind == "parties" and mark.told.endswith(f" {text}")):
            continue  # a party's code stands in brackets behind a person
        what, _, told = mark.told.partition(": ")
        anchor = anchors.get(id(mark), "")
        more = not set(text.split()) <= set(mark.told.replace(":", "").split())
        listed.append(Listed(KINDS[mark.kind], anchor, what, told, text if more else ""))
    return tuple(listed)
