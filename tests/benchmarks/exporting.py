"""Taking away many decisions: rows a second, and the most memory that a process has, which must not grow with them.

    python -m tests.benchmarks.exporting [--sizes 10000,100000] [--formats csv,parquet]

The record is made of invented protocols of 50 decisions each. Each row is a process of its own; `found` takes the rows
of items that are named one by one, as a search does.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from index import tables
from index.catalog import Catalog, Paper
from index.export import columns, opened
from index.rowfiles import FORMATS, stream
from tests.records import listed, protocol

_ITEMS = 50  # of a protocol
_AT_ONCE = 20  # papers saved in one transaction


def main() -> None:
    """Prints a line for each size and format."""
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    told.add_argument("--sizes", default="10000,100000", help="decisions, with commas between")
    told.add_argument("--formats", default=",".join(FORMATS))
    told.add_argument("--one", nargs=3, metavar=("URL", "FORMAT", "FOUND"), help=argparse.SUPPRESS)
    asked = told.parse_args()
    if asked.one:
        _one(*asked.one)
        return
    print("decisions  rows of  format    rows/s  first byte        bytes   memory", flush=True)
    for size in map(int, asked.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'catalog.sqlite'}"
            _fill(url, size)
            for found in ("all", "found"):
                for format in asked.formats.split(","):
                    one = ["-m", "tests.benchmarks.exporting", "--one", url, format, found]
                    subprocess.run([sys.executable, *one], check=True)


def _fill(url: str, decisions: int) -> None:
    with Catalog(url) as catalog:
        catalog.source("papers", "folder", "/papers")
        run, papers = catalog.start_run("ingest"), decisions // _ITEMS
        for at in range(0, papers, _AT_ONCE):
            made = [protocol(f"Nr {n}", items=_ITEMS) for n in range(at, min(at + _AT_ONCE, papers))]
            catalog.save_all((Paper(listed(f"{one.id}.pdf"), one.id, one) for one in made), run)


def _one(url: str, format: str, found: str) -> None:
    began, size, first, shape = time.perf_counter(), 0, 0.0, columns("decisions")
    with Catalog(url) as catalog:
        among = _items(catalog) if found == "found" else None
        with opened(catalog.engine, "decisions", None, among) as rows:
            count = rows.count()
            for piece in stream(rows, shape, format):
                first = first or (time.perf_counter() - began if piece else 0.0)
                size += len(piece)
    took, memory = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = f"{count:>9}  {found:<7}  {format:<7}  {count / took:>7.0f}  {first:>8.2f} s  {size:>11}  {memory:>4.0f} MB"
    print(told, flush=True)


def _items(catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Every item, as the index would tell that it was found."""
    documents, contents, items = tables.documents, tables.contents, tables.items
    asked = select(documents.c.id, contents.c.sha256, items.c.ordinal).join_from(documents, contents)
    with catalog.engine.connect() as db:
        for row in db.execution_options(yield_per=1000).execute(asked.join(items, items.c.content_id == contents.c.id)):
            yield {"document": row.id, "sha256": row.sha256, "item_index": row.ordinal - 1}


if __name__ == "__main__":
    main()
