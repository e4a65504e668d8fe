"""The commands of sources (källor): paragraf source list, check, new."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.failing import FAILED, UsageError, told
from flows.options import Json

if TYPE_CHECKING:
    from flows.guest import Guest
    from flows.sources import Source
    from flows.sources.finding import Found
    from flows.sources.looking import Look
    from flows.sources.municipality import MunicipalityFile
    from index.catalog import Known
    from index.settings import Settings

app = typer.Typer(
    help="Sources: which municipalities have a file, what a visit to one would take, and writing a new one.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog="Examples:\n\n    paragraf source list\n\n    paragraf source check Alingsås\n\n"
    "    paragraf source new --municipality Alingsås --address https://moten.alingsas.example/committees",
)
Sources = Annotated[Path | None, typer.Option("--sources", help="Instead of PARAGRAF_HOME/sources.toml.")]


@app.command("list")
@told
def list_all(as_json: Json = False) -> None:
    """Every municipality that has a file, shipped or of your own, and the platforms that it is on."""
    from flows.sources import municipality

    home = _settings().home
    own = home / "municipalities"
    rows: list[dict[str, Any]] = [
        {
            "code": code,
            "name": (file := municipality.load(path)).name,
            "platforms": [place.platform for place in file.source],
            "bodies": sorted(file.expect),
            "file": str(path),
            "own": path.is_relative_to(own),
        }
        for code, path in municipality.files(home).items()
    ]
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        print(f"{row['code']}  {row['name']:<16}  {', '.join(row['platforms'])}{'  (your own)' if row['own'] else ''}")


@app.command()
@told
def check(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A municipality by name or code, or a source.")],
    sources: Sources = None,
    as_json: Json = False,
) -> None:
    """Show what a visit would take, without taking it: it is listed as the night would, and compared with the record.

    Exits 1 when a part cannot be listed, when nothing is, or when it is not what its file expects.
    """
    from flows.sources.looking import look

    settings = _settings()
    guest = _guest(settings, sources)
    try:
        looks = [
            look(each, _known(settings, each), guest, _today(guest)) for each in _named(name, settings, sources, guest)
        ]
    finally:
        guest.close()
    if as_json:
        _print_json([each.to_json() for each in looks])
    else:
        for each in looks:
            _show(each)
    if any(each.wrong for each in looks):
        raise typer.Exit(FAILED)


@app.command()
@told
def new(
    municipality: Annotated[str | None, typer.Option("--municipality", help="By name or code.")] = None,
    address: Annotated[str | None, typer.Option("--address", help="The page where its papers are listed.")] = None,
    platform: Annotated[str | None, typer.Option("--platform", help="Where the address bears several's marks.")] = None,
    body: Annotated[list[str] | None, typer.Option("--body", help="Only these, of those that the site names.")] = None,
    since: Annotated[int | None, typer.Option("--since", help="The first year; else the last one.", min=1970)] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A folder, instead of PARAGRAF_HOME's.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: take what is found.")] = False,
) -> None:
    """Write the file of a municipality, by asking and trying: which platform, which bodies, what to expect.

    robots.txt is kept, and nothing is fetched. What is not given as an option is asked for.
    """
    from flows.sources import municipality as municipalities
    from flows.sources.looking import look
    from flows.sources.proposing import text

    settings = _settings()
    code = municipalities.code_of(municipality or _ask("Which municipality, by name or code?", yes))
    town = municipalities.name_of(code)
    folder = out or settings.home / "municipalities"
    file = folder / f"{code}-{municipalities.slug(town)}.toml"
    if file.exists() and not force:
        raise UsageError(f"{file} is there already: --force writes over it")
    address = address or _ask("The address of the page where its papers are listed?", yes)
    guest = _guest(settings, None)
    try:
        found = _chosen(_tried(guest, address), platform, address, yes)
        since = since or _today(guest).year - 1
        where = found.told(_bodies(found, body or [], yes))
        given = {"code": code, "name": town, "source": [{"platform": found.platform, "where": where, "since": since}]}
        (source,) = _made(given).open(guest)
        _say(f"Listing {source.location} from {since} on; nothing is fetched.")
        seen = look(source, {}, guest, _today(guest))
        _show(seen, to_stderr=True)
        if not seen.listed:
            raise UsageError(
                "nothing is listed there, so nothing is written: see docs/sources.md, or try another address"
            )
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(text(code, town, found.platform, where, since, seen, _today(guest)), encoding="utf-8")
    finally:
        guest.close()
    municipalities.load(file)
    _say(f'Look at it, then name it in {settings.home / "sources.toml"}: municipalities = ["{town}"]')
    print(file)


def _tried(guest: Guest, address: str) -> list[Found]:
    """The platforms that an address bears the marks of."""
    from extractors.model import Unreadable
    from flows.sources.addresses import is_address
    from flows.sources.finding import find

    if not is_address(address):
        raise UsageError(f"{address!r} is no http or https address")
    try:
        found = find(guest, address)
    except Unreadable as unreadable:
        raise UsageError(f"{address}: {unreadable.reason}") from None
    if not found:
        raise UsageError(
            f"{address} bears the marks of no platform that is known: give the page with the papers themselves, or "
            "write the file with the platform html and its selectors (docs/sources.md)"
        )
    return found


def _chosen(found: list[Found], platform: str | None, address: str, yes: bool) -> Found:
    """The platform that is taken, of those found."""
    for number, each in enumerate(found, start=1):
        _say(f"{number}. {each.platform}: {each.why}")
    if platform is not None:
        named = next((each for each in found if each.platform == platform), None)
        if named is None:
            raise UsageError(
                f"{address} bears no marks of {platform}, but of {', '.join(each.platform for each in found)}"
            )
        return named
    if len(found) == 1 or yes:
        return found[0]
    number = int(typer.prompt("Which one?", default=1, type=int, err=True))
    if not 1 <= number <= len(found):
        raise UsageError(f"there is no number {number}")
    return found[number - 1]


def _bodies(found: Found, wished: list[str], yes: bool) -> dict[str, str]:
    """The bodies that are visited, by the site's own word for each; none where the site tells them only when listed."""
    if not found.bodies:
        return {}
    for name in found.bodies.values():
        _say(f"   {name}")
    if not wished and not yes:
        told = typer.prompt(
            "Which bodies, with commas between? All of them if nothing", default="", show_default=False, err=True
        )
        wished = [name.strip() for name in told.split(",") if name.strip()]
    if not wished:
        return found.bodies
    chosen = {
        key: name for key, name in found.bodies.items() if name.casefold() in {each.casefold() for each in wished}
    }
    known = {name.casefold() for name in chosen.values()}
    if lost := [name for name in wished if name.casefold() not in known]:
        raise UsageError(f"the site names no {lost[0]}; it names {', '.join(found.bodies.values())}")
    return chosen


def _made(given: Mapping[str, Any]) -> MunicipalityFile:
    from pydantic import ValidationError

    from flows.sources.municipality import MunicipalityFile
    from flows.sources.written import told as in_words

    try:
        return MunicipalityFile.model_validate(given)
    except ValidationError as error:
        raise UsageError(in_words(error)) from None


def _ask(question: str, yes: bool) -> str:
    if yes:
        raise UsageError(f"{question} Give it as an option: paragraf source new --help tells which")
    return str(typer.prompt(question, err=True))


def _named(name: str, settings: Settings, sources: Path | None, guest: Guest) -> list[Source]:
    """The sources of a municipality, or the one of this name in the file of sources."""
    from flows.sources import config, municipality
    from flows.sources.written import ConfigError

    file = sources or config.default(settings)
    if file.exists():
        for each in config.load(file, settings.visits, settings.home, guest):
            if each.name == name:
                return [each]
    try:
        code = municipality.code_of(name)
    except ConfigError as error:
        raise UsageError(f"{error}; and {file} has no source of that name") from None
    (town,) = municipality.chosen([code], settings.home)
    return list(town.open(guest))


def _guest(settings: Settings, sources: Path | None) -> Guest:
    """A guest with the contact and manners of the file of sources, where there is one."""
    from flows.sources import config

    return config.guest(sources or config.default(settings), settings.visits)


def _known(settings: Settings, source: Source) -> Mapping[str, Known]:
    """What the record has of a source, which then need not be asked for all its meetings; no record is made for it."""
    from flows.sources.visited import Visited
    from index import memory
    from index.catalog import Catalog
    from index.database import is_there

    if not is_there(settings.catalog):
        return {}
    with Catalog(settings.catalog) as catalog:
        if isinstance(source, Visited):
            remembered = memory.of(catalog.engine, source.name)
            source.recall = lambda name: remembered
        return catalog.all_known(source.name)


def _today(guest: Guest) -> date:
    from flows.guest.pace import today_of

    return today_of(guest.clock)


def _show(found: Look, to_stderr: bool = False) -> None:
    """A look in lines: bodies and years, how the papers stand to the record, what is wrong."""
    file = sys.stderr if to_stderr else sys.stdout
    print(f"{found.source}  {found.location}", file=file)
    for body, years in found.bodies.items():
        for year, of in years.items():
            papers = ", ".join(f"{count} {kind}" for kind, count in sorted(of.papers.items())) or "no papers"
            told = [f"{of.meetings} meetings"]
            told += [f"{of.cancelled} cancelled"] if of.cancelled else []
            told += [f"{of.planned} planned"] if of.planned else []
            print(f"  {body:<40} {year}  {', '.join(told)}; {papers}", file=file)
    stand = ", ".join(f"{count} {_STAND[name]}" for name, count in found.papers.items())
    left = f"; {found.left} are in the record and not in the list" if found.left else ""
    print(f"  {found.listed} papers{': ' if stand else ''}{stand}{left}; {found.requests} requests", file=file)
    for trouble in found.troubles:
        print(f"  {'waits' if trouble.waits else 'could not be listed'}: {trouble.place}: {trouble.reason}", file=file)
    for missed in found.missed:
        print(f"  not as expected: {missed}", file=file)


_STAND = {"new": "new", "changed": "changed", "asked": "to be asked for again", "held": "as we have them"}


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print_json(value: Any) -> None:
    from flows.questions import print_json

    print_json(value)


def _settings() -> Settings:
    from index import settings

    return settings.load()
