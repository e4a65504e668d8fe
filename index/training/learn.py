"""Learning the vectors: pairs in batches, another choice of them every epoch, and the widths evened out at the end."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from index.training.contrast import loss_of
from index.training.pairs import pairs
from index.training.shared import Table
from index.training.stretches import Ints, Stretches

log = logging.getLogger(__name__)

Floats = npt.NDArray[np.float32]
Bags = tuple[torch.Tensor, torch.Tensor]  # pieces of all texts, and where each text begins: what an EmbeddingBag reads


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


def learn(tokenizer: Tokenizer, smaller: Tokenizer, texts: Stretches, recipe: Recipe) -> Floats:
    """A vector for every piece of the vocabulary; `smaller` tells which pieces share parts."""
    torch.manual_seed(recipe.seed)
    table = Table(tokenizer, smaller, recipe.dimension)
    optimiser = torch.optim.Adam(table.parameters(), lr=recipe.rate, fused=True)
    steps, began = recipe.epochs * (len(pairs(texts, recipe.seed * recipe.epochs)) // recipe.batch), time.monotonic()
    for step, rows in enumerate(batches(texts, recipe)):
        optimiser.param_groups[0]["lr"] = recipe.rate * rate_at(step + 1, steps)
        optimiser.zero_grad(set_to_none=False)
        left, right = means(table, bags(texts, rows[:, :2], recipe), bags(texts, rows[:, 2:], recipe))
        loss = loss_of(left, right, recipe.widths, recipe.scale)
        torch.autograd.backward(loss)
        optimiser.step()
        if step % 100 == 0:
            log.info("step %d of %d, loss %.3f, %.0f s", step, steps, loss.item(), time.monotonic() - began)
    learned: Floats = table(torch.arange(len(table.own))).detach().numpy().astype(np.float32)
    learned[0] = 0  # the unknown piece says nothing
    return learned


def batches(texts: Stretches, recipe: Recipe) -> Iterator[Ints]:
    """The pairs of each batch; every epoch has other ones, of about the same number."""
    for epoch in range(recipe.epochs):
        found = pairs(texts, recipe.seed * recipe.epochs + epoch)
        yield from np.split(found[: len(found) - len(found) % recipe.batch], len(found) // recipe.batch)


def rate_at(step: int, steps: int) -> float:
    """Part of the full rate: up over the first tenth, then down to nothing.

    >>> [round(rate_at(step, 100), 2) for step in (0, 5, 10, 55, 100)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    return max(0.0, min(step / (0.1 * steps), (steps - step) / (0.9 * steps)))


def bags(texts: Stretches, sides: Ints, recipe: Recipe) -> Bags:
    """The pieces of one side of the pairs: of each the stretches from, to (and from, to), not more than `longest`."""
    starts, lengths = sides[:, ::2], sides[:, 1::2] - sides[:, ::2]
    before = lengths.cumsum(axis=1) - lengths
    lengths = np.clip(recipe.longest - before, 0, lengths)
    flat = lengths.ravel()
    places = np.repeat(starts.ravel() - (flat.cumsum() - flat), flat) + np.arange(flat.sum())
    whole = lengths.sum(axis=1)
    return torch.from_numpy(texts.pieces[places].astype(np.int64)), torch.from_numpy(whole.cumsum() - whole)


def means(table: Table, left: Bags, right: Bags) -> Iterator[torch.Tensor]:
    """The directions of both sides' texts: sums of pieces, of which only those that are there are worked out."""
    chosen, places = torch.unique(torch.cat((left[0], right[0])), return_inverse=True)
    vectors = table(chosen)
    for numbers, offsets in ((places[: len(left[0])], left[1]), (places[len(left[0]) :], right[1])):
        yield functional.embedding_bag(numbers, vectors, offsets, mode="sum")
