"""Visiting the towns of tests/towns: a guest whose nights come when a test says so, and the source of a town."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from ipaddress import ip_network
from typing import Any

from extractors.model import Municipality, Unreadable
from flows.guest import Guest, Manners, Page, SimulatedClock
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


HOST = "https://moten.granby.example"


class Book:
    """A guest who has the pages of a test and no others. A POST is answered by what is called with its method."""

    def __init__(self, pages: dict[str, Any], posts: Any = None) -> None:
        self.pages, self.posts = pages, posts
        self.clock, self.manners = Nights(date(2026, 6, 20)), Manners()
        self.asked: list[str] = []

    def page(self, url: str) -> Page:
        """A page of the book, or 404."""
        self.asked.append(url)
        said = self.pages.get(url.removeprefix(HOST).rstrip("/"))
        if said is None:
            raise Unreadable("fetch", "the server answered 404")
        data = said.encode() if isinstance(said, str) else said
        return Page(url, data.decode("utf-8", "replace"), data, {}, datetime(2026, 6, 20, tzinfo=UTC))

    def post(self, url: str, json: Any) -> Page:
        """What the test says to it."""
        said = self.posts(json["method"].partition(":")[2], json)
        return Page(url, said, said.encode(), {}, datetime(2026, 6, 20, tzinfo=UTC))


def visited(platform: str, book: Book, **where: Any) -> Visited:
    """A site whose pages are those of a book."""
    module = platforms.load(platform)
    return Visited(Site("Granby", module.Where(**where)), module, book)  # type: ignore[arg-type]
