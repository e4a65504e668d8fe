"""The originals, kept by the sha256 of their bytes and never changed (arkiv): a folder, or an object store by URL."""

from __future__ import annotations

import hashlib
import os
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ABANDONED_S = 3600  # nobody writes a single file for an hour


class ArchiveError(RuntimeError):
    """An original that cannot be kept, found or trusted, and why."""


class _Store(Protocol):
    """Where named bytes are kept: nothing is seen under a name before all of it is there."""

    def write(self, name: str, data: bytes) -> None: ...
    def read(self, name: str) -> bytes: ...
    def size(self, name: str) -> int | None: ...
    def holds(self, name: str, data: bytes) -> bool: ...
    def remove(self, name: str) -> None: ...
    def names(self) -> Iterator[str]: ...


class Archive:
    """Originals at a path or URL (`s3://bucket/originals`), as `ab/ab12...`."""

    def __init__(self, url: str) -> None:
        self.url = url
        local = url.removeprefix("file://") if url.startswith("file://") else url
        self._store: _Store = _Remote(url) if _REMOTE.match(local) else _Folder(Path(local).expanduser())

    def put(self, data: bytes) -> str:
        """Keeps these bytes, if they are not there yet; their sha256. After it returns they are on the disk."""
        sha256 = hashlib.sha256(data).hexdigest()
        name = _name(sha256)
        try:
            if not self._store.holds(name, data):  # a cut or damaged file is written again
                self._store.write(name, data)
        except OSError as error:
            raise ArchiveError(f"{self.url} cannot keep {len(data)} bytes: {error.strerror or error}") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes, checked against their name."""
        try:
            data = self._store.read(_name(sha256))
        except FileNotFoundError:
            raise ArchiveError(f"{sha256} is not in the archive {self.url}") from None
        except OSError as error:
            raise ArchiveError(f"{sha256} cannot be read from {self.url}: {error.strerror or error}") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArchiveError(f"{sha256} in {self.url} is damaged: its bytes are not what they were")
        return data

    def intact(self, sha256: str) -> bool:
        """Whether the bytes are here and are still those of their name."""
        try:
            self.get(sha256)
        except ArchiveError:
            return False
        return True

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here."""
        return self._store.size(_name(sha256)) is not None

    def remove(self, sha256: str) -> None:
        """Deletes the bytes, if they are here. Nothing else ever does."""
        with suppress(FileNotFoundError):
            self._store.remove(_name(sha256))

    def __iter__(self) -> Iterator[str]:
        """The sha256 of everything kept, in order."""
        return (name.rpartition("/")[2] for name in sorted(self._store.names()) if _SHA256.fullmatch(name[3:]))

    def path(self, sha256: str) -> Path | None:
        """The file with the bytes, where the archive is a folder and has them: a worker can read it by itself."""
        if isinstance(self._store, _Folder) and self.has(sha256):
            return self._store.folder / _name(sha256)
        return None


def _name(sha256: str) -> str:
    """`ab12...` -> `ab/ab12...`; anything but a hash is refused, so that no name leads out of the archive."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no sha256")
    return f"{sha256[:2]}/{sha256}"


class _Folder:
    """A local folder. fsspec would do as well, but it takes 0.2 s to import and does not write through a rename."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._swept = False

    def write(self, name: str, data: bytes) -> None:
        """Into a file of another name, through to the disk, then renamed: a crash or a full disk leaves no half one."""
        target, beside = self.folder / name, self._unfinished() / uuid.uuid4().hex
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def _unfinished(self) -> Path:
        """The folder of files being written; what a killed process left there is removed once it is old."""
        folder = self.folder / "unfinished"
        folder.mkdir(parents=True, exist_ok=True)
        if not self._swept:
            self._swept = True
            for path in folder.iterdir():
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < time.time() - _ABANDONED_S:
                        path.unlink()
        return folder

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def size(self, name: str) -> int | None:
        try:
            return (self.folder / name).stat().st_size
        except FileNotFoundError:
            return None

    def holds(self, name: str, data: bytes) -> bool:
        """Byte for byte: a disk may damage a file and leave its size."""
        return self.size(name) == len(data) and self.read(name) == data

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()

    def names(self) -> Iterator[str]:
        return (f"{path.parent.name}/{path.name}" for path in self.folder.glob("??/*"))


class _Remote:
    """Any file system that fsspec knows. An object is there whole when its upload is complete, and not before."""

    def __init__(self, url: str) -> None:
        import fsspec

        self.files: Any
        self.files, self.root = fsspec.core.url_to_fs(url)

    def write(self, name: str, data: bytes) -> None:
        path = f"{self.root}/{name}"
        self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
        self.files.pipe_file(path, data)

    def read(self, name: str) -> bytes:
        data: bytes = self.files.cat_file(f"{self.root}/{name}")
        return data

    def size(self, name: str) -> int | None:
        try:
            size: int = self.files.info(f"{self.root}/{name}")["size"]
        except FileNotFoundError:
            return None
        return size

    def holds(self, name: str, data: bytes) -> bool:
        """By its size: an object store checks what it keeps, and to fetch it all each night would be dear."""
        return self.size(name) == len(data)

    def remove(self, name: str) -> None:
        self.files.rm_file(f"{self.root}/{name}")

    def names(self) -> Iterator[str]:
        if not self.files.exists(self.root):
            return iter(())
        return ("/".join(path.split("/")[-2:]) for path in self.files.find(self.root))
