"""Pairs of stretches that belong together: what a static model learns nearness from."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from index.training.stretches import Body, Ints, Stretches

# Where the pieces of both sides stand: those from a to b, and on the other side those from c to d and from e to f
Pair = tuple[int, int, int, int, int, int]

PER_PAPER = 6  # pairs of each sort from one paper, so that no law book drowns the rest


def pairs(texts: Stretches, seed: int) -> Ints:
    """Pairs of all papers, a row each, shuffled; another seed picks other chunks and sentences."""
    rng = random.Random(seed)
    made: list[Pair] = []
    for title, bodies in texts.papers:
        made += titles(texts, title, bodies, rng)
        made += headings(texts, bodies, rng)
        made += neighbours(texts, bodies, rng)
        made += sentences(texts, bodies, rng)
    rng.shuffle(made)
    return np.array(made, dtype=np.int64)


def titles(texts: Stretches, title: int, bodies: Sequence[Body], rng: random.Random) -> Iterator[Pair]:
    """The title with the first chunks and some of the later ones."""
    if texts.starts[title] < texts.ends[title]:
        later = rng.sample(range(2, len(bodies)), k=min(PER_PAPER - 2, max(0, len(bodies) - 2)))
        for n in (*range(min(2, len(bodies))), *later):
            yield *_stretch(texts, title), *_body(texts, bodies[n]), 0, 0


def headings(texts: Stretches, bodies: Sequence[Body], rng: random.Random) -> Iterator[Pair]:
    """A heading with its own chunk."""
    headed = [(body.heading, body) for body in bodies if body.heading is not None]
    for heading, body in rng.sample(headed, k=min(PER_PAPER, len(headed))):
        yield *_stretch(texts, heading), *_body(texts, body), 0, 0


def neighbours(texts: Stretches, bodies: Sequence[Body], rng: random.Random) -> Iterator[Pair]:
    """A chunk with the next one."""
    for n in rng.sample(range(len(bodies) - 1), k=min(PER_PAPER // 2, max(0, len(bodies) - 1))):
        yield *_body(texts, bodies[n]), *_body(texts, bodies[n + 1]), 0, 0


def sentences(texts: Stretches, bodies: Sequence[Body], rng: random.Random) -> Iterator[Pair]:
    """One sentence with the rest of its chunk, as a question stands to its answer."""
    for body in rng.sample(bodies, k=min(PER_PAPER, len(bodies))):
        usual = [n for n in range(body.first, body.last) if texts.usual[n]]
        if usual and body.last - body.first > 1:
            start, end = _stretch(texts, rng.choice(usual))
            first, last = _body(texts, body)
            yield start, end, first, start, end, last


def _stretch(texts: Stretches, n: int) -> tuple[int, int]:
    """Where the pieces of a stretch begin and end."""
    return int(texts.starts[n]), int(texts.ends[n])


def _body(texts: Stretches, body: Body) -> tuple[int, int]:
    """Where the pieces of a chunk begin and end."""
    return int(texts.starts[body.first]), int(texts.ends[body.last - 1])
