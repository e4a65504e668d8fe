"""A night over a whole country: `python -m tests.benchmarks.night --towns 290 --papers 3000`.

A server of ours plays the towns, on all platforms, with a fault in every twentieth; `paragraf nightly` visits it in
simulated time, twice, and each time the record is held against the server's own log. With --kills another home goes
through the first night killed so many times at random moments, and must come to the same record.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog
from index.settings import load
from tests.benchmarks.memory import Peak
from tests.running import kill, start
from tests.towns import Town, audit, world
from tests.towns.home import furnish, visits
from tests.towns.server import Towns, served


@dataclass(frozen=True)
class Took:
    """What a night took: seconds, memory in MiB, requests, and what was wrong with it."""

    seconds: float
    peak: float
    requests: int
    wrong: list[str]


def main() -> None:
    arguments = _arguments()
    folder = Path(arguments.folder or tempfile.mkdtemp())
    towns = _made(folder, arguments.towns, arguments.papers)
    with served(*towns, faults=world.faults(towns)) as played:
        whole = folder / "whole"
        first = _night(whole, played)
        first.wrong.extend(_wrong(whole, played, 1))
        _tell("first night", first)
        if arguments.kills:
            _tell(f"killed {arguments.kills} times", _killed(folder / "killed", whole, played, arguments.kills, first))
        changed = world.next_night([town for town in towns if town.code not in played.faults])
        played.changed()
        second = _night(whole, played)
        second.wrong.extend([*_wrong(whole, played, 1), *audit.fetched_again(played.log, changed)])
        _tell(f"second night, {len(changed)} papers changed", second)
    sys.exit(bool(first.wrong or second.wrong))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else None)
    parser.add_argument("--towns", type=int, default=290)
    parser.add_argument("--papers", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--folder", help="where the papers and the homes are; made anew if not given")
    return parser.parse_args()


def _made(folder: Path, towns: int, papers: int) -> list[Town]:
    """The country, made once for a folder: 3,000 PDFs take a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"world-{towns}-{papers}-{world.TODAY}.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(world.towns(towns, papers)))
    made: list[Town] = pickle.loads(kept.read_bytes())
    return made


def _night(home: Path, played: Towns) -> Took:
    """One `paragraf nightly` from its start to its end."""
    played.log, played.times = [], type(played.times)()
    home.mkdir(parents=True, exist_ok=True)
    furnish(home, played.towns)
    (home / "waits.jsonl").unlink(missing_ok=True)
    began = time.monotonic()
    process = start(home, "nightly", "-q", **visits(home))
    with Peak(process.pid) as peak:
        _, told = process.communicate()
    wrong = [] if process.returncode in (0, 1) and "Traceback" not in told else [told]
    return Took(time.monotonic() - began, peak.bytes / (1 << 20), len(played.log), wrong)


def _wrong(home: Path, played: Towns, nights: int) -> Iterator[str]:
    with Catalog(load({"PARAGRAF_HOME": str(home)}).catalog) as catalog:
        yield from audit.books(catalog, played)
    yield from audit.manners(played, played.log, home / "waits.jsonl", nights)


def _killed(home: Path, whole: Path, played: Towns, kills: int, first: Took) -> Took:
    """A night of another home, killed again and again, and at last left alone: the record of one that never was."""
    chance, began = random.Random(7), time.monotonic()
    played.log = []
    home.mkdir(parents=True, exist_ok=True)
    furnish(home, played.towns)
    (home / "waits.jsonl").unlink(missing_ok=True)
    for _ in range(kills):
        played.times.clear()
        process = start(home, "nightly", "-q", **visits(home))
        time.sleep(chance.uniform(0, first.seconds / 2))
        kill(process)
        time.sleep(1)  # what it had asked last comes to its end
    played.times.clear()
    process = start(home, "nightly", "-q", **visits(home))
    process.communicate()
    wrong = [*_wrong(home, played, kills + 1)]
    one, other = audit.lasting(whole), audit.lasting(home)
    wrong += [f"the table {name} is another one" for name in one if one[name] != other[name]]
    return Took(time.monotonic() - began, 0.0, len(played.log), wrong)


def _tell(what: str, took: Took) -> None:
    print(f"{what}: {took.seconds:.0f} s, {took.requests} requests, peak {took.peak:.0f} MiB", flush=True)
    print(f"  {len(took.wrong)} discrepancies between the record and the server's log", flush=True)
    for each in took.wrong[:50]:
        print(f"  - {each[:400]}", flush=True)


if __name__ == "__main__":
    main()
