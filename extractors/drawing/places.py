"""From a span of the canonical text to rectangles on its page (platser)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors import privacy
from extractors.drawing.alignment import NOWHERE, align, fold
from extractors.drawing.glyphs import Glyph
from extractors.drawing.wish import Rect

_WIDE = 2.5  # white wider than this many letter heights parts two rectangles of one row
_NEAR = 1.1  # lines closer than this many of their heights are one block


class Places:
    """Where the letters of one page's text stand on it.

    `text` is the page's stretch of Document.text and `start` its offset there; `glyphs` are the letters printed.
    """

    def __init__(self, text: str, start: int, glyphs: Sequence[Glyph]) -> None:
        self._text, self._start, self._glyphs = text, start, glyphs
        self._printed = "".join(glyph.text[0] for glyph in glyphs)
        self._placed = align(text, self._printed, [glyph.apart for glyph in glyphs])

    def lines(self, start: int, end: int) -> list[Rect]:
        """A rectangle for each printed line of Document.text[start:end] that stands on this page, in reading order."""
        there = (self._placed[at] for at in range(*self._within(start, end)))
        return _rows(self._glyphs[at] for at in there if at != NOWHERE)

    def blocks(self, start: int, end: int) -> list[Rect]:
        """The same with lines that follow each other as one rectangle."""
        return _blocks(self.lines(start, end))

    def left_out(self) -> list[Rect]:
        """The printed lines that are no part of the text: running heads and feet, and what reading has lost."""
        taken = set(self._placed)
        return _rows(glyph for at, glyph in enumerate(self._glyphs) if at not in taken and fold(self._printed[at]))

    def masked(self) -> list[Rect]:
        """What must not be seen: the figures of every personnummer, in the text or left out of it.

        Where the text has one whose figures are not found on the page, all figures of the page: in doubt nothing shows.
        """
        hidden = {there for at, there in enumerate(self._placed) if self._text[at] == "•" and self._is_figure(there)}
        hidden |= set(_personal(self._glyphs, self._printed))
        if self.has_lost_mask:
            hidden |= {at for at in range(len(self._printed)) if self._is_figure(at)}
        return [Rect(*self._glyphs[at][1:5]) for at in sorted(hidden)]

    @property
    def has_lost_mask(self) -> bool:
        """Whether the text has masked figures whose place is not known: signs of a mask, two in a row, not a bullet."""
        return any(
            self._text[at - 1 : at + 1] == "••" and not all(map(self._is_figure, self._placed[at - 1 : at + 1]))
            for at in range(1, len(self._text))
        )

    def _within(self, start: int, end: int) -> tuple[int, int]:
        return max(0, start - self._start), max(0, min(end - self._start, len(self._text)))

    def _is_figure(self, at: int) -> bool:
        return at != NOWHERE and self._printed[at].isdigit()


def _personal(glyphs: Sequence[Glyph], printed: str) -> Iterator[int]:
    """The figures of each personnummer among the printed letters: as they stand, and with no blanks in a row.

    A form has a box for each figure.
    """
    rows = [at for at in range(1, len(glyphs)) if not _goes_on(Rect(*glyphs[at - 1][1:5]), Rect(*glyphs[at][1:5]))]
    words = [at for at, glyph in enumerate(glyphs) if glyph.apart]
    for breaks in (frozenset(words), frozenset(rows)):
        places = [each for at in range(len(glyphs)) for each in ((NOWHERE, at) if at in breaks else (at,))]
        text = "".join(" " if at == NOWHERE else _plain(printed[at]) for at in places)
        for at, sign in zip(places, privacy.mask(text), strict=True):
            if sign == "•" and at != NOWHERE and printed[at].isdigit():
                yield at


def _plain(char: str) -> str:
    return "-" if char in "\u2010\u2011\ufffe" else char


def _rows(glyphs: Iterable[Glyph]) -> list[Rect]:
    """Letters in their order as rectangles, one for each stretch of a printed line."""
    rows: list[Rect] = []
    for _, *box in ((glyph.text, *glyph[1:5]) for glyph in glyphs):
        here = Rect(*box)
        if rows and _goes_on(rows[-1], here):
            rows[-1] = around((rows[-1], here))
        else:
            rows.append(here)
    return rows


def _goes_on(row: Rect, letter: Rect) -> bool:
    """Whether a letter stands in the row, behind what is there of it."""
    height = max(letter.bottom - letter.top, row.bottom - row.top, 1.0)
    lower = min(letter.bottom - letter.top, row.bottom - row.top)
    common = min(row.bottom, letter.bottom) - max(row.top, letter.top)
    return common > 0.5 * lower and -0.5 * height < letter.left - row.right < _WIDE * height


def around(rects: Sequence[Rect]) -> Rect:
    """The rectangle around some others, at least one."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def _blocks(lines: Iterable[Rect]) -> list[Rect]:
    """Lines that stand in one row, or below each other and over each other, as one rectangle."""
    blocks: list[Rect] = []
    height = 0.0
    for line in lines:
        if blocks and _adjoins(blocks[-1], line, max(height, line.bottom - line.top)):
            blocks[-1] = around((blocks[-1], line))
        else:
            blocks.append(line)
        height = line.bottom - line.top
    return blocks


def _adjoins(block: Rect, line: Rect, height: float) -> bool:
    if line.top < block.bottom and line.bottom > block.top:  # a row with a gap
        return line.left >= block.left - height
    below = -0.5 * height < line.top - block.bottom < _NEAR * height
    return below and line.left < block.right and line.right > block.left
