"""What kind of file some bytes are, whatever they are called."""

from __future__ import annotations

import io
import re
import zipfile

from extractors.model import Unreadable

PDF, HTML, DOCX, MARKDOWN, TEXT = "pdf", "html", "docx", "markdown", "text"

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_MARKS = (
    re.compile(r"\A---[ \t]*\n(?:\w[\w-]*:.*\n|[ #].*\n|- .*\n)+---[ \t]*\n"),  # front matter
    re.compile(r"^#{1,6} \S", re.MULTILINE),  # heading
    re.compile(r"\*\*\S[^*\n]*\*\*"),  # bold
    re.compile(r"\[[^\]\n]+\]\([^)\s]+\)"),  # link
    re.compile(r"^\|.*\|\s*\n\|[ :|-]+\|\s*$", re.MULTILINE),  # table
    re.compile(r"^<!-- .* -->$", re.MULTILINE),
)
# First bytes -> what to tell the person who sent it.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls or .ppt): save it as PDF or DOCX",
    b"{\\rtf": "an RTF file: save it as PDF or DOCX",
    b"\x89PNG": "a picture (PNG): save it as PDF",
    b"\xff\xd8\xff": "a picture (JPEG): save it as PDF",
    b"II*\x00": "a picture (TIFF): save it as PDF",
    b"MM\x00*": "a picture (TIFF): save it as PDF",
    b"GIF8": "a picture (GIF): save it as PDF",
    b"\x1f\x8b": "a compressed file (gzip): unpack it first",
    b"7z\xbc\xaf": "a compressed file (7z): unpack it first",
    b"Rar!": "a compressed file (rar): unpack it first",
}
_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")  # Windows', old Macs', and those of Unicode
_LATIN_GUARD = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes) -> str:
    """The format of a file: "pdf", "html", "docx", "markdown" or "text"; Unreadable if it is none of them.

    >>> sniff(b"%PDF-1.7 ..."), sniff(b"<!DOCTYPE html><title>Nytt</title>"), sniff("Beslut på mötet".encode("latin-1"))
    ('pdf', 'html', 'text')
    """
    if not data.strip(b"\0 \t\r\n\f"):
        raise Unreadable("read", "the file is empty: fetch it again from its source")
    if is_pdf(data):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data)
    for first, reason in _OTHERS.items():
        if data.startswith(first):
            raise Unreadable("read", f"not a paper that can be read but {reason}")
    text = decode(data)
    if is_html(data) or re.search(r"<html[\s>]", text[:2048], re.IGNORECASE):
        return HTML
    return MARKDOWN if _is_markdown(text) else TEXT


def is_pdf(data: bytes) -> bool:
    """Whether these bytes, a file or its first thousand, are a PDF; a server may have written a line before it."""
    return b"%PDF-" in data[:1024]


def is_html(data: bytes) -> bool:
    """Whether these bytes, a file or its first thousands, are a web page."""
    return _HTML.search(data[:4096]) is not None


def _in_zip(data: bytes) -> str:
    """A DOCX is a zip that holds word/document.xml."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable("read", "the file is a damaged zip (a truncated DOCX?): fetch it again") from error
    if "word/document.xml" in names:
        return DOCX
    kind = next((kind for kind in ("xl", "ppt", "content.xml") if any(name.startswith(kind) for name in names)), None)
    what = {"xl": "a spreadsheet", "ppt": "a presentation", "content.xml": "an OpenDocument file"}.get(
        kind or "", "a zip"
    )
    raise Unreadable("read", f"not a paper that can be read but {what}: save it as PDF or DOCX, or unpack it")


def decode(data: bytes) -> str:
    """Bytes -> text with plain line ends: UTF-8, UTF-16, else Windows-1252 (Latin-1); Unreadable if it is no text.

    >>> decode("Kommunfullmäktige\\r\\n§ 1".encode("cp1252"))
    'Kommunfullmäktige\\n§ 1'
    """
    encoding = next((name for mark, name in _ENCODINGS.items() if data.startswith(mark)), None) or _guess(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace") if encoding.startswith("utf-16") else _latin(data)
    return _LINE_END.sub("\n", text)


def _guess(data: bytes) -> str:
    """UTF-16 without a mark has a zero in every other byte."""
    start = data[:2000]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(start) > 8 and start[first::2].count(0) > 0.4 * len(start[first::2]):
            return encoding
    return "utf-8"


def _latin(data: bytes) -> str:
    """Windows-1252, whose five unused bytes are taken as Latin-1; UTF-8 with a few broken bytes stays UTF-8."""
    if len(_LATIN_GUARD.findall(data)) > 0.002 * len(data) + 1:
        raise Unreadable("read", "the file is neither PDF, HTML, DOCX nor text: look at what its source really sends")
    loose = data.decode("utf-8", "replace")
    if len(re.findall("[åäöÅÄÖé–”•§]", loose)) > 10 * loose.count("\ufffd"):
        return loose
    return (
        "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
        if _odd(data)
        else data.decode("cp1252")
    )


def _odd(data: bytes) -> bool:
    return any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")


def _is_markdown(text: str) -> bool:
    """A front matter, or at least two marks of Markdown."""
    found = [mark.search(text) is not None for mark in _MARKS]
    return found[0] or sum(len(mark.findall(text)) for mark in _MARKS[1:]) >= 2
