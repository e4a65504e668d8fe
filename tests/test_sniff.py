"""Formats by their bytes, and what is said of files that are no papers."""

import io
import zipfile

import pytest

from extractors.model import Unreadable
from extractors.sniff import decode, sniff
from tests.papers import pdf, word

SWEDISH = "Nämnden beslutar att bifalla förslaget på årets möte – § 5"
KNOWN = [
    (pdf(["Beslut"]), "pdf", "a PDF"),
    (b"\n\n" + pdf(["Beslut"]), "pdf", "blank lines before the PDF's mark"),
    (word("Beslut"), "docx", "a zip with word/document.xml"),
    (b"<!DOCTYPE html><html><body>Beslut</body></html>", "html", "HTML5"),
    (b"\xef\xbb\xbf<html><head></head></html>", "html", "a byte order mark before HTML"),
    (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "html", "XHTML"),
    (b"---\nnamnd: Kommunstyrelsen\n---\nText", "markdown", "a front matter"),
    ("# Beslut\n\n**Nämnden** bifaller\n\n## Bakgrund\n".encode(), "markdown", "headings and bold"),
    (SWEDISH.encode(), "text", "UTF-8"),
    (SWEDISH.encode("utf-8-sig"), "text", "UTF-8 with its mark"),
    (SWEDISH.encode("utf-16"), "text", "UTF-16 with its mark"),
    (SWEDISH.encode("utf-16-le"), "text", "UTF-16 without a mark"),
    (SWEDISH.encode("cp1252"), "text", "Windows-1252"),
    (b"---  \nnamnd: Kommunstyrelsen\n--- \nText", "markdown", "blanks after its rules"),
    ("# Mötet\nkl. 18".encode(), "text", "one mark of Markdown proves nothing"),
]


@pytest.mark.parametrize(("data", "format", "why"), KNOWN)
def test_known(data: bytes, format: str, why: str) -> None:
    assert sniff(data) == format, why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_decoded(encoding: str) -> None:
    assert decode(SWEDISH.encode(encoding)) == SWEDISH


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_line_ends(end: str) -> None:
    assert decode(f"Ärende{end}{end}Beslut".encode()) == "Ärende\n\nBeslut"


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


UNKNOWN = [
    (b"", "empty", "no bytes"),
    (b" \n\r\n", "empty", "blanks only"),
    (b"\0" * 2000, "empty", "a hole where a file was to be"),
    (_zip("xl/workbook.xml"), "spreadsheet", "XLSX"),
    (_zip("ppt/presentation.xml"), "presentation", "PPTX"),
    (_zip("a.txt"), "a zip", "any zip"),
    (word("Beslut")[:900], "damaged zip", "a truncated DOCX"),
    (_zip("a").replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"), "damaged", "a zip of a form to come"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Office", "Word 97"),
    (b"\x89PNG\r\n\x1a\n" + bytes(500), "picture", "PNG"),
    (b"{\\rtf1\\ansi Beslut}", "RTF", "RTF"),
    (bytes(range(256)) * 20, "neither", "any bytes"),
]


@pytest.mark.parametrize(("data", "word_in_reason", "why"), UNKNOWN)
def test_unknown(data: bytes, word_in_reason: str, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        sniff(data)
    assert word_in_reason in raised.value.reason, why
