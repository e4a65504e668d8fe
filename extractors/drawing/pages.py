"""PDF -> its pages as pictures (ritning), with the place of everything found, and nothing that is masked.

PDFium is not thread-safe: `draw` is called in a worker process only (see drawers.py).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

from extractors import pdf
from extractors.drawing import glyphs
from extractors.drawing.marks import KINDS, Mark
from extractors.drawing.painting import paint
from extractors.drawing.places import Places, around
from extractors.drawing.wish import Drawn, Rect, Sheet, Wish, meets

_LARGEST = 6_000_000  # pixels of one page
_SMALLEST = 0.3  # points; a rectangle that is thinner has no letter in it
_PADDING = 0.12  # of a masked figure's height, to every side
_WHITE = 249  # lighter than this is white: a small palette makes a little grey of it
_COLOURS = 96  # of a page's picture: black, greys and a coat of arms look the same, and it is a third of the size


def draw(data: bytes, wish: Wish, *, ocr: bool = True) -> list[Drawn]:
    """The pages that are wished for; Unreadable if the PDF cannot be opened. A page that is damaged says so.

    What nobody could read cannot be masked: a scan that was not read by OCR is drawn as it is.
    """
    document = pdf.open_pdf(data)
    try:
        return [_page(document, sheet, wish, ocr) for sheet in wish.sheets]
    finally:
        document.close()


def _page(document: Any, sheet: Sheet, wish: Wish, ocr: bool) -> Drawn:
    if not 1 <= sheet.number <= len(document):
        return Drawn(sheet.number, 0, 0, b"", trouble=f"the PDF has {len(document)} pages")
    try:
        page = document[sheet.number - 1]
    except pypdfium2.PdfiumError:
        return Drawn(sheet.number, 0, 0, b"", trouble="the page is damaged: fetch the PDF again from its source")
    try:
        return _drawn(page, sheet, wish, ocr)
    finally:
        page.close()


def _drawn(page: Any, sheet: Sheet, wish: Wish, ocr: bool) -> Drawn:
    width, height = page.get_size()
    printed = glyphs.of_picture(page) if sheet.ocr and ocr else glyphs.of_page(page)
    places = Places(sheet.text, sheet.start, printed)
    end = sheet.start + len(sheet.text)
    marked = ((mark, tuple(_rects(places, mark))) for mark in wish.marks if meets(mark.span, sheet.start, end))
    there = tuple((mark, rects) for mark, rects in marked if rects)
    left_out = tuple(places.left_out())
    wanted = wish.width / max(width, 1) if wish.width else wish.dpi / 72
    scale = min(wanted, (_LARGEST / max(width * height, 1)) ** 0.5)
    picture = _picture(page, scale)
    hidden = [*places.masked(), *(rect for span in wish.hidden for rect in places.lines(span.start, span.end))]
    if places.has_lost_mask and (sheet.ocr or not printed):
        hidden = [Rect(0, 0, width, height)]  # it stands somewhere in a picture
    _black_out(picture, hidden, scale)
    if wish.painted:
        picture = paint(picture, scale, there, left_out)
    return Drawn(sheet.number, width, height, _png(picture), there, left_out)


def _rects(places: Places, mark: Mark) -> list[Rect]:
    """A mark's rectangles: a § is one from its first line to its last, paragraphs are blocks, words are lines."""
    start, end = mark.span.start, mark.span.end
    if not KINDS[mark.kind].block:
        return [rect for rect in places.lines(start, end) if rect.right - rect.left > _SMALLEST]
    blocks = [rect for rect in places.blocks(start, end) if rect.right - rect.left > _SMALLEST]
    return [around(blocks)] if mark.kind == "extents" and blocks else blocks


def _picture(page: Any, scale: float) -> Image.Image:
    """The page in colour. Notes laid over it are left away: nobody has read, and so masked, what they say."""
    bitmap = page.render(scale=scale, draw_annots=False, may_draw_forms=False)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture
    finally:
        bitmap.close()


def _black_out(picture: Image.Image, rects: Iterable[Rect], scale: float) -> None:
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in rects:
        more = _PADDING * (bottom - top)
        box = (left - more, top - more, right + more, bottom + more)
        pen.rectangle([edge * scale for edge in box], fill="black")


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    small = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.putpalette([255 if part > _WHITE else part for part in small.getpalette() or ()])
    small.save(out, "PNG")
    return out.getvalue()
