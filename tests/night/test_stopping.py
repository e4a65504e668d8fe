"""A night that is killed and run again comes to the record of one that never was, down to its numbers.

`python -m tests.benchmarks.night --kills 10` does it ten times, at random moments.
"""

from __future__ import annotations

from pathlib import Path

from index.catalog import Catalog
from index.settings import load
from tests.running import api, kill, left_behind, start, when
from tests.test_kill import documents
from tests.towns import audit, world
from tests.towns.home import furnish, visits
from tests.towns.server import Towns, served

SLOWLY = {"PARAGRAF_READER": "tests.odd_readers:slowly", "PARAGRAF_WORKERS": "2"}


def run(home: Path, played: Towns, until: int | None = None) -> None:
    """A night, from its start to its end, or until so many papers are saved, when it is killed."""
    home.mkdir(parents=True, exist_ok=True)
    furnish(home, played.towns)
    played.times.clear()
    process = start(home, "nightly", "-q", PREFECT_API_URL=api(), **SLOWLY, **visits(home))
    if until is None:
        _, told = process.communicate()
        assert process.returncode in (0, 1), told
        assert "Traceback" not in told
        return
    when(lambda: documents(home) >= until or process.poll() is not None, 240)
    assert process.poll() is None, process.communicate()
    kill(process)
    assert left_behind(home) == []


def test_killed_and_run_again_it_is_as_if_nothing_had_been(tmp_path: Path) -> None:
    towns = world.towns(20, 40)
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    with served(*towns, faults=world.faults(towns)) as played:
        run(whole, played)
        played.log = []
        run(killed, played, until=8)
        run(killed, played)
        with Catalog(load({"PARAGRAF_HOME": str(killed)}).catalog) as catalog:
            assert list(audit.books(catalog, played)) == []
        assert list(audit.manners(played, played.log, killed / "waits.jsonl", nights=2)) == []
    one, other = audit.lasting(whole), audit.lasting(killed)
    assert [name for name in one if one[name] != other[name]] == []
    assert not (killed / "desk").exists()
