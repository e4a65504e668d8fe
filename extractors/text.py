"""Bytes -> one canonical text: pages, furniture off, hyphens joined. Every find's offsets point into `Text.text`."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Issue, Page


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a paper as everything after reads it.

    `furniture` holds the distinct running heads and feet that were taken off, `head` those of the first page: they
    still tell municipality, body and date. `bold` are the spans of lines that look like headings. `meta` is what the
    file itself says beside its text: the title of an HTML page, when it was published, a front matter.
    """

    text: str
    pages: tuple[Page, ...]
    format: str
    meta: dict[str, str] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()
    head: str = ""
    issues: tuple[Issue, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()


def canonical(data: bytes, source: str = "", ocr: bool = True) -> Text:
    """The text of a paper in any format that we know, by looking at its bytes; raises Unreadable."""
    import pypdfium2

    if not data.startswith(b"%PDF"):
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").strip("\n")
        return Text(text, (Page(1, 0, len(text)),), "text")
    parts: list[str] = []
    pages: list[Page] = []
    start = 0
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        text = page.get_textpage().get_text_range().replace("\r\n", "\n").replace("￾\n", "").strip("\n") + "\n"
        pages.append(Page(number, start, start + len(text)))
        parts.append(text)
        start += len(text)
    return Text("".join(parts), tuple(pages), "pdf")
