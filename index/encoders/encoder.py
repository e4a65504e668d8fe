"""What every encoder is: the protocol, its matrices, and what is raised where a model cannot be had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class ModelError(RuntimeError):
    """A model that cannot be had, or is not the one that the index was made with."""


class Encoder(Protocol):
    """What turns texts into vectors of `dimension` numbers, each of length 1; `name` is stored beside them."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def passages(self, texts: Sequence[str]) -> Matrix:
        """A row per passage."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """A row per question."""


def unit(vectors: Any) -> Matrix:
    """Every row made as long as 1; an empty text stays zero but for a hair, as cosine asks for a direction."""
    matrix = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    rows: Matrix = matrix / np.maximum(lengths, 1e-9)
    return rows


def cut(name: str, full: int, wanted: int | None) -> int:
    """How many numbers of each vector are kept: the first ones, of a model that was trained for it (Matryoshka)."""
    if wanted is not None and wanted > full:
        raise ModelError(f"PARAGRAF_DIMENSION={wanted} is more than the {full} numbers that {name} has")
    return wanted or full


def named(name: str, full: int, kept: int, precision: str = "fp32") -> str:
    """The name with all that changes vectors beside the model itself.

    >>> named("e5@1a2b3c4d", 384, 128, "int8"), named("e5@1a2b3c4d", 384, 384)
    ('e5@1a2b3c4d/128/int8', 'e5@1a2b3c4d')
    """
    return "/".join([name, *([str(kept)] if kept < full else []), *([precision] if precision != "fp32" else [])])
