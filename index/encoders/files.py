"""A model's files (modellfiler): in a folder, or fetched once by name from Hugging Face; and what tells them apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Any
from zlib import crc32

from index.encoders.encoder import ModelError

Choose = Callable[[Iterable[str]], list[str]]  # of a model's files, those with its weights

_SAMPLE = 1 << 16  # bytes of the start and of the middle of a weights file
_TEXTS = (".json", ".txt", ".model")  # pieces, prompts, how it pools
_SECONDS = 10.0  # to ask Hugging Face whether it has the model


def torch_weights(has: Iterable[str]) -> list[str]:
    """The weights that torch and numpy read.

    >>> torch_weights(["model.safetensors", "pytorch_model.bin", "onnx/model.onnx", "2_Dense/model.safetensors"])
    ['2_Dense/model.safetensors', 'model.safetensors']
    """
    own = sorted(name for name in has if _of_the_model(name))
    safe = [name for name in own if name.endswith(".safetensors")]
    return safe or [name for name in own if name.endswith("model.bin") or "model-0" in name]


def folder(model: str, variable: str, choose: Choose = torch_weights) -> Path:
    """Where a model's files are: the folder itself, what was fetched before, or what is fetched now.

    What was fetched once is used as it is, without asking anybody: neither a search nor a night waits for a network.
    """
    path = Path(model).expanduser()
    if path.is_dir():
        if not choose(names(path)):
            raise ModelError(f"the folder {variable}={model!r} holds no weights of the kind that is asked for")
        return path
    if path.is_absolute() or model.startswith((".", "~")) or len(path.parts) > 2:
        raise ModelError(f"there is no folder {variable}={model!r}, and it cannot be the name of a model")
    kept = _kept(model)
    return kept if kept and choose(names(kept)) else _fetched(model, variable, choose)


def static_folder(folder: Path) -> Path | None:
    """Where the table of a static model is, in the layout of sentence-transformers or of model2vec; None of another."""
    modules = settings_of(folder, "modules.json")
    if not modules:
        return folder if settings_of(folder, "config.json").get("model_type") == "model2vec" else None
    types = [str(module["type"]).rpartition(".")[2] for module in modules]
    return folder / modules[0]["path"] if types in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]) else None


def fingerprint(folder: Path, choose: Choose = torch_weights) -> str:
    """Eight letters that change with the model: its pieces, prompts and settings, and its weights, in two samples."""
    own, total = names(folder), 0
    for name in sorted(name for name in own if name.endswith(_TEXTS) and _of_the_model(name)):
        total = crc32(name.encode() + b"\0" + (folder / name).read_bytes(), total)
    for name in choose(own):
        size = (folder / name).stat().st_size
        with (folder / name).open("rb") as file:
            start = file.read(_SAMPLE)
            file.seek(size // 2)
            total = crc32(start + file.read(_SAMPLE) + str(size).encode(), total)
    return f"{total:08x}"


def settings_of(folder: Path, name: str) -> Any:
    """What stands in one of a model's JSON files; an empty dict where it has none."""
    path = folder / name
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as error:
        raise ModelError(f"{path} cannot be read: {error}") from error


def _of_the_model(name: str) -> bool:
    """Whether a file is the model's own, and not of its translation for another engine, or of its training."""
    parts = PurePosixPath(name).parts
    return len(parts) == 1 or (len(parts) == 2 and parts[0][:1].isdigit())  # 1_Pooling


def names(folder: Path) -> list[str]:
    """The files of a folder and of the folders in it."""
    found = (*folder.glob("*"), *folder.glob("*/*"))
    return [path.relative_to(folder).as_posix() for path in found if path.is_file()]


def _kept(model: str) -> Path | None:
    """What of the model was fetched before."""
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (OSError, ValueError):
        return None


def _fetched(model: str, variable: str, choose: Choose) -> Path:
    """The model's files, fetched now. Hugging Face is asked once, where its own client would go on for a minute."""
    from huggingface_hub import HfApi, snapshot_download

    try:
        has = [file.rfilename for file in HfApi().model_info(model, timeout=_SECONDS).siblings or ()]
        weights = choose(has)
        texts = [name for name in has if name.endswith(_TEXTS) and _of_the_model(name)]
        fetched = Path(snapshot_download(model, allow_patterns=[*texts, *weights])) if weights else None
    except Exception as error:  # of the hub, of HTTP, of the disk: whatever it is, there is no model
        why = str(error).strip().split("\n", 1)[0] or type(error).__name__
        raise ModelError(
            f"{variable}={model!r} is neither a folder here nor a model that was fetched before, and it cannot be "
            f"fetched now ({why}). Name a folder that holds it, or fetch it where there is a network: "
            f"`hf download {model}`"
        ) from error
    if fetched is None:
        raise ModelError(f"{variable}={model!r} has no weights of the kind that is asked for; it has {', '.join(has)}")
    return fetched
