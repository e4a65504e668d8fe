"""Papers in folders (mappar): every file that is not hidden, whatever its name ends in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from extractors.model import Municipality, Unreadable
from flows.sources import Fetched, Trouble
from index.listed import Listed

LARGEST = 1 << 30  # bytes; no paper of a municipality comes near
_GONE = "the file vanished before it could be read"


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder and all below it; a paper's key is its path within, so the folder may be moved."""

    name: str
    path: Path
    municipality: Municipality | None = None
    body: str | None = None
    kind: str = "folder"

    @property
    def location(self) -> str:
        return printable(self.path.absolute())

    def listing(self) -> Iterator[Listed | Trouble]:
        root = self.path.absolute()
        if not root.is_dir():
            yield Trouble(printable(root), "is not a folder" if root.exists() else "there is no such folder")
            return
        for found in walk(root):
            if isinstance(found, Trouble):
                yield found
            else:
                key = printable(found.relative_to(root))
                yield Listed(self.name, key, printable(found), municipality=self.municipality, body=self.body)

    def fetch(self, listed: Listed, stamp: str | None) -> Fetched:
        return Fetched(read_file(original(listed.url)))

    def covers(self, key: str) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Files:
    """Files and folders given by hand; a paper's key is its whole path, so it is one paper however it was given."""

    paths: tuple[Path, ...]
    name: str = "files"
    kind: str = "files"
    location: str = "/"

    def listing(self) -> Iterator[Listed | Trouble]:
        seen: set[Path] = set()
        for path in self.paths:
            for found in walk(path.absolute()):
                if isinstance(found, Trouble):
                    yield found
                elif (place := _normal(found)) not in seen:
                    seen.add(place)
                    yield Listed(self.name, printable(place), printable(place))

    def fetch(self, listed: Listed, stamp: str | None) -> Fetched:
        return Fetched(read_file(original(listed.url)))

    def covers(self, key: str) -> bool:
        return any(original(key).is_relative_to(_normal(path.absolute())) for path in self.paths)


def walk(path: Path, above: tuple[tuple[int, int], ...] = ()) -> Iterator[Path | Trouble]:
    """Every file at or below a path, in order of name; hidden ones apart, and no folder within itself."""
    try:
        if not path.is_dir():
            yield path
            return
        status = path.stat()
        entries = sorted(path.iterdir())
    except OSError as error:
        yield Trouble(printable(path), f"cannot be opened: {error.strerror}")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from walk(entry, (*above, here))


def read_file(path: Path) -> bytes:
    """The bytes of a file; Unreadable where it has none to give."""
    try:
        if not path.is_file():
            raise Unreadable("fetch", "not a file" if path.exists() else _GONE)
        if path.stat().st_size > LARGEST:
            raise Unreadable("fetch", f"the file is larger than {LARGEST >> 20} MB, the most that is read: split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("fetch", _GONE) from None
    except OSError as error:
        raise Unreadable("fetch", f"the file cannot be opened ({error.strerror}): see who may read it") from None


def printable(path: Path) -> str:
    """A path as text that any database takes: bytes that are no UTF-8 are written %FF.

    >>> printable(Path("kallelse ä.pdf"))
    'kallelse ä.pdf'
    """
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _ODD + quote(os.fsencode(path))
    return text


_ODD = "file-name:"


def original(text: str) -> Path:
    """The path that printable() wrote."""
    from urllib.parse import unquote_to_bytes

    return Path(os.fsdecode(unquote_to_bytes(text.removeprefix(_ODD)))) if text.startswith(_ODD) else Path(text)


def _normal(path: Path) -> Path:
    """Without `..`, symbolic links left as they are."""
    return Path(os.path.normpath(path))
