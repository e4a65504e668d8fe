"""Items cut into passages."""

from __future__ import annotations

import pytest

from extractors.model import Document, Item, Page, Span
from index.passages import passages
from tests.tiny import paper

_SENTENCE = "Nämnden har tagit del av förvaltningens förslag till plan. "


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_SENTENCE * 60, "one long paragraph"),
        ((_SENTENCE * 5 + "\n\n") * 12, "paragraphs"),
        ("ord " * 2000, "no end of any sentence"),
        ("x" * 9000, "no space at all"),
        ("Rubrik\n" + "rad utan punkt\n" * 300, "only lines"),
    ],
)
def test_long_items_are_cut_without_losing_a_letter(text: str, why: str) -> None:
    found = list(passages(paper("p", text)))
    assert len(found) > 1 and max(len(p.text) for p in found) <= 1300, why
    assert "".join("".join(p.text for p in found).split()) == "".join(text.split()), why


def test_every_passage_is_the_text_at_its_span() -> None:
    document = paper("p", "Ett\n" + _SENTENCE * 40, "Två\n" + _SENTENCE * 3)
    for passage in passages(document):
        assert document.text[passage.span.start : passage.span.end] == passage.text
    assert [p.number for p in passages(document) if p.item == 1] == [0]


def test_a_sentence_is_not_cut_where_there_is_a_choice() -> None:
    assert all(p.text.endswith(".") for p in passages(paper("p", _SENTENCE * 60)))


def test_an_item_without_text_has_a_passage_for_its_heading() -> None:
    empty = Document("a" * 64, "x", "protocol", "", (Page(1, 0, 0),), items=(Item(Span(0, 0, 1), "1", "Ersättare"),))
    (passage,) = passages(empty)
    assert (passage.heading, passage.text) == ("Ersättare", "")


def test_the_page_is_where_the_passage_starts() -> None:
    text = _SENTENCE * 60
    pages = (Page(1, 0, 1500), Page(2, 1500, len(text)))
    document = Document("b" * 64, "x", "other", text, pages, items=(Item(Span(0, len(text), 1), None, None),))
    assert [p.span.page for p in passages(document)] == [1 if p.span.start < 1500 else 2 for p in passages(document)]
