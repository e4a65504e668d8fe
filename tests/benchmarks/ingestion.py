"""From PDF bytes to searchable: `python -m tests.benchmarks.ingestion [--pages 10000] [--plain 300]`.

Copies of the real PDFs go through `paragraf ingest` in a home of their own, start-up included and told apart (a run
over one short paper); the plain way reads a sample of the same PDFs. Prints a table for docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import material, plain
from tests.benchmarks.memory import Peak

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A run: seconds, pages, papers, and the most memory that it held."""

    seconds: float
    pages: int
    papers: int
    bytes: int = 0
    processes: int = 1


def ours(papers: Path, home: Path, pages: int, count: int, ocr: bool = False) -> Measured:
    """`paragraf ingest` on a folder, in a home of its own; without Tesseract, whose seconds a page drown all others."""
    environment = os.environ | {"PARAGRAF_HOME": str(home), "PARAGRAF_OCR": "on" if ocr else "off"}
    command = [*material.PARAGRAF, "ingest", "--quiet", "--json", str(papers)]
    began = time.monotonic()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        with Peak(process.pid) as peak:
            told, _ = process.communicate()
        seconds = time.monotonic() - began
    if process.returncode:
        raise SystemExit(f"ingest failed: {told}")
    print(f"  {json.dumps(json.loads(told), ensure_ascii=False)[:400]}", file=sys.stderr)
    return Measured(seconds, pages, count, peak.bytes, peak.processes)


def start_up(folder: Path) -> Measured:
    """The shortest real PDF alone: what a run takes before it is at work."""
    path, pages = min(material.pdfs(), key=lambda pair: (pair[1], pair[0].stat().st_size))
    (folder / "one").mkdir()
    (folder / "one" / path.name).write_bytes(path.read_bytes())
    return ours(folder / "one", folder / "home-one", pages, 1)


def whole(folder: Path, wanted: int) -> Measured:
    """All copies."""
    papers, pages = material.copies(folder / "many", wanted)
    print(f"{papers} papers, {pages} pages", file=sys.stderr)
    return ours(folder / "many", folder / "home-many", pages, papers)


def scans(folder: Path, start: Measured) -> list[list[str]]:
    """The papers with pages that only Tesseract can read, once each."""
    unread = [(path, pages) for path, pages in material.pdfs() if material.has_scans(path)]
    (folder / "scans").mkdir()
    for path, _ in unread:
        (folder / "scans" / path.name).write_bytes(path.read_bytes())
    if not unread or shutil.which("tesseract") is None:
        return []
    run = ours(folder / "scans", folder / "home-scans", sum(pages for _, pages in unread), len(unread), ocr=True)
    return [row("papers with scanned pages, Tesseract", run, start.seconds)]


def plainly(folder: Path, wanted: int) -> Measured:
    """The plain way over a sample, its libraries loaded before the clock starts."""
    plain.language()("Nämnden beslutar.")
    plain.model().encode(["Nämnden beslutar."])
    client = plain.store(str(folder / "plain"))
    began, pages, papers, points = time.monotonic(), 0, 0, 0
    with Peak(os.getpid()) as peak:
        for path, number in material.sample(wanted):
            points += plain.add(client, plain.passages(plain.text(path)), points)
            pages, papers = pages + number, papers + 1
        seconds = time.monotonic() - began
    client.close()
    return Measured(seconds, pages, papers, peak.bytes, peak.processes)


def row(way: str, run: Measured, start: float = 0.0) -> list[str]:
    """A row of the table; `start` seconds are taken off for the last rate."""
    after = run.pages / max(0.001, run.seconds - start)
    memory = f"{run.bytes / MEBIBYTE:,.0f}"
    return [
        way,
        str(run.papers),
        f"{run.pages:,}",
        f"{run.seconds:.1f}",
        f"{run.pages / run.seconds:.1f}",
        f"{after:.1f}",
        memory,
    ]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.ingestion", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000, help="pages through `paragraf ingest`")
    parser.add_argument("--plain", type=int, default=300, help="pages the plain way; 0 leaves it out")
    parser.add_argument("--folder", type=Path, help="where to work (a temporary folder by default)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder, prefix="paragraf-benchmark-") as name:
        folder = Path(name)
        first, many = start_up(folder), whole(folder, asked.pages)
        rows = [row("`paragraf ingest`", many, first.seconds), row("start-up: one short paper", first)]
        rows += scans(folder, first)
        ratio = ""
        if asked.plain:
            beside = plainly(folder, asked.plain)
            rows.append(row("plain: pdfplumber, spaCy, qdrant-client local", beside))
            ratio = f"\n{many.pages / many.seconds / (beside.pages / beside.seconds):.1f} times the plain way."
    head = ["way", "papers", "pages", "seconds", "pages/s", "pages/s after start-up", "peak PSS, MiB"]
    print(f"{material.machine()}\n\n{material.table(head, rows)}\n{ratio}")


if __name__ == "__main__":
    main()
