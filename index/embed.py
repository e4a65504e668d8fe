"""From text to dense vectors: the Encoder protocol, and the encoders there are (inbäddning)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.settings import Settings
from index.vectors import Meta

Matrix = NDArray[np.float32]
SHIPPED = "sv-static"  # the model that comes with the package, in index/models


class ModelError(RuntimeError):
    """A model that cannot be had, or is not the one that the index was made with."""


class Encoder(Protocol):
    """What turns texts into vectors of `dimension` numbers, each of length 1; `name` is stored beside them."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def passages(self, texts: Sequence[str]) -> Matrix:
        """A row per passage."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """A row per question."""


class StaticEncoder:
    """A static model (one vector per piece of a word, the mean of a text's), read by model2vec: 0.2 s and no torch."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.name = name
        self.dimension = int(model.dim)

    def passages(self, texts: Sequence[str]) -> Matrix:
        return _unit(self._model.encode(list(texts), use_multiprocessing=False, max_length=None))

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self.passages(texts)


class SentenceEncoder:
    """Any other sentence-transformers model, with its own prompts for passages and questions."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # 7 s, so only where it is asked for

            self._model = SentenceTransformer(name)
        except (OSError, ValueError, ImportError) as error:
            raise ModelError(f"the model {name!r} cannot be loaded: {error}") from error
        self.name = name
        self.dimension = int(self._model.get_sentence_embedding_dimension() or 0)

    def passages(self, texts: Sequence[str]) -> Matrix:
        return _unit(self._model.encode_document(list(texts), show_progress_bar=False))

    def queries(self, texts: Sequence[str]) -> Matrix:
        return _unit(self._model.encode_query(list(texts), show_progress_bar=False))


def check_model(meta: Meta | None, encode: Encoder) -> None:
    """Raises ModelError where an index was made with another model: vectors of two models cannot be compared."""
    if meta is not None and (meta.model, meta.dimension) != (encode.name, encode.dimension):
        raise ModelError(
            f"the index was made with the model {meta.model!r} and the settings name {encode.name!r}, and vectors of "
            "two models cannot be compared. Run `paragraf rebuild --index`, or set PARAGRAF_MODEL back"
        )


def encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name: the shipped one, a folder with a model, or a model by name."""
    return _load(settings.model or SHIPPED)


@cache
def _load(model: str) -> Encoder:
    folder = Path(str(files("index"))) / "models" / SHIPPED if model == SHIPPED else Path(model)
    if model == SHIPPED and not folder.exists():
        raise ModelError(f"the model that comes with the package is missing: there is no {folder}")
    return static(folder, model) if _is_static(folder) else SentenceEncoder(model)


def static(folder: Path, name: str) -> StaticEncoder:
    """The static model in a folder. Its name tells its bytes too, so that another training is another model."""
    from model2vec import StaticModel

    return StaticEncoder(StaticModel.from_pretrained(str(folder), normalize=True), f"{name}@{_fingerprint(folder)}")


def _is_static(folder: Path) -> bool:
    """Whether there is a model of one StaticEmbedding module (or model2vec's own layout) in the folder."""
    modules = folder / "modules.json"
    if modules.exists():
        return "StaticEmbedding" in modules.read_text(encoding="utf-8")
    return (folder / "tokenizer.json").exists() and any(folder.glob("*.safetensors"))


def _fingerprint(folder: Path) -> str:
    """A few letters that change with the weights: their size, beginning and end."""
    from zlib import crc32

    total = 0
    for path in sorted(folder.rglob("*.safetensors")):
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1 << 16)
            file.seek(max(0, size // 2))
            total = crc32(start + file.read(1 << 16) + str(size).encode(), total)
    return f"{total:08x}"


def _unit(vectors: Any) -> Matrix:
    """Every row made as long as 1; an empty text stays zero but for a hair, as cosine asks for a direction."""
    matrix = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Matrix = matrix / np.maximum(lengths, 1e-9)
    return unit
