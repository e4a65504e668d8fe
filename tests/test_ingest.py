"""From a folder to the record and the index: everything accounted for, nothing done twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import extractors
from extractors import ocr
from flows.failing import is_full
from flows.ingest import ingest, sources
from flows.rebuild import rebuild
from flows.sources.addresses import Addresses
from flows.sources.folder import Files
from flows.state import state
from flows.tally import Outcome, Tally
from index.catalog import Catalog
from index.queries import Query, search
from index.settings import Settings
from tests.running import at_home, contents, protocol, write_papers


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_papers(tmp_path_factory.mktemp("papers"), 20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with at_home(tmp_path_factory.mktemp("home")) as settings:
        yield settings


def counts(tally: Tally) -> tuple[int, ...]:
    return tally.read, tally.unchanged, tally.new_version, len(tally.unreadable), tally.withdrawn


@pytest.fixture(scope="module")
def runs(papers: Path, home: Settings) -> tuple[Outcome, Outcome, Outcome]:
    """A folder ingested, ingested again, and again after changes in it."""
    first = ingest([str(papers)])
    before = contents(home.home)
    again = ingest([str(papers)])
    assert contents(home.home) == before
    (papers / "003.txt").write_text(protocol(3).replace("lägerverksamhet", "en simskola"))
    (papers / "004.txt").unlink()
    (papers / "021.txt").write_text(protocol(21))
    (papers / "005-copy.txt").write_bytes((papers / "005.txt").read_bytes())
    return first, again, ingest([str(papers)])


def test_a_folder_is_read_once_and_kept_up_to_date(
    papers: Path, home: Settings, runs: tuple[Outcome, Outcome, Outcome]
) -> None:
    first, again, changed = runs
    assert (counts(first.tally), first.synced["documents"]) == ((20, 0, 0, 0, 0), 20)
    assert (counts(again.tally), again.synced["documents"]) == ((0, 20, 0, 0, 0), 0)
    assert counts(changed.tally) == (2, 18, 1, 0, 1)
    hits = search(home, Query("simskola")).hits
    assert [hit.url for hit in hits if not hit.related] == [str(papers / "003.txt")]
    assert not changed.failed(strict=True)


@pytest.mark.usefixtures("runs")
def test_part_of_a_folder_says_nothing_of_the_rest(papers: Path, home: Settings) -> None:
    assert ingest([str(papers / "001.txt")]).tally.withdrawn == 0


@pytest.mark.usefixtures("runs")
def test_the_order_of_the_listing_is_the_order_of_the_record(papers: Path, home: Settings) -> None:
    with Catalog(home.catalog) as catalog:
        urls = [stored.listed.url for stored in catalog.documents(range(1, 21))]
    assert urls == [str(papers / f"{number:03}.txt") for number in range(1, 21)]


@pytest.mark.usefixtures("runs")
def test_every_run_is_on_record(home: Settings) -> None:
    with Catalog(home.catalog) as catalog:
        runs = catalog.runs()
    assert {(run.kind, run.state) for run in runs} == {("ingest", "finished")}
    assert runs[-1].summary is not None
    assert runs[-1].summary["papers"] == 20


@pytest.mark.usefixtures("runs")
def test_what_an_older_reader_read_is_read_again(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    known = extractors.READER
    with Catalog(home.catalog) as catalog:
        assert catalog.status(known).stale == 0
        assert catalog.status("another").stale == 22
    monkeypatch.setattr(extractors, "READER", "another", raising=False)
    assert rebuild(read=True).tally.papers == 22
    monkeypatch.undo()
    whole = rebuild(read=False, index=True)
    assert whole.tally.papers == 0
    assert whole.synced["documents"] == 22


def test_what_broke_off_is_read_when_it_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_papers(tmp_path / "papers", 1)
    (tmp_path / "papers" / "hard.txt").write_text(protocol(7) + "CRASH-ME\n")
    with at_home(tmp_path / "home") as settings:
        tally = ingest([str(tmp_path / "papers")]).tally
        assert tally.reasons[str(tmp_path / "papers" / "hard.txt")].startswith("process: the process that read it")
        (tmp_path / "papers" / "the same.txt").write_text(protocol(7) + "CRASH-ME\n")
        assert set(ingest([str(tmp_path / "papers")]).tally.reasons.values()) == set(tally.reasons.values())
        monkeypatch.setenv("PARAGRAF_READER", "extractors:read")
        again = rebuild(read=True).tally
        assert (again.papers, again.read, again.cannot_be_read) == (1, 1, 0)
        assert search(settings, Query("KS 2031/7")).total == 2
        assert rebuild(read=True).tally.papers == 0


@pytest.mark.skipif(not ocr.installed(), reason="tesseract with Swedish is not installed")
def test_scans_that_were_left_are_read_when_they_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = "examples/papers/trosa/2025-03-27-miljonamnden-protokollsutdrag-9-skannat.pdf"
    with at_home(tmp_path) as settings:
        monkeypatch.setenv("PARAGRAF_OCR", "off")
        assert ingest([scan]).tally.read == 1
        assert (state(settings)["without_ocr"], search(settings, Query("Miljönämnden")).total) == (1, 0)
        assert rebuild(read=True).tally.papers == 0
        monkeypatch.delenv("PARAGRAF_OCR")
        assert rebuild(read=True).tally.read == 1
        assert (state(settings)["without_ocr"], search(settings, Query("Miljönämnden")).total) == (0, 1)


def test_what_is_named_becomes_sources() -> None:
    files, web = sources(["a.pdf", "https://kommun.example/b.pdf", "c/"])
    assert files == Files((Path("a.pdf"), Path("c")))
    assert isinstance(web, Addresses)
    assert (web.urls, web.covers("https://kommun.example/other.pdf")) == (("https://kommun.example/b.pdf",), False)


def test_a_full_disk_is_told_from_other_errors() -> None:
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as error:
            raise RuntimeError("the archive cannot keep it") from error
    except RuntimeError as error:
        assert is_full(error)
    assert not is_full(OSError(13, "Permission denied"))
