"""What one would do without us: BM25 over words as they stand, and a ready model over whole documents."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.embed import Encoder

K1, B = 1.2, 0.75


class PlainBM25:
    """BM25 over words in small letters: no stems, no compounds, no list of words to leave out.

    >>> PlainBM25(["Avgift för vatten", "Avgifter", "En väg"]).scores("avgift").argmax()
    np.int64(0)
    """

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_words(text)) for text in texts]
        lengths = np.array([counted.total() for counted in counts], dtype=np.float32)
        norms = K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean())))
        self._texts = len(texts)
        self._found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for n, counted in enumerate(counts):
            for word, times in counted.items():
                self._found[word].append((n, times * (K1 + 1) / (times + float(norms[n]))))

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """The score of each text."""
        total = np.zeros(self._texts, dtype=np.float32)
        for word in _words(question):
            found = self._found.get(word, ())
            idf = math.log(1 + (self._texts - len(found) + 0.5) / (len(found) + 0.5))
            for n, weight in found:
                total[n] += idf * weight
        return total


class PlainModel:
    """A model over the texts as they are, as much of each as it reads; cosine alone."""

    def __init__(self, encode: Encoder, texts: Sequence[str]) -> None:
        self._encode = encode
        self._vectors = encode.passages(texts)

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """The score of each text."""
        scores: npt.NDArray[np.float32] = self._vectors @ self._encode.queries([question])[0]
        return scores


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
