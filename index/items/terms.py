"""The words that each item can be found by (termer), item by item: what two items have in common is told by them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_NUMBERS, _STARTS = "terms.by_row.npy", "terms.by_row.starts.npy"


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of all rows' words one after another, and where each row's begin and the last end."""

    numbers: NDArray[np.uint32]
    starts: NDArray[np.int64]

    def of(self, row: int) -> list[int]:
        """The numbers of a row's words, rising."""
        told: list[int] = self.numbers[self.starts[row] : self.starts[row + 1]].tolist()
        return told


def read(folder: Path) -> Terms:
    """The words as they were written, none if they never were."""
    if not (folder / _NUMBERS).exists():
        return Terms(np.zeros(0, dtype=np.uint32), np.zeros(1, dtype=np.int64))
    return Terms(np.asarray(np.load(folder / _NUMBERS, mmap_mode="r")), np.load(folder / _STARTS))


def write(folder: Path, rows: Iterable[Iterable[int]]) -> None:
    """Writes the words of all rows, for `read`."""
    numbers, ends = array("I"), array("q", [0])
    for row in rows:
        numbers.extend(row)
        ends.append(len(numbers))
    np.save(folder / _NUMBERS, np.asarray(numbers, dtype=np.uint32))
    np.save(folder / _STARTS, np.asarray(ends, dtype=np.int64))
