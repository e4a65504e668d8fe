"""What pieces have in common: their stem and the smaller pieces they are made of.

A piece's vector is its own part plus those of everything it shares, so "avgiften" begins where "avgift" is and a rare
compound where its parts are. When the model has learned, the sum is written down once per piece.
"""

from __future__ import annotations

from collections.abc import Iterator

import snowballstemmer
import torch
from tokenizers import Tokenizer
from torch.nn import functional


def traits(tokenizer: Tokenizer, smaller: Tokenizer) -> Iterator[list[int]]:
    """Numbers of what each piece of the vocabulary shares with others, in the order of the vocabulary."""
    stemmer = snowballstemmer.stemmer("swedish")
    numbers: dict[str, int] = {}
    for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1]):
        named = {"=" + stemmer.stemWord(piece)} | {"+" + stemmer.stemWord(p) for p in smaller.encode(piece).tokens}
        yield [numbers.setdefault(trait, len(numbers)) for trait in sorted(named)]


class Table(torch.nn.Module):
    """The vectors of a vocabulary while they are learned. What is shared begins at random, the rest at 0."""

    def __init__(self, tokenizer: Tokenizer, smaller: Tokenizer, dimension: int) -> None:
        super().__init__()
        bags = list(traits(tokenizer, smaller))
        lengths = torch.tensor([len(bag) for bag in bags])
        self.numbers = torch.tensor([trait for bag in bags for trait in bag])
        self.lengths, self.offsets = lengths, lengths.cumsum(0) - lengths
        self.shared = torch.nn.Parameter(torch.randn(int(self.numbers.max()) + 1, dimension))
        self.own = torch.nn.Parameter(torch.zeros(len(bags), dimension))

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        """A row for each of these pieces."""
        lengths = self.lengths[pieces]
        offsets = lengths.cumsum(0) - lengths
        places = torch.repeat_interleave(self.offsets[pieces] - offsets, lengths) + torch.arange(int(lengths.sum()))
        shared = functional.embedding_bag(self.numbers[places], self.shared, offsets, mode="sum")
        return functional.embedding(pieces, self.own) + shared
