"""A municipality (kommun) as a file: where its papers stand, and what may be expected of it.

code = "1489"
name = "Alingsås"

[[source]]                                       # more than one where it has changed its platform
platform = "meetingsplus"
where = { site = "https://moten.alingsas.example", bodies = { kommunfullmaktige = "Kommunfullmäktige" } }
since = 2024                                     # the first year that is asked for; all there is if left out
until = 2025                                     # the last year that stands there: nothing is expected of it any more

[expect."Kommunfullmäktige"]                     # from how many to how many; the reason beside it, as a remark
meetings_per_year = [8, 14]
protocols_per_year = [8, 14]
items_per_protocol = [5, 60]
quiet_days = 75                                  # no new paper for so long is an alarm

Those that ship stand in municipalities/ beside this file; those in PARAGRAF_HOME/municipalities count beside them,
and one of the same code counts instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from extractors import lexicon
from extractors.model import Municipality
from flows.guest import Guest
from flows.sources import platforms
from flows.sources.platforms import Site, Where
from flows.sources.visited import Visited
from flows.sources.written import ConfigError, Strict, read, told

SHIPPED = Path(__file__).with_name("municipalities")

_WRITE = {
    "code": 'code = "1489": the four figures of SCB',
    "name": 'name = "Alingsås": as SCB writes it, without "kommun"',
    "source": '[[source]], and below it platform = "..." and where = { ... }',
    "source.platform": 'platform = "meetingsplus"',
    "source.where": 'where = { site = "https://..." }',
    "source.since": "since = 2024: a year",
    "expect": '[expect."Kommunfullmäktige"], and below it meetings_per_year = [8, 14]',
}


def _ordered(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise ValueError(f"from {span[0]} to {span[1]} is nothing: the smaller number comes first")
    return span


Span = Annotated[tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]], AfterValidator(_ordered)]


class Expectation(Strict):
    """What may be expected of a body (nämnd): from how many to how many; None where nothing is."""

    meetings_per_year: Span | None = None
    protocols_per_year: Span | None = None
    items_per_protocol: Span | None = None
    quiet_days: Annotated[int, Field(ge=1, le=730)] | None = None


class Place(Strict):
    """Where papers stand: a platform, and what it must be told of the site. `name` only where two are alike.

    `body` is for generic platforms whose pages are of one body and do not say so.
    """

    platform: str
    where: dict[str, Any]
    body: Annotated[str, Field(min_length=1)] | None = None
    since: Annotated[int, Field(ge=1970, le=2100)] | None = None
    until: Annotated[int, Field(ge=1970, le=2100)] | None = None
    name: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        told_where(self.platform, self.where)
        return self

    @property
    def bodies(self) -> frozenset[str]:
        """The bodies that it names; none where the site tells them, all or some."""
        if self.body:
            return frozenset((self.body,))
        where = told_where(self.platform, self.where)
        return frozenset() if getattr(where, "pages", ()) else frozenset(getattr(where, "bodies", {}).values())


class MunicipalityFile(Strict):
    """One municipality's file."""

    code: str
    name: str
    source: Annotated[tuple[Place, ...], Field(min_length=1)]
    expect: Mapping[str, Expectation] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        """Code and name are those of one municipality; a source's name is its own; what is expected is listed."""
        check(self.code, self.name)
        names = self.source_names()
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f'two sources are called {twice!r}: give each a name = "..." of its own')
        named = [place.bodies for place in self.source]
        if all(named) and (other := [body for body in self.expect if body not in frozenset().union(*named)]):
            known = ", ".join(sorted(frozenset().union(*named)))
            raise ValueError(f'expect."{other[0]}": no source lists that body; they list {known}')
        return self

    @property
    def municipality(self) -> Municipality:
        """As papers tell it."""
        return Municipality(self.code, self.name)

    def source_names(self) -> list[str]:
        """What its sources are called in the catalog, in their order: "Alingsås, meetingsplus"."""
        own = [place.name or " ".join(filter(None, (place.platform, place.body))) for place in self.source]
        return [f"{self.name}, {each}" for each in own]

    def open(self, guest: Guest) -> list[Visited]:
        """Its sources, in their order."""
        return [
            Visited(
                Site(
                    name,
                    told_where(place.platform, place.where),
                    self.municipality,
                    place.body,
                    since=date(place.since, 1, 1) if place.since else None,
                ),
                platforms.load(place.platform),
                guest,
                expect={} if place.until else self.expect,
            )
            for name, place in zip(self.source_names(), self.source, strict=True)
        ]


def told_where(platform: str, where: Mapping[str, Any]) -> Where:
    """What a platform is told, in its own form. Raises ValueError: what is wrong, and where in it."""
    try:
        module = platforms.load(platform)
    except KeyError:
        raise ValueError(f"platform {platform!r} is not known; known are {', '.join(platforms.PLATFORMS)}") from None
    try:
        return module.Where.model_validate(where)
    except ValidationError as error:
        raise ValueError(f"where of {platform}, {told(error)}") from None


def check(code: str, name: str) -> None:
    """Raises ValueError where code and name are not those of one municipality."""
    codes = _codes()
    other = next((code for code, known in codes.items() if known.casefold() == name.casefold()), None)
    if code not in codes:
        raise ValueError(f"no municipality has the code {code}" + (f": {name} has {other}" if other else ""))
    if codes[code] != name:
        rest = f"{name} has {other}" if other else f'write name = "{codes[code]}"'
        raise ValueError(f"{code} is the code of {codes[code]}, not of {name}: {rest}")


def load(path: Path) -> MunicipalityFile:
    """One file. Raises ConfigError: which file, where in it, what to write."""
    found = read(path, MunicipalityFile, _WRITE)
    if not path.name.startswith(f"{found.code}-"):
        raise ConfigError(f"{path}: it holds {found.name}: call the file {found.code}-{slug(found.name)}.toml")
    return found


def files(home: Path) -> dict[str, Path]:
    """Each file by the code in its name, in order: those that ship, and those of PARAGRAF_HOME, which count instead."""
    found: dict[str, Path] = {}
    for folder in (SHIPPED, home / "municipalities"):
        own: dict[str, Path] = {}
        for path in sorted(folder.glob("*.toml")):
            code = path.name.partition("-")[0]
            if code in own:
                raise ConfigError(f"{path} and {own[code].name} are of the same municipality: keep one")
            own[code] = path
        found |= own
    return dict(sorted(found.items()))


def all_of(home: Path) -> list[MunicipalityFile]:
    """Every municipality that has a file, by code."""
    return [load(path) for path in files(home).values()]


def chosen(names: Iterable[str], home: Path) -> list[MunicipalityFile]:
    """Those of these names or codes, in that order. Raises ConfigError where one has no file."""
    known = files(home)
    found = []
    for name in names:
        code = code_of(name)
        if code not in known:
            raise ConfigError(
                f"there is no file of {_codes()[code]}: `paragraf source new --municipality {code}` writes one"
            )
        found.append(load(known[code]))
    return found


def code_of(name: str) -> str:
    """The code of a municipality by its name or code, in small letters too.

    >>> code_of("alingsås"), code_of("1489"), code_of("Alingsås kommun")
    ('1489', '1489', '1489')
    """
    plain = name.strip().casefold().removesuffix(" kommun").removesuffix(" stad")
    codes = _codes()
    for code, known in codes.items():
        if plain in (code, known.casefold(), f"{known.casefold()}s"):
            return code
    near = [f"{known} ({code})" for code, known in codes.items() if plain and known.casefold().startswith(plain[:3])]
    raise ConfigError(
        f"no municipality is called {name!r}" + (f"; meant is perhaps {', '.join(near[:5])}" if near else "")
    )


def name_of(code: str) -> str:
    """The name of a municipality, by its code."""
    return _codes()[code]


def slug(name: str) -> str:
    """A name as it stands in a file's name.

    >>> slug("Upplands Väsby"), slug("Malung-Sälen")
    ('upplands-vasby', 'malung-salen')
    """
    return name.lower().translate(_PLAIN).replace(" ", "-")


_PLAIN = str.maketrans("åäöé", "aaoe")


def _codes() -> Mapping[str, str]:
    codes: Mapping[str, str] = lexicon.load("municipalities")["codes"]
    return codes
