"""Any sentence-transformers model (meningsmodell) through torch: its own prompts, and a GPU where there is one."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.encoder import Matrix, ModelError, cut, named, unit


class SentenceEncoder:
    """Passages and questions through one model, `batch` of them at a time.

    `precision` is how the weights are kept: in fp16 they take half the memory of a GPU and are computed so there, in
    int8 the layers are whole numbers, on the processor.
    """

    def __init__(
        self, folder: Path, name: str, dimension: int | None = None, precision: str = "fp32", batch: int = 32
    ) -> None:
        model = self._model = loaded("SentenceTransformer", folder, precision)
        self._batch = batch
        full = int(model.get_embedding_dimension() or len(model.encode_query("x")))
        self.dimension = cut(name, full, dimension)
        self.name = named(name, full, self.dimension, precision)

    def passages(self, texts: Sequence[str]) -> Matrix:
        return self._vectors(self._model.encode_document, texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self._vectors(self._model.encode_query, texts)

    def _vectors(self, encode: Any, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = encode(list(texts), batch_size=self._batch, show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(found, dtype=np.float32)[:, : self.dimension])


def loaded(kind: str, folder: Path, precision: str) -> Any:
    """A SentenceTransformer or CrossEncoder, on a GPU if there is one; whole numbers are for the processor."""
    try:
        import sentence_transformers  # 7 s, so only where it is asked for
        from transformers.utils import logging

        quiet: Any = logging.disable_progress_bar
        quiet()
        device = "cpu" if precision == "int8" else None
        return of_precision(
            getattr(sentence_transformers, kind)(str(folder), device=device, local_files_only=True), precision
        )
    except (OSError, ValueError, ImportError, KeyError, RuntimeError) as error:
        raise ModelError(f"the model in {folder} cannot be loaded: {error}") from error


def of_precision(model: Any, precision: str) -> Any:
    """The same model with its weights rounded. Where fp16 is not computed as such, its rounding is kept."""
    if precision == "fp16":
        model.half()
        return model if model.device.type != "cpu" else model.float()
    if precision == "int8":
        import torch
        from torch.ao import quantization  # torch 2.13 warns that it will go

        quantize: Any = quantization.quantize_dynamic
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return quantize(model, {torch.nn.Linear}, dtype=torch.qint8)
    return model
