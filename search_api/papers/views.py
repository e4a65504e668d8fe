"""What the pages of a paper and of an item show (vyer)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from extractors.model import Document, Item, Page
from index.catalog import Stored
from index.papers import Paper
from index.pictures import PageDrawn, PictureError, Pictures
from index.reading_view.blocks import blocks
from index.reading_view.finds import KINDS, Numbered, finds, within
from search_api.pages.words import Words
from search_api.papers.came_from import CameFrom
from search_api.papers.reading import Shown, counted, reading
from search_api.papers.telling import full, named, told

MOST_PAGES = 8  # that one address shows; an item with more is turned over
_A4 = (595.0, 842.0)  # points: of a page that is not drawn yet
_LOOKED_AT, _BEGINNING, _A_PARAGRAPH = 6_000, 600, 60  # characters: that are looked through, shown, of a paragraph
WAIT_S = 2.5  # for the places on pictures; who comes later finds them drawn


@dataclass(frozen=True, slots=True)
class Box:
    """A find on a picture: its number, kind, what is told of it, and its rectangles (left, top, width, height).

    `first` where it begins here, and not on the page before.
    """

    number: int
    kind: str
    told: str
    rects: tuple[tuple[float, float, float, float], ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page beside its text: its picture, or the code of why there is none (see PictureError)."""

    number: int
    width: float = 0.0
    height: float = 0.0
    tag: str = ""
    boxes: tuple[Box, ...] = ()
    dim: str = ""  # an SVG path over what is not of this item
    trouble: str = ""

    @property
    def has_picture(self) -> bool:
        """Whether there is one, or will be when it is asked for: a scan takes its time."""
        return not self.trouble or self.trouble == "busy"


@dataclass(frozen=True, slots=True)
class Listed:
    """A find in the list below the text."""

    number: int
    kind: str
    named: str
    told: str
    text: str
    placed: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """Which pages of an item are shown, and those that the ones before and after begin with."""

    first: int
    last: int
    of_first: int
    of_last: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as it is shown."""

    item: Item
    text: Markup
    sheets: tuple[Sheet, ...]
    finds: tuple[Listed, ...]
    counts: tuple[tuple[str, int], ...]
    pages: Turned
    asked: int  # how often the question's words stand here

    @property
    def pictured(self) -> bool:
        """Whether any page has a picture."""
        return any(sheet.has_picture for sheet in self.sheets)

    @property
    def trouble(self) -> str:
        """Why no page at all has a picture, "" where one has."""
        return "" if self.pictured or not self.sheets else self.sheets[0].trouble


def item_view(
    stored: Stored, at: int, pictures: Pictures, came: CameFrom | None, page: int | None, focus: int | None, t: Words
) -> ItemView:
    """An item, as far as its pages go that are asked for: by number, by a find, or by the hit that led here."""
    document = stored.document
    item = document.items[at]
    every = finds(document)
    own = _pages(document, item)
    turned, leaves = _turned(own, _wanted(every, came, page, focus))
    start, end = max(item.span.start, leaves[0].start), min(item.span.end, leaves[-1].end)
    start, end = (item.span.start, item.span.end) if len(own) == len(leaves) else (start, end)
    there = within(every, start, end)
    drawn = pictures.pages(stored, [leaf.number for leaf in leaves], wait_s=WAIT_S)
    placed: set[int] = set()
    sheets = tuple(_sheet(drawn[leaf.number], leaf.number, at, there, placed, t) for leaf in leaves)
    asked = [(start + a, start + b) for a, b in came.places(document.text[start:end])] if came else []
    shown = Shown(
        there, placed, asked, _leaf_starts(leaves, start, len(document.pages)),
        {sheet.number for sheet in sheets if sheet.has_picture}, focus,
    )  # fmt: skip
    listed = tuple(_listed(document, find, find.number in placed, t) for find in there)
    text = reading(document, start, end, shown, t)
    return ItemView(item, text, sheets, listed, tuple(counted(there, KINDS)), turned, len(asked))


def _pages(document: Document, item: Item) -> list[Page]:
    """The pages on which an item stands."""
    held = [page for page in document.pages if page.start < item.span.end and page.end > item.span.start]
    return held or [page for page in document.pages if page.number == item.span.page] or list(document.pages[:1])


def _wanted(every: Sequence[Numbered], came: CameFrom | None, page: int | None, focus: int | None) -> int | None:
    """The page that is asked for."""
    if page is None and focus is not None:
        page = next((find.span.page for find in every if find.number == focus), None)
    return came.hit.page if page is None and came and came.hit else page


def _turned(own: Sequence[Page], wanted: int | None) -> tuple[Turned, list[Page]]:
    at = next((n for n, page in enumerate(own) if page.number == wanted), 0) // MOST_PAGES * MOST_PAGES
    leaves = list(own[at : at + MOST_PAGES])
    before = own[at - MOST_PAGES].number if at else None
    after = own[at + MOST_PAGES].number if at + MOST_PAGES < len(own) else None
    turned = Turned(leaves[0].number, leaves[-1].number, own[0].number, own[-1].number, before, after)
    return turned, leaves


def _leaf_starts(leaves: Sequence[Page], start: int, count: int) -> dict[int, int]:
    """Where each page begins in the text that is shown; a paper of one page needs no signs."""
    return {max(leaf.start, start): leaf.number for leaf in leaves} if count > 1 else {}


def _sheet(
    drawn: PageDrawn | PictureError, number: int, at: int, there: Sequence[Numbered], placed: set[int], t: Words
) -> Sheet:
    """A page with the finds that stand on it, which are `placed` from then on."""
    if isinstance(drawn, PictureError):
        return Sheet(number, *_A4, trouble=drawn.code)
    boxes = []
    for find in sorted(there, key=lambda find: KINDS.index(find.kind)):  # words lie over sentences
        if rects := drawn.finds.get(find.number):
            sizes = tuple((r.left, r.top, r.right - r.left, r.bottom - r.top) for r in rects)
            boxes.append(Box(find.number, find.kind, full(find, t), sizes, find.number not in placed))
            placed.add(find.number)
    return Sheet(number, drawn.width, drawn.height, drawn.tag, tuple(boxes), _dim(drawn, at))


def _dim(drawn: PageDrawn, at: int) -> str:
    """The page without the item, as an SVG path; "" where the item is nearly all that is on it."""
    rects = drawn.items.get(at, ())
    others = [rect for other, rects_of in drawn.items.items() if other != at for rect in rects_of]
    if not rects or not others:
        return ""
    top, bottom = min(rect.top for rect in rects) - 5, max(rect.bottom for rect in rects) + 5
    width, height = drawn.width, drawn.height
    parts = [(0.0, max(0.0, top)), (min(height, bottom), height)]
    return " ".join(f"M0 {a:.1f}H{width:.1f}V{b:.1f}H0Z" for a, b in parts if b - a > 1)


def _listed(document: Document, find: Numbered, placed: bool, t: Words) -> Listed:
    text = " ".join(document.text[find.span.start : find.span.end].split())
    return Listed(find.number, find.kind, named(find, t), told(find, t), text, placed)


def beginning(document: Document) -> list[str]:
    """The first paragraphs of a paper that is one text, to tell what it is about."""
    if len(document.items) != 1 or document.items[0].number:
        return []
    found: list[str] = []
    for block in blocks(document, document.items[0].span.start, min(document.items[0].span.end, _LOOKED_AT)):
        words = " ".join(document.text[block.start : block.end].split())
        if block.kind == "paragraph" and len(words) >= _A_PARAGRAPH and sum(map(len, found)) < _BEGINNING:
            found.append(words if len(words) <= _BEGINNING else words[:_BEGINNING].rsplit(" ", 1)[0] + " …")
    return found[:3]


def neighbours(paper: Paper, at: int) -> tuple[int | None, int | None]:
    """The items before and after one."""
    count = len(paper.stored.document.items) if paper.stored else 0
    return (at - 1 if at else None), (at + 1 if at + 1 < count else None)
