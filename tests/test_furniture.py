"""Running heads and feet in text without places (dumps of PDFs, Markdown): what goes, what stays."""

from functools import partial

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.text import canonical
from tests.papers import HEIGHT, pdf

BODY = """§ {n} Ärende nummer {n}
Beslut

Kommunstyrelsen godkänner rapporten.

Protokollsutdrag skickas till
Kommunstyrelsen
Ekonomiavdelningen
"""


def _dump(head: str, foot: str, parted: str = "") -> str:
    return parted.join(head.format(n=n) + BODY.format(n=n) + foot.format(n=n) for n in range(1, 9))


def test_a_foot_between_items_goes() -> None:
    text = canonical(_dump("", "\nLidevads kommun Kommunstyrelsen, protokoll\n\n").encode())
    assert "protokoll\n" not in text.text
    assert text.furniture == ("Lidevads kommun Kommunstyrelsen, protokoll",)
    assert text.text.count("Beslut\n") == 8
    assert text.text.count("\nKommunstyrelsen\n") == 8  # who is sent the extract, not a head


@pytest.mark.parametrize("line", ["forts. KF § 39", "§ 39 forts.", "Forts. § 39", "Forts. från föregående sida"])
def test_that_an_item_goes_on_is_no_text(line: str) -> None:
    text = canonical(f"§ 39\nBeslut\nPlanen antas.\n\n{line}\nReservation\n".encode())
    assert "orts" not in text.text and "§ 39\nBeslut" in text.text


def test_a_head_of_several_lines_goes_with_its_page_number() -> None:
    head = "Kommunstyrelsen\nProtokoll (nr 3)\nSammanträdesdatum: 2031-03-23\n\n"
    text = canonical(_dump(head, "\nLidevads kommun\n{n} (8)\n", "\f").encode())
    assert text.text.count("Sammanträdesdatum") == 1
    assert "(8)" not in text.text
    assert text.text.count("Lidevads kommun") == 0
    assert text.text.count("\nKommunstyrelsen\nEkonomiavdelningen") == 8
    assert len(text.pages) == 8


def test_a_head_beside_a_roster_is_cut_off_its_line() -> None:
    head = "KOMMUNFULLMÄKTIGE                    SAMMANTRÄDESPROTOKOLL\nSammanträdesdatum\n2031-03-23\n"
    roster = (
        head + "Beslutande:\nAnna Ek (S)                  Sammanträdesdatum\nBo Al (M)                    2031-03-23\n"
    )
    text = canonical((_dump(head, "\n") + roster).encode())
    assert "Anna Ek (S)\nBo Al (M)" in text.text


def test_a_vote_list_keeps_its_figures_and_letters() -> None:
    rows = "".join(f"{number}\nLedamot {number}\nS\nJA\n" for number in range(1, 30))
    text = canonical((_dump("", "\nLidevads kommun, protokoll\n\f") + rows).encode())
    assert text.text.count("\nJA") == 29
    assert all(f"\n{number}\nLedamot {number}\nS\n" in text.text for number in range(1, 30))


def test_text_without_furniture_is_left_alone() -> None:
    text = "Avslag\nBifall\nAvslag\nBifall\nAvslag\nBifall"
    assert canonical(text.encode()).text == text


def test_markdown_and_its_front_matter() -> None:
    head, foot = "**Sammanträdesprotokoll** Tekniska nämnden\n\n", "**Justerandes sign**\n\n{n}\n\n"
    page = head + "## **§ {n}** Ärende\n\nNämnden _bifaller_.\n\n" + foot
    text = canonical(
        (
            "---\nnamnd: Tekniska nämnden\ndatum: 2031-06-11\n---\n" + "".join(page.format(n=n) for n in range(1, 7))
        ).encode()
    )
    assert text.meta == {"namnd": "Tekniska nämnden", "datum": "2031-06-11"}
    assert text.text.startswith(
        "Sammanträdesprotokoll Tekniska nämnden\n\n§ 1 Ärende\n\nNämnden bifaller.\n\n§ 2 Ärende"
    )
    assert text.text.count("Sammanträdesprotokoll") == 1
    assert [text.text[start:end] for start, end in text.bold][:2] == ["§ 1 Ärende", "§ 2 Ärende"]


def test_markdown_over_several_lines() -> None:
    page = "# Motion\n\n## Bakgrund\n\n**Trygga vägar\ntill skolan**\n\n_Alla namn\när påhittade_, 2 * 3\n* 4 är 24.\n"
    text = canonical(page.encode())
    assert text.text == "Motion\n\nBakgrund\n\nTrygga vägar\ntill skolan\n\nAlla namn\när påhittade, 2 * 3\n• 4 är 24."
    assert [text.text[start:end] for start, end in text.bold] == ["Motion", "Bakgrund", "Trygga vägar", "till skolan"]


def test_front_matter_as_a_word_processor_leaves_it() -> None:
    text = canonical("---  \nnamnd: ”Tekniska\u00a0nämnden”\ndatum: 2031-\u00ad06-11\n--- \nText\n".encode())
    assert text.meta == {"namnd": "Tekniska nämnden", "datum": "2031-06-11"}


def test_a_foot_that_is_a_sentence_goes_where_it_stands_at_one_height() -> None:
    foot = "Handlingen är undertecknad av Anna Ek och Bo Al."
    for pages in (2, 3, 5):
        text = canonical(pdf(*[[f"§ {n} Ärende", f"Förslag {n} bifalls."] for n in range(1, pages + 1)], foot=foot))
        assert foot not in text.text, pages
        assert foot in text.furniture


def test_a_sentence_that_comes_again_within_the_page_stays() -> None:
    pages = [["Rad"] * n + ["§ 7 Val", "Paragrafen förklaras omedelbart justerad."] for n in range(36, 40)]
    text = canonical(pdf(*pages, head="Lidevads kommun"))
    assert text.text.count("omedelbart justerad.") == 4


def test_markdown_foot_of_a_sentence_between_strip_and_head() -> None:
    page = "**Protokoll** Lidevads kommun\n\n## § {n} Ärende\n\nRapporten godkänns.\n\n"
    page += "Justerandes sign\n\n_Allt är övning._\n\n"
    text = canonical("".join(page.format(n=n) for n in range(1, 5)).encode())
    assert text.text.count("Rapporten godkänns.") == 4
    assert "övning" not in text.text


STRIPS = [
    "Ordförandens sign Justerandes sign",
    "Justerandes signatur",
    "Justerarnas sign.",
    "Sekreterarens sign  Ordförandens sign  Justerandes sign",
]


@pytest.mark.parametrize("strip", STRIPS)
def test_strips_go_once_and_in_plain_text_too(strip: str) -> None:
    assert canonical(f"§ 4 Val\nBeslut\nAnna Ek väljs.\n{strip}\n".encode()).text.endswith("väljs.")


def test_a_sentence_with_a_strips_words_stays() -> None:
    text = "Justerandes signatur fattas på blad två."
    assert canonical(text.encode()).text == text


def test_a_tables_heading_on_two_pages_of_four_stays() -> None:
    def draw(lines: list[str], canvas: Canvas) -> None:
        for row, line in enumerate(lines):
            canvas.drawString(70, HEIGHT - 90 - 18 * row, line)

    pages = [["Drift", "Prognos per april"], ["Investeringar", "Prognos per april"], ["Sammanfattning"], ["Slutsats"]]
    text = canonical(pdf(*(partial(draw, lines) for lines in pages)))
    assert text.text.count("Prognos per april") == 2


@pytest.mark.parametrize("lead", ["Tekniska nämnden beslutar", "Nämnden föreslår att", "att godkänna planen"])
def test_a_lead_in_below_the_heads_of_several_pages_stays(lead: str) -> None:
    page = "Lidevads kommun    Sammanträdesprotokoll    Sida {n} av 4\n" + lead + "\natt vägen breddas.\n"
    text = canonical("\f".join(page.format(n=n) for n in range(1, 5)).encode())
    assert text.text.count(lead) == 4


def test_a_lead_in_at_the_top_of_both_pages_of_a_pdf_stays() -> None:
    def draw(n: int, canvas: Canvas) -> None:
        for row, line in enumerate(["Tekniska nämnden beslutar", f"att väg {n} breddas."]):
            canvas.drawString(70, HEIGHT - 60 - 14 * row, line)

    text = canonical(pdf(partial(draw, 1), partial(draw, 2), head="Lidevads kommun"))
    assert text.text.count("Tekniska nämnden beslutar") == 2


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_a_head_on_the_first_page_only_is_told_however_many_pages_follow(pages: int) -> None:
    body = ["Anna Ek (S) hälsar välkommen.", "§ 1 Val av justerare", "Bo Al väljs."]
    parted = "\n".join(("\n\f" if 0 < at < pages else "") + line for at, line in enumerate(body))
    head = "LIDEVADS KOMMUN    PROTOKOLL    Tekniska nämnden    2031-05-04"
    text = canonical(f"{head}\n\n{parted}".encode())
    assert text.text.split("\n\n")[0] == head, "it is the paper's own"
    assert text.head == "LIDEVADS KOMMUN PROTOKOLL Tekniska nämnden 2031-05-04"


def test_a_head_of_both_pages_goes() -> None:
    page = "Lidevads kommun    Sammanträdesprotokoll    Sida {n} av 2\n\nKommunen bygger vid ån och\n"
    text = canonical("\f".join(page.format(n=n) for n in (1, 2)).encode())
    assert text.text.count("Sammanträdesprotokoll") == 1
    assert text.text.endswith("bygger vid ån och\nKommunen bygger vid ån och")


@pytest.mark.parametrize("kind", ["Tjänsteskrivelse", "Motion", "Kallelse"])
def test_a_numbered_head_of_the_second_page_goes_whatever_the_kind(kind: str) -> None:
    page = f"Lidevads kommun    {kind}    Sida {{n}} av 2\n\nKommunen bygger vid ån och\n"
    text = canonical("\f".join(page.format(n=n) for n in (1, 2)).encode())
    assert text.text.endswith("bygger vid ån och\nKommunen bygger vid ån och")


def test_another_head_on_even_pages_goes_though_only_one_page_is_even() -> None:
    def draw(n: int, canvas: Canvas) -> None:
        canvas.drawString(70, HEIGHT - 36, "Lidevads kommun" if n % 2 else "2")
        canvas.drawString(400, HEIGHT - 36, f"{n} (3)" if n % 2 else "Lidevads kommun")
        for row in range(30):
            canvas.drawString(70, HEIGHT - 90 - 14 * row, f"Rad {row} på blad {n} i handlingen")

    text = canonical(pdf(*(partial(draw, n) for n in (1, 2, 3)))).text
    assert text.startswith(("Lidevads kommun\nRad 0", "Lidevads kommun\n\nRad 0"))
    assert text.count("Lidevads kommun") == 1
