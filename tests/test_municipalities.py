"""Municipality files: those that ship, what they may say, and what is told where they say it wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.checks import expected
from flows.guest import Guest
from flows.sources import municipality
from flows.sources.municipality import SHIPPED, Expectation, MunicipalityFile
from flows.sources.written import ConfigError

LOMMA = """
code = "1262"
name = "Lomma"

[[source]]
platform = "meetingsplus"
where = { site = "https://moten.lomma.example", bodies = { ks = "Kommunstyrelsen" } }
since = 2024

[expect."Kommunstyrelsen"]
protocols_per_year = [8, 14]
quiet_days = 75
"""

AGAIN = """[[source]]
platform = "insyn"
where = { bodies = { lomma-ks = "Kommunstyrelsen" } }
name = "meetingsplus"
"""


def written(folder: Path, text: str = LOMMA, name: str = "1262-lomma.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_file_that_ships_loads(path: Path) -> None:
    found = municipality.load(path)
    assert path.name == f"{found.code}-{municipality.slug(found.name)}.toml"
    assert found.open(Guest())[0].name == found.source_names()[0]


def test_a_file_says_where_papers_stand_and_what_to_expect(tmp_path: Path) -> None:
    lomma = municipality.load(written(tmp_path))
    assert (lomma.municipality.code, lomma.municipality.name) == ("1262", "Lomma")
    assert lomma.source_names() == ["Lomma, meetingsplus"]
    assert lomma.source[0].since == 2024
    assert lomma.expect == {"Kommunstyrelsen": Expectation(protocols_per_year=(8, 14), quiet_days=75)}


def test_what_is_expected_goes_with_the_sources_that_go_on(tmp_path: Path) -> None:
    old = '[[source]]\nplatform = "insyn"\nwhere = { bodies = { lomma-ks = "Kommunstyrelsen" } }\nuntil = 2023\n'
    lomma = municipality.load(written(tmp_path, LOMMA.replace("[expect", f"{old}\n[expect")))
    now, before = lomma.open(Guest())
    assert (list(now.expect), list(before.expect)) == (["Kommunstyrelsen"], [])
    assert expected(now) == {"Kommunstyrelsen": {"protocols_per_year": [8, 14], "quiet_days": 75}}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "1262"', "", r"code: Field required -- write code = \"1489\""),
        ('name = "Lomma"', "", r"name: Field required -- write name = "),
        ('name = "Lomma"', 'name = "Kävlinge"', "1262 is the code of Lomma, not of Kävlinge: Kävlinge has 1261"),
        ('name = "Lomma"', 'name = "Lomma kommun"', '1262 is the code of Lomma, .*: write name = "Lomma"'),
        ('code = "1262"', 'code = "1200"', "no municipality has the code 1200: Lomma has 1262"),
        ('platform = "meetingsplus"', "", r"source 1, platform: Field required -- write platform = "),
        ('"meetingsplus"', '"mettingsplus"', "source 1: platform 'mettingsplus' is not known; known are feed, "),
        ("where = { site = ", "where = { sight = ", "source 1: where of meetingsplus, site: Field required"),
        ("https://", "", "source 1: where of meetingsplus, site: not an http or https address"),
        ('expect."Kommunstyrelsen"', "expect.KS", 'expect."KS": no source lists that body; they list Kommunstyrelsen'),
        ("since = 2024", "since = 24", "source 1, since: .*-- write since = 2024"),
        ("since = 2024", "sinse = 2024", "source 1, sinse: Extra inputs"),
        ("[8, 14]", "[14, 8]", "expect, Kommunstyrelsen, protocols_per_year: from 14 to 8 is nothing"),
        ("[8, 14]", "[8]", "expect, Kommunstyrelsen, protocols_per_year"),
        ("75", "0", "quiet_days: .*greater than or equal to 1"),
        ("[[source]]", f"{AGAIN}[[source]]", "two sources are called 'Lomma, meetingsplus': give each a name"),
        ("[[source]]", "[[source]", "1262-lomma.toml is no TOML"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file_and_place_and_what_to_write(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = written(tmp_path, LOMMA.replace(old, new, 1))
    with pytest.raises(ConfigError, match=told) as raised:
        municipality.load(path)
    assert str(raised.value).startswith(str(path))


def test_a_file_is_called_by_its_code(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"call the file 1262-lomma\.toml"):
        municipality.load(written(tmp_path, name="lomma.toml"))


def test_a_file_of_ones_own_counts_beside_those_that_ship_and_instead_of_its_like(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    monkeypatch.setattr(municipality, "SHIPPED", shipped)
    written(shipped)
    written(shipped, LOMMA.replace("1262", "1261").replace('"Lomma"', '"Kävlinge"'), "1261-kavlinge.toml")
    home = tmp_path / "home"
    assert [each.name for each in municipality.all_of(home)] == ["Kävlinge", "Lomma"]
    written(home / "municipalities", LOMMA.replace("since = 2024", "since = 2020"))
    assert [(each.name, each.source[0].since) for each in municipality.all_of(home)] == [
        ("Kävlinge", 2024),
        ("Lomma", 2020),
    ]
    written(home / "municipalities", name="1262-again.toml")
    with pytest.raises(ConfigError, match="of the same municipality"):
        municipality.all_of(home)


def test_municipalities_are_chosen_by_name_or_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(municipality, "SHIPPED", tmp_path)
    written(tmp_path)

    def chosen(*names: str) -> list[MunicipalityFile]:
        return municipality.chosen(names, tmp_path / "home")

    assert chosen("lomma") == chosen("1262") == chosen("Lomma kommun") == [municipality.load(written(tmp_path))]
    with pytest.raises(ConfigError, match="there is no file of Ystad: `paragraf source new"):
        chosen("Ystad")
    with pytest.raises(ConfigError, match=r"no municipality is called 'Lomna'; meant is perhaps Lomma \(1262\)"):
        chosen("Lomna")
