"""The texts as numbers of pieces: titles, headings and sentences one after another, and which of them make a chunk.

All is split into pieces once; a pair is then only where its two sides begin and end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.training.chunks import chunks, common_headings, sentences
from index.training.texts import Paper

Ints = npt.NDArray[np.int64]

USUAL = range(30, 251)  # characters of a sentence that may stand for a question
BATCH = 20_000  # stretches that are split into pieces at a time


@dataclass(frozen=True, slots=True)
class Body:
    """The sentences of a chunk, as numbers of stretches (`last` not included), and its heading if it has one."""

    first: int
    last: int
    heading: int | None


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where each stretch stands in `pieces`, and the papers: the stretch of its title, and its chunks."""

    pieces: npt.NDArray[np.int32]
    starts: Ints
    ends: Ints
    usual: npt.NDArray[np.bool_]  # whether its length is that of a usual sentence
    papers: list[tuple[int, list[Body]]]


def stretches(papers: Sequence[Paper], tokenizer: Tokenizer) -> Stretches:
    """All papers cut to stretches, and these to pieces."""
    common = common_headings(papers)
    texts: list[str] = []
    found: list[tuple[int, list[Body]]] = []
    for paper in papers:
        title = _add(texts, [paper.title])
        bodies = []
        for chunk in chunks(paper, common):
            heading = _add(texts, [chunk.heading]) if chunk.heading else None
            bodies.append(Body(_add(texts, sentences(chunk)), len(texts), heading))
        found.append((title, bodies))
    rows = list(_split(texts, tokenizer))
    ends = np.cumsum([len(row) for row in rows])
    usual = np.array([len(text) in USUAL for text in texts])
    return Stretches(np.concatenate(rows), np.concatenate(([0], ends[:-1])), ends, usual, found)


def _add(texts: list[str], more: Sequence[str]) -> int:
    """Adds stretches; returns the number of the first."""
    texts += more
    return len(texts) - len(more)


def _split(texts: Sequence[str], tokenizer: Tokenizer) -> Iterator[npt.NDArray[np.int32]]:
    """The pieces of each text."""
    for start in range(0, len(texts), BATCH):
        encoded = tokenizer.encode_batch_fast(texts[start : start + BATCH], add_special_tokens=False)
        yield from (np.asarray(one.ids, dtype=np.int32) for one in encoded)
