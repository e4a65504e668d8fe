"""DOCX -> sheets of lines: paragraphs, tables as rows with tabs, the first page's head; core properties as meta."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from extractors.model import Unreadable
from extractors.sheet import Line, Sheet

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKUP = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_BYTES = 256_000_000  # unpacked, pictures and all
_MOST_XML = 64_000_000  # unpacked, one part of the text
_RATIO = 150  # real documents unpack to 5-30 times their size
_BOMB = "the DOCX unpacks to far more than a paper holds (a zip bomb?): it was not opened"


def read(data: bytes) -> tuple[list[Sheet], dict[str, str]]:
    """The pages (as Word last broke them) and the core properties; Unreadable for bombs and damaged files."""
    _refuse_bomb(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        sheets = _sheets(document)
        meta = _properties(document.core_properties)
    except Unreadable:
        raise
    except Exception as error:  # python-docx raises many kinds for damaged files
        reason = f"the DOCX is damaged ({type(error).__name__}): open and save it again in Word, or fetch it again"
        raise Unreadable("read", reason) from error
    return sheets, meta


def _refuse_bomb(data: bytes) -> None:
    """Looks at declared sizes first and unpacks the text's parts within them; no entities are allowed in them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            whole = sum(entry.file_size for entry in entries)
            if whole > _MOST_BYTES or (whole > 10_000_000 and whole > _RATIO * len(data)) or len(entries) > 10_000:
                raise Unreadable("read", _BOMB)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _refuse_part(packed, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable(
            "read", "the DOCX is truncated, damaged or encrypted: fetch it again, or save it open"
        ) from error


def _refuse_part(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.file_size > _MOST_XML:
        raise Unreadable("read", _BOMB)
    with packed.open(entry) as part:
        text = part.read(_MOST_XML + 1)
    if len(text) > _MOST_XML:
        raise Unreadable("read", _BOMB)
    if _MARKUP.search(text[:65536].replace(b"\0", b"")):
        raise Unreadable("read", "the DOCX declares XML entities, which no paper needs: it was not opened")


def _sheets(document: Any) -> list[Sheet]:
    sheets = [Sheet(1)]
    heads, feet = _heads(document)
    sheets[0].furniture = heads + feet
    sheets[0].lines = [Line(text) for text in heads]
    for element in document.element.body:
        if element.tag == _WORD + "tbl":
            sheets[-1].lines += [Line(""), *_table(element), Line("")]
        elif element.tag in (_WORD + "p", _WORD + "sdt"):
            for paragraph in [element] if element.tag == _WORD + "p" else element.iter(_WORD + "p"):
                if _starts_page(paragraph) and sheets[-1].lines:
                    sheets.append(Sheet(len(sheets) + 1))
                sheets[-1].lines += _paragraph(paragraph, document)
    return sheets


def _heads(document: Any) -> tuple[list[str], list[str]]:
    """The lines of the first page's head, and those of all other heads and feet, each once."""
    section = document.sections[0] if len(document.sections) else None
    if section is None:
        return [], []
    first = section.different_first_page_header_footer
    heads = _part_lines(section.first_page_header if first else section.header)
    others: dict[str, None] = {}
    for each in document.sections:
        for part in (each.header, each.footer, each.first_page_footer):
            if not part.is_linked_to_previous:
                others.update(dict.fromkeys(_part_lines(part)))
    return heads, [line for line in others if line not in heads]


def _part_lines(part: Any) -> list[str]:
    if part.is_linked_to_previous:
        return []
    return [line for p in part._element.iter(_WORD + "p") for line in _text(p).split("\n") if line.strip()]


def _paragraph(paragraph: Any, document: Any) -> Iterator[Line]:
    """A paragraph's lines; a heading is bold, a list's item has its bullet, a blank line parts paragraphs."""
    text = _text(paragraph)
    if not text.strip():
        yield Line("")
        return
    style = _style(paragraph, document)
    item = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None or style.startswith(("list", "lista", "punkt"))
    heading = style.startswith(("heading", "rubrik", "title", "titel", "subtitle", "underrubrik"))
    if not item:
        yield Line("")
    mark = "• " if item and not heading and not re.match(r"\s*(?:[•–-]|\d+[.)])\s", text) else ""
    for number, line in enumerate(text.split("\n")):
        yield Line((mark if number == 0 else "") + line, bold=heading or _is_bold(paragraph))


def _style(paragraph: Any, document: Any) -> str:
    found = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    if found is None:
        return ""
    key = found.get(_WORD + "val") or ""
    name = next((style.name for style in document.styles if style.style_id == key), None)
    return str(name or key).casefold()


def _is_bold(paragraph: Any) -> bool:
    """Whether every run with words is bold."""
    runs = [run for run in paragraph.iter(_WORD + "r") if any((t.text or "").strip() for t in run.iter(_WORD + "t"))]
    bolds = [run.find(f"{_WORD}rPr/{_WORD}b") for run in runs]
    return bool(bolds) and all(bold is not None and bold.get(_WORD + "val") not in ("0", "false") for bold in bolds)


def _table(table: Any) -> Iterator[Line]:
    """A row is a line with tabs between its cells; a table of one column is lines."""
    for row in table.iter(_WORD + "tr"):
        if next(row.iterancestors(_WORD + "tbl")) is not table:
            continue
        cells = [[_text(p) for p in cell.iter(_WORD + "p")] for cell in row.iter(_WORD + "tc")]
        if len(cells) == 1:
            yield from (Line(line) for text in cells[0] for line in text.split("\n"))
        else:
            yield Line("\t".join(" ".join(" ".join(cell).split()) for cell in cells).rstrip())


def _text(paragraph: Any) -> str:
    """A paragraph's words as they read with all changes accepted."""
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == _WORD + "t" and not _is_doubled(node):
            parts.append(node.text or "")
        elif node.tag == _WORD + "tab" and node.getparent().tag == _WORD + "r":
            parts.append("\t")
        elif node.tag in (_WORD + "br", _WORD + "cr") and node.get(_WORD + "type") != "page":
            parts.append("\n")
        elif node.tag == _WORD + "noBreakHyphen":
            parts.append("-")
    return re.sub(r"\n\s*\Z|\A\s*\n", "", "".join(parts))


def _is_doubled(node: Any) -> bool:
    """Text that a text box holds twice, for old readers."""
    return any(parent.tag == _FALLBACK for parent in node.iterancestors())


def _starts_page(paragraph: Any) -> bool:
    """Whether Word last began a page inside this paragraph."""
    if any(True for _ in paragraph.iter(_WORD + "lastRenderedPageBreak")):
        return True
    return any(mark.get(_WORD + "type") == "page" for mark in paragraph.iter(_WORD + "br"))


def _properties(core: Any) -> dict[str, str]:
    meta = {
        "title": core.title,
        "author": core.author,
        "subject": core.subject,
        "created": core.created.date().isoformat() if core.created else "",
        "modified": core.modified.date().isoformat() if core.modified else "",
    }
    return {key: value for key, value in meta.items() if value}
