"""Following cases and counting: how long a case and each statistic takes, and by what the stops of a record are linked.

    python -m tests.benchmarks.following [--items 50000]    # a record of invented protocols
    python -m tests.benchmarks.following --links HOME       # every case of a home that is there, counted

The record is made of protocols of 50 §§ each, two fifths of them of one municipality; each matter goes through three
bodies. A case is followed by its number, as its page does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from extractors.model import Document, Municipality
from index import tables
from index.cases.chain import follow
from index.catalog import Catalog, Paper
from index.settings import load
from index.statistics.ask import statistic
from index.statistics.asked import SUBJECTS, Asked
from tests.records import listed, protocol

_ITEMS = 50  # of a protocol
_AT_ONCE = 20  # papers saved in one transaction
_BODIES = ("Kommunstyrelsens arbetsutskott", "Kommunstyrelsen", "Kommunfullmäktige")
_PLACES = ("1489", "1489", "1286", "2062", "0488")
_NAMES = {"1489": "Alingsås", "1286": "Ystad", "2062": "Mora", "0488": "Trosa"}
_CASES = 60  # that are followed


def main() -> None:
    """Prints a line for cases and one for each subject, or one for each kind of link."""
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    told.add_argument("--items", type=int, default=50_000)
    told.add_argument("--links", metavar="HOME", help="count the links of all cases of this home instead")
    asked = told.parse_args()
    if asked.links:
        with Catalog(load({"PARAGRAF_HOME": asked.links}).catalog) as catalog:
            _links(catalog)
        return
    with tempfile.TemporaryDirectory() as folder, Catalog(f"sqlite:///{Path(folder) / 'catalog.sqlite'}") as catalog:
        _fill(catalog, asked.items)
        _cases(catalog)
        _subjects(catalog)


def _fill(catalog: Catalog, items: int) -> None:
    catalog.source("papers", "folder", "/papers")
    run, papers = catalog.start_run("ingest"), items // _ITEMS
    for at in range(0, papers, _AT_ONCE):
        made = [_paper(n) for n in range(at, min(at + _AT_ONCE, papers))]
        catalog.save_all((Paper(listed(f"{one.id}.pdf"), one.id, one) for one in made), run)


def _paper(n: int) -> Document:
    """The nth protocol: three after another have the same matters."""
    group, body = divmod(n, len(_BODIES))
    code = _PLACES[group % len(_PLACES)]
    made = protocol(f"Nr {n}", items=_ITEMS, date=f"{2015 + group % 11}-{body + 4:02d}-{group % 28 + 1:02d}")
    numbers = [f"KS {2015 + group % 11}/{group * _ITEMS + at}" for at in range(1, _ITEMS + 1)]
    held = [
        replace(item, case_number=number, title=f"Bidrag till förening {group}-{at}")
        for at, (item, number) in enumerate(zip(made.items, numbers, strict=True))
    ]
    finds = [
        replace(find, canonical=number, text=number) for find, number in zip(made.case_numbers, numbers, strict=True)
    ]
    place = Municipality(code, _NAMES[code])
    return replace(made, items=tuple(held), case_numbers=tuple(finds), municipality=place, body=_BODIES[body])


def _numbers(catalog: Catalog) -> list[tuple[str, str]]:
    """Every case that an item is of: municipality and number."""
    cases, of = tables.cases.c, tables.case_items.c
    asked = select(cases.municipality_code, cases.case_number).join_from(tables.cases, tables.case_items)
    with catalog.engine.connect() as db:
        return [(code, number) for code, number in db.execute(asked.where(of.own).distinct().order_by(cases.id))]


def _cases(catalog: Catalog) -> None:
    of_one = [one for one in _numbers(catalog) if one[0] == "1489"]
    times = []
    for code, number in random.Random(1).sample(of_one, min(_CASES, len(of_one))):
        began = time.perf_counter()
        stops = len(follow(catalog.engine, code, number).stops)
        times.append(1000 * (time.perf_counter() - began))
        assert stops >= len(_BODIES)
    print(f"a case: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms ({len(times)} cases)")


def _subjects(catalog: Catalog) -> None:
    for subject, divisions in SUBJECTS.items():
        began = time.perf_counter()
        rows = len(statistic(catalog, Asked.of(subject, divisions[0])).rows)
        took = time.perf_counter() - began
        print(f"{subject} by {divisions[0]}: {took:.2f} s the first time ({rows} rows)", flush=True)


def _links(catalog: Catalog) -> None:
    """How many stops of all cases were found by what; by reference and title is for a person to look at."""
    counted: Counter[str] = Counter(_kinds(catalog))
    print(f"{counted.pop('cases')} cases, {sum(counted.values())} stops")
    for kind, number in counted.most_common():
        print(f"{number:>6}  {kind}")


def _kinds(catalog: Catalog) -> Iterator[str]:
    for code, number in _numbers(catalog):
        yield "cases"
        for stop in follow(catalog.engine, code, number).stops:
            yield f"by {stop.link.by}" + ("" if stop.link.sure else ", a guess")


if __name__ == "__main__":
    main()
