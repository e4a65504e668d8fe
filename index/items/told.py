"""What is stored with each passage (uppgifter), by its id.

Read from the disk's pages: to ask the engine for the texts of ten hits takes a thread of its own a turn, for which a
busy machine lets everybody wait.
"""

from __future__ import annotations

import mmap
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson
from numpy.typing import NDArray

from index.vectors import LONG, Point

_TEXTS, _STARTS, _IDS, _DOCUMENTS = "told.jsonl", "told.at.npy", "told.ids.npy", "told.documents.npy"
_ID = "S16"  # the bytes of a UUID
_SPOOLED = 64 << 20  # bytes that wait in memory

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of JSON for each passage: where each begins and the last ends, whose it is (rising), of which document."""

    lines: bytes | mmap.mmap
    starts: Numbers
    ids: NDArray[np.bytes_]
    documents: Numbers

    def of(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What is stored with these passages, of those that are there."""
        asked = list(ids)
        if not asked or not len(self.ids):
            return {}
        wanted = np.frombuffer(bytes.fromhex("".join(asked).replace("-", "")), dtype=_ID)
        rows = np.minimum(self.ids.searchsorted(wanted), len(self.ids) - 1)
        there = (self.ids[rows] == wanted).tolist()
        places = zip(asked, there, self.starts[rows].tolist(), self.starts[rows + 1].tolist(), strict=True)
        return {id: orjson.loads(self.lines[start:end]) for id, held, start, end in places if held}


class Came:
    """What came since it was written, and of which documents all went."""

    def __init__(self) -> None:
        self._gone: set[int] = set()
        self._at: dict[bytes, tuple[int, int, int]] = {}  # of each id: its document, and where its line begins and ends
        self._of: defaultdict[int, list[bytes]] = defaultdict(list)
        self._lines = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 -- lives as long as this
        self._end = 0

    def __bool__(self) -> bool:
        return bool(self._gone) or bool(self._at)

    def replace(self, documents: Sequence[int], points: Sequence[Point]) -> None:
        """As Vectors.replace."""
        self._gone.update(documents)
        for document in documents:
            for id in self._of.pop(document, ()):
                self._at.pop(id, None)
        for point in points:
            id, document = bytes.fromhex(point.id.replace("-", "")), int(point.payload.get("document", 0))
            line = orjson.dumps({name: value for name, value in point.payload.items() if name not in LONG})
            self._at[id] = (document, self._end, self._end + len(line))
            self._of[document].append(id)
            self._end += self._lines.write(line)

    def write(self, folder: Path, old: Told) -> None:
        """Writes the old ones, without what went and with what came, for `read`."""
        new = np.array([*self._at], dtype=_ID)
        places = np.array([*self._at.values()], dtype=np.int64).reshape(-1, 3)
        gone = np.array([*self._gone], dtype=np.int64)
        kept = np.flatnonzero(~np.isin(old.documents, gone) & ~np.isin(old.ids, new))
        ids = np.concatenate([old.ids[kept], new])
        order = np.argsort(ids, kind="stable")
        firsts = np.concatenate([old.starts[kept], places[:, 1]])[order]
        sizes = np.concatenate([np.diff(old.starts)[kept], places[:, 2] - places[:, 1]])[order]
        with (folder / _TEXTS).open("wb") as file:
            self._copy(file, old, order < len(kept), firsts, firsts + sizes)
        np.save(folder / _STARTS, np.concatenate([[0], np.cumsum(sizes)]))
        np.save(folder / _IDS, ids[order])
        np.save(folder / _DOCUMENTS, np.concatenate([old.documents[kept], places[:, 0]])[order])

    def _copy(self, file: BinaryIO, old: Told, is_old: NDArray[np.bool_], firsts: Numbers, ends: Numbers) -> None:
        """Lines in a new order; those that follow on one another already are taken together."""
        apart = (is_old[1:] != is_old[:-1]) | (firsts[1:] != ends[:-1])
        begin = np.concatenate([[0], np.flatnonzero(apart) + 1]) if len(firsts) else np.zeros(0, dtype=np.int64)
        last = np.concatenate([begin[1:], [len(firsts)]]) - 1 if len(firsts) else begin
        runs = zip(is_old[begin].tolist(), firsts[begin].tolist(), ends[last].tolist(), strict=True)
        for of_old, start, end in runs:
            if of_old:
                file.write(memoryview(old.lines)[start:end])
            else:
                self._lines.seek(start)
                file.write(self._lines.read(end - start))


def read(folder: Path) -> Told:
    """The lines as they were written, none if they never were."""
    file = folder / _TEXTS
    if not file.exists():
        nothing = np.zeros(0, dtype=np.int64)
        return Told(b"", np.zeros(1, dtype=np.int64), np.zeros(0, dtype=_ID), nothing)
    with file.open("rb") as opened:
        lines = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) if file.stat().st_size else b""
    starts, ids, documents = (np.asarray(np.load(folder / name, mmap_mode="r")) for name in (_STARTS, _IDS, _DOCUMENTS))
    return Told(lines, starts, ids, documents)
