"""Items as wholes (helheter): how near in meaning and how rich in words each of some items is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.items.column import Column, Rows
from index.words import Sparse

_FILE = "meaning.npy"

Scores = NDArray[np.float32]
Directions = NDArray[np.float16]


def nearest(directions: Directions, rows: Rows, meaning: Sequence[float]) -> Scores:
    """The cosine of each row's direction with a vector of any length."""
    if not len(rows):
        return np.zeros(0, dtype=np.float32)
    asked = np.asarray(meaning, dtype=np.float32)
    length = float(np.linalg.norm(asked)) or 1.0
    cosines: Scores = directions[rows].astype(np.float32) @ (asked / length)
    return cosines


def richest(terms: Column, rows: Rows, words: Sparse, total: int) -> Scores:
    """BM25 of each of these rows (rising): of every word its weight in the row and in the question, and its rarity."""
    assert terms.weights is not None or not len(terms.rows)
    scores = np.zeros(len(rows), dtype=np.float32)
    for word, weight in zip(words.indices, words.values, strict=True):
        has = terms.where(word)
        count = has.stop - has.start
        if count and terms.weights is not None:
            at = np.minimum(np.searchsorted(terms.rows[has], rows), count - 1)
            there = terms.rows[has][at] == rows
            scores[there] += weight * _rarity(count, total) * terms.weights[has][at[there]]
    return scores


def _rarity(count: int, total: int) -> float:
    """IDF as Qdrant has it."""
    return float(np.log((total - count + 0.5) / (count + 0.5) + 1))


def by_row(terms: Column, total: int) -> Callable[[int], Sparse]:
    """What tells the weights of a row's words."""
    order = np.argsort(terms.rows, kind="stable")
    starts = np.searchsorted(terms.rows[order], np.arange(total + 1))
    numbers = np.repeat(np.asarray(terms.values), np.diff(terms.starts))[order]
    weights = terms.weights[order] if terms.weights is not None else np.zeros(0, dtype=np.float32)

    def of(row: int) -> Sparse:
        own = slice(starts[row], starts[row + 1])
        return Sparse(numbers[own].tolist(), weights[own].tolist())

    return of


def read(folder: Path) -> Directions:
    """The direction of each row, as they were written."""
    file = folder / _FILE
    return np.asarray(np.load(file, mmap_mode="r")) if file.exists() else np.zeros((0, 0), dtype=np.float16)


def write(folder: Path, directions: Directions) -> None:
    """Writes the directions of all rows, of length 1 each, for `read`."""
    np.save(folder / _FILE, directions)
