"""Several models in one (ensemble): their vectors side by side, turned so that the first numbers tell most.

Models that began at other random numbers and met other pairs err in different places; together they err less.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.training.measure import unit
from index.training.stretches import Stretches

Floats = npt.NDArray[np.float32]

SAMPLE = 8_000  # chunks that tell which directions matter
LONGEST = 160  # pieces of a chunk that are looked at


def joined(tables: Sequence[Floats], texts: Stretches, dimension: int, seed: int) -> Floats:
    """One table of `dimension` numbers from several; every model counts the same in it."""
    chosen = sample(texts, seed)
    side_by_side = np.concatenate([table / _usual_length(table, texts, chosen) for table in tables], axis=1)
    found = unit(_sums(side_by_side, texts, chosen))
    _, directions = np.linalg.eigh(found.T @ found)
    turned: Floats = (side_by_side @ directions[:, ::-1][:, :dimension]).astype(np.float32)
    return turned


def sample(texts: Stretches, seed: int) -> npt.NDArray[np.int64]:
    """Where the pieces of some chunks begin and end, a row each."""
    bodies = [(texts.starts[body.first], texts.ends[body.last - 1]) for _, found in texts.papers for body in found]
    picked = np.random.default_rng(seed).permutation(len(bodies))[:SAMPLE]
    places = np.array(bodies, dtype=np.int64)[picked]
    places[:, 1] = np.minimum(places[:, 1], places[:, 0] + LONGEST)
    return places


def _sums(table: Floats, texts: Stretches, chosen: npt.NDArray[np.int64]) -> Floats:
    """The sum of the pieces' vectors of each chosen chunk."""
    return np.stack([table[texts.pieces[start:end]].sum(axis=0) for start, end in chosen])


def _usual_length(table: Floats, texts: Stretches, chosen: npt.NDArray[np.int64]) -> float:
    """The mean length of the chosen chunks' vectors."""
    return float(np.linalg.norm(_sums(table, texts, chosen), axis=1).mean())
