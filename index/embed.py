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
    """A static model: one vector per piece of a word, and the weighted mean of them for a text.

    The files are those of sentence-transformers and model2vec, and so are the vectors. Reading them here takes 0.1 s;
    model2vec takes 0.4 s, most of it for copying the tokenizer and for a hub that nobody asks.
    """

    def __init__(self, folder: Path, name: str) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        tensors = load_file(folder / "model.safetensors")
        found = tensors.get("embeddings", tensors.get("embedding.weight"))
        if found is None or "mapping" in tensors:
            raise ModelError(f"{folder} holds no static model that can be read: its tensors are {sorted(tensors)}")
        self._pieces = found
        self._weights = tensors.get("weights", np.ones(len(self._pieces), dtype=np.float32)).astype(np.float32)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        self.name = name
        self.dimension = int(self._pieces.shape[1])

    def passages(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ids = [[piece for piece in one.ids if piece != self._unknown] for one in encoded]
        return _unit(np.stack([self._sum(of_text) for of_text in ids]))

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self.passages(texts)

    def _sum(self, ids: list[int]) -> Any:
        """The sum of the pieces' vectors; as long as 1 it is the same as their mean."""
        return self._weights[ids] @ self._pieces[ids].astype(np.float32)


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
    return StaticEncoder(folder, f"{name}@{_fingerprint(folder)}")


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
