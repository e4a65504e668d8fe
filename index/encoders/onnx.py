"""A sentence-transformers model through ONNX Runtime (onnx): without torch, from the onnx file that lies with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoders.encoder import Matrix, ModelError, cut, named, unit
from index.encoders.files import Choose, settings_of

_OF_PRECISION = {"fp32": ("model",), "fp16": ("model_fp16",), "int8": ("model_int8", "model_quantized", "model_qint8")}
_LONGEST = 512  # pieces of a text, where the model does not tell
_KNOWN = {"Transformer", "Pooling", "Normalize"}  # what a model may be made of to be read here
_POOLING = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}


def weights(precision: str) -> Choose:
    """Which of a model's files is its onnx file of this precision; with the weights beside it, if they stand apart.

    >>> weights("int8")(["onnx/model.onnx", "onnx/model_qint8_avx512.onnx", "model.safetensors"])
    ['onnx/model_qint8_avx512.onnx']
    """

    def choose(names: Iterable[str]) -> list[str]:
        known = sorted(names)
        for start in _OF_PRECISION[precision]:
            for name in known:
                stem = name.rpartition("/")[2].removesuffix(".onnx")
                whole = stem == start or (start == "model_qint8" and stem.startswith(start))
                if name.endswith(".onnx") and whole and name.rpartition("/")[0] in ("", "onnx"):
                    return [name, *(beside for beside in known if beside in (f"{name}_data", f"{name}.data"))]
        return []

    return choose


class OnnxEncoder:
    """Passages and questions through one onnx file, with the prompts and the pooling of the model's folder."""

    def __init__(
        self, folder: Path, file: str, name: str, dimension: int | None = None, precision: str = "fp32", batch: int = 32
    ) -> None:
        self._session = _session(folder / file)
        self._inputs = {given.name for given in self._session.get_inputs()}
        self._tokenizer = _tokenizer(folder)
        self._pool = _pooling(folder)
        self._query, self._document = _prompts(folder)
        self._batch = batch
        full = int(self._read(["x"]).shape[1])
        self.dimension = cut(name, full, dimension)
        self.name = named(name, full, self.dimension, precision)

    def passages(self, texts: Sequence[str]) -> Matrix:
        return self._vectors([self._document + text for text in texts])

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self._vectors([self._query + text for text in texts])

    def _vectors(self, texts: list[str]) -> Matrix:
        """A row per text; texts of a length are read together, so that little is padding."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), self._batch):
            at = order[start : start + self._batch]
            vectors[at] = self._read([texts[n] for n in at])[:, : self.dimension]
        return unit(vectors)

    def _read(self, texts: list[str]) -> Matrix:
        """What the model makes of each text, pooled."""
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0]
        pieces: Matrix = np.asarray(found, dtype=np.float32)
        if self._pool == "cls":
            return pieces[:, 0]
        held = mask[:, :, None].astype(np.float32)
        mean: Matrix = (pieces * held).sum(axis=1) / np.maximum(held.sum(axis=1), 1e-9)
        return mean


def _session(file: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError("PARAGRAF_BACKEND=onnx needs ONNX Runtime: `pip install onnxruntime`") from error
    try:
        return onnxruntime.InferenceSession(str(file), providers=onnxruntime.get_available_providers())
    except Exception as error:  # ONNX Runtime has a class of its own for each way to fail
        raise ModelError(f"{file} cannot be loaded: {error}") from error


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    if not (folder / "tokenizer.json").exists():
        raise ModelError(f"{folder} has no tokenizer.json, which PARAGRAF_BACKEND=onnx needs")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    told = settings_of(folder, "tokenizer_config.json")
    pad = told.get("pad_token") or "[PAD]"
    pad = pad if isinstance(pad, str) else pad["content"]
    longest = settings_of(folder, "sentence_bert_config.json").get("max_seq_length") or told.get("model_max_length")
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id(pad) or 0, pad_token=pad)
    tokenizer.enable_truncation(longest if longest and longest < 1 << 20 else _LONGEST)
    return tokenizer


def _pooling(folder: Path) -> str:
    """How the vectors of the pieces become one: "cls" or "mean"."""
    modules = settings_of(folder, "modules.json")
    kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
    paths = [str(module["path"]) for module, kind in zip(modules, kinds, strict=True) if kind == "Pooling"]
    told = settings_of(folder, f"{paths[0]}/config.json") if paths else {"pooling_mode": "mean"}
    mode = told.get("pooling_mode") or [_POOLING.get(key, key) for key, on in told.items() if "mode" in key and on]
    mode = mode[0] if isinstance(mode, list) and len(mode) == 1 else mode
    if set(kinds) - _KNOWN or mode not in ("cls", "mean") or not told.get("include_prompt", True):
        raise ModelError(f"the model in {folder} is made of {kinds} ({mode}): it needs PARAGRAF_BACKEND=torch")
    return str(mode)


def _prompts(folder: Path) -> tuple[str, str]:
    """What stands before a question and before a passage, as sentence-transformers chooses it."""
    told = settings_of(folder, "config_sentence_transformers.json")
    prompts = {name: prompt for name, prompt in (told.get("prompts") or {}).items() if prompt is not None}
    default = prompts.get(told.get("default_prompt_name") or "", "")
    passage = next((prompts[name] for name in ("document", "passage", "corpus") if name in prompts), default)
    return prompts.get("query", default), passage
