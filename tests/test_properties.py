"""What must hold for every paper: spans point at their words, and how a paper is set or saved changes nothing it says.

The papers are invented by `tests.inventing`, printed in many ways by `tests.printing` and spoilt by `tests.changes`;
our own samples are changed in the same ways. `pytest tests/test_properties.py --hypothesis-profile long` tries more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import read
from extractors.json import from_json, to_json
from extractors.leads import fold
from extractors.model import Document, Span, Unreadable
from tests import changes, printing
from tests.inventing import Paper, papers
from tests.likeness import differences
from tests.printing import Setting, lines, pieces

SAMPLES = sorted([*Path("examples/papers").rglob("*.txt"), *Path("tests/layouts/papers").glob("*.txt")])
MORE = sorted(
    path
    for folder in ("examples/papers", "tests/layouts/papers")
    for path in Path(folder).rglob("*.*")
    if path.suffix in (".md", ".html", ".docx", ".pdf") and "skannat" not in path.name
)
chances = st.integers(0, 2**32).map(Random)
USUAL = 90  # characters of a line as most minutes are set
_EDGE = " \t*_#|>:.…-–•"


# --- what is read of one paper


def truths(document: Document) -> Iterator[str]:
    """What is wrong with a document, whatever it says."""
    text = document.text
    for name, span, words in _finds(document):
        if not 0 <= span.start <= span.end <= len(text):
            yield f"{name}: {span} is outside the text"
        elif not 1 <= span.page <= len(document.pages) or document.pages[span.page - 1].start > span.start:
            yield f"{name}: {span} is not on that page"
        elif words is not None and fold(text[span.start : span.end]) != fold(words):
            yield f"{name}: {text[span.start : span.end]!r} is not {words!r}"
    for name in ("case_numbers", "amounts", "parties", "dates"):
        found = getattr(document, name)
        if any(text[one.span.start : one.span.end] != one.text for one in found):
            yield f"{name}: not as printed"
        if any(b.span.start < a.span.end for a, b in pairwise(found)):
            yield f"{name}: one inside another"
    ends = [0, *(item.span.end for item in document.items)]
    if any(item.span.start < end for item, end in zip(document.items, ends, strict=False)):
        yield "items: one inside another"
    pages = [0, *(page.end for page in document.pages)]
    if [page.start for page in document.pages] != pages[:-1] or pages[-1] != len(text):
        yield "pages: they do not cover the text"
    if from_json(json.loads(json.dumps(to_json(document)))) != document:
        yield "JSON: another document comes back"


def _finds(document: Document) -> Iterator[tuple[str, Span, str | None]]:
    """Every find with its span, and its words where it has any."""
    for name in ("case_numbers", "amounts", "parties", "dates"):
        yield from ((name, one.span, one.text) for one in getattr(document, name))
    for name in ("people", "organisations", "tables"):
        yield from ((name, one.span, None) for one in getattr(document, name))
    yield from (("cells", cell.span, None) for table in document.tables for cell in table.cells)
    yield from (("issues", issue.span, None) for issue in document.issues if issue.span)
    for item in document.items:
        yield "items", item.span, None
        yield from (("votes", one.span, None) for one in item.votes)
        yield from (("reservations", one.span, None) for one in item.reservations)
        yield from (("decisions", one.span, one.text) for one in item.decisions)
        yield from (("proposals", one.span, one.text) for one in item.proposals)
        for part in item.sections:
            words = document.text[part.span.start : part.span.end].lstrip(_EDGE)[: len(part.heading.lstrip(_EDGE))]
            yield "sections", part.span, None
            yield (
                "section headings",
                Span(part.span.start, part.span.start, part.span.page),
                "" if (fold(words) == fold(part.heading.lstrip(_EDGE))) else part.heading,
            )


@given(papers)
def test_what_was_put_into_a_paper_is_found_in_it(paper: Paper) -> None:
    document = read(_plain(paper.pieces).encode())
    assert list(truths(document)) == []
    assert [(item.number or "", item.title, item.case_number) for item in document.items] == paper.items
    found = [(item.number, one.text, one.outcome) for item in document.items for one in item.decisions]
    assert found == paper.decisions
    assert [(i.number, v.yes, v.no, v.abstain) for i in document.items for v in i.votes] == paper.votes
    assert [(item.number, one.parties) for item in document.items for one in item.reservations] == paper.reservations
    assert sorted(int(one.kronor) for one in document.amounts) == sorted(paper.amounts)
    assert {(one.name, one.party) for one in document.people if one.party} == paper.people


@pytest.mark.parametrize("path", [*SAMPLES, *MORE], ids=lambda path: path.name)
def test_truths_about_our_samples(path: Path) -> None:
    assert list(truths(read(path.read_bytes()))) == []


# --- any input at all

WORDS = st.sampled_from(
    """§ 12|§ 13|§§ 4-6|§|Beslut|Förslag till beslut|Yrkanden|Reservation|Omröstning|Anna Ek (S)|Bo Al (M)
reserverar sig|röstar ja|röstar nej|Ja|Nej|Avstår|12 ja|1 250 000 kr|5 mnkr|10-12 mnkr|KS 2031/12|Dnr
2031-05-04|den 3 maj 2031|den 30 februari|SLK-2031-00074|att|beslutar|Kommunstyrelsen beslutar
Kommunfullmäktige|1.|2.|•|-|–|a)|:|.|"|”|(|)|(S)|[|{|*|**|#|_|\\|/|0|99999|٣|²|½|é|Å|ﬁ|\u00ad|\u200b|\ufeff
\ue000|\U0001f6b2|ß|İ|811228-9874|www.sala.se|a@b.se|Sida 1 av 3|1 (3)|Justerandes sign|forts. § 12|m.fl.
kronor|%|Protokoll|Motion|Kallelse|och|......|____|---|===|\x0b|\x1c|\x85|\u2028|Ja-röster|minus 5 mnkr
sju miljoner kronor|May 3, 2031|0 May 2031|12² kr|den ٣ maj 2031|Röster ٣|vice ordförande|chefen|AB|IF|nämnden
förvaltningen""".replace("\n", "|").split("|")
)
SEAMS = st.sampled_from([" ", " ", " ", " ", "\n", "\n", "\n\n", "\f", "\t", "  ", ", ", ". ", ": ", "-\n", "\u00a0"])
BEGINNINGS = st.sampled_from(
    [
        "",
        "",
        "Kommunstyrelsen\nProtokoll\n2031-05-04\n\n",
        "<html><body>",
        "# Motion\n\n**Vi yrkar**\n\n",
        "---\na: b\n---\n",
    ]
)
soups = st.builds(
    lambda beginning, parts: beginning + "".join(word + seam for word, seam in parts),
    BEGINNINGS,
    st.lists(st.tuples(WORDS, SEAMS), max_size=120),
)


@given(st.one_of(soups, soups, st.text(max_size=400)))
@settings(max_examples=8 * settings().max_examples)
def test_any_text_is_read_or_refused(text: str) -> None:
    _read_or_refuse(text.encode("utf-8", "surrogatepass"))


@given(st.sampled_from([b"", b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe"]), st.binary(max_size=600))
@settings(max_examples=8 * settings().max_examples)
def test_any_bytes_are_read_or_refused(first: bytes, data: bytes) -> None:
    _read_or_refuse(first + data)


@given(st.sampled_from([path for path in MORE if path.suffix != ".pdf"]), chances)
@settings(max_examples=2 * settings().max_examples)
def test_a_damaged_file_is_read_or_refused(path: Path, chance: Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 5, 40))):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
    _read_or_refuse(bytes(data))


def _read_or_refuse(data: bytes) -> None:
    try:
        document = read(data, ocr=False)
    except Unreadable as error:
        assert error.reason
    else:
        assert list(truths(document)) == []


# --- the same bytes


def test_the_same_bytes_are_read_the_same_in_another_process() -> None:
    code = (
        "import sys, json; from pathlib import Path; from extractors import read; from extractors.json import to_json;"
        "print(json.dumps([to_json(read(Path(path).read_bytes())) for path in sys.argv[1:]]))"
    )
    some = [str(path) for path in [*SAMPLES[::4], *MORE[::7]]]
    elsewhere = subprocess.run(
        [sys.executable, "-c", code, *some], env=os.environ | {"PYTHONHASHSEED": "1"}, capture_output=True, check=True
    )
    here = [to_json(read(Path(path).read_bytes())) for path in some]
    assert elsewhere.stdout.decode().strip() == json.dumps(here)
    assert [to_json(read(Path(path).read_bytes())) for path in some] == here


# --- the same words, saved otherwise


@pytest.mark.parametrize("change", changes.ALL, ids=lambda change: change.__name__)
def test_how_letters_and_spaces_are_saved_changes_nothing(change: changes.Change) -> None:
    @given(papers, chances)
    @settings(max_examples=max(3, settings().max_examples // 4))
    def invented(paper: Paper, chance: Random) -> None:
        text = _plain(paper.pieces)
        assert differences(read(text.encode()), read(change(text, chance))) == {}

    invented()
    for path in SAMPLES:
        text = path.read_text("utf-8")
        assert differences(_sample(path), read(change(text, Random(path.name)))) == {}, path


# --- the same words, set otherwise


@given(papers, st.sampled_from([60, 64, 70, 77, 85, 100, 120, 1000]), st.sampled_from(["none", "real", "all"]))
@settings(max_examples=2 * settings().max_examples)
def test_how_wide_lines_are_changes_nothing(paper: Paper, width: int, hyphens: str) -> None:
    _same(paper.pieces, printing.text(lines(paper.pieces, Setting(width, hyphens))).encode())


@given(papers, st.integers(40, 59))
def test_narrow_columns_change_nothing(paper: Paper, width: int) -> None:
    _same(paper.pieces, printing.text(lines(paper.pieces, Setting(width))).encode())


# One person each is lost or found where a line's end falls between a name and its party: docs/quality.md tells it
_NOT_YET = {"a-umea-kf.txt", "c-hassleholm-tn.txt"}
_WIDTHS = [
    pytest.param(path, marks=pytest.mark.xfail(path.name in _NOT_YET, reason="a person at a line's end", strict=False))
    for path in SAMPLES
]


@pytest.mark.parametrize("path", _WIDTHS, ids=lambda path: path.name)
def test_how_wide_our_samples_are_set_changes_nothing(path: Path) -> None:
    parts = pieces(_sample(path).text)
    for width, hyphens in ((60, "none"), (74, "real"), (120, "none"), (500, "none")):
        _same(parts, printing.text(lines(parts, Setting(width, hyphens))).encode())


@given(papers, st.sets(st.integers(1, 80), max_size=8))
@settings(max_examples=2 * settings().max_examples)
def test_a_page_break_anywhere_changes_nothing(paper: Paper, breaks: set[int]) -> None:
    _same(paper.pieces, printing.text(lines(paper.pieces, Setting(USUAL)), sorted(breaks)).encode())


@given(papers, st.integers(8, 40), st.booleans())
@settings(max_examples=2 * settings().max_examples)
def test_pages_with_heads_and_feet_change_nothing(paper: Paper, per_page: int, numbers_only: bool) -> None:
    rows = lines(paper.pieces, Setting(USUAL))
    head, foot = (printing.nothing, _number) if numbers_only else (_head(paper), _foot(paper))
    one = read(printing.text(rows, (), head, foot).encode())
    many = read(printing.text(rows, range(per_page, len(rows), per_page), head, foot).encode())
    assert differences(one, many) == {}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_page_break_anywhere_in_our_samples_changes_nothing(path: Path) -> None:
    rows = lines(pieces(_sample(path).text), Setting(USUAL))
    chance = Random(path.name)
    whole = read(printing.text(rows).encode())
    for _ in range(3):
        breaks = [at for at in range(len(rows)) if chance.random() < 0.06]
        assert differences(whole, read(printing.text(rows, breaks).encode())) == {}, breaks


@given(
    papers, st.sampled_from([300, 340, 380, 420, 460]), st.sampled_from(["none", "real", "all"]), st.integers(12, 50)
)
@settings(max_examples=2 * settings().max_examples)
def test_a_pdf_says_what_the_text_says(paper: Paper, width: int, hyphens: str, per_page: int) -> None:
    rows = lines(paper.pieces, Setting(width, hyphens, printing.points()))
    _same(paper.pieces, printing.pdf(rows, per_page))


@given(papers, st.integers(12, 50), st.booleans())
@settings(max_examples=2 * settings().max_examples)
def test_heads_and_feet_of_a_pdf_change_nothing(paper: Paper, per_page: int, varying: bool) -> None:
    rows = lines(paper.pieces, Setting(400, "all", printing.points()))
    head = _varying(paper) if varying else _head(paper)
    one, many = (read(printing.pdf(rows, size, head=head, foot=_foot(paper))) for size in (len(rows), per_page))
    assert differences(one, many) == {}


def _head(paper: Paper) -> printing.Margin:
    return lambda page, pages: [f"{paper.head}    Sida {page} av {pages}", ""]


def _varying(paper: Paper) -> printing.Margin:
    """The number at the right on odd pages, at the left on even ones."""
    return lambda page, pages: [
        f"{paper.head}    {page} ({pages})" if page % 2 else f"{page} ({pages})    {paper.head}"
    ]


def _foot(paper: Paper) -> printing.Margin:
    strip = ["", "Justerandes signatur"] if "protokoll" in paper.head else ["", "Lidevads kommun, 123 45 Lidevad"]
    return lambda page, pages: strip


def _number(page: int, pages: int) -> Sequence[str]:
    return ["", f"{page} ({pages})"]


def _plain(parts: Sequence[printing.Piece]) -> str:
    return printing.text(lines(parts, Setting(USUAL)))


def _same(parts: Sequence[printing.Piece], data: bytes) -> None:
    """Whether a printing says what the same pieces say in lines of usual width."""
    assert differences(read(_plain(parts).encode()), read(data)) == {}


@cache
def _sample(path: Path) -> Document:
    return read(path.read_bytes())
