"""What the benchmarks work on: real papers where ../shared is, our own samples elsewhere, copied to be many."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
REAL = REPOSITORY.parent / "shared" / "corpus" / "documents"
OWN = REPOSITORY / "examples" / "papers"
PARAGRAF = [sys.executable, str(Path(sys.executable).with_name("paragraf"))]  # the command, in this environment


def folder() -> Path:
    """The papers there are; says so where they are only our own."""
    if REAL.is_dir():
        return REAL
    print("../shared is not here: measured on our own samples in examples/", file=sys.stderr)
    return OWN


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        return len(pdf)


def pdfs() -> list[tuple[Path, int]]:
    """The PDFs and their numbers of pages."""
    return [(path, pages(path)) for path in sorted(folder().rglob("*.pdf"))]


def has_scans(path: Path) -> bool:
    """Whether a PDF has a page without a text layer."""
    import pypdfium2

    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        return any(page.get_textpage().count_chars() == 0 for page in pdf)


def copies(target: Path, wanted: int) -> tuple[int, int]:
    """Copies of the PDFs, each with a comment after its end so that no two have the same bytes, until there are as many
    pages as wanted. Returns how many papers and pages there are."""
    papers = written = 0
    originals = pdfs()
    for turn in count():
        for path, number in originals:
            if written >= wanted:
                return papers, written
            place = target / f"{turn:03}"
            place.mkdir(parents=True, exist_ok=True)
            (place / path.name).write_bytes(path.read_bytes() + f"\n%{turn}\n".encode())
            papers, written = papers + 1, written + number
    return papers, written


def sample(wanted: int) -> Iterator[tuple[Path, int]]:
    """Every so many of the PDFs, spread over all of them, until there are as many pages as wanted."""
    originals = pdfs()
    step = max(1, int(sum(number for _, number in originals) / max(1, wanted)))
    taken = 0
    for path, number in [pair for start in range(step) for pair in originals[start::step]]:
        if taken >= wanted:
            return
        taken += number
        yield path, number


def machine() -> str:
    """The machine in a few words, for the table."""
    import os

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    model = next(
        (line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), platform.processor()
    )
    return f"{cores} cores, {model or platform.machine()}, Python {platform.python_version()}"


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, numbers to the right.

    >>> print(table(["way", "s"], [["ours", "1.0"]]))
    | way | s |
    | --- | ---: |
    | ours | 1.0 |
    """
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
