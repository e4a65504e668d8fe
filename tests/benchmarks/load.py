"""Many clients at once (belastning): `paragraf serve` with two processes under hybrid searches with facets; with
--publish while new generations of the index are made and published.

    python -m tests.benchmarks.load HOME [--clients 8] [--seconds 20] [--workers 2] [--rate 100] [--publish]

prints requests a second, percentiles in milliseconds, errors, and the server's memory (summed PSS). Without --rate each
client asks as soon as it has its answer; with it, so many requests a second are sent by all of them together, at even
times, and a request that must wait for its client counts from the time at which it was to be sent. The generations are
those of a copy of the index, beside HOME, which is left as it is.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from index import generations, settings
from index.embedded import Embedded
from index.vectors import OneOf
from tests.benchmarks import asking, over_http
from tests.benchmarks.memory import Peak

_WARM = 40  # questions before the clock starts, for each process of the server
_TOUCHED = 20  # documents that each new generation has anew
_GENERATION = re.compile(rb'"generation": ?"([0-9a-f]{8})"')
_PAUSE_S = 1.0  # between two generations
_NICE = 19  # of the one that publishes, as of a scheduled run (flows/nightly.py)


@dataclass
class Told:
    """What the clients saw: milliseconds of each answer, errors by what they said, the generations that answered."""

    took: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    generations: set[str] = field(default_factory=set)


class Clients:
    """So many clients that ask until a moment; each has a connection of its own."""

    def __init__(self, port: int, questions: Sequence[str], number: int, rate: float | None) -> None:
        self._port, self._questions, self._number, self._rate = port, questions, number, rate
        self.told = Told()

    def ask(self, seconds: float) -> float:
        """Asks for so long; how long it took until the last answer was there."""
        began = time.perf_counter()
        threads = [threading.Thread(target=self._one, args=(n, began, began + seconds)) for n in range(self._number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began

    def _one(self, number: int, began: float, ends: float) -> None:
        client, turn = over_http.Client(self._port, {}), number
        while (due := began + turn / self._rate if self._rate else time.perf_counter()) < ends:
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                answer = client.ask(self._questions[turn % len(self._questions)])
            except (RuntimeError, OSError) as error:
                self.told.errors[f"{type(error).__name__}: {error}"[:200]] += 1
                client = over_http.Client(self._port, {})
            else:
                self.told.took.append((time.perf_counter() - due) * 1000)
                self.told.generations |= {_generation(answer)} - {""}
            turn += self._number


def _generation(answer: bytes) -> str:
    """Without reading all of the answer, which would cost the clients more than the server."""
    found = _GENERATION.search(answer)
    return found[1].decode() if found else ""


def publish(home: Path, published: Any) -> None:
    """New generations of a home's index, one after another, each with some documents put in anew, as by a sync."""
    os.nice(_NICE)  # as a scheduled run does
    root = settings.load(os.environ | {"PARAGRAF_HOME": str(home)}).vectors
    store = Embedded(root)
    while True:
        meta = store.held()
        assert meta
        following = replace(meta, revision=meta.revision + 1)
        with generations.lock(root), store.following(meta) as making:
            some = list(islice(making.store.points(), 50 * _TOUCHED))
            documents = sorted({point.payload["document"] for point in some})[:_TOUCHED]
            whole = [point for point in some if point.payload["document"] in documents]
            held = making.store.count((OneOf("document", tuple(documents)),))
            if held == len(whole):  # else some of a document is farther on, and would be lost
                making.store.replace(documents, whole)
            making.publish(following)
        published.value += 1
        time.sleep(_PAUSE_S)


def measured(home: Path, given: argparse.Namespace) -> None:
    """Asks the server of a home, and prints what came of it."""
    questions = asking.asked(home, 2_000)
    context = multiprocessing.get_context("spawn")
    published = context.Value("i", 0)
    with over_http.served(home, given.workers) as (port, pid):
        for question in questions[: _WARM * given.workers]:
            over_http.Client(port, {}).ask(question)
        publishing = context.Process(target=publish, args=(home, published), daemon=True)
        if given.publish:
            publishing.start()
        clients = Clients(port, questions, given.clients, given.rate)
        with Peak(pid) as peak:
            took = clients.ask(given.seconds)
        if given.publish:
            publishing.kill()
            publishing.join()
    told, rising = clients.told, sorted(clients.told.took)
    print(f"{len(rising) / took:.1f} requests/s of {given.clients} clients in {took:.1f} s")
    if rising:
        figures = {name: asking.percentile(rising, part) for name, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}
        print(", ".join(f"{name} {value:.1f} ms" for name, value in figures.items()) + f", longest {rising[-1]:.1f} ms")
    print(f"{sum(told.errors.values())} errors" + "".join(f"\n  {n} × {said}" for said, n in told.errors.items()))
    print(f"{published.value} generations published, {len(told.generations)} seen")
    print(f"{peak.bytes >> 20} MiB in {peak.processes} processes")


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """A home with the same index, for as long as the block runs."""
    with tempfile.TemporaryDirectory(dir=home.absolute().parent, prefix="load-") as folder:
        shutil.copytree(home / "vectors", Path(folder) / "vectors")
        yield Path(folder)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=None, help="Requests a second; else as many as are answered.")
    parser.add_argument("--publish", action="store_true", help="Publish new generations meanwhile.")
    given = parser.parse_args()
    with copied(given.home) if given.publish else nullcontext(given.home) as home:
        measured(home, given)


if __name__ == "__main__":
    main()
