"""Empty cells of tables in PDFs, above all of printed lists of votes."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from extractors.text import canonical
from tests.papers import HEIGHT, pdf

COLUMNS = (60, 300, 360, 420)


def _page(rows: Sequence[Sequence[str]], canvas: Canvas) -> None:
    for at, row in enumerate(rows):
        for left, text in zip(COLUMNS, row, strict=False):
            if text:
                canvas.drawString(left, HEIGHT - 200 - 14 * at, text)


HEAD = ["Ledamot", "Ja", "Nej", "Avstår"]
FIRST = [HEAD, ["Anna Ek (S), ordförande", "X"], ["Bo Al (M)", "", "X"], ["Cilla Rönn (V)", "", "", "X"]]
SECOND = [["Dan Lönn (L)", "", "X"], ["Resultat", "1", "2", "1"]]


def test_a_list_of_votes_says_who_voted_how() -> None:
    text = canonical(pdf(lambda canvas: _page(FIRST, canvas), lambda canvas: _page(SECOND, canvas))).text
    assert [line for line in text.split("\n") if line] == [
        "Ledamot  Ja  Nej  Avstår",
        "Anna Ek (S), ordförande  X",
        "Bo Al (M)    X",
        "Cilla Rönn (V)      X",
        "Dan Lönn (L)    X",
        "Resultat  1  2  1",
    ]


def test_text_after_a_table_is_left_alone() -> None:
    rows = [HEAD, ["Anna Ek (S)", "X"], ["Nämnden beslutar att bifalla förslaget."], ["Plats", "", "Rådhuset, sal B"]]
    lines = canonical(pdf(lambda canvas: _page(rows, canvas))).text.split("\n")
    assert lines[2] == "Nämnden beslutar att bifalla förslaget."


def test_a_row_of_short_words_is_no_heading() -> None:
    """Name, party and a mark look like three headings."""
    head = [["Namn", "Parti", "Ja", "Nej"], ["Anna Ek", "S", "X"], ["Bo Al", "M", "", "X"], ["Summa", "", "1", "1"]]
    lines = canonical(pdf(lambda canvas: _page(head, canvas))).text.split("\n")
    assert lines[:4] == ["Namn  Parti  Ja  Nej", "Anna Ek  S  X", "Bo Al  M    X", "Summa    1  1"]
