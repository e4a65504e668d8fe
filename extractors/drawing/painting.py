"""Marks painted on a page's picture, with a legend beside it (målning)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from extractors.drawing.marks import KINDS, Kind, Mark
from extractors.drawing.shapes import shapes
from extractors.drawing.tags import SIZE, Tag, tags
from extractors.drawing.wish import Rect

Box = tuple[float, float, float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Placed = Sequence[tuple[Mark, Sequence[Rect]]]

_FONTS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")
_LEGEND = 190  # points
_TEXT = 8.0  # points, of the legend and its lines
_ROW = 15.0
_MARGIN = 12.0


def paint(picture: Image.Image, scale: float, marks: Placed, left_out: Sequence[Rect]) -> Image.Image:
    """The picture with the marks on it and a legend at its right; `scale` is pixels per point."""
    whole = picture.convert("RGBA")
    for shape in shapes(marks, left_out):
        for rect, part, outlined in shape.layers:
            _lay(whole, KINDS[shape.kind], _scaled(rect, scale), part, max(1, round(0.5 * scale)) if outlined else 0)
    for tag in tags(marks, picture.width / scale):
        _tag(whole, tag, scale)
    counts = Counter(mark.kind for mark, _ in marks) + Counter(left_out=len(left_out))
    return _beside(whole.convert("RGB"), counts, scale)


def _lay(whole: Image.Image, kind: Kind, box: Box, part: float, outline: int) -> None:
    """A colour over a box of the picture, as thick as `part` says, with an outline of so many pixels."""
    left, top = max(0, round(box[0])), max(0, round(box[1]))
    right, bottom = min(whole.width, round(box[2])), min(whole.height, round(box[3]))
    if left < right and top < bottom:
        colour = (*ImageColor.getrgb(kind.colour)[:3], round(255 * part))
        whole.alpha_composite(Image.new("RGBA", (right - left, bottom - top), colour), (left, top))
        if outline:
            ImageDraw.Draw(whole).rectangle((left, top, right, bottom), outline=kind.colour, width=outline)


def _tag(whole: Image.Image, tag: Tag, scale: float) -> None:
    pen, font = ImageDraw.Draw(whole), _font(round(SIZE * scale))
    left, top, right, bottom = _scaled(tag.rect, scale)
    pen.rounded_rectangle((left, top, right, bottom), 2 * scale, fill=KINDS[tag.kind].colour)
    pen.text(((left + right) / 2, (top + bottom) / 2), _written(tag.text, font), "white", font, anchor="mm")


def _beside(page: Image.Image, counts: Counter[str], scale: float) -> Image.Image:
    """The page with a legend: what each colour means, and how often it is there."""
    height = max(page.height, round((_MARGIN * 2 + _ROW * (len(KINDS) + 1)) * scale))
    whole = Image.new("RGB", (page.width + round(_LEGEND * scale), height), "white")
    whole.paste(page)
    pen = ImageDraw.Draw(whole)
    pen.line((page.width, 0, page.width, height), "#cbd5e1", max(1, round(scale)))
    left, top = page.width + _MARGIN * scale, _MARGIN * scale
    font = _font(round(_TEXT * scale))
    for kind, count in _rows(counts):
        colour = kind.colour if count else "#cbd5e1"
        pen.rectangle((left, top + scale, left + 9 * scale, top + 10 * scale), fill=colour)
        pen.text((left + 15 * scale, top), _written(kind.label, font), "#0f172a" if count else "#94a3b8", font)
        number = str(count) if kind.name not in ("extents", "outside", "left_out") else ""
        pen.text((whole.width - _MARGIN * scale, top), number, "#0f172a" if count else "#94a3b8", font, anchor="ra")
        top += _ROW * scale
    pen.rectangle((left, top + scale, left + 9 * scale, top + 10 * scale), fill="black")
    pen.text((left + 15 * scale, top), "blacked out: personnummer", "#0f172a", font)
    return whole


def _rows(counts: Counter[str]) -> Iterator[tuple[Kind, int]]:
    for name, kind in KINDS.items():
        yield kind, counts[name]


def _scaled(rect: Rect, scale: float) -> Box:
    left, top, right, bottom = (edge * scale for edge in rect)
    return left, top, right, bottom


@cache
def _font(size: int) -> Font:
    """A usual font of the machine, else the one that Pillow brings, which has no §."""
    for name in _FONTS:
        with suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)


def _written(text: str, font: Font) -> str:
    """Text in the letters that the font has."""
    brought = not (isinstance(font, ImageFont.FreeTypeFont) and isinstance(font.path, str))
    return text.replace("§", "item") if brought else text
