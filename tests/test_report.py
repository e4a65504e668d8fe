"""Text with its finds marked, and sentences about what reading may have missed."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractors
from extractors.drawing.marks import Mark, marks
from extractors.model import Span
from flows.report.marked import marked
from flows.report.missed import missed

TEXT = "Nämnden ger kören 5 000 kr & <tack>"
REST = " &amp; &lt;tack&gt;"


def mark(kind: str, start: int, end: int) -> Mark:
    return Mark(kind, Span(start, end, 1), kind)


def bare(text: str) -> str:
    """An element for each letter: a(Nämnden) for <mark class="a">Nämnden</mark>."""
    return re.sub(r'<mark class="(\w)\w*" title="\w*">', r"\1(", text).replace("</mark>", ")")


MARKED = [
    ([], "Nämnden ger kören 5 000 kr" + REST, "nothing found"),
    ([("amounts", 18, 26)], "Nämnden ger kören a(5 000 kr)" + REST, "one find"),
    ([("decisions", 0, 26), ("amounts", 18, 26)], "d(Nämnden ger kören a(5 000 kr))" + REST, "within another"),
    ([("decisions", 0, 20), ("amounts", 18, 26)], "d(Nämnden ger kören )a(d(5 )000 kr)" + REST, "over its end"),
    ([("people", 0, 7), ("parties", 0, 7)], "p(p(Nämnden)) ger kören 5 000 kr" + REST, "the same place"),
    ([("people", 0, 7), ("parties", 7, 11)], "p(Nämnden)p( ger) kören 5 000 kr" + REST, "one after the other"),
    ([("extents", 0, 35)], "Nämnden ger kören 5 000 kr" + REST, "a § as a whole is not coloured"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "expected", "why"), MARKED, ids=[why for *_, why in MARKED])
def test_marked(found: list[tuple[str, int, int]], expected: str, why: str) -> None:
    assert bare(marked(TEXT, 0, len(TEXT), [mark(*each) for each in found])) == expected, why


def test_a_find_over_a_page_break_is_on_both_pages() -> None:
    found = [mark("decisions", 0, 26)]
    assert bare(marked(TEXT, 0, 12, found)) == "d(Nämnden ger )"
    assert bare(marked(TEXT, 12, len(TEXT), found)) == "d(kören 5 000 kr) &amp; &lt;tack&gt;"


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12), st.integers(0, 10), st.integers(11, 35)
)
def test_no_letter_is_lost_and_each_find_is_marked(places: list[tuple[int, int]], start: int, end: int) -> None:
    found = sorted((mark("dates", at, at + size) for at, size in places), key=lambda m: (m.span.start, -m.span.end))
    html = marked(TEXT, start, end, found)
    assert unescape(re.sub(r"</?mark[^>]*>", "", html)) == TEXT[start:end]
    depth, at, over = 0, start, [0] * 60
    for part in re.findall(r"<mark[^>]*>|</mark>|&\w+;|.", html):
        if part.startswith("<"):
            depth += -1 if part.startswith("</") else 1
            assert depth >= 0
        else:
            over[at] = depth
            at += 1
    assert depth == 0
    for place in range(start, min(end, len(TEXT))):
        assert over[place] == sum(first <= place < first + size for first, size in places)


def minutes(*items: str) -> str:
    return "\n".join(["Björkviks kommun", "Kommunstyrelsen", "Sammanträdesprotokoll 2031-05-04", "", *items])


MISSED = [
    (minutes("§ 7 Bidrag\nBeslut\nBidraget beviljas."), [], "all there"),
    (minutes("§ 7 Bidrag\nKören söker."), ["No decision was found in § 7."], "a § without a decision"),
    (minutes("§ 7 A\nBeslut\nNej.", "§ 8 B\nKören.", "§ 9 C\nKören."), ["No decision was found in §§ 8, 9."],
     "several"),
    (minutes("§ 7 Bidrag\nBeslut\nBidraget beviljas.", "§ 9 Stöd\nBeslut\nStödet beviljas."), ["After § 7 comes § 9."],
     "a § is lacking"),
    (minutes("§ 7 Bidrag\nBeslut\nBidraget beviljas.\f") + "bara ord\f§ 8 Stöd\nBeslut\nStödet beviljas.",
     ["Nothing was found on page 2."], "a page without finds"),
    ("Motion om bänkar\nVi yrkar att bänkar ställs ut i Vinninga.", [], "no minutes, so no § is asked for"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), MISSED, ids=[why for *_, why in MISSED])
def test_missed(text: str, expected: list[str], why: str) -> None:
    document = extractors.read(text.encode())
    assert missed(document, marks(document)) == expected, why


def test_marks_are_in_the_order_of_the_text() -> None:
    document = extractors.read(
        minutes("§ 7 Bidrag\nDnr KS 2031/7\nBeslut\nAnna Ek (S) beviljas 5 000 kronor.").encode()
    )
    found = marks(document)
    assert all((a.span.start, -a.span.end) <= (b.span.start, -b.span.end) for a, b in pairwise(found))
    told = [(mark.kind, document.text[mark.span.start : mark.span.end], mark.told) for mark in found]
    assert ("items", "§ 7 Bidrag", "§ 7: Bidrag · KS 2031/7") in told
    assert ("sections", "Beslut", "section: decision") in told
    assert ("outside", document.text[: document.text.index("\n\n")], "this text belongs to no §") in told
