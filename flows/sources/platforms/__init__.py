"""Platforms (plattformar): how one vendor's sites list their meetings and papers. A file each, ten lines a town.

A platform is a module with three names: `Where`, what it must be told of a site; `listing`, every meeting and paper of
it; `fetch`, the bytes of one paper. What is odd about the vendor stays in its file. A fourth, `ROLLS = True`, is for
what shows its newest only: a paper that leaves such a list is not gone.

A new one is a file here and its name in PLATFORMS (docs/sources.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Annotated, Any, Protocol, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict

from extractors.model import Municipality
from flows.guest import Guest
from flows.sources import Fetched, Trouble
from index.listed import Listed, Meeting, Remembered

PLATFORMS = (
    "feed",
    "sitemap",
    "html",
    "meetingsplus",
    "ciceron",
    "sitevision",
    "netpublicator",
    "evolution",
    "insyn",
)


def _address(text: str) -> str:
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise ValueError(f"not an http or https address: {text}")
    return text


def _without_slash(text: str) -> str:
    return _address(text).rstrip("/")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a pattern: {text} ({error})") from None
    return text


Address = Annotated[str, AfterValidator(_address)]
Root = Annotated[str, AfterValidator(_without_slash)]  # of a whole site: "https://moten.example"
Pattern = Annotated[str, AfterValidator(_pattern)]  # a regular expression that is looked for in addresses


class Where(BaseModel):
    """What a platform must be told to find a site: each has its own, with its own words."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @property
    def address(self) -> str:
        """The first address that it was told: where the site is."""
        said = (value for given in dict(self).values() for value in (given if isinstance(given, tuple) else (given,)))
        return next((value for value in said if isinstance(value, str) and value.startswith("http")), "")


@dataclass(frozen=True, slots=True)
class Site:
    """One municipality's site on a platform. `since` is the first day that is asked for, None for all there is.

    `memory` is what the site told before, by the key of the meeting, and `tonight` what it told in this run: a listing
    that took too long is made again, and asks for no page twice.
    """

    name: str
    where: Any  # the Where of its platform
    municipality: Municipality | None = None
    body: str | None = None
    since: date | None = None
    memory: Mapping[str, Remembered] = field(default_factory=dict)
    tonight: dict[str, Remembered] = field(default_factory=dict)


class Platform(Protocol):
    """What every file of this folder has. Both raise Unreadable("fetch", why) where the site as a whole fails."""

    __name__: str
    Where: type[Where]

    def listing(self, site: Site, guest: Guest) -> Iterator[Listed | Meeting | Trouble]:
        """Every meeting and paper, in the same order every time; a body that cannot be listed is a Trouble."""
        ...

    def fetch(self, site: Site, guest: Guest, listed: Listed, stamp: str | None) -> Fetched:
        """One paper; `stamp` is that of the bytes we have."""
        ...


def load(name: str) -> Platform:
    """The platform of a name in PLATFORMS; KeyError where there is none."""
    if name not in PLATFORMS:
        raise KeyError(name)
    return cast(Platform, import_module(f"{__name__}.{name}"))
