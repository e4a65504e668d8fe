"""Head and foot of a paper of one page: what goes by its place, and what must stay."""

import re
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.text import canonical
from tests.papers import HEIGHT, WIDTH, pdf

BODY = ["Svar på motion om cykelparkering", "Nämnden tillstyrker motionen.", "Skälen är många.", "Anna Ek, ordförande"]


def _page(head: list[list[str]], foot: list[str], size: float = 8, at: float = 40) -> Callable[[Canvas], None]:
    """Rows of up to three cells at the top, the body, and a foot in small type."""

    def draw(canvas: Canvas) -> None:
        for row, cells in enumerate(head):
            for column, cell in enumerate(cells):
                canvas.drawString(70 + 170 * column, HEIGHT - 45 - 17 * row, cell)
        for row, line in enumerate(BODY):
            canvas.drawString(70, HEIGHT - 150 - 14 * row, line)
        canvas.setFont("Helvetica", size)
        for row, line in enumerate(foot):
            canvas.drawCentredString(WIDTH / 2, at - 10 * row, line)

    return draw


HEADS = [
    ([["Lidevads kommun", "TJÄNSTESKRIVELSE", "1 (1)"]], True, "municipality, kind and page number"),
    ([["Lidevads kommun", "Kallelse", "Sida 1 av 1"], ["Tekniska nämnden", "2031-03-12"]], True, "body and date under"),
    ([["Lidevads kommun", "YTTRANDE", "1 (1)"], ["", "", "2031-03-12"]], True, "the day alone, under the page number"),
    ([["Region Lidevad", "BESLUTSUNDERLAG", "1"]], True, "a kind in capitals, the bare page number"),
    ([["Lidevads kommun", "Dnr KS 2031/17", "1 (1)"]], False, "a case number is a find"),
    ([["Motion om lekplatser", "1 (1)"]], False, "a heading beside the page number"),
    ([["Tekniska nämnden"]], False, "a name alone may be a heading"),
    ([["Kommunfullmäktige", "Kommunstyrelsen"]], False, "no page number: may be who it is sent to"),
]


@pytest.mark.parametrize(("head", "told", "why"), HEADS)
def test_head(head: list[list[str]], told: bool, why: str) -> None:
    text = canonical(pdf(_page(head, [])))
    assert text.text.startswith(head[0][0]) and text.text.endswith("\n".join(BODY)), "it stays once, as the paper's own"
    assert all(all(cell in text.head for cell in row if cell[-1:] not in "1)") for row in head) == told, why
    assert not told or not re.search(r"1( ?\(| av |$)", text.text.split("\n")[0]), "the page's number goes"


FEET = [
    (["Exempelpapper: alla namn är påhittade."], 8, 30, True, "a sentence in small type in the lower margin"),
    (["Lidevads kommun, 123 45 Lidevad", "Telefon 0123-45 67 89"], 8, 40, True, "an address of two lines"),
    (["Signatur"], 11, 40, True, "where to sign"),
    (["Ordförandens sign     Justerandes sign"], 11, 40, True, "two to sign"),
    (["1 Enligt nämndens reglemente."], 8, 40, False, "a footnote"),
    (["Expedieras till Bo Al"], 8, 40, False, "who gets the paper"),
    (["Anna Ek (S)", "Bo Al (M)"], 8, 40, False, "who signs it"),
    (["Dnr TN 2031/8"], 8, 40, False, "a case number"),
    (["Bo Al, förvaltningschef"], 11, 40, False, "as large as the text: its last line"),
    (["Protokollet är anslaget."], 8, 200, False, "small type within the page"),
]


@pytest.mark.parametrize(("foot", "size", "at", "goes", "why"), FEET)
def test_foot(foot: list[str], size: float, at: float, goes: bool, why: str) -> None:
    text = canonical(pdf(_page([], foot, size, at)))
    assert text.text.startswith("\n".join(BODY[:1]))
    assert text.text.endswith(BODY[-1]) == goes, why
    assert goes or text.text.endswith(foot[-1]), why
    assert (" ".join(foot[0].split()) in text.head) == goes, why


def test_the_first_line_of_a_plain_text() -> None:
    head = "LIDEVADS KOMMUN    MOTION    Kommunfullmäktige    2031-01-20"
    text = canonical(f"{head}    1 (1)\n\nMotion om cykelbanor\n\nVi yrkar".encode())
    assert text.text == f"{head}\n\nMotion om cykelbanor\n\nVi yrkar"
    assert text.head == "LIDEVADS KOMMUN MOTION Kommunfullmäktige 2031-01-20"


def test_a_row_of_a_table_is_no_head() -> None:
    table = "Nämnd    Budget    Utfall\nSocialnämnden    12    13"
    assert canonical(table.encode()).text == table
