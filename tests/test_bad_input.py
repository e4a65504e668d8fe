"""Bad input from end to end: each paper ends with a reason of its own, and no other paper feels it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from flows.cli import app
from flows.ingest import ingest
from flows.tally import Outcome
from index.archive import Archive
from index.catalog import Catalog
from index.queries import Query, search
from index.settings import Settings
from tests.running import api, at_home, contents, left_behind, paragraf, protocol, write_papers


def pdf(pages: int, password: str | None = None, mark: str = "") -> bytes:
    """An invented protocol of so many pages."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, "owner") if password else None)
    for page in range(1, pages + 1):
        for at, line in enumerate(protocol(page).splitlines()):
            canvas.drawString(60, 780 - 16 * at, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue() + mark.encode()


def zip_bomb() -> bytes:
    """A DOCX whose text is 400 MB of nothing in 400 kB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:document>" + b" " * (400 << 20))
    return out.getvalue()


ERROR_PAGE = "<!doctype html><html><head><title>404</title></head><body><h1>Sidan finns inte</h1></body></html>"
# name, bytes (or what makes them, where that is dear), what the record says of it: a reason, or None where it was read
BAD: list[tuple[str, bytes | Callable[[], bytes], str | None]] = [
    ("empty.pdf", b"", "empty"),
    ("protokoll.pdf", ERROR_PAGE.encode(), ""),
    ("truncated.pdf", pdf(4)[:2500], ""),
    ("encrypted.pdf", pdf(1, "hemligt"), "password|encrypted|locked"),
    ("bomb.docx", zip_bomb, "MB|unpack|bomb|large"),
    ("soup.bin", bytes(range(256)) * 40, ""),
    ("crash.pdf", pdf(1, mark="CRASH-ME"), "the process that read it was killed by SIGSEGV"),
    ("hang.pdf", pdf(1, mark="HANG-ME"), "not finished after 6 s"),
    ("latin1.txt", protocol(61).encode("latin-1"), None),
    ("good.txt", protocol(62).encode(), None),
    ("good.pdf", pdf(3), None),
]


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, data, _ in BAD:
        (folder / name).write_bytes(data() if callable(data) else data)
    (folder / "gone.pdf").symlink_to(folder / "nowhere.pdf")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with pytest.MonkeyPatch.context() as patch, at_home(tmp_path_factory.mktemp("home"), workers=2):
        patch.setenv("PARAGRAF_READ_TIMEOUT", "6")
        from index.settings import load

        yield load()


@pytest.fixture(scope="module")
def outcome(bad: Path, home: Settings) -> Outcome:
    return ingest([str(bad)])


def test_every_paper_is_accounted_for(outcome: Outcome) -> None:
    assert outcome.tally.papers == len(BAD) + 1
    assert outcome.tally.accounted
    assert not outcome.failed()
    assert outcome.failed(strict=True)


@pytest.mark.parametrize(
    ("name", "reason"), [(name, reason) for name, _, reason in BAD], ids=[name for name, _, _ in BAD]
)
def test_each_has_its_own_end(outcome: Outcome, bad: Path, home: Settings, name: str, reason: str | None) -> None:
    import re

    told = outcome.tally.reasons.get(str(bad / name))
    if reason is None:
        assert told is None
    elif reason:
        assert told is not None
        assert re.search(reason, told), told
    with Catalog(home.catalog) as catalog:
        assert catalog.find(str(bad / name))  # never forgotten, whatever became of it


def test_a_file_that_vanishes_is_on_record(outcome: Outcome, bad: Path) -> None:
    assert outcome.tally.reasons[str(bad / "gone.pdf")] == "fetch: the file vanished before it could be read"


def test_good_papers_beside_bad_ones_are_found(outcome: Outcome, bad: Path, home: Settings) -> None:
    for number, name in ((61, "latin1.txt"), (62, "good.txt"), (2, "good.pdf")):
        best = search(home, Query(f"KS 2031/{number}")).hits[0]
        assert (best.url, best.case_number) == (str(bad / name), f"KS 2031/{number}")


def test_what_could_not_be_read_is_not_tried_each_night(outcome: Outcome, bad: Path, home: Settings) -> None:
    before = contents(home.home)
    again = ingest([str(bad)])
    assert again.seconds < 6, "nobody waited for the paper that hangs"
    assert (again.tally.read, again.tally.unchanged) == (0, len(BAD))
    assert again.tally.cannot_be_read == outcome.tally.cannot_be_read
    assert contents(home.home) == before


def test_status_tells_why(outcome: Outcome, home: Settings) -> None:
    told = CliRunner().invoke(app, ["status", "--json"]).stdout
    assert "process: the process that read it was killed by SIGSEGV" in json.loads(told)["reasons"]


def test_two_thousand_pages(tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(pdf(2000))
    with pytest.MonkeyPatch.context() as patch, at_home(tmp_path / "home", "extractors:read") as settings:
        patch.setenv("PARAGRAF_READ_TIMEOUT", "240")
        assert ingest([str(tmp_path / "long.pdf")]).tally.pages == 2000
        assert search(settings, Query("KS 2031/1999")).hits[0].page == 1999


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_papers(tmp_path / "papers" / "locked", 2)
    write_papers(tmp_path / "papers" / "open", 2)
    true = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:  # root may open everything, so the refusal is made
        if self.name == "locked":
            raise PermissionError(13, "Permission denied", str(self))
        return true(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with at_home(tmp_path / "home"):
        outcome = ingest([str(tmp_path / "papers")])
    assert outcome.tally.read == 2
    assert outcome.tally.troubles == {str(tmp_path / "papers" / "locked"): "cannot be opened: Permission denied"}
    assert outcome.failed()


def test_a_full_disk_is_told_and_the_next_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = write_papers(tmp_path / "papers", 40)
    true, left = Archive.put, iter(range(20))

    def put(self: Archive, data: bytes) -> str:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        return true(self, data)

    monkeypatch.setattr(Archive, "put", put)
    with at_home(tmp_path / "home"):
        done = CliRunner().invoke(app, ["ingest", str(papers), "-q"])
        assert done.exit_code == 1
        assert done.stderr.splitlines()[-1].startswith("paragraf: the disk is full: make room")
        monkeypatch.setattr(Archive, "put", true)
        assert ingest([str(papers)]).tally.accounted
    with at_home(tmp_path / "whole"):
        ingest([str(papers)])
    assert contents(tmp_path / "home") == contents(tmp_path / "whole")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte and a half, where we may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path, tmp_path: Path) -> None:
    papers = write_papers(tmp_path / "papers", 60)
    (papers / "big.txt").write_text("\n".join(map(protocol, range(1, 1200))))
    full = paragraf(small_disk, "ingest", str(papers), PREFECT_API_URL=api(), PARAGRAF_WORKERS="1")
    assert (full.returncode, "Traceback" in full.stderr) == (1, False), full.stderr
    assert "the disk is full" in full.stderr
    assert left_behind(small_disk) == []
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    with at_home(small_disk):
        assert not ingest([str(papers)]).failed(strict=True)


@pytest.mark.parametrize(
    "query", ["läger " * 16_667, "å" * 100_000, "?!.,;:--- «»", "%_'\"\\", "\u0000\u200b"], ids=map(str, range(5))
)
def test_odd_questions_are_answered(outcome: Outcome, home: Settings, query: str) -> None:
    done = CliRunner().invoke(app, ["search", query, "--json"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["total"] >= 0
