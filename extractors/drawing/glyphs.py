"""The letters of a page with their places, as PDFium has them or as Tesseract reads them from its picture."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double, c_int
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractors import ocr as recognition

_FINE = 1 << 20  # PDFium turns places on a page into whole pixels: of a page drawn this wide, so that nothing is lost


class Glyph(NamedTuple):
    """A printed letter (glyf): left, top, right, bottom in points from the upper left corner of the page as shown.

    `apart` says that white space or a line's end comes before it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    apart: bool = False


def of_page(page: Any) -> list[Glyph]:
    """The letters of a PDFium page's text layer, in the order in which the file writes them; blanks are left out."""
    textpage = page.get_textpage()
    try:
        return list(_printed(textpage.raw, textpage.count_chars(), _Shown(page)))
    finally:
        textpage.close()


def _printed(handle: Any, count: int, shown: _Shown) -> Iterator[Glyph]:
    left, right, bottom, top = (c_double() for _ in range(4))
    ink = (byref(left), byref(right), byref(bottom), byref(top))
    body = pdfium.FS_RECTF()
    body_at = byref(body)
    apart, half = True, 0
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, at)
        if 0xD800 <= code < 0xDC00:  # a letter beyond the first 65 536 comes in two halves
            half = code - 0xD800
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + (half << 10) + code - 0xDC00
        text = chr(code or 0xFFFD)
        if text.isspace():
            apart = True
            continue
        pdfium.FPDFText_GetCharBox(handle, at, *ink)
        box = (left.value, bottom.value, right.value, top.value)
        if pdfium.FPDFText_GetLooseCharBox(handle, at, body_at):
            box = _over(box, (body.left, body.bottom, body.right, body.top))
        yield Glyph(text, *shown.box(*box), apart)
        apart = False


def _over(
    ink: tuple[float, float, float, float], body: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The least box that holds a letter's ink and its body, which has one height for all letters of a font."""
    return min(ink[0], body[0]), min(ink[1], body[1]), max(ink[2], body[2]), max(ink[3], body[3])


class _Shown:
    """From a PDF's own places to those on the page as it is shown: cropped, turned, upper left corner first."""

    def __init__(self, page: Any) -> None:
        self._width, self._height = page.get_size()
        zero, right, up = (self._device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
        self._zero = zero
        self._across = ((right[0] - zero[0]) / 1000, (right[1] - zero[1]) / 1000)
        self._upward = ((up[0] - zero[0]) / 1000, (up[1] - zero[1]) / 1000)

    def _device(self, page: Any, x: float, y: float) -> tuple[float, float]:
        across, down = c_int(), c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, byref(across), byref(down))
        return across.value * self._width / _FINE, down.value * self._height / _FINE

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a box given by two of its corners."""
        (ax, ay), (bx, by) = self._point(x0, y0), self._point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        zero, across, upward = self._zero, self._across, self._upward
        return zero[0] + x * across[0] + y * upward[0], zero[1] + x * across[1] + y * upward[1]


def of_picture(page: Any) -> list[Glyph]:
    """The letters that Tesseract reads from a PDFium page's picture; none where it fails. A word's letters share it."""
    return [
        Glyph(letter, left + at * wide, top, left + (at + 1) * wide, bottom, at == 0)
        for word, left, top, right, bottom in recognition.words(page)
        for wide in [(right - left) / len(word)]
        for at, letter in enumerate(word)
    ]
