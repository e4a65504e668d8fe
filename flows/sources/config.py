"""The file that says which sources the night visits (källförteckning): PARAGRAF_HOME/sources.toml.

contact = "arkiv@exempel.se"       # told to the servers that we are guests of

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
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from extractors.model import Municipality
from flows.guest import Guest
from flows.sources import Source
from flows.sources.addresses import Addresses, is_address
from flows.sources.folder import Folder
from flows.sources.written import ConfigError, Strict, read
from index.settings import Settings, Visits

_WRITE = {"source.name": 'name = "..."', "source.kind": 'kind = "folder"', "source.path": 'path = "/srv/protokoll"'}
_CRON = re.compile(r"(?:[\d*]|[A-Za-z]{3})[\dA-Za-z*/,#-]*")  # 0, */5, 1-5, mon-fri


class _Municipality(Strict):
    code: str = Field(pattern=r"^\d{4}$")
    name: str = Field(min_length=1)


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


class _Config(Strict):
    contact: str | None = None
    source: tuple[Annotated[_Folder | _Urls, Field(discriminator="kind")], ...] = ()

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


def load(path: Path, visits: Visits | None = None) -> list[Source]:
    """The sources of a file, in its order, which share one guest."""
    if not path.exists():
        raise ConfigError(
            f"there is no {path}: write it (README, 'Sources for the night') or name another with --sources"
        )
    config = read(path, _Config, _WRITE)
    if not config.source:
        raise ConfigError(f"{path} names no [[source]]")
    try:
        guest = Guest.of(visits or Visits(), config.contact)
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from None
    return [source.open(path.absolute().parent, guest) for source in config.source]
