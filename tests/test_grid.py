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


def test_years_are_headings_and_figures_stand_at_the_right() -> None:
    def page(canvas: Canvas) -> None:
        rows = [("Projekt", "2026", "2027", "Totalt"), ("Ny bro", "12 000", "", "12 000"), ("Kaj", "4", "500", "504")]
        for at, (label, *figures) in enumerate(rows):
            canvas.drawString(60, HEIGHT - 200 - 14 * at, label)
            for left, text in zip((200, 280, 360), figures, strict=True):
                if at:
                    canvas.drawRightString(left + 70, HEIGHT - 200 - 14 * at, text)
                else:
                    canvas.drawString(left, HEIGHT - 200, text)

    lines = canonical(pdf(page)).text.split("\n")
    assert lines[:3] == ["Projekt  2026  2027  Totalt", "Ny bro  12 000    12 000", "Kaj  4  500  504"]


def test_cells_set_close_part_before_figures_alone() -> None:
    def page(canvas: Canvas) -> None:
        for at, (left, right) in enumerate([("Underhåll av gator", "450  475"), ("§ 9 KS 2023/31", "042")]):
            y = HEIGHT - 200 - 14 * at
            canvas.drawString(60, y, left)
            canvas.drawString(60 + canvas.stringWidth(left) + 11.5, y, right)

    lines = canonical(pdf(page)).text.split("\n")
    assert lines[0].startswith("Underhåll av gator  450")
    assert "§ 9 KS 2023/31 042" in lines


def test_headings_written_cell_by_cell_are_one_line() -> None:
    """As Word writes them: each heading's lines, then those of the next."""

    def page(canvas: Canvas) -> None:
        canvas.drawString(60, HEIGHT - 180, "Belopp i tkr")
        for left, words in (
            (60, ["Nämnd"]),
            (200, ["Budget", "helår"]),
            (280, ["Prognos", "augusti"]),
            (360, ["Rest"]),
        ):
            for at, word in enumerate(words):
                canvas.drawString(left, HEIGHT - 200 - 12 * at, word)
        for left, text in ((60, "Byggnämnden"), (200, "612,4"), (280, "615,0"), (360, "-2,6")):
            canvas.drawString(left, HEIGHT - 230, text)

    lines = canonical(pdf(page)).text.split("\n")
    assert [line for line in lines if line] == [
        "Belopp i tkr",
        "Nämnd  Budget helår  Prognos augusti  Rest",
        "Byggnämnden  612,4  615,0  -2,6",
    ]
