"""How sure OCR was of what is found on a scanned page, and nothing of the kind on others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import extractors
from extractors import ocr
from extractors.confidence import carried, placed
from extractors.json import from_json, to_json
from extractors.model import Amount, Document, Item, Page, Span
from extractors.sheet import Line, Sheet

SCAN = Path(__file__).parent.parent / "examples/papers/trosa/2025-03-27-miljonamnden-protokollsutdrag-9-skannat.pdf"

PLACED = [
    (["Bidrag 250 kr"], [(0.9, 0.5, 0.8)], "Bidrag 250 kr", [0.9, 0.5, 0.8], "as it was read"),
    (["Sidhuvud", "Bidrag"], [(0.3,), (0.9,)], "Bidrag", [0.9], "a running head was taken off"),
    (["kör-", "föreningen får"], [(0.6,), (0.7, 0.8)], "körföreningen\nfår", [0.6, 0.75], "a word made whole"),
    (["§ 93 Val"], [(0.4, 0.6)], "§ 93 Val", [0.5, 0.5, 0.5], "mended into more words: what holds for the line"),
]


@pytest.mark.parametrize(("lines", "sure", "text", "expected", "why"), PLACED)
def test_words_are_found_again(
    lines: list[str], sure: list[tuple[float, ...]], text: str, expected: list[float], why: str
) -> None:
    sheet = Sheet(1, [Line(line, sure=each) for line, each in zip(lines, sure, strict=True)], ocr=True)
    found = list(placed([sheet], text, [Page(1, 0, len(text), True)]))
    assert [confidence for *_, confidence in found][-len(expected) :] == expected, why
    assert all(not text[start:end].isspace() for start, end, _ in found)


def test_a_find_carries_the_least_sure_word() -> None:
    amount = Amount(Span(7, 13, 1), Decimal(250), "250 kr")
    document = Document("00", "", "protocol", "Bidrag 250 kr", (Page(1, 0, 13, True),), amounts=(amount,))
    document = carried(document, [(0, 6, 0.9), (7, 10, 0.5), (11, 13, 0.8)])
    assert document.amounts[0].span.confidence == 0.5
    assert to_json(document)["amounts"][0]["span"] == {"start": 7, "end": 13, "page": 1, "confidence": 0.5}
    assert from_json(to_json(document)).amounts[0].span.confidence == 0.5


def test_a_text_has_none() -> None:
    document = extractors.read("Kommunstyrelsen\nProtokoll 2031-05-04\n\n§ 7 Bidrag\nBeslut\n250 kr beviljas.".encode())
    assert document.amounts and "confidence" not in to_json(document)["amounts"][0]["span"]


@pytest.mark.skipif(not ocr.installed(), reason="no Tesseract with Swedish (apt install tesseract-ocr-swe)")
def test_a_scan_has_some() -> None:
    document = extractors.read(SCAN.read_bytes())
    finds = [decision for item in document.items for decision in item.decisions] + list(document.case_numbers)
    assert finds and all(find.span.confidence and 0.3 < find.span.confidence <= 1 for find in finds)
    assert all(isinstance(item, Item) for item in document.items)
