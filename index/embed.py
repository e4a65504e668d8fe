"""From text to dense vectors (inbäddning): the encoder that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from index.encoders.encoder import Encoder, Matrix, ModelError, unit
from index.encoders.static import StaticEncoder
from index.settings import Settings
from index.vectors import Meta

__all__ = ["SHIPPED", "Encoder", "Matrix", "ModelError", "StaticEncoder", "check_model", "encoder", "static"]

SHIPPED = "sv-static"  # the model that comes with the package, in index/models


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
        return unit(self._model.encode_document(list(texts), show_progress_bar=False))

    def queries(self, texts: Sequence[str]) -> Matrix:
        return unit(self._model.encode_query(list(texts), show_progress_bar=False))


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
