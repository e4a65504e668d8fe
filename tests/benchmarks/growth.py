"""How search grows with the collection: `python -m tests.benchmarks.growth [--to 1000000] [--draw docs/growth.svg]`.

An index of each size is made of the papers' passages (stock.py) and asked by a new process; `--scan` makes one more of
each of these sizes without a graph, to compare. The largest takes half an hour to build: `--folder` keeps them, so that
all can be built first (`--build`) and asked one after another later.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from index import edge
from tests.benchmarks import asking, material, stock
from tests.benchmarks.chart import chart

SIZES = (20_000, 50_000, 200_000, 1_000_000)
WAYS = ("hybrid", "hybrid, facets", "hybrid, filters and facets", "BM25 alone", "dense alone")
HEAD = [
    "passages", "put in, s", "optimised, s", "on disk, MiB", "memory, MiB", *(f"{way}, p50 (p95) ms" for way in WAYS),
]  # fmt: skip


def point(base: Any, folder: Path, size: int, number: int, graph: int) -> tuple[list[str], dict[str, Any]]:
    """One size: its row, and what was measured."""
    built = stock.build(base, folder / f"{size}-{graph}", size, graph)
    told = asking.in_a_process(built.where.home, number, 0, WAYS)
    name = f"{built.passages:,}" + ("" if graph else ", scan")
    cells = [f"{told['ways'][way]['p50']:.1f} ({told['ways'][way]['p95']:.1f})" for way in WAYS]
    sizes = [f"{built.put_in:.0f}", f"{built.optimised:.0f}", f"{built.bytes >> 20}", f"{told['memory'] >> 20}"]
    return [name, *sizes, *cells], told | {"passages": built.passages}


def main() -> None:
    """Run, print and draw."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=__doc__)
    parser.add_argument("--to", type=int, default=1_000_000, help="the largest size")
    parser.add_argument("--questions", type=int, default=200, help="questions asked in each way")
    parser.add_argument("--scan", type=int, nargs="*", default=[], help="sizes to be made without a graph too")
    parser.add_argument("--folder", type=Path, help="where the indexes are kept; by default they are thrown away")
    parser.add_argument("--build", action="store_true", help="only build them")
    parser.add_argument("--home", type=Path, help="a home that has been filled with the papers")
    parser.add_argument("--draw", type=Path, help="an SVG to draw the growth in")
    given = parser.parse_args()
    sizes = [(size, edge.GRAPH) for size in SIZES if size <= given.to] + [(size, 0) for size in given.scan]
    with tempfile.TemporaryDirectory(prefix="paragraf-benchmark-") as name:
        folder = given.folder or Path(name)
        base = stock.ingested(given.home or folder / "base", material.folder())
        if given.build:
            for size, graph in sizes:
                stock.build(base, folder / f"{size}-{graph}", size, graph)
            return
        print(f"{material.machine()}\n\n{material.table(HEAD, [])}", flush=True)
        measured = []
        for size, graph in sizes:
            cells, told = point(base, folder, size, given.questions, graph)
            measured += [told] if graph else []
            print(f"| {' | '.join(cells)} |", flush=True)
    if given.draw:
        lines = {way: [(one["passages"], one["ways"][way]["p95"]) for one in measured] for way in WAYS}
        given.draw.write_text(chart(lines, "passages", "95th percentile of a search, ms"), encoding="utf-8")


if __name__ == "__main__":
    main()
