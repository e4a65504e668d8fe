"""Which paper an address means: by the number of its document, or by the bytes of any version."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import papers
from index.catalog import Catalog, Listed
from index.settings import Settings
from tests.held import MINUTES, MOTION, NEWER, empty, keep, sha


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return empty(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def catalog(home: Settings) -> Catalog:
    keep(home, "motion.txt", MOTION)
    keep(home, "juni.pdf", MINUTES, NEWER)
    keep(home, "kopia.pdf", MINUTES)
    keep(home, "skadad.pdf", MINUTES + b"\n", b"%PDF-1.7 broken off")
    keep(home, "bild.png", b"\x89PNG and nothing else", url="file:///srv/bild.png")
    return Catalog(home.catalog)


def test_by_the_number_of_the_document_it_is_the_newest(catalog: Catalog) -> None:
    paper = papers.find(catalog, "2")
    assert paper and paper.stored
    assert (paper.stored.sha256, paper.stored.version, paper.newest, paper.is_old) == (sha(NEWER), 2, 2, False)
    assert paper.original == "https://www.example.se/juni.pdf"
    assert [version.ordinal for version in paper.versions] == [1, 2]


def test_by_bytes_it_is_that_version(catalog: Catalog) -> None:
    new = papers.find(catalog, sha(NEWER))
    assert new and new.stored and new.stored.version == 2 and not new.is_old
    keep_copy = papers.find(catalog, sha(MINUTES))
    assert keep_copy and keep_copy.document_id == 3 and not keep_copy.is_old, "who has them now goes first"


def test_old_bytes_are_still_found(tmp_path: Path) -> None:
    home = empty(tmp_path)
    keep(home, "juni.pdf", MINUTES, NEWER)
    with Catalog(home.catalog) as catalog:
        old = papers.find(catalog, sha(MINUTES))
        assert old and old.stored and old.stored.version == 1 and old.is_old and not old.unreadable
        run = catalog.start_run("ingest")
        catalog.list_all("board", [Listed("board", "juli.pdf", "https://www.example.se/juli.pdf")], [], run)
        catalog.visited("board", run)
        gone = papers.find(catalog, "1")
        assert gone and gone.withdrawn and gone.stored


def test_what_cannot_be_read_says_why(catalog: Catalog) -> None:
    damaged = papers.find(catalog, "4")
    assert damaged and damaged.unreadable and damaged.stored and damaged.stored.version == 1 and not damaged.is_old
    picture = papers.find(catalog, sha(b"\x89PNG and nothing else"))
    assert picture and picture.stored is None and picture.unreadable and picture.original is None
    assert ["PNG" in told.reason for told in picture.issues] == [True]


@pytest.mark.parametrize("address", ["", "0", "99", "-1", "1' OR 1=1", "ab12", "f" * 64, "F" * 64, "1" * 30, "../2"])
def test_an_address_of_nothing(catalog: Catalog, address: str) -> None:
    assert papers.find(catalog, address) is None
