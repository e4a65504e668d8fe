"""Sample papers as DOCX, HTML, Markdown and plain text."""

from __future__ import annotations

import io
import textwrap
from html import escape

from docx import Document as Docx

from examples.source import FOOT, Block, Source


def plain(source: Source) -> bytes:
    """A text as a records system dumps it: heads and feet in it, lines of 90 characters."""
    head = [source.head.get(key, "") for key in ("municipality", "kind", "body", "date")]
    parts = ["    ".join(part for part in head if part)]
    for block in source.blocks:
        if block.name == "item":
            parts += ["", f"§ {block.text}", *([f"Dnr {block.case}"] if block.case else [])]
        elif block.name == "table":
            parts += ["    ".join(row) for row in block.rows]
        elif block.name in ("heading", "title"):
            parts += ["", block.text]
        elif block.name == "paragraph":
            parts += ["", *textwrap.wrap(block.text, 90)]
    return "\n".join([*parts, "", FOOT, ""]).encode(source.head.get("encoding", "utf-8"))


def markdown(source: Source) -> bytes:
    """Markdown as made from a PDF: bold heads, furniture left in."""
    parts = ["---", f'namnd: "{source.head["body"]}"', f'datum: "{source.head["date"]}"', "---", ""]
    parts += [f"**{source.head['kind']}** {source.head['municipality']}", ""]
    for block in source.blocks:
        if block.name == "item":
            parts += [f"## **§ {block.text}** {block.case}".rstrip(), ""]
        elif block.name in ("heading", "title"):
            parts += [f"**{block.text}**", ""]
        elif block.name == "table":
            first, *rest = block.rows
            parts += [f"|{'|'.join(first)}|", "|" + "---|" * len(first), *(f"|{'|'.join(row)}|" for row in rest), ""]
        elif block.name == "page":
            parts += [
                "Justerandes sign",
                "",
                f"_{FOOT}_",
                "",
                f"**{source.head['kind']}** {source.head['municipality']}",
                "",
            ]
        elif block.name == "paragraph":
            parts += [block.text, ""]
    return "\n".join([*parts, f"_{FOOT}_", ""]).encode()


def html(source: Source) -> bytes:
    """A news page of a municipality's site, with menu, cookies and foot around the text."""
    head = source.head
    body = "\n".join(_element(block) for block in source.blocks)
    menu = "".join(
        f'<li><a href="/{word.lower()}">{word}</a></li>' for word in ("Bygga", "Skola", "Omsorg", "Uppleva", "Politik")
    )
    return f"""<!DOCTYPE html>
<html lang="sv">
<head><meta charset="utf-8"><title>{escape(head["title"])} - {head["municipality"]}</title>
<meta property="og:site_name" content="{head["municipality"]}">
<meta property="article:published_time" content="{head["date"]}T08:30:00+02:00">
</head>
<body>
<div id="cookies">Vi använder kakor för att webbplatsen ska fungera. <button>Godkänn</button></div>
<header><a href="/">{head["municipality"]}</a><nav><ul>{menu}</ul></nav></header>
<main><article>
<h1>{escape(head["title"])}</h1>
<p class="date">Publicerad {head["published"]}</p>
{body}
</article></main>
<aside><h2>Läs mer</h2><ul><li><a href="/kontakt">Kontakta oss</a></li><li><a href="/press">Press</a></li></ul></aside>
<footer><p>{head["municipality"]}, {head.get("address", "")}</p><p>{FOOT}</p></footer>
</body>
</html>
""".encode()


def _element(block: Block) -> str:
    if block.name == "paragraph" and block.text.startswith("- "):
        return f"<ul><li>{escape(block.text[2:])}</li></ul>"
    return {"heading": f"<h2>{escape(block.text)}</h2>", "paragraph": f"<p>{escape(block.text)}</p>"}.get(
        block.name, ""
    )


def docx(source: Source) -> bytes:
    """A letter as written in Word."""
    document = Docx()
    document.sections[0].header.paragraphs[0].text = source.head["municipality"]
    document.sections[0].footer.paragraphs[0].text = FOOT
    for block in source.blocks:
        if block.name in ("title", "heading"):
            document.add_heading(block.text, 1 if block.name == "title" else 2)
        elif block.name == "table":
            table = document.add_table(len(block.rows), len(block.rows[0]))
            for row, words in zip(table.rows, block.rows, strict=True):
                for cell, word in zip(row.cells, words, strict=True):
                    cell.text = word
        elif block.name == "paragraph":
            style = "List Bullet" if block.text.startswith("- ") else None
            document.add_paragraph(block.text.removeprefix("- "), style=style)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
