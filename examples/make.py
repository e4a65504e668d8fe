"""Makes the sample papers: `python -m examples.make` writes examples/papers from examples/sources.

A source is a head of `key: value` lines, an empty line, and a body in a small markup:

    § 41 Heading | KS 2024/512    an item, with its case number
    == Beslut                     a section heading
    1. Point / - bullet / att     kept as they stand
    |a|b|                         a row of a table
    [[columns]] .. [[/columns]]   set in two columns
    [[page]]                      a new page

Everything in them is made up, and each paper says so in its foot.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from examples.formats import docx, html, markdown, plain
from examples.pdf import pdf, scan
from examples.source import Source

HERE = Path(__file__).parent
WRITERS = {".pdf": pdf, ".docx": docx, ".html": html, ".md": markdown, ".txt": plain}


def papers() -> Iterator[tuple[Path, bytes]]:
    """Every sample paper: where it goes, and its bytes."""
    for path in sorted((HERE / "sources").glob("*.txt")):
        source = Source.parse(path.read_text("utf-8"))
        write = scan if source.head.get("scan") else WRITERS[Path(source.file).suffix]
        yield HERE / "papers" / source.file, write(source)


def main() -> None:
    for path, data in papers():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(path.relative_to(HERE))


if __name__ == "__main__":
    main()
