"""A night over a small country in which everything goes wrong that may: the record against the server's own log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from flows.nightly import nightly
from flows.tally import Outcome
from index.catalog import Catalog
from index.settings import Settings
from tests.running import at_home
from tests.towns import audit, world
from tests.towns.home import furnish, visits
from tests.towns.server import Asked, Towns, served

TOWNS, PAPERS = 20, 80


@dataclass
class Night:
    """What a night came to: its outcome, and what was asked in it."""

    outcome: Outcome
    log: list[Asked]


@dataclass
class Nights:
    """Two nights of one home, and the day between them."""

    settings: Settings
    played: Towns
    first: Night
    wrong: list[str]  # after the first
    changed: dict[str, str]
    second: Night


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    home = tmp_path_factory.mktemp("night")
    towns = world.towns(TOWNS, PAPERS)
    with served(*towns, faults=world.faults(towns)) as played, pytest.MonkeyPatch.context() as patch:
        for name, value in visits(home).items():
            patch.setenv(name, value)
        with at_home(home) as settings, Catalog(settings.catalog) as catalog:
            furnish(home, towns)
            first = Night(nightly(), played.log)
            wrong = [*audit.books(catalog, played), *audit.fetched_once(played, played.log)]
            changed = world.next_night([town for town in towns if town.code not in played.faults])
            played.changed()
            played.log = []
            furnish(home, towns)
            yield Nights(settings, played, first, wrong, changed, Night(nightly(), played.log))


def test_the_books_are_right_after_the_first_night(nights: Nights) -> None:
    assert nights.wrong == []
    assert nights.first.outcome.tally.accounted


def test_the_second_night_takes_what_changed_and_nothing_else(nights: Nights) -> None:
    with Catalog(nights.settings.catalog) as catalog:
        assert list(audit.books(catalog, nights.played)) == []
    assert list(audit.fetched_again(nights.second.log, nights.changed)) == []
    counts = nights.second.outcome.tally
    wanted = list(nights.changed.values())
    assert (counts.new_version, counts.withdrawn) == (wanted.count("new version"), wanted.count("withdrawn"))


def test_no_host_was_bothered(nights: Nights) -> None:
    log = list(chain(nights.first.log, nights.second.log))
    waits = nights.settings.home / "waits.jsonl"
    assert list(audit.manners(nights.played, log, waits, nights=2)) == []


def test_every_fault_was_played(nights: Nights) -> None:
    of_papers = {asked.fault for asked in nights.first.log if asked.paper}
    assert of_papers == {fault.name for fault in world.OF_PAPERS} | {None}


def test_the_audit_sees_what_is_wrong(nights: Nights, tmp_path: Path) -> None:
    """A check that cannot fail is none: each finds what is put wrong here."""
    played, log = nights.played, nights.first.log
    paper = next(asked for asked in log if asked.paper and asked.status == 200 and asked.fault is None)
    assert list(audit.fetched_once(played, [*log, paper]))
    assert list(audit.fetched_again([*nights.second.log, paper], nights.changed))
    assert list(audit.manners(played, [*log, paper], tmp_path / "no waits"))
    with Catalog(nights.settings.catalog) as catalog:
        with catalog.engine.begin() as db:
            db.exec_driver_sql("UPDATE documents SET withdrawn=NOT withdrawn")
        assert list(audit.books(catalog, played))
