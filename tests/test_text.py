"""Canonical text of every format, and of input that is broken or hostile."""

import io
import random
import time
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors import ocr
from extractors.model import Unreadable
from extractors.text import canonical
from tests.papers import HEIGHT, pdf, word

HEAD = "Lidevads kommun    Sammanträdesprotokoll   Sida {n} av 3"


def test_furniture_goes_and_sentences_go_on_over_the_page() -> None:
    lines = [f"Ledamot {row} redogör för ärendet och dess följder för kommunen." for row in range(38)]
    data = pdf([*lines, "Nämnden beslutar att kommun-"], ["styrelsen får ansvaret.", *lines], lines, head=HEAD)
    text = canonical(data)
    assert "Nämnden beslutar att kommunstyrelsen\nfår ansvaret." in text.text
    assert text.text.count("Sammanträdesprotokoll") == 1  # kept where it stands first
    assert any("Lidevads kommun" in line for line in text.furniture)
    second = text.pages[1]
    assert text.text[second.start : second.end].startswith("styrelsen")


def test_pages_cover_the_text() -> None:
    text = canonical(pdf(["§ 1 Mötets öppnande"], [], ["§ 2 Val av justerare"], foot="{n} (3)"))
    assert [text.text[page.start : page.end].strip() for page in text.pages] == [
        "§ 1 Mötets öppnande",
        "",
        "§ 2 Val av justerare",
    ]
    assert text.pages[0].start == 0
    assert text.pages[-1].end == len(text.text)


def test_section_headings_are_no_furniture() -> None:
    pages = [[f"§ {number} Ärende {number}", "Beslut", f"Förslag {number} bifalls."] for number in range(1, 6)]

    def draw(lines: list[str], canvas: Canvas) -> None:
        for row, line in enumerate(lines):
            canvas.drawString(70, HEIGHT - 70 - 14 * row, line)

    text = canonical(pdf(*(lambda canvas, lines=lines: draw(lines, canvas) for lines in pages), head="Lidevads kommun"))
    assert text.text.count("Beslut") == 5
    assert [f"§ {number} Ärende {number}" in text.text for number in range(1, 6)] == [True] * 5
    assert text.text.count("Lidevads kommun") < 5


def test_a_signature_strip_goes_even_if_it_stands_once() -> None:
    text = canonical(pdf(["§ 1 Val av justerare"], foot="Justerandes signatur"))
    assert "Justerandes" not in text.text
    assert text.furniture == ("Justerandes signatur",)


def test_wide_gaps_are_two_spaces() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (name, sum_) in enumerate([("Socialnämnden", "12 500"), ("Tekniska nämnden", "8 200")]):
            canvas.drawString(70, HEIGHT - 200 - 14 * row, name)
            canvas.drawRightString(400, HEIGHT - 200 - 14 * row, sum_)

    assert canonical(pdf(draw)).text == "Socialnämnden  12 500\nTekniska nämnden  8 200"


PARAGRAPHS = "Nämnden beslutar\natt bifalla förslaget.\n\nSkälen är många."
TEXTS = [
    (PARAGRAPHS.encode(), PARAGRAPHS, "UTF-8"),
    (PARAGRAPHS.encode("cp1252"), PARAGRAPHS, "Windows-1252"),
    (PARAGRAPHS.replace("\n", "\r\n").encode("utf-16"), PARAGRAPHS, "UTF-16 and Windows' line ends"),
    ("Beslut  \n\n\n\nBifalls.\u00a0\n".encode(), "Beslut\n\nBifalls.", "blanks at ends, many blank lines"),
    ("kommun\u00ad\nstyrelsen".encode(), "kommunstyrelsen", "a soft hyphen at the end of a line"),
    ("O\u0308rebro".encode(), "Örebro", "letters in pieces are put together"),
    ("\uf0b7 punkt ett".encode(), "• punkt ett", "Word's bullet"),
]


@pytest.mark.parametrize(("data", "expected", "why"), TEXTS)
def test_plain_text(data: bytes, expected: str, why: str) -> None:
    assert canonical(data).text == expected, why


def test_word_document() -> None:
    data = word(
        "# Motion om cykelbanor",
        "Vi yrkar",
        "att nämnden utreder saken.",
        head="Dnr KS 2024/12",
        rows=[["År", "Tkr"], ["2024", "350"]],
    )
    text = canonical(data)
    assert (
        text.text
        == "Dnr KS 2024/12\n\nMotion om cykelbanor\n\nVi yrkar\n\natt nämnden utreder saken.\n\nÅr\tTkr\n2024\t350"
    )
    assert text.meta["title"] == "Motion om cykelbanor"
    assert [text.text[start:end] for start, end in text.bold] == ["Motion om cykelbanor"]
    assert text.head == "Dnr KS 2024/12"


def _bomb(megabytes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("word/document.xml", b"0" * (megabytes << 20))
    return out.getvalue()


def _entities() -> bytes:
    bomb = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", bomb)
    return out.getvalue()


def _flipped(data: bytes) -> bytes:
    """With another byte in the middle of what was packed first after its text's name."""
    at = data.index(b"word/document.xml") + 60
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 40]) + data[at + 40 :]


LONG = pdf(*[[f"§ {number} Ärende", "Beslut", "Bifalls."] for number in range(30)])
BROKEN = [
    (b"", "read", "empty", "an empty file"),
    (LONG[:600], "read", "truncated", "a PDF cut off near its start"),
    (b"%PDF-1.7\n" + random.Random(1).randbytes(4000), "read", "truncated", "noise that calls itself a PDF"),
    (pdf(["Hemligt"], encrypt="lösen"), "read", "password", "a PDF that asks for a password"),
    (_bomb(100), "read", "zip bomb", "a zip bomb named .docx"),
    (_entities(), "read", "entities", "an entity bomb in a DOCX"),
    (word("Beslut")[:-300], "read", "fetch it again", "a truncated DOCX"),
    (_flipped(word("Beslut " * 500)), "read", "fetch it again", "a DOCX with damage in its packed text"),
    (
        b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>",
        "fetch",
        "error page",
        "404",
    ),
    (
        "<!doctype html><title>Sidan finns inte</title><p>Sidan du söker kunde inte hittas.".encode(),
        "fetch",
        "error page",
        "Swedish 404",
    ),
    (
        "<!doctype html><title>Ett fel har inträffat</title><h1>Ett fel har inträffat</h1>".encode(),
        "fetch",
        "error page",
        "Swedish 500",
    ),
    (
        '<html><title>Intranät</title><form>Användare<input type="password"></form></html>'.encode(),
        "fetch",
        "login",
        "a login page",
    ),
    (
        b"<html><title>Logga in</title><p>Logga in med BankID.</p></html>",
        "fetch",
        "login",
        "a login page without a field",
    ),
    (
        b"<html><head><title>x</title></head><body><script>go()</script></body></html>",
        "read",
        "no text",
        "an empty page",
    ),
]


@pytest.mark.parametrize(("data", "stage", "words", "why"), BROKEN)
def test_unreadable(data: bytes, stage: str, words: str, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        canonical(data, "protokoll.pdf")
    assert (raised.value.stage, words in raised.value.reason) == (stage, True), (why, raised.value)


def test_a_pdf_without_its_end_says_so() -> None:
    try:
        text = canonical(LONG[: len(LONG) * 9 // 10])
    except Unreadable as error:
        assert "truncated" in error.reason
    else:
        assert "end is missing" in text.issues[0].reason


def test_two_thousand_pages() -> None:
    data = pdf(
        *[[f"§ {number} Ärende", "Beslut", "Nämnden bifaller förslaget."] for number in range(2000)],
        head="Lidevads kommun",
    )
    start = time.perf_counter()
    text = canonical(data)
    assert len(text.pages) == 2000
    assert "§ 1999 Ärende" in text.text
    assert time.perf_counter() - start < 30


def test_a_drawn_page_is_an_issue_or_is_read() -> None:
    def scan(canvas: Canvas) -> None:
        for row in range(150):
            canvas.line(60, HEIGHT - 100 - row, 500, HEIGHT - 100 - row)

    text = canonical(pdf(scan), ocr=False)
    assert text.text == ""
    assert "page 1" in text.issues[0].reason
    assert "tesseract" in text.issues[0].reason


@pytest.mark.skipif(not ocr.installed(), reason="tesseract with Swedish is not installed")
def test_a_scan_is_read() -> None:
    def scan(canvas: Canvas) -> None:
        from pypdfium2 import PdfDocument
        from reportlab.lib.utils import ImageReader

        picture = PdfDocument(pdf(["Kommunstyrelsen beslutar att förslaget avslås."]))[0].render(scale=3).to_pil()
        canvas.drawImage(ImageReader(picture), 0, 0, *canvas._pagesize)

    text = canonical(pdf(scan))
    assert "Kommunstyrelsen beslutar att förslaget avslås." in text.text
    assert text.pages[0].ocr


def test_the_same_bytes_give_the_same_text() -> None:
    assert canonical(LONG) == canonical(LONG)


LETTER = [
    "Nämnden har fått en skrivelse",
    "om badhuset, som ska rustas",
    "för alla som vill simma där",
    "och inte har bil,",
    "utan åker buss.",
]


def test_paragraphs_of_one_line_are_parted_where_most_lines_are() -> None:
    def draw(canvas: Canvas) -> None:
        top = HEIGHT - 150.0
        for line in ("Beslut", "Planen antas.", "Beslutet skickas till", "Kontoret", "Bolaget", *LETTER):
            canvas.drawString(70, top, line)
            top -= 14 if line in LETTER else 21

    assert canonical(
        pdf(draw)
    ).text == "Beslut\n\nPlanen antas.\n\nBeslutet skickas till\n\nKontoret\n\nBolaget\n\n" + ("\n".join(LETTER))
