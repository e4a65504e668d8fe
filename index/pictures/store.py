"""Files that can be made again, on the disk (förråd): never more than a limit, what was not asked for longest goes."""

from __future__ import annotations

import os
import re
import shutil
import threading
import uuid
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}/[0-9a-f]{32}(?:-\d{1,5})?\.(?:png|json)")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LEFT = 0.8  # of the limit, what is left after clearing


class Store:
    """Files named `<sha256 of a paper>/<what>.png`. Several processes may use one folder; a full disk hurts none."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self._held: int | None = None
        self._lock = threading.Lock()

    def get(self, name: str) -> bytes | None:
        """The bytes, None where there are none (any more)."""
        path = self._path(name)
        with suppress(OSError):
            data = path.read_bytes()
            os.utime(path)  # it was asked for now
            return data
        return None

    def has(self, name: str) -> bool:
        """Whether the bytes are here."""
        return self._path(name).is_file()

    def put(self, name: str, data: bytes) -> None:
        """Keeps these bytes if it can: they are there whole, or not at all."""
        path = self._path(name)
        beside = path.with_name(f"{uuid.uuid4().hex}.unfinished")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(data)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
            self._account(len(data))

    def forget(self, sha256: str) -> None:
        """Removes everything of a paper."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no sha256")
        shutil.rmtree(self.folder / sha256, ignore_errors=True)

    def _path(self, name: str) -> Path:
        """Names are our own; one of any other form is refused, so that none leads out of the folder."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a picture")
        return self.folder / name

    def _account(self, size: int) -> None:
        with self._lock:
            if self._held is None:
                self._held = sum(each[1] for each in self._files())
            else:
                self._held += size
            if self._held > self.most_bytes:
                self._held = self._clear()

    def _clear(self) -> int:
        """Removes what was not asked for longest; how many bytes are left."""
        files = sorted(self._files())
        held = sum(size for _, size, _ in files)
        for _, size, path in files:
            if held <= self.most_bytes * _LEFT:
                break
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()  # if it was the last
            held -= size
        return held

    def _files(self) -> list[tuple[int, int, Path]]:
        """When each file was asked for last, its size, and its path."""
        found = []
        for path in self.folder.glob("*/*"):
            with suppress(OSError):
                told = path.stat()
                found.append((told.st_mtime_ns, told.st_size, path))
        return found
