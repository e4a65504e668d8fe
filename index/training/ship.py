"""Writing the model to a folder that both model2vec (without torch) and sentence-transformers read as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from model2vec.persistence import save_pretrained
from model2vec.types import StaticModelConfig
from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]


def rounded(vectors: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Each vector as whole numbers from -127 to 127, and what to multiply it by to have it back.

    >>> numbers, weights = rounded(np.array([[0.0, 0.5, -1.0]], dtype=np.float32))
    >>> numbers.tolist(), (numbers * weights[:, None]).round(2).tolist()
    ([[0, 64, -127]], [[0.0, 0.5, -1.0]])
    """
    weights = np.abs(vectors).max(axis=1) / 127
    numbers = np.round(vectors / np.maximum(weights, 1e-12)[:, None])
    return numbers.astype(np.int8), weights.astype(np.float32)


def write(folder: Path, tokenizer: Tokenizer, vectors: Floats, card: str) -> None:
    """Write the model, one byte a number, with its card as README.md."""
    numbers, weights = rounded(vectors)
    config: StaticModelConfig = {"model_type": "model2vec", "normalize": True, "max_length": None}
    save_pretrained(folder, numbers, tokenizer, config, create_model_card=False, weights=weights)
    for file in folder.iterdir():
        file.chmod(0o644)  # safetensors writes for its owner alone
    (folder / "README.md").write_text(card, encoding="utf-8")
