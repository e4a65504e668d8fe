"""Asking a Searcher in a process of its own: how long each way takes, and how much memory the process has in the end.

    python -m tests.benchmarks.asking HOME [--questions 300] [--clients 8]

prints it as JSON; the other benchmarks start it, so that memory is that of one who only asks.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil

from index import queries, settings
from index.asking.filters import Filters
from index.opening import Opening
from index.vectors import LEADS
from tests.benchmarks import material
from tests.benchmarks.memory import pss

QUESTIONS = (
    "hjälp att lämna gäng", "avgift för skolskjuts", "cykelgarage vid stationen", "budget 2026", "KS 2021/549",
    "parkering", "vem har beviljat pengar till social insatsgrupp", "detaljplan för bostäder", "trygghetsboende",
    "motioner från SD om parkering", "årsredovisning", "taxa för vatten och avlopp", "delegationsordning",
    "simundervisning för barn", "medborgarförslag om lekplats", "vård och omsorg om äldre", "val av ledamöter",
    "upphandling av städtjänster", "klimat och energi", "bidrag till föreningar",
)  # fmt: skip
SOME = Filters(year=(2025,), kind=("protocol", "statement"))


def real() -> list[str]:
    """Our own questions, and real ones where there are."""
    gold = material.REPOSITORY.parent / "shared" / "gold" / "queries.jsonl"
    lines = gold.read_text("utf-8").splitlines() if gold.is_file() else []
    return [*QUESTIONS, *(line for line in (json.loads(one)["query"] for one in lines) if line)]


def asked(home: Path, number: int) -> list[str]:
    """So many different questions: the real ones, and words of the titles in the index."""
    told = real()
    rng = random.Random(0)
    store = Opening(_settings(home)).store()
    titles = sorted({str(payload.get("title")) for _, payload in islice(store.scroll(LEADS, ("title",)), 5_000)})
    for title in rng.choices([title for title in titles if len(title.split()) > 3], k=4 * number):
        words = title.split()
        start = rng.randrange(len(words) - 2)
        told.append(" ".join(words[start : start + rng.randint(2, 4)]))
    return list(dict.fromkeys(told))[:number]


def _settings(home: Path) -> settings.Settings:
    return settings.load(os.environ | {"PARAGRAF_HOME": str(home)})


def ways(searcher: queries.Searcher) -> dict[str, Callable[[str], object]]:
    """The ways to ask that are measured."""
    return {
        "hybrid": lambda text: searcher.search(queries.Query(text, facets=False)),
        "hybrid, facets": lambda text: searcher.search(queries.Query(text)),
        "hybrid, filters and facets": lambda text: searcher.search(queries.Query(text, SOME)),
        "BM25 alone": lambda text: searcher.search(queries.Query(text, facets=False), ("words",)),
        "dense alone": lambda text: searcher.search(queries.Query(text, facets=False), ("meaning",)),
        "sorted by date, facets": lambda text: searcher.search(queries.Query(text, sort="newest")),
    }


def times(ask: Callable[[str], object], questions: Sequence[str], number: int) -> list[float]:
    """Milliseconds of each of so many questions, in order, after a warm-up."""
    for question in questions[:10]:
        ask(question)
    measured = questions[10:] or questions
    return sorted(timed(ask, question) for question in islice(cycle(measured), number))


def timed(ask: Callable[[str], object], question: str) -> float:
    """Milliseconds that one question takes."""
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000


def at_once(ask: Callable[[str], object], questions: Sequence[str], number: int, clients: int) -> tuple[float, float]:
    """Questions answered in a second when several ask at once, and the 95th percentile in milliseconds."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        took = sorted(pool.map(lambda question: timed(ask, question), islice(cycle(questions), number)))
    return number / (time.perf_counter() - began), percentile(took, 0.95)


def percentile(rising: Sequence[float], part: float) -> float:
    """The value that this part of the values lies at or below.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5), percentile([7.0], 0.95)
    (3.0, 7.0)
    """
    return rising[min(len(rising) - 1, int(len(rising) * part))]


def measured(home: Path, number: int, clients: int, only: Sequence[str] = ()) -> dict[str, Any]:
    """What the table needs: per way the percentiles, for the hybrid ways also the rate of several clients; memory."""
    several, told = asked(home, 3 * number), dict[str, Any]()
    questions, others = several[:number], several[number:]
    memory = 0  # a Searcher remembers what it counted for a question: each way has its own
    for way in ways(queries.Searcher(_settings(home))):
        if only and way not in only:
            continue
        searcher = queries.Searcher(_settings(home))
        ask = ways(searcher)[way]
        took = times(ask, questions, number)
        told[way] = {"p50": percentile(took, 0.5), "p95": percentile(took, 0.95), "longest": took[-1]}
        if way.startswith("hybrid") and clients:
            told[way]["rate"], told[way]["p95 of several"] = at_once(ask, others, number, clients)
        memory = pss(psutil.Process())
        searcher.close()
    return {"ways": told, "memory": memory}


def in_a_process(home: Path, number: int, clients: int, only: Sequence[str] = ()) -> dict[str, Any]:
    """`measured` in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.asking", str(home)]
    command += ["--questions", str(number), "--clients", str(clients), *(f"--only={way}" for way in only)]
    told: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return told


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.asking", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", action="append", default=[])
    given = parser.parse_args()
    print(json.dumps(measured(given.home, given.questions, given.clients, given.only)))


if __name__ == "__main__":
    main()
