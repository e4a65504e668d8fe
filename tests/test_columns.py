"""Columns written row by row are taken apart; tables, labels and rosters stay as they are."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.text import canonical
from tests.papers import HEIGHT, pdf

PROSE = [
    ("Kommunstyrelsen har under året", "Förvaltningen bedömer att"),
    ("arbetat med att stärka det", "förslaget är rimligt och att"),
    ("förebyggande arbetet bland", "kostnaden ryms inom den"),
    ("unga i kommunens alla delar", "beslutade ramen för nästa"),
    ("och återkommer till nämnden.", "år, med god marginal."),
]
ROSTER = [(f"Ledamot Andersson ({party})", f"Ersättare Bengtsson ({party})") for party in ("S", "M", "V", "C", "L")]
LABELS = [("Plats och tid", "Rådhuset, kl. 13.00-15.00"), ("Beslutande", "Anna Ek (S), ordförande"), ("", "Bo Al (M)")]
SUMS = [(f"Nämnden för område {number}", f"{number}2 500") for number in range(1, 7)]


def _draw(rows: Sequence[tuple[str, str]]) -> bytes:
    def page(canvas: Canvas) -> None:
        for row, (left, right) in enumerate(rows):
            canvas.drawString(60, HEIGHT - 200 - 14 * row, left)
            canvas.drawString(320, HEIGHT - 200 - 14 * row, right)

    return pdf(page)


def test_prose_is_read_column_by_column() -> None:
    text = canonical(_draw(PROSE)).text
    assert text.index("återkommer till nämnden.") < text.index("Förvaltningen bedömer")
    assert "Förvaltningen bedömer att\nförslaget är rimligt" in text


@pytest.mark.parametrize("rows", [ROSTER, LABELS, SUMS])
def test_rows_stay_rows(rows: Sequence[tuple[str, str]]) -> None:
    lines = canonical(_draw(rows)).text.split("\n")
    assert lines == ["  ".join(cell for cell in row if cell) for row in rows]
