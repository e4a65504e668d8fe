"""Sample papers as PDF, in layouts that look like those of different municipalities and systems."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from examples.source import FOOT, Block, Source

WIDTH, HEIGHT = A4
Heads = Callable[[Block], Iterator[tuple[str, str]]]  # an item's head as (style, line)


@dataclass(frozen=True)
class Layout:
    """How a municipality sets its papers."""

    heads: Heads
    serif: bool = False
    pages: str = "{page} ({pages})"
    signatures: str = "Justerandes signatur"


def _straight(item: Block) -> Iterator[tuple[str, str]]:
    """§ 41 and the case number on one line, the heading on the next."""
    number, _, title = item.text.partition(" ")
    yield "bold", f"§ {number}" + (f"    {item.case}" if item.case else "")
    yield "large", title


def _paragraf(item: Block) -> Iterator[tuple[str, str]]:
    """The word Paragraf on a line of its own, as a form has it."""
    number, _, title = item.text.partition(" ")
    yield "small", "Paragraf"
    yield "bold", f"§ {number}"
    if item.case:
        yield "small", f"Diarienummer {item.case}"
    yield "large", title


def _prefixed(item: Block) -> Iterator[tuple[str, str]]:
    """Ks § 41 and the heading on one line, the case number under it."""
    number, _, title = item.text.partition(" ")
    yield "bold", f"§ {number}  {title}"
    if item.case:
        yield "plain", f"Dnr {item.case}"


def _bracketed(item: Block) -> Iterator[tuple[str, str]]:
    """The case number in brackets after the heading."""
    yield "large", f"§ {item.text}" + (f" ({item.case})" if item.case else "")


def _year(item: Block) -> Iterator[tuple[str, str]]:
    """§ 31/25, and Ärendenummer after the heading."""
    number, _, title = item.text.partition(" ")
    yield "bold", f"§ {number}"
    yield "bold", title
    if item.case:
        yield "small", f"Ärendenummer: {item.case}"


LAYOUTS = {
    "straight": Layout(_straight),
    "paragraf": Layout(
        _paragraf, pages="Sida {page} av {pages}", signatures="Justerandes sign          Utdragsbestyrkande"
    ),
    "prefixed": Layout(
        _prefixed, serif=True, pages="Sid {page}/{pages}", signatures="Ordförandens sign     Justerandes sign"
    ),
    "bracketed": Layout(_bracketed, serif=True, pages="{page}"),
    "year": Layout(_year, pages="Sida {page}({pages})", signatures="Signatur"),
}


def pdf(source: Source) -> bytes:
    """The paper as a PDF, the same bytes every time."""
    layout = LAYOUTS[source.head["layout"]]
    pages = _build(source, layout, 0)[1]  # a first time to count the pages
    return _build(source, layout, pages)[0]


def scan(source: Source) -> bytes:
    """The paper as a scanner gives it: grey pictures, a little askew, no text layer."""
    noise = random.Random(source.file)
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for page in pypdfium2.PdfDocument(pdf(source)):
        picture = page.render(scale=150 / 72, grayscale=True).to_pil().rotate(noise.uniform(-0.6, 0.6), fillcolor=255)
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=60)
        canvas.drawImage(ImageReader(jpeg), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _build(source: Source, layout: Layout, pages: int) -> tuple[bytes, int]:
    stream = io.BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4, invariant=1, title=source.head.get("title", ""))
    frame = Frame(25 * mm, 28 * mm, WIDTH - 50 * mm, HEIGHT - 68 * mm, 0, 0, 0, 0)

    def furniture(canvas: Canvas, _: BaseDocTemplate) -> None:
        _furniture(canvas, source.head, layout, pages)

    document.addPageTemplates(PageTemplate("page", [frame], onPage=furniture))
    document.build(list(_flow(source, layout)))
    return stream.getvalue(), document.page


def _furniture(canvas: Canvas, head: dict[str, str], layout: Layout, pages: int) -> None:
    """Running head and foot: municipality, kind of paper, body, date, page, where to sign."""
    face = "Times" if layout.serif else "Helvetica"
    canvas.setFont(face + "-Bold", 11)
    canvas.drawString(25 * mm, HEIGHT - 16 * mm, head["municipality"])
    canvas.setFont(face + ("-Roman" if layout.serif else ""), 9)
    canvas.drawRightString(
        WIDTH - 25 * mm, HEIGHT - 16 * mm, layout.pages.format(page=canvas.getPageNumber(), pages=pages)
    )
    if head.get("kind"):
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 16 * mm, head["kind"].upper())
    canvas.drawString(25 * mm, HEIGHT - 22 * mm, head.get("body", ""))
    canvas.drawRightString(WIDTH - 25 * mm, HEIGHT - 22 * mm, head.get("date", ""))
    canvas.setFont(face + ("-Italic" if layout.serif else "-Oblique"), 8)
    if "protokoll" in head.get("kind", "").lower():
        canvas.drawString(25 * mm, 18 * mm, layout.signatures)
    canvas.drawCentredString(WIDTH / 2, 12 * mm, FOOT)


def _flow(source: Source, layout: Layout) -> Iterator[Flowable]:
    styles = _styles(layout)
    columns: list[Flowable] | None = None
    for block in source.blocks:
        if block.name == "columns":
            columns = []
        elif block.name == "/columns":
            yield _two_columns(columns or [])
            columns = None
        elif columns is not None:
            columns += _block(block, layout, styles)
        else:
            yield from _block(block, layout, styles)


def _two_columns(flow: list[Flowable]) -> Table:
    """The flow in two columns of equal count: first half left, second half right."""
    middle = (len(flow) + 1) // 2
    top = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)]
    return Table([[flow[:middle], flow[middle:]]], colWidths=[80 * mm, 80 * mm], style=top, hAlign="LEFT")


def _block(block: Block, layout: Layout, styles: dict[str, ParagraphStyle]) -> Iterator[Flowable]:
    if block.name == "item":
        yield Spacer(1, 6 * mm)
        for style, line in layout.heads(block):
            yield Paragraph(escape(line).replace("    ", "&nbsp;" * 4), styles[style])
    elif block.name == "page":
        yield PageBreak()
    elif block.name == "table":
        grid = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 9)]
        yield Table(block.rows, style=grid, hAlign="LEFT", spaceBefore=4, spaceAfter=6)
    else:
        name = {"title": "title", "heading": "heading"}.get(block.name, "plain")
        name = "list" if block.text.startswith("- ") else name
        yield Paragraph(escape(block.text.replace("- ", "•  ", 1) if name == "list" else block.text), styles[name])


def _styles(layout: Layout) -> dict[str, ParagraphStyle]:
    face, bold = ("Times-Roman", "Times-Bold") if layout.serif else ("Helvetica", "Helvetica-Bold")
    plain = ParagraphStyle("plain", fontName=face, fontSize=10.5, leading=14, spaceAfter=5)
    return {
        "plain": plain,
        "list": ParagraphStyle("list", plain, leftIndent=6 * mm, spaceAfter=2),
        "small": ParagraphStyle("small", plain, fontSize=9, spaceAfter=1),
        "bold": ParagraphStyle("bold", plain, fontName=bold, spaceAfter=2),
        "large": ParagraphStyle("large", plain, fontName=bold, fontSize=12.5, leading=16, spaceAfter=4),
        "heading": ParagraphStyle("heading", plain, fontName=bold, spaceBefore=7, spaceAfter=2),
        "title": ParagraphStyle("title", plain, fontName=bold, fontSize=16, leading=20, spaceAfter=10),
    }
