"""Bytes -> one canonical text: pages, furniture off, hyphens joined. Every find's offsets point into `Text.text`.

Lines end with "\\n" and stay lines. A wide gap inside a line (two columns, a table's cells) is two or more spaces in
PDFs and plain text, and a tab in tables of HTML, DOCX and Markdown. A blank line parts paragraphs, a plain "\\n" pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors import furniture, plain, sniff
from extractors.confidence import Sure, placed
from extractors.join import join, tidy
from extractors.model import Issue, Page, Span
from extractors.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a paper as everything after reads it.

    `furniture` holds the distinct running heads and feet that were taken off, `head` those of the first page: they
    still tell municipality, body and date. `bold` are the spans of lines that look like headings. `meta` is what the
    file itself says beside its text: the title of an HTML page, when it was published, a front matter. `sure` are the
    words that OCR read, with its confidence (confidence.py).
    """

    text: str
    pages: tuple[Page, ...]
    format: str
    meta: dict[str, str] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()
    head: str = ""
    issues: tuple[Issue, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()
    sure: tuple[Sure, ...] = ()


def canonical(data: bytes, source: str = "", ocr: bool = True) -> Text:
    """The text of a paper in any format that we know, by looking at its bytes; raises Unreadable.

    >>> canonical("Kommun-\\nstyrelsen beslutar\\n\\f§ 2".encode()).pages[1]
    Page(number=2, start=26, end=29, ocr=False)
    """
    format = sniff.sniff(data)
    sheets, meta, issues = _sheets(data, format, ocr)
    for sheet in sheets:
        for line in sheet.lines:
            line.text = tidy(line.text)
    taken = furniture.take_off(sheets)
    text, pages, bold = join(sheets)
    sure = tuple(placed(sheets, text, pages))
    head = "\n".join(dict.fromkeys(sheets[0].furniture)) if sheets else ""
    issues += tuple(_issue(sheet, pages) for sheet in sheets if sheet.issue)
    return Text(text, pages, format, meta, taken, head, issues, bold, sure)


def _sheets(data: bytes, format: str, ocr: bool) -> tuple[list[Sheet], dict[str, str], tuple[Issue, ...]]:
    """The pages of a file as they lie, what it says of itself, what is wrong with it. Readers are loaded if needed."""
    if format == sniff.PDF:
        from extractors import pdf

        return pdf.read(data, ocr)
    if format == sniff.HTML:
        from extractors import html

        return (*html.read(data), ())
    if format == sniff.DOCX:
        from extractors import docx

        return (*docx.read(data), ())
    text = sniff.decode(data)
    return (*plain.markdown(text), ()) if format == sniff.MARKDOWN else (plain.sheets(text), {}, ())


def _issue(sheet: Sheet, pages: tuple[Page, ...]) -> Issue:
    page = pages[sheet.number - 1]
    return Issue(sheet.stage, sheet.issue or "", Span(page.start, page.end, page.number))
