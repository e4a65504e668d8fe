"""Learning the vectors: in every batch each text is to be nearer its own partner than everybody else's.

The loss is sentence-transformers' MultipleNegativesRankingLoss over a StaticEmbedding, in both directions and at
several widths (Matryoshka), written out here because texts that are split into pieces once train many times faster.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from index.training.pairs import Pair
from index.training.shared import Table

log = logging.getLogger(__name__)

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast the model learns."""

    dimension: int = 256
    widths: tuple[int, ...] = (256, 64)  # also good when cut to these first numbers
    batch: int = 1024
    epochs: int = 3
    rate: float = 0.1
    scale: float = 20.0  # how sharply cosines are told apart
    longest: int = 160  # pieces of a text that are looked at
    seed: int = 0


class Pieces:
    """Many texts as numbers of pieces, in one flat array, from which bags for any batch are cut."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> None:
        rows: list[Ints] = []
        for start in range(0, len(texts), 10_000):
            encoded = tokenizer.encode_batch_fast(texts[start : start + 10_000], add_special_tokens=False)
            rows += [np.asarray(one.ids[:longest] or [0], dtype=np.int32) for one in encoded]
        self.flat = np.concatenate(rows)
        self.ends = np.cumsum([len(row) for row in rows])

    def bags(self, chosen: npt.NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        """Input and offsets of torch's EmbeddingBag for the chosen texts."""
        starts = np.where(chosen > 0, self.ends[chosen - 1], 0)
        lengths = self.ends[chosen] - starts
        offsets = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        positions = np.repeat(starts - offsets, lengths) + np.arange(lengths.sum())
        return torch.from_numpy(self.flat[positions].astype(np.int64)), torch.from_numpy(offsets)


def batches(count: int, recipe: Recipe) -> Iterator[npt.NDArray[np.int64]]:
    """Numbers of the pairs of each batch, in another order every epoch."""
    rng = np.random.default_rng(recipe.seed)
    for _ in range(recipe.epochs):
        order = rng.permutation(count)
        yield from np.split(order[: count - count % recipe.batch], count // recipe.batch)


def loss_of(one: torch.Tensor, other: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """How badly partners find each other, summed over the widths."""
    target = torch.arange(len(one))
    total = torch.zeros(())
    for width in recipe.widths:
        left, right = functional.normalize(one[:, :width]), functional.normalize(other[:, :width])
        scores = left @ right.T * recipe.scale
        total = total + functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)
    return total


def rate_at(step: int, steps: int) -> float:
    """Part of the full rate: up over the first tenth, then down to nothing.

    >>> [round(rate_at(step, 100), 2) for step in (0, 5, 10, 55, 100)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    return min(step / (0.1 * steps), (steps - step) / (0.9 * steps))


def learn(tokenizer: Tokenizer, smaller: Tokenizer, pairs: Sequence[Pair], recipe: Recipe) -> Floats:
    """A vector for every piece of the vocabulary; `smaller` tells which pieces share parts."""
    torch.manual_seed(recipe.seed)
    table = Table(tokenizer, smaller, recipe.dimension)
    ones, others = (Pieces(tokenizer, [pair[side] for pair in pairs], recipe.longest) for side in (0, 1))
    optimiser = torch.optim.Adam(table.parameters(), lr=recipe.rate, fused=True)
    steps, began = len(pairs) // recipe.batch * recipe.epochs, time.monotonic()
    for step, chosen in enumerate(batches(len(pairs), recipe)):
        optimiser.param_groups[0]["lr"] = recipe.rate * rate_at(step + 1, steps)
        optimiser.zero_grad()
        vectors = table()
        loss = loss_of(means(vectors, ones, chosen), means(vectors, others, chosen), recipe)
        torch.autograd.backward(loss)
        optimiser.step()
        if step % 100 == 0:
            log.info("step %d of %d, loss %.3f, %.0f s", step, steps, loss.item(), time.monotonic() - began)
    learned: Floats = table().detach().numpy().astype(np.float32)
    learned[0] = 0  # the unknown piece says nothing
    return learned


def means(vectors: torch.Tensor, texts: Pieces, chosen: npt.NDArray[np.int64]) -> torch.Tensor:
    """The chosen texts' vectors: each the mean of its pieces'."""
    pieces, offsets = texts.bags(chosen)
    return functional.embedding_bag(pieces, vectors, offsets, mode="mean")
