"""Every sample paper is read as the frozen result beside it says, and as it was marked by hand."""

import json
from pathlib import Path

import pytest

import extractors
from extractors.json import from_json, to_json
from extractors.model import Document

PAPERS = Path(__file__).parent.parent / "examples" / "papers"
FROZEN = Path(__file__).parent / "frozen"
NAMES = sorted(str(path.relative_to(PAPERS)) for path in PAPERS.rglob("*.*"))


def _read(name: str) -> Document:
    return extractors.read((PAPERS / name).read_bytes(), f"examples/papers/{name}", ocr=False)


@pytest.mark.parametrize("name", NAMES)
def test_read_as_frozen(name: str) -> None:
    """A missing expectation is written here, and read by a person before it is committed."""
    expected = FROZEN / f"{name}.json"
    found = to_json(_read(name))
    del found["reader"]
    if not expected.exists():
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
        pytest.fail(f"{expected} was missing and has been written: read it, then commit it")
    assert found == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_truths_about_every_paper(name: str) -> None:
    document = _read(name)
    assert from_json(to_json(document)) == document
    mentions = (document.case_numbers, document.amounts, document.dates)
    for find in (find for finds in mentions for find in finds):
        assert document.text[find.span.start : find.span.end] == find.text
        page = document.pages[find.span.page - 1]
        assert page.start <= find.span.start < page.end
    assert "811218-9876" not in document.text.replace("19811218", "811218"), "a personnummer got through"
