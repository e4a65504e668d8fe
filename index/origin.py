"""Where a paper came from, as strangers are told it (ursprung): an address on the web, or a name.

Of a paper from a folder the record knows the path on this machine. Who runs the program may see it; over HTTP and in
messages it becomes the name of its source and the paper's key there: "in-tray/2026/protokoll.pdf".
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from sqlalchemy import Engine, select

from index import tables

_WEB = ("https://", "http://")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ODD = "file-name:"  # a path that is no UTF-8, as flows/sources/folder.py writes it
_PATH = re.compile(r"(?<![\w.:/\\-])/(?:[^/\s:;,'\"]+/)+(?=[^/\s])")
_REMEMBERED = 50_000
_AT_A_TIME = 400


def is_public(url: str) -> bool:
    """Whether everybody can follow it.

    >>> is_public("https://www.example.se/a.pdf"), is_public("/srv/papers/a.pdf")
    (True, False)
    """
    return url.lower().startswith(_WEB)


def named(source: str, key: str) -> str:
    """What a paper of a source that is not on the web is called; of a key that is a whole path the last part counts.

    >>> named("in-tray", "2026/juni.pdf"), named("files", "/home/anna/Hämtat/juni.pdf")
    ('in-tray/2026/juni.pdf', 'files/juni.pdf')
    """
    told = unquote(key.removeprefix(_ODD)) if key.startswith(_ODD) else key
    return f"{source}/{PurePosixPath(told).name if told.startswith('/') else told}"


def public(url: str, source: str, key: str) -> str:
    """The address on the web, or the name."""
    return url if is_public(url) else named(source, key)


def without_paths(told: str) -> str:
    """A reason without the folders of this machine that stand in it; addresses on the web are left.

    >>> without_paths("/srv/papers/2026/a.pdf: cannot be opened"), without_paths("https://example.se/x/y.pdf: 404")
    ('a.pdf: cannot be opened', 'https://example.se/x/y.pdf: 404')
    """
    return _PATH.sub("", told)


class Names:
    """The names of papers by the sha256 of their bytes: each is looked up once, for they do not change."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, threading.Lock()
        self._known: dict[str, str] = {}

    def of(self, bytes_of: Iterable[str]) -> dict[str, str]:
        """The names of these papers."""
        wanted = set(bytes_of)
        with self._lock:
            told = {sha256: self._known[sha256] for sha256 in wanted if sha256 in self._known}
        found = self._look_up(sorted(wanted - told.keys()))
        if found:
            with self._lock:
                if len(self._known) > _REMEMBERED:
                    self._known.clear()
                self._known |= found
        return told | found

    def address(self, url: str, sha256: str) -> str:
        """What an address of a paper is told as."""
        return url if is_public(url) else self.of([sha256]).get(sha256, sha256)

    def bytes_of(self, told: str) -> str | None:
        """The sha256 of the paper that a name, or a sha256, is of."""
        if _SHA256.fullmatch(told):
            return told
        documents, sources, contents = tables.documents.c, tables.sources.c, tables.contents
        rows = select(sources.name, documents.key, contents.c.sha256).join_from(tables.documents, tables.sources)
        rows = rows.join(contents, contents.c.id == documents.content_id)
        last = told.rpartition("/")[2]
        with self._engine.connect() as db:
            for row in db.execute(rows.where(documents.key.endswith(last, autoescape=True)).order_by(documents.id)):
                if named(row.name, row.key) == told:
                    return str(row.sha256)
        return None

    def _look_up(self, missing: list[str]) -> dict[str, str]:
        documents, versions, contents = tables.documents, tables.versions, tables.contents
        rows = select(contents.c.sha256, tables.sources.c.name, documents.c.key).join_from(versions, contents)
        rows = rows.join(documents, documents.c.id == versions.c.document_id).join(tables.sources)
        found: dict[str, str] = {}
        for at in range(0, len(missing), _AT_A_TIME):
            part = contents.c.sha256.in_(missing[at : at + _AT_A_TIME])
            with self._engine.connect() as db:
                for row in db.execute(rows.where(part).order_by(documents.c.id)):
                    found.setdefault(row.sha256, named(row.name, row.key))
        return found
