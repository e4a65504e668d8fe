"""Platforms (plattformar): how one vendor's sites list their meetings and papers. A file each, ten lines a municipality.

A platform is a module with three names: `Where`, what it must be told of a site; `listing`, every meeting and paper of
it; `fetch`, the bytes of one paper. What is odd about the vendor stays in its file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from extractors.model import Municipality
from flows.guest import Guest
from flows.sources import Fetched, Trouble
from index.listed import Listed, Meeting


class Where(BaseModel):
    """What a platform must be told to find a site: each has its own, with its own words."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


@dataclass(frozen=True, slots=True)
class Site:
    """One municipality's site on a platform. `since` is the first day that is asked for, None for all there is."""

    name: str
    where: Any  # the Where of its platform
    municipality: Municipality | None = None
    body: str | None = None
    since: date | None = None


class Platform(Protocol):
    """What every file of this folder has. Both raise Unreadable("fetch", why) where the site as a whole fails."""

    Where: type[Where]

    def listing(self, site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
        """Every meeting and paper, in the same order every time; a body that cannot be listed is a Trouble."""
        ...

    def fetch(self, site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
        """One paper; `stamp` is that of the bytes we have."""
        ...
