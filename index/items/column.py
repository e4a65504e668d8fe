"""A field of the items as a column (kolumn): its values, and for each the rows of the items that have it."""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.vectors import FIELDS

Values = list[str] | NDArray[Any]
Rows = NDArray[np.int32]
ByRow = tuple[Rows, NDArray[np.int64]]

_NUMBERS = {"integer": np.int64, "range": np.int64, "float": np.float64, "text": np.int64}


@dataclass(frozen=True, slots=True)
class Column:
    """The values of a field, rising; where the rows of each begin (the last entry is where all end); the rows, rising
    for each value; and what the value counts in each row, where it does (BM25)."""

    values: Values
    starts: NDArray[np.int64]
    rows: Rows
    weights: NDArray[np.float32] | None = None

    def of(self, value: str | float) -> Rows:
        """The rows that have a value."""
        return self.rows[self.where(value)]

    def where(self, value: str | float) -> slice:
        """Where in `rows` and `weights` a value stands."""
        at = bisect_left(self.values, value) if isinstance(self.values, list) else int(self.values.searchsorted(value))
        if at == len(self.values) or self.values[at] != value:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))

    def between(self, low: float | None, high: float | None) -> Rows:
        """The rows that have a value in a range, ends included."""
        first = 0 if low is None else int(np.searchsorted(self.values, low))
        last = len(self.values) if high is None else int(np.searchsorted(self.values, high, side="right"))
        return self.rows[self.starts[first] : self.starts[max(first, last)]]

    def counts(self, mask: NDArray[np.bool_]) -> list[tuple[str | int, int]]:
        """Each value, and how many of the rows in a mask have it, if any has."""
        if not len(self.rows):
            return []
        counts = np.add.reduceat(mask[self.rows], self.starts[:-1], dtype=np.int64)
        return self._told(counts)

    def counts_in(self, rows: Rows, by_row: ByRow) -> list[tuple[str | int, int]]:
        """The same of a few rows, each at most once, which is quicker than to look at every row."""
        numbers, firsts = by_row
        sizes = firsts[rows + 1] - firsts[rows]
        at = np.repeat(firsts[rows] - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
        return self._told(np.bincount(numbers[at], minlength=len(self.values)))

    def by_row(self, total: int) -> ByRow:
        """The number of each value, row by row of so many, and where those of each row begin and the last end."""
        numbers = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        order = np.argsort(self.rows, kind="stable")
        return numbers[order], np.searchsorted(self.rows[order], np.arange(total + 1))

    def _told(self, counts: NDArray[np.int64]) -> list[tuple[str | int, int]]:
        has = np.flatnonzero(counts)
        values = (
            [self.values[at] for at in has.tolist()] if isinstance(self.values, list) else self.values[has].tolist()
        )
        return list(zip(values, counts[has].tolist(), strict=True))


def read(folder: Path, name: str) -> Column:
    """A column as it was written, empty if it never was."""
    strings = FIELDS[name] == "keyword"
    if not (folder / f"{name}.rows.npy").exists():
        none: Values = [] if strings else np.zeros(0, dtype=_NUMBERS[FIELDS[name]])
        return Column(none, np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int32))
    values = json.loads((folder / f"{name}.json").read_text("utf-8")) if strings else _mapped(folder, f"{name}.values")
    weights = _mapped(folder, f"{name}.weights") if (folder / f"{name}.weights.npy").exists() else None
    return Column(values, _mapped(folder, f"{name}.starts"), _mapped(folder, f"{name}.rows"), weights)


def write(folder: Path, name: str, column: Column) -> None:
    """Writes a column, for `read`."""
    if isinstance(column.values, list):
        (folder / f"{name}.json").write_text(json.dumps(column.values, ensure_ascii=False), encoding="utf-8")
    else:
        np.save(folder / f"{name}.values.npy", column.values)
    np.save(folder / f"{name}.starts.npy", column.starts)
    np.save(folder / f"{name}.rows.npy", column.rows)
    if column.weights is not None:
        np.save(folder / f"{name}.weights.npy", column.weights)


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    """An array that is read from the disk's pages as it is needed; a plain one, as np.memmap costs at every slice."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
