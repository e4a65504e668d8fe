"""Visiting the towns of tests/towns: a guest whose nights come when a test says so, and the source of a town."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from ipaddress import ip_network
from typing import Any

from extractors.model import Municipality
from flows.guest import Guest, Manners, SimulatedClock
from flows.sources import Trouble, platforms
from flows.sources.platforms import Site
from flows.sources.visited import Visited
from index.listed import Listed, Meeting
from tests.towns import Town

ALE = Municipality("1440", "Ale")


class Nights(SimulatedClock):
    """A clock that stands at two in one night, until `day` is another; no pause is slept."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day

    def now(self, host: str = "") -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 2, tzinfo=UTC)


@contextmanager
def visitor(day: date) -> Iterator[Guest]:
    """A guest of that night, who may visit this machine."""
    guest = Guest("arkiv@ale.example", clock=Nights(day), manners=Manners(networks=(ip_network("127.0.0.0/8"),)))
    yield guest
    guest.close()


def source(town: Town, guest: Guest, since: date | None = None, **where: Any) -> Visited:
    """A town as a source; `where` comes before what the town says of itself."""
    platform = platforms.load(town.platform)
    told = import_module(f"tests.towns.{town.platform}").where(town) | where
    return Visited(Site(f"Ale, {town.platform}", platform.Where(**told), ALE, since=since), platform, guest)


def parts(visited: Visited) -> tuple[list[Listed], list[Meeting], list[Trouble]]:
    """What a source lists, each sort for itself."""
    return sorts(visited.listing())


def sorts(found: Iterable[Listed | Meeting | Trouble]) -> tuple[list[Listed], list[Meeting], list[Trouble]]:
    """What was listed, each sort for itself."""
    found = list(found)
    papers = [one for one in found if isinstance(one, Listed)]
    meetings = [one for one in found if isinstance(one, Meeting)]
    return papers, meetings, [one for one in found if isinstance(one, Trouble)]
