"""From a cold start: `python -m tests.benchmarks.cold`: `status`, `search` and `read` as new processes."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import material

HEAVY = ("torch", "spacy", "prefect", "sentence_transformers", "qdrant_client", "dateparser", "trafilatura")
QUESTION = "hjälp att lämna gäng"


def seconds(command: list[str], home: Path, times: int) -> tuple[float, float]:
    """Median and longest wall clock of a command."""
    environment = os.environ | {"PARAGRAF_HOME": str(home)}
    taken = []
    for _ in range(times):
        began = time.monotonic()
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.monotonic() - began)
    return statistics.median(taken), max(taken)


def imported(command: list[str], home: Path) -> list[str]:
    """Which of the heavy libraries a command imports."""
    environment = os.environ | {"PARAGRAF_HOME": str(home)}
    told = subprocess.run(
        [sys.executable, "-X", "importtime", *command[1:]], env=environment, capture_output=True, text=True, check=True
    ).stderr
    names = {line.rsplit("|", 1)[-1].strip() for line in told.splitlines() if line.startswith("import time:")}
    return [name for name in HEAVY if name in names]


def thirty_pages() -> Path:
    """The PDF of a protocol nearest to 30 pages, or the longest there is."""
    protocols = [pair for pair in material.pdfs() if "protokoll" in pair[0].name] or material.pdfs()
    return min(protocols, key=lambda pair: abs(pair[1] - 30))[0]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.cold", description=__doc__)
    parser.add_argument("--home", type=Path, help="a home with papers in it; by default all papers are ingested first")
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paragraf-benchmark-") as name:
        home, paragraf = asked.home or Path(name), material.PARAGRAF
        if asked.home is None:
            seconds([*paragraf, "ingest", "--quiet", str(material.folder())], home, 1)
        paper = thirty_pages()
        commands = {
            "`status`": [*paragraf, "status", "--json"],
            "`search`": [*paragraf, "search", QUESTION, "--json"],
            f"`read` ({material.pages(paper)} pages)": [*paragraf, "read", str(paper), "--json"],
        }
        rows = [
            [
                what,
                *(f"{figure:.2f}" for figure in seconds(command, home, asked.times)),
                ", ".join(imported(command, home)) or "-",
            ]
            for what, command in commands.items()
        ]
    print(f"{material.machine()}\n\n{material.table(['command', 'median s', 'longest s', 'heavy imports'], rows)}\n")


if __name__ == "__main__":
    main()
