"""Sources: folders as they are found on real disks, and the web as a guest sees it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractors.model import Municipality, Unreadable
from flows.sources import Fetched, Trouble, config
from flows.sources.addresses import Addresses
from flows.sources.folder import Files, Folder
from flows.sources.web import Web
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


class _Site(BaseHTTPRequestHandler):
    """A small municipality's site; `asked` holds the paths and what came with them."""

    asked: list[tuple[str, dict[str, str]]]
    flaky = 0

    def do_GET(self) -> None:
        type(self).asked.append((self.path, dict(self.headers)))
        if self.path == "/flaky" and type(self).flaky < 2:
            type(self).flaky += 1
            return self._answer(503, b"busy")
        if self.path == "/missing":
            return self._answer(404, b"")
        if self.path == "/moved":
            return self._answer(301, b"", Location="/paper")
        if self.path == "/elsewhere":
            return self._answer(301, b"", Location="file:///etc/passwd")
        if self.headers.get("If-None-Match") == '"v1"':
            return self._answer(304, b"")
        return self._answer(200, b"%PDF-" + b"x" * 1000, ETag='"v1"')

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def site() -> Iterator[str]:
    _Site.asked, _Site.flaky = [], 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web("arkiv@exempel.se", pause_s=0, waits_s=(0, 0))
    yield web
    web.close()


def test_a_paper_is_fetched_once_and_then_asked_about(site: str, web: Web) -> None:
    first = web.fetch(f"{site}/paper")
    assert first.data is not None
    assert (len(first.data), first.stamp) == (1005, 'etag "v1"')
    assert web.fetch(f"{site}/paper", first.stamp) == Fetched(None, 'etag "v1"')
    headers = _Site.asked[0][1]
    assert headers["User-Agent"].startswith("Paragraf/")
    assert "arkiv@exempel.se" in headers["User-Agent"]


def test_a_busy_server_is_asked_again(site: str, web: Web) -> None:
    assert web.fetch(f"{site}/flaky").data
    assert len(_Site.asked) == 3


def test_a_moved_paper_is_followed(site: str, web: Web) -> None:
    assert web.fetch(f"{site}/moved").data


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/missing", "the server answered 404 Not Found"), ("/elsewhere", "cannot be fetched|no connection")],
)
def test_a_paper_that_is_not_there_says_so(site: str, web: Web, path: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        web.fetch(site + path)


def test_a_paper_too_large_is_left(site: str) -> None:
    web = Web(pause_s=0, waits_s=(), largest=500)
    with pytest.raises(Unreadable, match="larger than 0 MB"):
        web.fetch(f"{site}/paper")


def test_a_server_that_is_not_there_says_so() -> None:
    with pytest.raises(Unreadable, match=r"no connection: .*\(1 tries\)"):
        Web(pause_s=0, waits_s=()).fetch("http://127.0.0.1:9/paper")


def test_a_host_is_asked_by_one_at_a_time_with_a_pause(site: str) -> None:
    import time

    web, began = Web(pause_s=0.1, waits_s=()), time.monotonic()
    threads = [threading.Thread(target=web.fetch, args=(f"{site}/{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began >= 0.3


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
    ],
)
def test_a_fault_in_the_file_of_sources_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(ConfigError, match=message):
        config.load(tmp_path / "sources.toml")


def test_no_file_of_sources_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="write it"):
        config.load(tmp_path / "sources.toml")
