"""A static model (statisk modell): a vector per piece of a word, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoders.encoder import Matrix, ModelError, cut, named, unit
from index.encoders.pieces import Ids, Pieces


class StaticEncoder:
    """The vector of a text is the weighted mean of those of its pieces.

    The files are those of sentence-transformers and model2vec, and so are the vectors. Reading them here takes 0.1 s;
    model2vec takes 0.4 s, most of it for copying the tokenizer and for a hub that nobody asks.
    """

    quick = True  # enough to compare the sentences of a page of hits while somebody waits

    def __init__(self, folder: Path, name: str, dimension: int | None = None) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        tensors = load_file(folder / "model.safetensors")
        found = tensors.get("embeddings", tensors.get("embedding.weight"))
        if found is None or "mapping" in tensors:
            raise ModelError(f"{folder} holds no static model that can be read: its tensors are {sorted(tensors)}")
        full = int(found.shape[1])
        self.dimension = cut(name, full, dimension)
        self.name = named(name, full, self.dimension)
        self._vectors = np.ascontiguousarray(found[:, : self.dimension])
        self._weights = tensors.get("weights", np.ones(len(found), dtype=np.float32)).astype(np.float32)
        self._pieces = Pieces(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def passages(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return unit(np.stack([self._sum(ids) for ids in self.pieces(texts)]))

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self.passages(texts)

    def pieces(self, texts: Sequence[str]) -> list[Ids]:
        """The numbers of each text's pieces, in order, the unknown ones left out; `rows` has their vectors."""
        return self._pieces.of(texts)

    def rows(self, ids: Ids) -> Matrix:
        """The weighted vector of each piece; the sum of a text's, made as long as 1, is the text's own."""
        rows: Matrix = self._vectors.take(ids, axis=0).astype(np.float32) * self._weights.take(ids)[:, None]
        return rows

    def _sum(self, ids: Ids) -> Matrix:
        """The sum of the pieces' vectors; as long as 1 it is the same as their mean."""
        total: Matrix = self._weights.take(ids) @ self._vectors.take(ids, axis=0).astype(np.float32)
        return total
