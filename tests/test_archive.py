"""Originals are kept whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.archive import Archive, ArchiveError

_DATA = "Sammanträdesprotokoll, påhittat exempel".encode()
_SHA = hashlib.sha256(_DATA).hexdigest()


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture(params=["folder", "file url", "fsspec"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """The same contract wherever the originals are: a path, a file:// URL, anything that fsspec knows."""
    urls = {"folder": str(tmp_path), "file url": f"file://{tmp_path}", "fsspec": f"memory://{tmp_path.name}"}
    return Archive(urls[request.param])


def test_put_get_remove(archive: Archive) -> None:
    assert not archive.has(_SHA)
    assert archive.put(_DATA) == _SHA
    assert archive.put(_DATA) == _SHA
    assert archive.has(_SHA)
    assert archive.get(_SHA) == _DATA
    assert list(archive) == [_SHA]
    archive.remove(_SHA)
    archive.remove(_SHA)
    assert not archive.has(_SHA)
    with pytest.raises(ArchiveError, match="is not in the archive"):
        archive.get(_SHA)


def test_empty_bytes_are_bytes_too(archive: Archive) -> None:
    assert archive.get(archive.put(b"")) == b""


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, "ab" * 31])
def test_only_a_hash_is_a_name(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="is no sha256"):
        archive.get(name)


def test_sharded_by_two_digits(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    archive.put(_DATA)
    assert _files(tmp_path) == [f"{_SHA[:2]}/{_SHA}"]
    assert archive.path(_SHA) == tmp_path / _SHA[:2] / _SHA
    assert archive.path("0" * 64) is None


def test_damage_is_told_and_a_cut_file_is_mended(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    archive.put(_DATA)
    (tmp_path / _SHA[:2] / _SHA).write_bytes(_DATA[:10])
    with pytest.raises(ArchiveError, match="damaged"):
        archive.get(_SHA)
    archive.put(_DATA)
    assert archive.get(_SHA) == _DATA


def test_a_flipped_bit_is_seen_and_mended(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path))
    archive.put(_DATA)
    (tmp_path / _SHA[:2] / _SHA).write_bytes(bytes([_DATA[0] ^ 1]) + _DATA[1:])
    assert not archive.intact(_SHA)
    archive.put(_DATA)
    assert archive.intact(_SHA)
    assert not archive.intact("0" * 64)


def test_a_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("index.archive.os.fsync", full)
    with pytest.raises(ArchiveError, match="No space left"):
        Archive(str(tmp_path)).put(_DATA)
    assert _files(tmp_path) == []


def test_what_a_killed_process_left_is_swept_when_old(tmp_path: Path) -> None:
    left = tmp_path / "unfinished" / "left"
    fresh = tmp_path / "unfinished" / "fresh"
    left.parent.mkdir()
    left.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(left, (time.time() - 10_000,) * 2)
    archive = Archive(str(tmp_path))
    archive.put(_DATA)
    assert _files(tmp_path) == [f"{_SHA[:2]}/{_SHA}", "unfinished/fresh"]
    assert list(archive) == [_SHA]


def test_a_folder_needs_no_fsspec(tmp_path: Path) -> None:
    program = (
        "import sys; from index.archive import Archive; Archive(sys.argv[1]).put(b'x'); print('fsspec' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
