"""The JSON is a promise: its keys, and the way back."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import extractors
from extractors.json import from_json, to_json
from extractors.model import (
    Amount,
    CaseNumber,
    Cell,
    Date,
    Decision,
    Document,
    Find,
    Issue,
    Item,
    Municipality,
    Organisation,
    Page,
    Party,
    Person,
    Proposal,
    Reservation,
    Section,
    Span,
    Table,
    Vote,
    Voter,
)
from extractors.reader import reader

_PAPERS = sorted(path for path in Path("examples/papers").rglob("*.*") if path.suffix != ".png")
_SPAN = Span(2, 5, 1)
_FULL = Document(
    id="ab" * 32,
    source="a.pdf",
    kind="protocol",
    text="§ 7 Bidrag",
    pages=(Page(1, 0, 10, ocr=True),),
    municipality=Municipality("0682", "Nässjö"),
    body="Tekniska nämnden",
    date="2031-03-04",
    title="Tekniska nämnden 2031-03-04",
    items=(
        Item(
            _SPAN,
            "7",
            "Bidrag",
            "KS 2031/7",
            (Section(_SPAN, "decision", "Beslut"),),
            (Decision(_SPAN, "Ja.", "approved", None),),
            (Proposal(_SPAN, "Nej.", ("Liv Ek (S)",)),),
            (Vote(_SPAN, 7, 8, 0, "bifall", (Voter("Liv Ek", "S", "yes"),)),),
            (Reservation(_SPAN, ("S",), ("Liv Ek",)),),
        ),
    ),
    case_numbers=(CaseNumber(_SPAN, "KS 2031/7", "2031.7 KS"),),
    amounts=(Amount(_SPAN, Decimal("4500000"), "4,5 mnkr", "year", "grant"),),
    people=(Person(_SPAN, "Liv Ek", "S", "ordförande"),),
    parties=(Party(Span(8, 9, 1), "S", "S"),),
    dates=(Date(_SPAN, "2031-03", "mars 2031"),),
    organisations=(Organisation(_SPAN, "Kören", "association"),),
    tables=(Table(_SPAN, (Cell(_SPAN, Decimal("0.5"), "Kören", "2031"),)),),
    issues=(Issue("text", "scan"), Issue("text", "x", _SPAN)),
    reader="1234",
)


def test_keys_that_others_build_on() -> None:
    found = to_json(_FULL)
    assert list(found)[:10] == [
        "id",
        "source",
        "kind",
        "municipality",
        "body",
        "date",
        "title",
        "text",
        "pages",
        "items",
    ]
    assert found["municipality"] == {"code": "0682", "name": "Nässjö"}
    assert found["pages"] == [{"number": 1, "start": 0, "end": 10, "ocr": True}]
    (item,) = found["items"]
    assert set(item) == {
        "number", "title", "case_number", "span", "sections", "decisions", "proposals", "votes", "reservations",
    }  # fmt: skip
    span = {"start": 2, "end": 5, "page": 1}
    assert item["sections"] == [{"span": span, "name": "decision", "heading": "Beslut"}]
    assert found["case_numbers"] == [{"canonical": "KS 2031/7", "text": "2031.7 KS", "item": "7", "span": span}]
    assert found["amounts"][0]["kronor"] == "4500000"
    assert found["people"][0] == {"name": "Liv Ek", "party": "S", "role": "ordförande", "item": "7", "span": span}
    assert found["parties"][0]["item"] is None
    assert [issue["span"] for issue in found["issues"]] == [None, span]


def test_there_and_back() -> None:
    assert from_json(json.loads(json.dumps(to_json(_FULL)))) == _FULL
    assert from_json(to_json(_FULL) | {"later": 1}) == _FULL
    bare = Document("00", "", "other", "", ())
    assert from_json(json.loads(json.dumps(to_json(bare)))) == bare


@pytest.mark.parametrize("path", _PAPERS, ids=lambda path: path.name)
def test_every_paper_there_and_back_with_finds_at_their_text(path: Path) -> None:
    paper = extractors.read(path.read_bytes(), path.name, ocr=False)
    assert from_json(json.loads(json.dumps(to_json(paper)))) == paper
    assert paper.reader == extractors.READER == reader()
    finds: list[Find] = [*paper.items, *paper.amounts, *paper.case_numbers, *paper.dates, *paper.people, *paper.parties]
    for find in finds:
        assert 0 <= find.span.start < find.span.end <= len(paper.text)
    for amount in paper.amounts:
        assert paper.text[amount.span.start : amount.span.end] == amount.text
    for item in paper.items:
        for part in item.sections:
            assert item.span.start <= part.span.start and part.span.end <= item.span.end
            assert paper.text[part.span.start :].startswith(part.heading)


def test_importing_extractors_is_light() -> None:
    """A search reads its question with the finders; it must not wait for what only documents need."""
    code = (
        "import sys, extractors.case_numbers; print({'spacy', 'torch', 'pdfplumber', 'trafilatura'} & {*sys.modules})"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
