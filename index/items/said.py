"""The words of each item in order, as they are written but for capitals (ordföljd): which items have words in a row."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.items.column import Rows
from index.words import number

_TEXTS, _STARTS = "said.txt", "said.at.npy"
APART = "|"  # stands between what no phrase goes across


@dataclass(frozen=True, slots=True)
class Said:
    """All the texts one after another, and where each row's begins and the last ends."""

    texts: bytes | mmap.mmap
    starts: NDArray[np.int64]

    def of(self, row: int) -> str:
        """The words of a row, with spaces between."""
        return self.texts[self.starts[row] : self.starts[row + 1]].decode().strip()

    def having(self, words: str, rows: Rows) -> Rows:
        """Those of the rows that have these words in a row."""
        sought = f" {words} ".encode()
        ends = zip(self.starts[rows].tolist(), self.starts[rows + 1].tolist(), strict=True)
        return rows[[self.texts.find(sought, start, end) >= 0 for start, end in ends]]


def numbers(text: str) -> list[int]:
    """The numbers of the words in a text, each once."""
    return [number(word) for word in dict.fromkeys(text.split()) if word != APART]


def read(folder: Path) -> Said:
    """The texts as they were written, none if they never were."""
    file = folder / _TEXTS
    if not file.exists():
        return Said(b"", np.zeros(1, dtype=np.int64))
    with file.open("rb") as opened:
        size = file.stat().st_size
        texts = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    return Said(texts, np.load(folder / _STARTS))


def write(folder: Path, texts: Iterable[str]) -> None:
    """Writes the texts of all rows, for `read`."""
    starts = [0]
    with (folder / _TEXTS).open("wb") as file:
        starts += _written(file.write(f" {text} ".encode()) for text in texts)
    np.save(folder / _STARTS, np.array(starts, dtype=np.int64))


def _written(sizes: Iterable[int]) -> Iterator[int]:
    at = 0
    for size in sizes:
        at += size
        yield at
