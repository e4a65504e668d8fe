"""The commands of sources: what is listed, what a visit would take, and a municipality's file made by trying."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.guest import Page
from flows.sources import finding, municipality
from flows.sources.visited import Visited
from index.catalog import Catalog
from index.listed import Listed
from tests import vendors
from tests.records import protocol
from tests.towns import Town, netpublicator
from tests.towns import sitevision as own_site
from tests.towns.home import furnish, visits
from tests.towns.server import Towns, served
from tests.vendors import asked, granby

BODIES = ["Barn- och utbildningsnämnden", "Kommunfullmäktige", "Kommunstyrelsen"]
ADDRESSES: dict[str, Callable[[Town], str]] = {
    "meetingsplus": lambda town: f"{town.base}/committees",
    "netpublicator": lambda town: (
        f"{town.base}/api/public/{netpublicator.READER}/read?hash={netpublicator.where(town)['root']}&isr=true"
    ),
    "evolution": lambda town: f"{town.base}/meetings",
    "sitevision": lambda town: f"{town.base}/politik/protokoll.html",
    "ciceron": lambda town: f"{town.base}/",
    "insyn": lambda town: f"{town.base}/granby-kommunfullmaktige",
    "feed": lambda town: f"{town.base}/rss",
    "sitemap": lambda town: f"{town.base}/sitemap.xml",
    "html": lambda town: f"{town.base}/politik/protokoll/",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(municipality, "SHIPPED", tmp_path / "shipped")
    for name, value in {"PARAGRAF_HOME": str(tmp_path), **visits(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    return tmp_path


@pytest.fixture
def towns() -> Iterator[Towns]:
    with served(*(granby(platform) for platform in ADDRESSES)) as all_of_them:
        yield all_of_them


def of(towns: Towns, platform: str) -> Town:
    return next(town for town in towns.towns if town.platform == platform)


def run(*arguments: str, said: str | None = None) -> Result:
    return CliRunner(env={"TERMINAL_WIDTH": "200", "NO_COLOR": "1"}).invoke(app, ["source", *arguments], input=said)


WHOLE = ("meetingsplus", "ciceron", "netpublicator", "evolution", "sitevision")  # whose address leads to every body


@pytest.mark.parametrize("platform", WHOLE)
def test_a_file_is_written_by_trying_and_then_checks(home: Path, towns: Towns, platform: str) -> None:
    address = ADDRESSES[platform](of(towns, platform))
    done = run("new", "--municipality", "alingsås", "--address", address, "--since", "2024", "--yes")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.strip() == str(home / "municipalities" / "1489-alingsas.toml")
    written = municipality.load(Path(done.stdout.strip()))
    assert [place.platform for place in written.source] == [platform]
    assert not asked(towns, "/download/18.", "/document/", "downloadMode", ".pdf"), "nothing is fetched"
    checked = run("check", "1489", "--json")
    assert checked.exit_code == 0, checked.stdout + checked.stderr
    (found,) = json.loads(checked.stdout)
    assert (sorted(found["bodies"]), found["troubles"], found["missed"]) == (BODIES, [], [])
    assert found["papers"] == {"new": found["listed"]}
    assert found["requests"] > 0


@pytest.mark.parametrize("platform", [name for name in ADDRESSES if name not in WHOLE])
def test_a_file_for_a_part_of_what_a_town_has_can_be_checked_too(home: Path, towns: Towns, platform: str) -> None:
    address = ADDRESSES[platform](of(towns, platform))
    options = ["--municipality", "1489", "--address", address, "--since", "2024", "--yes", "--platform", platform]
    done = run("new", *options)
    assert done.exit_code == 0, done.stderr
    (found,) = json.loads(run("check", "1489", "--json").stdout)
    assert (found["kind"], found["troubles"]) == (platform, [])
    assert found["listed"] > 0


def test_questions_are_asked_for_what_is_not_given(home: Path, towns: Towns) -> None:
    address = ADDRESSES["evolution"](of(towns, "evolution"))
    done = run("new", said=f"Alingsås kommun\n{address}\nkommunstyrelsen\n")
    assert done.exit_code == 0, done.stderr
    written = municipality.load(Path(done.stdout.splitlines()[-1]))
    assert list(written.source[0].where["bodies"].values()) == ["Kommunstyrelsen"]
    assert "1. evolution: 2 units behind /api/units" in done.stderr


def test_expectations_are_proposed_from_whole_years(home: Path, towns: Towns) -> None:
    address = ADDRESSES["meetingsplus"](of(towns, "meetingsplus"))
    run("new", "--municipality", "1489", "--address", address, "--since", "2024", "--yes")
    text = (home / "municipalities" / "1489-alingsas.toml").read_text()
    assert "meetings_per_year = [0, 2]  # 1 in 2024" in text
    assert "quiet_days = " in text
    assert f"# Written by `paragraf source new` on {date.today().isoformat()}" in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--municipality", "Atlantis"], "no municipality is called 'Atlantis'"),
        (["--address", "ftp://x"], "'ftp://x' is no http or https address"),
        (["--address", "{evolution}/api/units"], "bears the marks of no platform"),
        (["--address", "{sitevision}/finns-inte"], "404"),
        (["--address", "{sitevision}/politik/protokoll.html", "--platform", "ciceron"], "bears no marks of ciceron"),
        (["--address", "{evolution}/meetings", "--body", "Tekniska nämnden"], "the site names no Tekniska nämnden; it"),
        ([], "Give it as an option"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(home: Path, towns: Towns, options: list[str], told: str) -> None:
    bases = {name: of(towns, name).base for name in ADDRESSES}
    given = {"--municipality": "Alingsås"} | dict(zip(options[::2], options[1::2], strict=True))
    arguments = [part.format(**bases) for pair in given.items() for part in pair]
    done = run("new", *arguments, "--yes")
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr
    assert not (home / "municipalities").exists()


def test_robots_txt_counts_for_trying_too(home: Path, towns: Towns) -> None:
    town = of(towns, "sitevision")
    town.session["robots"] = "User-agent: *\nDisallow: /politik\n"
    done = run("new", "--municipality", "Alingsås", "--address", ADDRESSES["sitevision"](town), "--yes")
    assert (done.exit_code, "robots.txt" in done.stderr) == (2, True), done.stderr
    assert not asked(towns, "/politik")


def test_a_file_that_is_there_is_left_as_it_is(home: Path, towns: Towns) -> None:
    furnish(home, [of(towns, "evolution")])
    own = home / "municipalities" / "1489-granby.toml"
    own.rename(own.with_name("1489-alingsas.toml"))
    done = run("new", "--municipality", "Alingsås", "--address", "http://x.example", "--yes")
    assert (done.exit_code, "--force writes over it" in done.stderr) == (2, True)


def _furnished(home: Path, town: Town, more: str = "") -> None:
    town.name = "Alingsås"
    furnish(home, [town])
    file = home / "municipalities" / "1489-alingsas.toml"
    file.write_text(file.read_text() + more)


def test_what_is_not_as_expected_makes_a_check_fail(home: Path, towns: Towns) -> None:
    town = of(towns, "evolution")
    _furnished(home, town, '\n[expect."Kommunfullmäktige"]\nmeetings_per_year = [5, 9]\nquiet_days = 2\n')
    done = run("check", "Alingsås")
    assert done.exit_code == 1
    assert "not as expected: Kommunfullmäktige, 2026: " not in done.stdout, "the year is not over"
    assert "not as expected: Kommunfullmäktige: the newest paper is of 2026-06-15" in done.stdout
    town.session["broken"] = ["/api/meetings/" + next(iter(_where(home)["bodies"]))]
    done = run("check", "1489", "--json")
    assert done.exit_code == 1
    (found,) = json.loads(done.stdout)
    assert [trouble["waits"] for trouble in found["troubles"]] == [False]
    assert found["wrong"] is True


def _where(home: Path) -> dict[str, dict[str, str]]:
    where: dict[str, dict[str, str]] = municipality.load(home / "municipalities" / "1489-alingsas.toml").source[0].where
    return where


def test_a_check_tells_what_is_new_changed_and_gone_against_the_record(home: Path, towns: Towns) -> None:
    town = of(towns, "sitevision")
    _furnished(home, town)
    visitor = vendors.guest()
    (source,) = municipality.chosen(["1489"], home)[0].open(visitor)
    assert isinstance(source, Visited)
    first = vendors.visit(source).papers
    with Catalog(f"sqlite:///{home / 'catalog.sqlite'}") as catalog:
        run_id = catalog.start_run("nightly")
        catalog.source(source.name, source.kind, source.location)
        for number, paper in enumerate(first[:6]):
            held = replace(paper, stamp=source.fetch(paper, None).stamp)
            read = protocol(f"n{number}")
            catalog.save(held, read.id, read, run_id)
        gone = Listed(source.name, "18.0", "http://x.example/18.0")
        catalog.save(gone, protocol("gone").id, protocol("gone"), run_id)
    mended = next(
        each for each in town.meetings if each.papers and own_site.listed_key(each.papers[0]) == first[0].key
    ).papers
    mended[0] = replace(mended[0], uploaded="2026-11-01T08:00:00")
    before = len(asked(towns, "/download/"))
    (found,) = json.loads(run("check", "Alingsås", "--json").stdout)
    assert found["papers"] == {"changed": 1, "held": 5, "new": len(first) - 6}
    assert found["left"] == 1
    assert len(asked(towns, "/download/")) == before
    visitor.close()


def test_a_source_of_ones_own_is_checked_by_its_name(home: Path) -> None:
    (home / "tray").mkdir()
    (home / "tray" / "a.txt").write_text("x")
    (home / "sources.toml").write_text('[[source]]\nname = "in-tray"\nkind = "folder"\npath = "tray"\n')
    done = run("check", "in-tray")
    assert (done.exit_code, "1 papers: 1 new" in done.stdout) == (0, True), done.stdout
    done = run("check", "no-tray")
    assert (done.exit_code, "has no source of that name" in done.stderr) == (2, True)


def test_the_municipalities_that_have_a_file_are_listed(home: Path, towns: Towns) -> None:
    _furnished(home, of(towns, "evolution"))
    assert run("list").stdout == "1489  Alingsås          evolution  (your own)\n"
    (row,) = json.loads(run("list", "--json").stdout)
    assert (row["code"], row["platforms"], row["own"]) == ("1489", ["evolution"], True)


_WIDGET = '{"readerName":"granby","previousPath":["c7142bd91daa30"],"rootId":"15a3f0b6efe4255569"}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"<div data-np-config='{escape(_WIDGET)}'></div>",
            [("netpublicator", {"reader": "granby", "root": "c7142bd91daa30"})],
        ),
        (
            "<script>var masterMD = {'rootID': 'ded8716df49637', 'readerName': 'r56703224'};</script>",
            [("netpublicator", {"reader": "r56703224", "root": "ded8716df49637"})],
        ),
        (
            '<link rel="alternate" type="application/rss+xml" href="/rss"><a href="/f/protokoll.pdf">Protokoll</a>',
            [("feed", {"url": "https://granby.example/rss"}), ("html", {"pages": ["https://granby.example/p"]})],
        ),
        ("<p>Välkommen</p>", []),
    ],
)
def test_marks(text: str, told: list[tuple[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch) -> None:
    guest = vendors.guest()
    page = Page("https://granby.example/p", f"<html><body>{text}</body></html>", b"", {}, guest.clock.now())
    monkeypatch.setattr(type(guest), "page", lambda self, url: page)
    assert [(found.platform, found.where) for found in finding.find(guest, page.url)] == told
