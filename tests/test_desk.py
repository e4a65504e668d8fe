"""Papers read ahead: each content once, few in memory, in the order of their turns; and what breaks is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.model import Document, Unreadable
from extractors.workers import Readers
from flows.desk import Desk
from index.archive import Archive, ArchiveError


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1, reader="tests.odd_readers:slow") as processes:
        yield processes


def test_what_is_much_waits_on_the_disk_and_comes_back(readers: Readers, tmp_path: Path) -> None:
    archive, folder = Archive(str(tmp_path / "originals")), tmp_path / "desk"
    folder.mkdir()
    (folder / "left by a run that was killed").touch()
    papers = [archive.put(f"paper {number}".encode()) for number in range(6)]
    with Desk(readers, archive, folder, in_memory=2) as desk:
        assert not list(folder.glob("left*"))
        for sha256 in (*papers, papers[0]):
            desk.read(sha256, "a.txt")
        assert desk.begun == 6, "a content that two papers have is read once"
        last = desk.take(papers[5])
        assert isinstance(last, Document)
        aside = len(list(folder.iterdir()))
        assert aside >= 3, "two wait in memory, the rest on the disk"
        texts = [result.text for sha256 in papers[:5] if isinstance(result := desk.take(sha256), Document)]
        assert texts == [f"paper {number}" for number in range(5)]
        assert isinstance(desk.take(papers[0]), Document)
        assert not list(folder.iterdir())
    assert not folder.exists()


def test_a_folder_that_takes_nothing_leaves_it_in_memory(readers: Readers, tmp_path: Path) -> None:
    archive, folder = Archive(str(tmp_path / "originals")), tmp_path / "file" / "desk"
    (tmp_path / "file").touch()
    papers = [archive.put(f"paper {number}".encode()) for number in range(3)]
    with Desk(readers, archive, folder, in_memory=1) as desk:
        for sha256 in papers:
            desk.read(sha256, "a.txt")
        assert all(isinstance(desk.take(sha256), Document) for sha256 in papers)


def test_what_cannot_be_read_is_a_result_and_what_cannot_be_had_an_error(readers: Readers, tmp_path: Path) -> None:
    archive = Archive(str(tmp_path / "originals"))
    refused, gone = archive.put(b"refuse this"), archive.put(b"gone")
    archive.remove(gone)
    with Desk(readers, archive, tmp_path / "desk") as desk:
        desk.read(gone, "gone.txt", turn=1)
        desk.read(refused, "refused.txt", turn=2)
        told = desk.take(refused)
        assert isinstance(told, Unreadable)
        assert told.reason == "not a paper at all"
        with pytest.raises(ArchiveError, match="is not in the archive"):
            desk.take(gone)
