"""The file that says which sources the night visits (källförteckning): PARAGRAF_HOME/sources.toml.

contact = "arkiv@exempel.se"       # told to the servers that we are guests of
municipalities = ["Alingsås", "1440"]              # by name or code; or "all" that have a file
manners = { pause_s = 2.0, requests = 500, megabytes = 1000 }   # may be left out, each of them

[[source]]
name = "Lomma protokoll"
kind = "folder"
path = "/srv/papers/lomma"
municipality = { code = "1262", name = "Lomma" }   # may be left out, like body

[[source]]
name = "Värnamo"
kind = "urls"
urls = ["https://varnamo.example/protokoll.pdf"]
file = "varnamo.txt"               # more of them, one on each line; beside this file

[[source]]
name = "Mora anslag"
kind = "rss"                       # or "sitemap", "html": docs/sources.md tells what each must be told
where = { url = "https://mora.example/protokoll.rss" }
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from extractors.model import Municipality
from flows.guest import Budget, Guest, Manners
from flows.sources import Source, municipality, platforms
from flows.sources.addresses import Addresses, is_address
from flows.sources.folder import Folder
from flows.sources.platforms import Site
from flows.sources.visited import Visited
from flows.sources.written import ConfigError, Strict, read
from index import settings as environment
from index.settings import Settings, Visits

_WRITE = {
    "municipalities": 'municipalities = ["Alingsås", "1440"], or municipalities = "all"',
    "source.name": 'name = "..."',
    "source.kind": 'kind = "folder"',
    "source.path": 'path = "/srv/protokoll"',
    "source.where": 'where = { url = "https://..." }',
}
_CRON = re.compile(r"(?:[\d*]|[A-Za-z]{3})[\dA-Za-z*/,#-]*")  # 0, */5, 1-5, mon-fri


class _Municipality(Strict):
    code: str = Field(pattern=r"^\d{4}$")
    name: str = Field(min_length=1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        municipality.check(self.code, self.name)
        return self


class _Source(Strict):
    name: str = Field(min_length=1)
    municipality: _Municipality | None = None
    body: str | None = None

    @property
    def known(self) -> tuple[Municipality | None, str | None]:
        """What the source knows about all of its papers."""
        given = self.municipality
        return (Municipality(given.code, given.name) if given else None), self.body


class _Folder(_Source):
    kind: Literal["folder"]
    path: Path

    def open(self, beside: Path, guest: Guest) -> Source:
        return Folder(self.name, beside / self.path.expanduser(), *self.known)


class _Urls(_Source):
    kind: Literal["urls"]
    urls: tuple[str, ...] = ()
    file: Path | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.urls and self.file is None:
            raise ValueError("needs urls = [...] or file = ...")
        if wrong := [url for url in self.urls if not is_address(url)]:
            raise ValueError(f"not an http or https address: {wrong[0]}")
        return self

    def open(self, beside: Path, guest: Guest) -> Source:
        municipality, body = self.known
        file = beside / self.file.expanduser() if self.file else None
        return Addresses(self.name, self.urls, file, municipality, body, guest=guest)


class _Listed(_Source):
    kind: Literal["feed", "rss", "sitemap", "html"]
    where: dict[str, Any]

    @property
    def platform(self) -> str:
        return "feed" if self.kind == "rss" else self.kind

    @model_validator(mode="after")
    def _check(self) -> Self:
        municipality.told_where(self.platform, self.where)
        return self

    def open(self, beside: Path, guest: Guest) -> Source:
        site = Site(self.name, municipality.told_where(self.platform, self.where), *self.known)
        return Visited(site, platforms.load(self.platform), guest)


class _Manners(Strict):
    """Manners that may be set: no shorter pause than the guest's own, and a smaller budget or a larger one."""

    pause_s: float = Field(Manners().pause_s, ge=Manners().pause_s, le=600)
    requests: int = Field(Budget().requests, ge=1, le=100_000)
    megabytes: int = Field(Budget().size >> 20, ge=1, le=1_000_000)

    def manners(self) -> Manners:
        return Manners(pause_s=self.pause_s, budget=Budget(self.requests, self.megabytes << 20))


class _Config(Strict):
    contact: str | None = None
    manners: _Manners = Field(default_factory=lambda: _Manners.model_validate({}))
    municipalities: Literal["all"] | tuple[str, ...] = ()
    source: tuple[Annotated[_Folder | _Urls | _Listed, Field(discriminator="kind")], ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        names = [source.name for source in self.source]
        if twice := [name for name in names if names.count(name) > 1 or name in ("files", "addresses")]:
            raise ValueError(f"the name {twice[0]!r} is taken")
        return self


def checked_cron(text: str) -> str:
    """A schedule in cron's five fields.

    >>> checked_cron("0 2 * * *")
    '0 2 * * *'
    """
    fields = text.split()
    if len(fields) != 5 or not all(_CRON.fullmatch(field) for field in fields):
        raise ConfigError(f"{text!r} is no schedule: write minute hour day month weekday, such as '0 2 * * *'")
    return " ".join(fields)


def default(settings: Settings) -> Path:
    """Where the sources are told unless another file is named."""
    return settings.home / "sources.toml"


def load(
    path: Path, visits: Visits | None = None, home: Path | None = None, visitor: Guest | None = None
) -> list[Source]:
    """The municipalities and sources of a file, in its order, which share one guest. `home` is PARAGRAF_HOME."""
    config = _read(path)
    if not config.source and not config.municipalities:
        raise ConfigError(f"{path} names no municipalities = [...] and no [[source]]")
    home = home or environment.load().home
    towns = municipality.all_of(home) if config.municipalities == "all" else _chosen(path, config.municipalities, home)
    visitor = visitor or _guest(path, config, visits)
    own = [source.open(path.absolute().parent, visitor) for source in config.source]
    found = [*(source for town in towns for source in town.open(visitor)), *own]
    names = [source.name for source in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"{path}: two sources are called {twice!r}: name one of them otherwise")
    return found


def guest(path: Path, visits: Visits | None = None) -> Guest:
    """A guest with the contact and manners that a file tells, if there is one."""
    return _guest(path, _read(path), visits) if path.exists() else Guest.of(visits or Visits())


def _read(path: Path) -> _Config:
    if not path.exists():
        raise ConfigError(
            f"there is no {path}: write it (README, 'Sources for the night') or name another with --sources"
        )
    return read(path, _Config, _WRITE)


def _guest(path: Path, config: _Config, visits: Visits | None) -> Guest:
    try:
        return Guest.of(visits or Visits(), config.contact, config.manners.manners())
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from None


def _chosen(path: Path, names: tuple[str, ...], home: Path) -> list[municipality.MunicipalityFile]:
    """The municipalities that the file names, each once."""
    try:
        return municipality.chosen(names, home)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}" if str(home) not in str(error) else str(error)) from None
