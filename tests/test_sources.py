"""Sources: folders as they are found on real disks, and lists of addresses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from extractors.model import Municipality, Unreadable
from flows.sources import Fetched, Trouble, config
from flows.sources.addresses import Addresses
from flows.sources.folder import Files, Folder
from flows.sources.visited import Visited
from flows.sources.written import ConfigError
from index.listed import Listed


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with most of what folders have."""
    for name in ("b.pdf", "a.txt", "c/å ä ö.html", "c/.hidden.pdf", ".git/config", "d/e/f"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "c" / "again").symlink_to(tmp_path, target_is_directory=True)
    return tmp_path


def keys(source: Folder | Files | Addresses) -> list[str]:
    return [found.key if isinstance(found, Listed) else f"! {found.reason}" for found in source.listing()]


def test_a_folder_lists_its_files_in_order_and_no_loop(papers: Path) -> None:
    assert keys(Folder("tray", papers)) == ["a.txt", "b.pdf", "c/å ä ö.html", "d/e/f"]


def test_a_folder_tells_what_it_knows(papers: Path) -> None:
    lomma = Municipality("1262", "Lomma")
    listed = next(iter(Folder("tray", papers, lomma, "Kommunstyrelsen").listing()))
    assert isinstance(listed, Listed)
    assert (listed.municipality, listed.body, listed.url) == (lomma, "Kommunstyrelsen", str(papers / "a.txt"))


def test_a_paper_given_twice_is_listed_once(papers: Path) -> None:
    files = Files((papers, papers / "a.txt", papers / "c" / ".." / "b.pdf"))
    assert keys(files) == [str(papers / name) for name in ("a.txt", "b.pdf", "c/å ä ö.html", "d/e/f")]
    assert files.covers(str(papers / "gone.pdf"))
    assert not files.covers(str(papers.parent / "elsewhere.pdf"))


def test_a_name_that_is_no_text_can_be_fetched(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/protokoll \xe5.txt")).write_text("latin-1 name")
    folder = Folder("tray", tmp_path)
    (listed,) = (found for found in folder.listing() if isinstance(found, Listed))
    assert listed.key.encode() == b"file-name:protokoll%20%E5.txt"
    assert folder.fetch(listed, None) == Fetched(b"latin-1 name")


def test_a_folder_that_cannot_be_opened_is_told(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:  # root may open everything, so the refusal is made
        if self.name == "c":
            raise PermissionError(13, "Permission denied", str(self))
        return true(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert keys(Folder("tray", papers)) == ["a.txt", "b.pdf", "! cannot be opened: Permission denied", "d/e/f"]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "the file vanished before it could be read"),
        (lambda path: path.mkdir(), "not a file"),
        (lambda path: os.mkfifo(path), "not a file"),
        (lambda path: path.symlink_to(path.parent / "nowhere"), "the file vanished before it could be read"),
    ],
    ids=["vanished", "folder", "pipe", "broken link"],
)
def test_what_is_no_file_says_so(tmp_path: Path, make: object, reason: str) -> None:
    assert callable(make)
    make(tmp_path / "x")
    with pytest.raises(Unreadable) as raised:
        Folder("tray", tmp_path).fetch(Listed("tray", "x", str(tmp_path / "x")), None)
    assert (raised.value.stage, raised.value.reason) == ("fetch", reason)


# The web


def test_a_list_of_addresses_has_each_once(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(
        "# Lomma\nhttps://a.example/1.pdf\nhttps://a.example/2.pdf # kallelse\nftp://x/y\n"
    )
    source = Addresses("lomma", ("https://a.example/1.pdf",), tmp_path / "list.txt")
    assert keys(source) == ["https://a.example/1.pdf", "https://a.example/2.pdf", "! not an http or https address"]
    missing = Addresses("lomma", file=tmp_path / "none.txt")
    assert [found.reason for found in missing.listing() if isinstance(found, Trouble)] == [
        "cannot be read: No such file or directory"
    ]


# The file of sources


def test_the_file_of_sources_is_read(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        """contact = "arkiv@exempel.se"
        [[source]]
        name = "tray"
        kind = "folder"
        path = "papers"
        municipality = { code = "1262", name = "Lomma" }
        [[source]]
        name = "board"
        kind = "urls"
        urls = ["https://www.example.se/a.pdf"]
        file = "more.txt"
        """
    )
    tray, board = config.load(tmp_path / "sources.toml")
    assert tray == Folder("tray", tmp_path / "papers", Municipality("1262", "Lomma"))
    assert isinstance(board, Addresses)
    assert (board.urls, board.file) == (("https://www.example.se/a.pdf",), tmp_path / "more.txt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no"),
        ("[[source]", "is no TOML"),
        ("[[source]]\nname = 'a'\nkind = 'gopher'", "source 1: .*'folder', 'urls'"),
        ("[[source]]\nname = 'a'\nkind = 'folder'", "source 1, folder, path: Field required"),
        ("[[source]]\nname = 'a'\nkind = 'folder'\npath = '.'\npth = 1", "pth: Extra inputs"),
        ("[[source]]\nname = 'a'\nkind = 'urls'", "needs urls"),
        ("[[source]]\nname = 'a'\nkind = 'urls'\nurls = ['file:///etc']", "not an http or https address: file:///etc"),
        ("[[source]]\nname = 'a'\nkind = 'folder'\npath = '.'\n" * 2, "the name 'a' is taken"),
        ("[[source]]\nname = 'a'\nkind = 'html'\nwhere = {}", "source 1, html: where of html, pages: Field required"),
        ("municipalities = ['Atlantis']", "no municipality is called 'Atlantis'"),
        ("municipalities = 'some'", "municipalities: Input should be 'all' -- write municipalities = "),
        ("manners = { pause_s = 0.1 }\nmunicipalities = 'all'", "manners, pause_s: .*greater than or equal to 1"),
        (
            "[[source]]\nname = 'a'\nkind = 'folder'\npath = '.'\nmunicipality = { code = '1262', name = 'Mora' }",
            "municipality: 1262 is the code of Lomma, not of Mora: Mora has 2062",
        ),
    ],
)
def test_a_fault_in_the_file_of_sources_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(ConfigError, match=message):
        config.load(tmp_path / "sources.toml")


def test_municipalities_stand_beside_other_sources_and_all_share_one_guest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.sources.municipality.SHIPPED", tmp_path / "shipped")
    (tmp_path / "municipalities").mkdir()
    (tmp_path / "municipalities" / "1489-alingsas.toml").write_text(
        'code = "1489"\nname = "Alingsås"\n[[source]]\nplatform = "insyn"\nsince = 2025\n'
        "where = { bodies = { alingsas-kf = 'Kommunfullmäktige' } }\n"
    )
    (tmp_path / "sources.toml").write_text(
        'contact = "arkiv@exempel.se"\nmunicipalities = ["alingsås"]\nmanners = { pause_s = 2, requests = 300 }\n'
        '[[source]]\nname = "anslag"\nkind = "rss"\nwhere = { url = "https://mora.example/rss" }\n'
        'municipality = { code = "2062", name = "Mora" }\nbody = "Kommunstyrelsen"\n'
        '[[source]]\nname = "board"\nkind = "urls"\nurls = ["https://www.example.se/a.pdf"]\n'
    )
    town, feed, board = config.load(tmp_path / "sources.toml", home=tmp_path)
    assert isinstance(town, Visited)
    assert isinstance(feed, Visited)
    assert isinstance(board, Addresses)
    assert (town.name, town.kind, town.location) == ("Alingsås, insyn", "insyn", "https://insynsverige.se")
    assert (town.site.municipality, town.site.since) == (Municipality("1489", "Alingsås"), date(2025, 1, 1))
    assert (feed.kind, feed.site.municipality, feed.site.body) == (
        "feed",
        Municipality("2062", "Mora"),
        "Kommunstyrelsen",
    )
    assert town.guest is feed.guest is board.guest
    assert (town.guest.manners.pause_s, town.guest.manners.budget.requests) == (2.0, 300)
    (tmp_path / "sources.toml").write_text('municipalities = "all"')
    assert [each.name for each in config.load(tmp_path / "sources.toml", home=tmp_path)] == ["Alingsås, insyn"]


def test_no_file_of_sources_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="write it"):
        config.load(tmp_path / "sources.toml")
