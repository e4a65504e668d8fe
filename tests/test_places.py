"""From spans to rectangles: what stands in the rectangles of a find is the find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

import extractors
from extractors import ocr
from extractors.drawing import glyphs
from extractors.drawing.alignment import fold
from extractors.drawing.glyphs import Glyph
from extractors.drawing.marks import KINDS, marks
from extractors.drawing.places import Places
from extractors.drawing.wish import Rect
from extractors.model import Document
from tests.papers import HEIGHT, pdf

SAMPLES = sorted(Path("examples/papers").rglob("*.pdf"))
SEEN = [name for name in KINDS if name not in ("outside", "left_out", "extents")]


def folded(text: str) -> str:
    return "".join(map(fold, text.replace("•", "")))


def inside(rect: Rect, letters: list[Glyph]) -> str:
    """The letters whose middle lies in a rectangle."""
    return "".join(
        letter.text
        for letter in letters
        if rect.left <= (letter.left + letter.right) / 2 <= rect.right
        and rect.top <= (letter.top + letter.bottom) / 2 <= rect.bottom
    )


def pages(document: Document, data: bytes) -> Iterator[tuple[Places, list[Glyph]]]:
    """The letters of each page, and the places of its text."""
    opened = pypdfium2.PdfDocument(data)
    for page in document.pages:
        handle = opened[page.number - 1]
        letters = glyphs.of_picture(handle) if page.ocr else glyphs.of_page(handle)
        yield Places(document.text[page.start : page.end], page.start, letters), letters


def read_back(document: Document, data: bytes) -> Iterator[tuple[str, str, str]]:
    """Each find: its kind, its text, and what stands in its rectangles on all pages."""
    opened = list(pages(document, data))
    for mark in marks(document):
        start, end = mark.span.start, mark.span.end
        found = "".join(inside(rect, letters) for places, letters in opened for rect in places.lines(start, end))
        if mark.kind in SEEN:
            yield mark.kind, document.text[start:end], found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_stands_in_the_rectangles_is_the_find(path: Path) -> None:
    data = path.read_bytes()
    document = extractors.read(data)
    if any(page.ocr for page in document.pages) or (not document.text and not ocr.installed()):
        pytest.skip("a scan: see below")
    found = list(read_back(document, data))
    wrong = [(kind, text, back) for kind, text, back in found if folded(text) != folded(back)]
    masked = [(kind, text, back) for kind, text, back in wrong if "••" in text]  # the figures are there, unmasked
    assert len(found) > 5
    assert len(wrong) - len(masked) <= 0.01 * len(found), wrong


@pytest.mark.skipif(not ocr.installed(), reason="needs Tesseract with Swedish")
def test_a_scan_is_marked_where_tesseract_read_it() -> None:
    data = next(path for path in SAMPLES if "skannat" in path.stem).read_bytes()
    found = list(read_back(extractors.read(data), data))
    right = Counter(folded(text) == folded(back) for _, text, back in found)
    assert right[True] > 5
    assert right[True] >= 0.9 * len(found), found


def test_the_text_is_marked_and_not_the_running_head() -> None:
    """The head's body is the same words as the text's; one stands near the edge and one in the middle."""
    head = "Kommunstyrelsen   2031-05-04   sida {n}"
    page = ["Kommunstyrelsen har 2031-05-04 beslutat om", "bidrag med 5 000 kronor till kören."]
    data = pdf(["§ 1 Bidrag", "Beslut", *page], ["§ 2 Stöd", "Beslut", *page], ["§ 3 Mer"], head=head)
    document = extractors.read(data)
    date = next(date for date in document.dates if date.span.page == 2)
    places, _ = list(pages(document, data))[1]
    (rect,) = places.lines(date.span.start, date.span.end)
    assert rect.top > 100
    assert any(rect.bottom < 60 for rect in places.left_out())


def test_a_word_that_is_broken_has_two_rectangles() -> None:
    data = pdf(["Beslutet fattades av kommun-", "styrelsens arbetsutskott i maj."])
    document = extractors.read(data)
    start = document.text.index("kommunstyrelsens")
    places, letters = next(pages(document, data))
    rows = [inside(rect, letters) for rect in places.lines(start, start + 16)]
    assert [row.rstrip("-\ufffe") for row in rows] == ["kommun", "styrelsens"]


def test_columns_written_row_by_row() -> None:
    left = ["Nämnden har tagit del av", "utredningen om framtida", "lokaler för kultur och", "fritid i kommunens alla",
            "tätorter och på landet."]  # fmt: skip
    right = ["Kostnaden beräknas till", "högst 2 500 000 kronor som", "fördelas på tre år och tas",
             "ur anslaget för nya", "lokaler i budgeten."]  # fmt: skip

    def draw(canvas: object) -> None:
        for row, (one, other) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(70, HEIGHT - 200 - 14 * row, one)  # type: ignore[attr-defined]
            canvas.drawString(320, HEIGHT - 200 - 14 * row, other)  # type: ignore[attr-defined]

    data = pdf(draw)
    document = extractors.read(data)
    places, letters = next(pages(document, data))
    (amount,) = document.amounts
    assert [inside(rect, letters) for rect in places.lines(amount.span.start, amount.span.end)] == ["2500000kronor"]
    start = document.text.index("Kostnaden")
    (block,) = places.blocks(start, len(document.text))
    assert block.left > 300


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turned_and_cropped_pages(turned: int) -> None:
    """The rectangle of the only word on a page holds all its ink, as the page is shown."""

    def draw(canvas: object) -> None:
        canvas.setPageRotation(turned)  # type: ignore[attr-defined]
        canvas.setCropBox((50, 60, 500, 700))  # type: ignore[attr-defined]
        canvas.drawString(120, 300, "Kommunstyrelsen")  # type: ignore[attr-defined]

    page = pypdfium2.PdfDocument(pdf(draw))[0]
    letters = glyphs.of_page(page)
    assert "".join(letter.text for letter in letters) == "Kommunstyrelsen"
    ink = page.render(scale=2, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 128)).getbbox()
    box = (min(x.left for x in letters), min(x.top for x in letters), max(x.right for x in letters),
           max(x.bottom for x in letters))  # fmt: skip
    assert box[0] - 1 <= ink[0] / 2
    assert box[1] - 1 <= ink[1] / 2
    assert ink[2] / 2 <= box[2] + 1
    assert ink[3] / 2 <= box[3] + 1
    assert (box[2] - box[0]) * (box[3] - box[1]) < 4 * (ink[2] - ink[0]) * (ink[3] - ink[1]) / 4
