"""A paper as people read it: whatever is found in a text, marking it loses no letter; versions; how it is cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import read
from extractors.model import Decision, Document, Item, Municipality, Page, Span
from index.listed import Identity
from index.reading_view import changes
from index.reading_view.blocks import blocks
from index.reading_view.changes import ADDED, CHANGED, REMOVED, SAME, compare
from index.reading_view.citation import bibtex, citation
from index.reading_view.finds import KINDS, finds, within
from index.reading_view.marking import Broken, Closed, Opened, Stretch, Words, cut
from tests.records import protocol

TEXTS = st.text(alphabet="ab <&\n§åX", max_size=40)
PLACES = st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=12)

MINUTES = """Kommunstyrelsen
Protokoll
2031-05-04

§ 7 Bidrag till Sundby IF
Dnr KS 2031/12

Ärendebeskrivning
Sundby IF söker 40 000 kr. Handläggare Bo Alm har skrivit.
- Lokalhyra  25 000 kr
- Material  15 000 kr

Yrkanden
Anna Ek (S) yrkar bifall till förslaget.

Beslut
Bidraget beviljas.

§ 8 Cykelväg till Bruket

Beslut
Ärendet återremitteras.
"""


@settings(max_examples=300)
@given(TEXTS, PLACES, st.integers(0, 20), st.integers(0, 40), st.lists(st.integers(0, 40), max_size=4))
def test_marking_loses_no_letter(
    text: str, places: list[tuple[int, int]], start: int, length: int, breaks: list[int]
) -> None:
    start, end = min(start, len(text)), min(start + length, len(text))
    stretches = [Stretch(a, b, n) for n, (a, b) in enumerate(places)]
    parts = list(cut(text, start, end, stretches, breaks))
    assert "".join(part.text for part in parts if isinstance(part, Words)) == text[start:end]
    at, opened, seen = start, list[object](), dict[object, set[int]]()
    for part in parts:
        if isinstance(part, Words):
            assert part.text
            for key in opened:
                seen.setdefault(key, set()).update(range(at, at + len(part.text)))
            at += len(part.text)
        elif isinstance(part, Opened):
            assert part.first == (stretches[part.key].start == at)  # type: ignore[call-overload]
            opened.append(part.key)
        elif isinstance(part, Closed):
            assert opened.pop() == part.key, "marks are properly inside each other"
        else:
            assert isinstance(part, Broken) and part.at == at and at in breaks
    assert not opened
    for stretch in stretches:  # each mark holds its letters, all of them and no other
        held = set(range(max(stretch.start, start), min(stretch.end, end)))
        assert seen.get(stretch.key, set()) == held


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([(0, 4), (1, 2)], "[a[b]cd]"),  # inside
        ([(0, 3), (2, 4)], "[ab[c]][d]"),  # over the end: the second is cut in two
        ([(0, 4), (0, 4)], "[[abcd]]"),
        ([(2, 2), (5, 9)], "abcd"),  # nothing, and elsewhere
    ],
)
def test_marks_that_meet(places: list[tuple[int, int]], told: str) -> None:
    signs = {Opened: lambda part: "[", Closed: lambda part: "]", Words: lambda part: part.text}
    parts = cut("abcd", 0, 4, [Stretch(a, b, n) for n, (a, b) in enumerate(places)])
    assert "".join(signs[type(part)](part) for part in parts) == told


def test_finds_have_numbers_in_the_order_of_the_text() -> None:
    document = read(MINUTES.encode())
    found = finds(document)
    assert [find.number for find in found] == list(range(1, len(found) + 1))
    assert [find.span.start for find in found] == sorted(find.span.start for find in found)
    assert {find.kind for find in found} <= set(KINDS)
    assert {"decisions", "proposals", "people", "parties", "amounts", "case_numbers"} <= {f.kind for f in found}
    assert found == finds(document), "the same at each reading"
    last = document.items[-1].span
    assert {find.kind for find in within(found, last.start, last.end)} >= {"decisions"}
    assert all(find.span.end > last.start for find in within(found, last.start, last.end))


def test_text_in_blocks() -> None:
    document = read(MINUTES.encode())
    item = document.items[0]
    made = blocks(document, item.span.start, item.span.end)
    told = [(block.kind, document.text[block.start : block.end]) for block in made]
    assert told[0] == ("head", "§ 7 Bidrag till Sundby IF")
    assert ("heading", "Ärendebeskrivning") in told and ("heading", "Beslut") in told
    assert ("paragraph", "Bidraget beviljas.") in told
    table = next(block for block in made if block.kind == "rows")
    cells = [[document.text[a:b] for a, b in row] for row in table.rows]
    assert cells == [["- Lokalhyra", "25 000 kr"], ["- Material", "15 000 kr"]]


@settings(max_examples=150)
@given(st.text(alphabet="ab.  \t\n§1-åX", max_size=120), st.integers(0, 30), st.integers(0, 120))
def test_blocks_leave_only_blanks_between_them(text: str, start: int, length: int) -> None:
    document = Document("0" * 64, "x", "protocol", text, (Page(1, 0, len(text)),))
    start, end = min(start, len(text)), min(start + length, len(text))
    at = start
    for block in blocks(document, start, end):
        for a, b in (cell for row in block.rows for cell in row) if block.rows else [(block.start, block.end)]:
            assert not text[at:a].strip() and a < b and text[a:b].strip() and block.start <= a and b <= block.end
            at = b
    assert not text[at:end].strip()


def test_a_paragraph_that_was_broken_to_fit_is_whole() -> None:
    lines = "Nämnden har fått en skrivelse om\nbadhuset, som ska rustas för\nalla som vill simma och\nbada.\n" * 3
    document = Document("0" * 64, "x", "statement", lines, (Page(1, 0, len(lines)),))
    assert [block.kind for block in blocks(document, 0, len(lines))] == ["paragraph"] * 3


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["att ", "nämnden ", "avslå\n", "bifalla ", "<b>", " ", "\n"]), max_size=25).map("".join),
    st.lists(st.sampled_from(["att ", "nämnden\n", "avslå ", "bifalla ", "&", " "]), max_size=25).map("".join),
)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    pieces = changes.words(old, new)
    assert "".join(piece.text for piece in pieces if piece.state != REMOVED) == new
    left = "".join(piece.text for piece in pieces if piece.state != ADDED)
    assert "".join(left.split()) == "".join(old.split())
    assert all(piece.text for piece in pieces)


def test_a_line_broken_elsewhere_is_no_change() -> None:
    assert {p.state for p in changes.words("Nämnden beslutar\natt riva.", "Nämnden beslutar att\nriva.")} == {SAME}


def test_a_very_long_text_is_compared_by_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_MOST", 10)
    old, new = "En rad till.\nTvå ord här.\nTre.\n", "En rad till.\nTvå andra ord.\nTre.\n"
    assert [(p.state, p.text) for p in changes.words(old, new) if p.state != SAME] == [
        (REMOVED, "Två ord här.\n"),
        (ADDED, "Två andra ord.\n"),
    ]


def _minutes(*items: tuple[str, str, str, str]) -> Document:
    """Minutes of §§, each told by its number, title, decision and outcome."""
    text, made = "", []
    for number, title, decision, outcome in items:
        start = len(text)
        head = f"§ {number} {title}\nBeslut\n"
        text += f"{head}{decision}\n"
        span = Span(start + len(head), len(text) - 1, 1)
        made.append(
            Item(Span(start, len(text), 1), number, title, decisions=(Decision(span, decision, outcome, None),))
        )
    return Document("0" * 64, "x", "protocol", text, (Page(1, 0, len(text)),), items=tuple(made))


def test_versions_are_compared_by_paragraph_and_decision() -> None:
    old = _minutes(
        ("1", "Dagordning", "Dagordningen fastställs.", "approved"),
        ("2", "Motion om bad", "Motionen avslås.", "rejected"),
        ("3", "Taxa", "Taxan antas.", "approved"),
    )
    new = _minutes(
        ("1", "Dagordning", "Dagordningen fastställs.", "approved"),
        ("2", "Jäv", "Jäv anmäls.", "noted"),
        ("3", "Motion om bad", "Motionen bifalls.", "approved"),
    )
    found = compare(old, new)
    assert [(c.state, c.before, c.after, c.item.title) for c in found] == [
        (SAME, 0, 0, "Dagordning"),
        (ADDED, None, 1, "Jäv"),
        (CHANGED, 1, 2, "Motion om bad"),
        (REMOVED, 2, None, "Taxa"),
    ]
    changed = found[2].decisions[0]
    assert changed.state == CHANGED and changed.before and changed.after
    assert (changed.before.outcome, changed.after.outcome) == ("rejected", "approved")
    assert [d.state for d in (*found[1].decisions, *found[3].decisions)] == [ADDED, REMOVED]
    assert all(change.state == SAME and not change.decisions for change in compare(old, old))


def test_an_outcome_that_was_read_otherwise_is_a_change() -> None:
    old = _minutes(("1", "Taxa", "Taxan antas.", "other"))
    new = _minutes(("1", "Taxa", "Taxan antas.", "approved"))
    [change] = compare(old, new)
    assert change.state == CHANGED and [d.state for d in change.decisions] == [CHANGED]


def test_a_paragraph_is_cited() -> None:
    identity = Identity("protocol", Municipality("1489", "Alingsås"), "Kommunstyrelsen", "2026-06-15", "Protokoll")
    item = replace(protocol().items[0], number="114", title="Taxa för\nvatten & avlopp")
    assert citation(identity, item) == "Kommunstyrelsen i Alingsås, protokoll 2026-06-15, § 114"
    entry = bibtex(identity, item, "https://paragraf.example.se/dokument/ab/3")
    assert entry.startswith("@misc{alingsas-kommunstyrelsen-2026-06-15-114,\n")
    assert r"title = {Protokoll 2026-06-15, § 114: Taxa för vatten \& avlopp}" in entry
    assert "url = {https://paragraf.example.se/dokument/ab/3}" in entry


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        (Identity("motion", Municipality("1286", "Ystad"), None, "2025-01-20", "Skolskjuts"),
         "Ystads kommun, motion 2025-01-20, ”Skolskjuts”"),
        (Identity("protocol", Municipality("1480", "Göteborg"), "Göteborgs kommunfullmäktige", "2024-06-19"),
         "Göteborgs kommunfullmäktige, protokoll 2024-06-19"),
        (Identity(), "Handling"),
    ],
)  # fmt: skip
def test_a_paper_is_cited(identity: Identity, told: str) -> None:
    assert citation(identity) == told


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_bibtex_entry_stays_whole_whatever_a_title_holds(title: str, address: str) -> None:
    entry = bibtex(Identity("motion", None, None, "2025-01-20", title), None, address)
    plain = entry.replace(r"\{", "").replace(r"\}", "").replace(r"\textbackslash{}", "")
    plain = plain.replace(r"\textasciitilde{}", "").replace(r"\textasciicircum{}", "")
    assert plain.count("{") == plain.count("}")
