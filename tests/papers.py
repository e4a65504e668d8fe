"""Small papers made on the spot for the tests of the text room: PDFs by reportlab, DOCX by python-docx."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from docx import Document as WordDocument
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]


def pdf(*pages: Sequence[str] | Draw, head: str = "", foot: str = "", encrypt: str | None = None) -> bytes:
    """A PDF; a page is its lines from above, or a function that draws it. `{n}` in head and foot is the page number."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt, invariant=True)
    for number, page in enumerate(pages, 1):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(70, HEIGHT - 40, head.format(n=number))
        canvas.drawString(70, 30, foot.format(n=number))
        if callable(page):
            page(canvas)
        else:
            for row, line in enumerate(page):
                canvas.drawString(70, HEIGHT - 200 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(*paragraphs: str, head: str = "", rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A DOCX of paragraphs ("# " makes a heading), with one table after them."""
    document = WordDocument()
    document.core_properties.title = "Motion om cykelbanor"
    if head:
        document.sections[0].header.paragraphs[0].text = head
    for text in paragraphs:
        if text.startswith("# "):
            document.add_heading(text[2:], 1)
        else:
            document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
