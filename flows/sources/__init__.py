"""Sources (källor): each lists its papers and fetches one. Reading and keeping them is no matter of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from index.listed import Listed, Meeting


@dataclass(frozen=True, slots=True)
class Trouble:
    """A part of a source that could not be listed, so nobody knows what papers it has.

    `waits` where nothing is wrong: its host has been asked enough for one night, and the next one asks for the rest.
    """

    place: str
    reason: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A paper's bytes, or None where the source says that they are as we have them; `stamp` is its sign of them."""

    data: bytes | None
    stamp: str | None = None


class Source(Protocol):
    """A source by its name, kind and location, as they stand in the catalog."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def location(self) -> str: ...

    def listing(self) -> Iterator[Listed | Meeting | Trouble]:
        """Every meeting and paper it has, in an order that does not change from run to run."""
        ...

    def fetch(self, listed: Listed, stamp: str | None) -> Fetched:
        """One paper; `stamp` is that of the bytes we have. Raises Unreadable("fetch", why)."""
        ...

    def covers(self, key: str) -> bool:
        """Whether a key that is not listed means that its paper is gone."""
        ...
