"""From text to dense vectors (inbäddning): the encoder that the settings name, and that the index was made with."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.encoders.encoder import Encoder, Matrix, ModelError
from index.encoders.files import fingerprint, folder, names, static_folder
from index.encoders.static import StaticEncoder
from index.settings import Settings
from index.vectors import Meta

__all__ = ["SHIPPED", "Encoder", "Matrix", "ModelError", "StaticEncoder", "check_model", "encoder"]
__all__ += ["encoder_of", "static", "told"]

SHIPPED = "sv-static"  # the model that comes with the package, in index/models
_VARIABLE = "PARAGRAF_MODEL"


def encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name: the shipped one, a folder with a model, or a model by name."""
    return _load(settings.model or SHIPPED, settings.dimension, settings.precision, settings.backend, settings.batch)


def told(settings: Settings) -> dict[str, Any]:
    """What an index keeps of the settings, so that a reader can load the model that it was made with."""
    model = settings.model and Path(settings.model).expanduser()
    return {
        "model": str(model.resolve()) if model and model.is_dir() else settings.model,
        "dimension": settings.dimension,
        "precision": settings.precision,
        "backend": settings.backend,
    }


def encoder_of(meta: Meta, settings: Settings) -> Encoder:
    """The encoder that an index was made with, as far as it can be had here."""
    kept = meta.settings or {"model": None}
    return encoder(replace(settings, **{name: value for name, value in kept.items() if hasattr(settings, name)}))


def check_model(meta: Meta | None, encode: Encoder) -> None:
    """Raises ModelError where an index was made with another model: vectors of two models cannot be compared."""
    if meta is not None and (meta.model, meta.dimension) != (encode.name, encode.dimension):
        raise ModelError(
            f"the index was made with the model {meta.model!r} ({meta.dimension} numbers) and the settings name "
            f"{encode.name!r} ({encode.dimension}), and vectors of two models cannot be compared. "
            "Run `paragraf rebuild --index`, or set PARAGRAF_MODEL and what goes with it back"
        )


def is_older(name: str, now: str) -> bool:
    """Whether a model's name is that of an earlier training of the one that ships, used in the same way.

    >>> is_older("sv-static@1f0a", "sv-static@77c2"), is_older("sv-static@1f0a", "sv-static@77c2/128")
    (True, False)
    """
    before, after = (re.sub(rf"^{SHIPPED}@[0-9a-f]+", SHIPPED, each) for each in (name, now))
    return before == after and name != now and now.startswith(f"{SHIPPED}@")


@cache
def _load(model: str, dimension: int | None, precision: str, backend: str, batch: int) -> Encoder:
    """An encoder, loaded once. Its name has no path, so that an index may go with its model to another machine."""
    if model == SHIPPED:
        return static(_shipped(), SHIPPED, dimension)
    if backend == "onnx" and not static_folder(Path(model).expanduser()):
        from index.encoders.onnx import OnnxEncoder, weights

        choose = weights(precision)
        of_model = folder(model, _VARIABLE, choose)
        name = f"{_label(model)}@{fingerprint(of_model, choose)}/onnx"
        return OnnxEncoder(of_model, choose(names(of_model))[0], name, dimension, precision, batch)
    of_model = folder(model, _VARIABLE)
    table = static_folder(of_model)
    if table is not None:
        return static(table, _label(model), dimension)
    from index.encoders.sentence import SentenceEncoder

    return SentenceEncoder(of_model, f"{_label(model)}@{fingerprint(of_model)}", dimension, precision, batch)


def static(folder: Path, name: str, dimension: int | None = None) -> StaticEncoder:
    """The static model in a folder. Its name tells its bytes too, so that another training is another model."""
    return StaticEncoder(folder, f"{name}@{fingerprint(folder)}", dimension)


def _shipped() -> Path:
    found = Path(str(files("index"))) / "models" / SHIPPED
    if not found.exists():
        raise ModelError(f"the model that comes with the package is missing: there is no {found}")
    return found


def _label(model: str) -> str:
    """What a model is called: its name, or that of its folder."""
    path = Path(model).expanduser()
    return path.resolve().name if path.is_dir() else model
