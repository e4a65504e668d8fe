"""PDF -> sheets of lines, with PDFium: its text, and a few glyph boxes per line for places, size and gaps.

PDFium is not thread-safe: call this in one thread per process only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, create_string_buffer
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extractors import garbled
from extractors import ocr as recognition
from extractors.columns import unweave
from extractors.grid import show_empty_cells, whole_headings
from extractors.model import NO_OCR, Issue, Unreadable
from extractors.sheet import Cell, Line, Sheet

_GAP = 1.1  # a white space wider than this many font sizes parts two columns
_NARROW = 0.75  # the same before the figures that end a line: the cells of a table set close
_LOOSELY = 0.5  # part of its height that a letter takes on average in a line set so wide that it may hide a gap
_HYPHEN = "\ufffe"  # how PDFium marks the hyphen of a broken word; it runs on without a line break there
_BREAK = re.compile(rf"[^\r\n{_HYPHEN}]+{_HYPHEN}?")
_FIGURES = re.compile(r"(?!(?:19|20)\d\d$)(?:[-−–+(]\s?)?\d[-−–+()\d ,.]*")
_NUMBERED = re.compile(r"§|\bdnr\b|(?:19|20)\d\d\s?[/.:-]|\d/(?:19|20)?\d\d", re.IGNORECASE)  # a class may follow
_SPACE = re.compile(r"(?<=\S) +(?=\S)")
_BOLD = re.compile(rb"bold|black|heavy|semib|demi", re.IGNORECASE)

_STAMP = 60  # characters; a page with fewer may be a scan with a stamp or a signature strip on it
_DRAWN_LETTERS = 100  # shapes; a page with as many and no text has its letters drawn
_MOST_DRAWN = 60  # pages read by OCR in one paper, at a few seconds each
_TOO_MANY = f"only the first {_MOST_DRAWN} such pages of a paper are read by OCR; split it to have all"
_OCR_FAILED = "Tesseract could not read it either; look at the page itself"
_UNTOLD = re.compile(r"\(?(?:anonymous|unspecified|untitled)\)?", re.IGNORECASE)  # what ReportLab fills in
_PASSWORD = "the PDF is encrypted and asks for a password: fetch an open version of it"
_CUT = "the PDF's end is missing, so pages may be lacking: fetch it again from its source"
_TRUNCATED = "the PDF is truncated or damaged: fetch it again from its source"


def read(data: bytes, ocr: bool = True) -> tuple[list[Sheet], dict[str, str], tuple[Issue, ...]]:
    """The pages of a PDF, its own properties, and what is wrong with it as a whole."""
    document = open_pdf(data)
    try:
        pages = list(sheets(document, ocr))
        show_empty_cells([line for page in pages for line in page.lines])
        told = document.get_metadata_dict(skip_empty=True)
        meta = {key.casefold(): value for key, value in told.items() if not _UNTOLD.fullmatch(value)}
    finally:
        document.close()
    issues = () if b"%%EOF" in data[-4096:] else (Issue("text", _CUT),)
    return pages, meta, issues


def open_pdf(data: bytes) -> Any:
    """The PDFium document of some bytes; Unreadable with the reason if it cannot be opened or has no pages."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("read", _why_not(data, error)) from error
    if len(document) == 0:
        document.close()
        raise Unreadable("read", _TRUNCATED)
    return document


def _why_not(data: bytes, error: Exception) -> str:
    """The reason in words a person can act on."""
    return _PASSWORD if "password" in str(error).lower() or b"/Encrypt" in data[-4096:] else _TRUNCATED


def sheets(document: Any, ocr: bool = True) -> Iterator[Sheet]:
    """Every page in order. A page without a text layer that can be believed is read by OCR, or bears an issue."""
    drawn = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            yield Sheet(index + 1, issue=f"page {index + 1} is damaged: fetch the PDF again from its source")
            continue
        try:
            sheet, wrong = _sheet(page, index + 1)
            if wrong:
                drawn += 1
                _read_picture(sheet, page, wrong, ocr, drawn > _MOST_DRAWN)
            yield sheet
        finally:
            page.close()


def _sheet(page: Any, number: int) -> tuple[Sheet, str | None]:
    """A page's lines, and why they are not to be believed."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        text = _text(textpage)
        lines = list(_lines(text, _Places(textpage.raw, page)))
    finally:
        textpage.close()
    sheet = Sheet(number, _in_order(lines, height), width, height)
    letters = len("".join(text.split()))
    if letters < _STAMP:
        scan = _is_picture(page, width * height, empty=letters == 0)
        return sheet, "it has no text layer (a scan)" if scan else None
    return sheet, garbled.why(text)


def _read_picture(sheet: Sheet, page: Any, wrong: str, ocr: bool, too_many: bool) -> None:
    """Lines from OCR in place of a missing or garbled text layer; without OCR an issue, and garbled letters go."""
    there = ocr and recognition.installed()
    lines = recognition.lines(page) if there and not too_many else None
    if lines is not None:
        sheet.lines, sheet.ocr = lines, True
        return
    if "cannot be read" in wrong:
        sheet.lines = []
    what_to_do = _TOO_MANY if too_many else _OCR_FAILED if there else recognition.HOW
    sheet.issue = f"page {sheet.number} cannot be read as it is, {wrong}: {what_to_do}"
    sheet.stage = "text" if too_many or there else NO_OCR


def _is_picture(page: Any, area: float, empty: bool) -> bool:
    """Whether a page is a scan: pictures cover it (all of it, if it has a few letters), or its letters are drawn."""
    covered, drawn = 0.0, 0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            drawn += 1
            if drawn > _DRAWN_LETTERS:
                return empty or covered > 0.8 * area
            continue
        left, bottom, right, top = item.get_bounds()
        covered += (right - left) * (top - bottom)
    return covered > (0.3 if empty else 0.8) * area


def _in_order(lines: list[Line], height: float) -> list[Line]:
    """Heads and feet that were written out of turn go to their edge; figures join the row they stand in."""
    body = [line for line in lines if 0.1 * height < line.top < 0.88 * height]
    if body:
        first, last = lines.index(body[0]), len(lines) - lines[::-1].index(body[-1])
        feet = [line for line in lines[:first] if line.top >= 0.88 * height]
        heads = [line for line in lines[last:] if line.top <= 0.1 * height]
        moved = {id(line) for line in (*feet, *heads)}
        lines = [*heads, *(line for line in lines if id(line) not in moved), *feet]
    return unweave(whole_headings(_rows_of_figures(_whole_rows(lines))))


def _whole_rows(lines: list[Line]) -> list[Line]:
    """Lines that follow each other in one row are cells of one line, as PDFium mostly takes them itself."""
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before is None or not _beside(before, line):
            whole.append(line)
            continue
        _append(before, line)
    return whole


def _append(row: Line, line: Line) -> None:
    """Puts a line behind another that stands in the same row: as a cell of its own, or after a small gap as words."""
    first, *rest = line.cells or (Cell(line.text, line.left, line.right),)
    *before, last = row.cells or (Cell(row.text, row.left, row.right),)
    apart = first.left - last.right > _GAP * max(row.size, 6)
    seam = (last, first) if apart else (Cell(f"{last.text} {first.text}", last.left, first.right),)
    cells = (*before, *seam, *rest)
    row.cells = cells if len(cells) > 1 else ()
    row.text, row.right = "  ".join(cell.text for cell in cells), line.right


def _rows_of_figures(lines: list[Line]) -> list[Line]:
    """Cells of figures that a PDF writes after a label of several lines, put back beside the label's first line."""
    placed: list[Line] = []
    for line in lines:
        near = placed[:-7:-1] if _is_figures(line.text) else []
        row = next((label for label in near if _beside(label, line) and any(map(str.isalpha, label.text))), None)
        if row is None:
            placed.append(line)
            continue
        _append(row, line)
    return placed


def _beside(row: Line, line: Line) -> bool:
    """Whether a line stands in another's row, clearly to the right of it."""
    size = max(row.size, 6)
    same_row = abs(row.top - line.top) < 0.3 * size and abs(row.bottom - line.bottom) < 0.5 * size
    return same_row and line.left - row.right > 0.3 * size


def _is_figures(text: str) -> bool:
    return text[:1] in "0123456789-–−+" and sum(char.isdigit() for char in text) >= 0.4 * len(text.replace(" ", ""))


def _text(textpage: Any) -> str:
    """The text of a page with one character per PDFium character, so that an offset is also a glyph's number."""
    text: str = textpage.get_text_range()
    count: int = textpage.count_chars()
    if len(text) == count:
        return text
    return "".join(chr(pdfium.FPDFText_GetUnicode(textpage.raw, at) or 0xFFFD) for at in range(count))


def _lines(text: str, place: _Places) -> Iterator[Line]:
    """PDFium's lines with their places; a wide gap inside a line is written as two spaces."""
    for match in _BREAK.finditer(text):
        start, end = match.span()
        hyphen = text[end - 1] == _HYPHEN
        end -= hyphen
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield _line(text, start, end, hyphen, place)


def _line(text: str, start: int, end: int, hyphen: bool, place: _Places) -> Line:
    """text[start:end] as a line; a hyphen that PDFium hid is put back for text.py to judge."""
    left, top, _, bottom = place.loose(start)
    size = bottom - top
    right = place.box(end - 1)[2]
    wide = _GAP * max(size, 6)
    loosely_set = right - left > _LOOSELY * size * (end - start)
    cells = (
        _cells(text, start, end, wide, place)
        if loosely_set or text[end - 1].isdigit() or place.has_gap(start, end, wide)
        else ()
    )
    printed = "  ".join(cell.text for cell in cells) if cells else _folded(text[start:end])
    return Line(printed + "-" * hyphen, left, top, right, bottom, size, place.bold(start), cells)


def _cells(text: str, start: int, end: int, wide: float, place: _Places) -> tuple[Cell, ...]:
    """The parts of text[start:end] between white spaces that are wide on the page; none where none is."""
    cells: list[Cell] = []
    at = start
    narrow = wide * _NARROW / _GAP if text[end - 1].isdigit() and not _NUMBERED.search(text, start, end) else wide
    for match in _SPACE.finditer(text, start, end):
        left, right = place.box(match.start() - 1)[2], place.box(match.end())[0]
        if right - left > (narrow if _FIGURES.fullmatch(text, match.end(), end) else wide):
            cells.append(Cell(_folded(text[at : match.start()]), place.box(at)[0], left))
            at = match.end()
    if cells:
        cells.append(Cell(_folded(text[at:end]), place.box(at)[0], place.box(end - 1)[2]))
    return tuple(cells)


def _folded(text: str) -> str:
    return " ".join(text.split()) if "  " in text else text


class _Places:
    """Glyph boxes of one page, measured from its upper left corner as it is shown."""

    def __init__(self, handle: Any, page: Any) -> None:
        self._handle = handle
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turned = page.get_rotation()
        self._numbers = [c_double() for _ in range(4)]
        self._refs = [byref(number) for number in self._numbers]
        self._rect = pdfium.FS_RECTF()
        self._rect_ref = byref(self._rect)
        self._name = create_string_buffer(128)
        self._flags = c_int()

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a glyph's ink in points."""
        left, right, bottom, top = self._refs
        pdfium.FPDFText_GetCharBox(self._handle, at, left, right, bottom, top)
        x0, x1, y0, y1 = (number.value for number in self._numbers)
        return self._shown(x0, y0, x1, y1)

    def has_gap(self, start: int, end: int, wide: float) -> bool:
        """Whether white space wider than `wide` parts the stretches in which the glyphs from start to end were set."""
        left, right, bottom, top = self._refs
        edge: float | None = None
        count = pdfium.FPDFText_CountRects(self._handle, start, end - start)
        for at in range(count if count > 1 else 0):
            pdfium.FPDFText_GetRect(self._handle, at, left, top, right, bottom)
            x0, x1, y0, y1 = (number.value for number in self._numbers)
            begins, _, ends, _ = self._shown(x0, y0, x1, y1)
            if edge is not None and begins - edge > wide:
                return True
            edge = ends
        return False

    def loose(self, at: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a glyph's whole body: the same height for all glyphs of a font."""
        if not pdfium.FPDFText_GetLooseCharBox(self._handle, at, self._rect_ref):
            return self.box(at)
        rect = self._rect
        return self._shown(rect.left, rect.bottom, rect.right, rect.top)

    def _shown(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """From PDF's own corner (lower left) to the upper left corner of the page as it is turned."""
        if self._turned == 0:
            return x0 - self._left, self._top - y1, x1 - self._left, self._top - y0
        if self._turned == 90:
            return y0 - self._bottom, x0 - self._left, y1 - self._bottom, x1 - self._left
        if self._turned == 180:
            return self._right - x1, y0 - self._bottom, self._right - x0, y1 - self._bottom
        return self._top - y1, self._right - x1, self._top - y0, self._right - x0

    def bold(self, at: int) -> bool:
        """Whether a glyph's font calls itself bold."""
        length = pdfium.FPDFText_GetFontInfo(self._handle, at, self._name, 128, byref(self._flags))
        return bool(_BOLD.search(self._name.raw[: min(length, 128)]))
