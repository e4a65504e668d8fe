"""The sentence that carries the meaning (betydelsen): of a hit's passage, the one nearest to the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index import words
from index.answers.snippets import Passage
from index.embed import Matrix

_LEAST = 0.2  # cosine: below, a sentence has nothing to do with the question
_SHORTEST = 20  # letters: "Beslut" carries nothing
_MOST = 40  # sentences of a passage that are compared


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is looked for, as a vector and as stems. An encoder too slow to be asked in a search has no `encode`."""

    vector: Sequence[float]
    stems: frozenset[str]
    encode: Callable[[Sequence[str]], Matrix] | None = None


def meant(meaning: Meaning, passages: Sequence[Passage], titles: Sequence[str]) -> list[int | None]:
    """For each passage the number of the sentence that carries the meaning; one that only says the title does not."""
    telling = [_telling(passage, title) for passage, title in zip(passages, titles, strict=True)]
    told = [passage.sentence(number) for passage, of in zip(passages, telling, strict=True) for number in of]
    if not told:
        return [None] * len(passages)
    if meaning.encode is None:
        worths, least = [float(len(words.stems(sentence) & meaning.stems)) for sentence in told], 1.0
    else:
        worths, least = (meaning.encode(told) @ np.asarray(meaning.vector, dtype=np.float32)).tolist(), _LEAST
    chosen, at = list[int | None](), 0
    for of in telling:
        nearest = max(range(len(of)), key=lambda n, at=at: worths[at + n], default=None)  # type: ignore[misc]
        chosen.append(of[nearest] if nearest is not None and worths[at + nearest] >= least else None)
        at += len(of)
    return chosen


def _telling(passage: Passage, title: str) -> list[int]:
    """The sentences that may carry a meaning of their own."""
    known = " ".join(title.split()).lower()
    told = []
    for number in range(min(_MOST, len(passage.sentences))):
        said = passage.sentence(number).lower().strip(" .:")
        if len(said) >= _SHORTEST and said not in known and not (known and said.endswith(known)):
            told.append(number)
    return told
