"""Models by name or path: their prompts, how their vectors are cut and rounded, and what their names tell."""

from __future__ import annotations

import json
import shutil
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import huggingface_hub
import numpy as np
import pytest

from index.embed import Encoder, Matrix, ModelError, StaticEncoder, _load, check_model, encoder
from index.encoders.sentence import loaded
from index.settings import load
from index.vectors import Meta
from tests import tiny_models

TEXTS = ["avgift för skolskjuts", "", "taxa " * 60, "kommunstyrelsen beslutar att bifalla motionen"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.sentence(tmp_path_factory.mktemp("models"))


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    _load.cache_clear()


def _encoder(model: Path | str, **told: str) -> Encoder:
    return encoder(load({"PARAGRAF_HOME": "/nowhere", "PARAGRAF_MODEL": str(model), **told}))


def _as_one(vectors: Any) -> Matrix:
    matrix = np.asarray(vectors, dtype=np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


def _changed(model: Path, to: Path, file: str, **told: Any) -> Path:
    """The model copied, with other settings in one of its files."""
    shutil.copytree(model, to)
    (to / file).write_text(json.dumps(json.loads((to / file).read_text()) | told))
    return to


def test_questions_and_passages_have_the_models_own_prompts(model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    plain, made = SentenceTransformer(str(model), device="cpu"), _encoder(model, PARAGRAF_BATCH="2")
    for found, prompt in ((made.queries(TEXTS), "fråga: "), (made.passages(TEXTS), "stycke: ")):
        assert np.allclose(found, _as_one(plain.encode([prompt + text for text in TEXTS])), atol=1e-5)
    assert not np.allclose(made.queries(TEXTS), made.passages(TEXTS), atol=1e-2)
    assert made.passages([]).shape == (0, tiny_models.SIZE)


def test_vectors_are_cut_to_the_dimension(model: Path) -> None:
    whole, cut = _encoder(model), _encoder(model, PARAGRAF_DIMENSION="8")
    assert np.allclose(cut.passages(TEXTS), _as_one(whole.passages(TEXTS)[:, :8]), atol=1e-5)
    assert (cut.dimension, cut.name) == (8, f"{whole.name}/8")
    with pytest.raises(ModelError, match="PARAGRAF_DIMENSION=17 is more than the 16"):
        _encoder(model, PARAGRAF_DIMENSION="17")


@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_weights_are_rounded(model: Path, precision: str) -> None:
    exact, rounded = _encoder(model).passages(TEXTS), _encoder(model, PARAGRAF_PRECISION=precision)
    found = rounded.passages(TEXTS)
    assert rounded.name.endswith(f"/{precision}") and found.dtype == np.float32
    assert 0 < np.abs(found - exact).max() < 0.1


@pytest.mark.parametrize(("precision", "kept"), [("fp32", []), ("fp16", ["half"])])
def test_a_gpu_is_used_where_there_is_one(
    precision: str, kept: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    class OnGpu:
        device = types.SimpleNamespace(type="cuda")

        def __init__(self, folder: str, device: str | None, local_files_only: bool) -> None:
            assert (folder, device, local_files_only) == (str(tmp_path), None, True)  # None takes the GPU

        def half(self) -> None:
            done.append("half")

        def float(self) -> None:
            done.append("float")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", OnGpu)
    assert isinstance(loaded("SentenceTransformer", tmp_path, precision), OnGpu) and done == kept


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no weights"):
        _encoder(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"no such thing")
    with pytest.raises(ModelError, match=f"the model in {tmp_path} cannot be loaded"):
        _encoder(tmp_path)


def test_the_name_tells_all_that_changes_vectors_and_nothing_else(model: Path, tmp_path: Path) -> None:
    name = _encoder(model).name
    assert name.startswith("tiny@") and name == _encoder(model, PARAGRAF_BATCH="7").name
    shutil.copytree(model, tmp_path / "tiny")  # an index may go with its model to another machine
    assert _encoder(tmp_path / "tiny").name == name
    prompted = _changed(model, tmp_path / "a" / "tiny", "config_sentence_transformers.json", prompts={"query": "q: "})
    pooled = _changed(model, tmp_path / "b" / "tiny", "1_Pooling/config.json", pooling_mode="cls")
    assert len({name, _encoder(prompted).name, _encoder(pooled).name}) == 3


def test_a_mix_is_refused_with_the_command_that_rebuilds(model: Path) -> None:
    one, other = _encoder(model), _encoder(model, PARAGRAF_DIMENSION="8")
    check_model(Meta(1, one.name, one.dimension, ""), one)
    with pytest.raises(ModelError, match=r"tiny@\w+' \(16 numbers\).*tiny@\w+/8' \(8\).*paragraf rebuild --index"):
        check_model(Meta(1, one.name, one.dimension, ""), other)


def test_a_static_model_of_sentence_transformers_is_read_without_torch(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = tiny_models.static(tmp_path / "static")
    made = _encoder(model)
    assert isinstance(made, StaticEncoder)
    theirs = SentenceTransformer(str(model), device="cpu").encode([TEXTS[0], TEXTS[3]])
    assert np.allclose(made.passages([TEXTS[0], TEXTS[3]]), _as_one(theirs), atol=1e-5)
    cut = _encoder(model, PARAGRAF_DIMENSION="4")
    assert np.allclose(cut.queries(TEXTS[:1]), _as_one(made.queries(TEXTS[:1])[:, :4]), atol=1e-5)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("nobody/no-such-model", r"hf download nobody/no-such-model"),
        ("/no/such/folder", "there is no folder"),
        ("./folder", "there is no folder"),
    ],
)
def test_a_model_that_cannot_be_had_is_told(named: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: Any, **__: Any) -> Any:
        raise OSError("Name or service not known\nand much more")

    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", unreachable)
    with pytest.raises(ModelError, match=rf"PARAGRAF_MODEL='{named}'.*{told}|{told} PARAGRAF_MODEL='{named}'"):
        _encoder(named)


def test_what_was_fetched_before_is_used_without_a_network(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(name: str, *, local_files_only: bool = False) -> str:
        assert (name, local_files_only) == ("nobody/tiny", True)
        return str(model)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", kept)
    made = _encoder("nobody/tiny")
    assert made.name == _encoder(model).name.replace("tiny@", "nobody/tiny@")


def test_only_the_files_that_are_needed_are_fetched(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetched(name: str, *, local_files_only: bool = False, allow_patterns: list[str] | None = None) -> str:
        if local_files_only:
            raise FileNotFoundError(name)
        asked.extend(allow_patterns or [])
        return str(model)

    has = ["README.md", "config.json", "1_Pooling/config.json", "model.safetensors", "pytorch_model.bin",
           "onnx/model.onnx", "onnx/config.json", "openvino/openvino_model.bin"]  # fmt: skip
    info = types.SimpleNamespace(siblings=[types.SimpleNamespace(rfilename=name) for name in has])
    monkeypatch.setattr(huggingface_hub, "snapshot_download", fetched)
    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", lambda *_, **__: info)
    _encoder("nobody/tiny")
    assert asked == ["config.json", "1_Pooling/config.json", "model.safetensors"]


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_onnx_gives_the_vectors_of_torch(tmp_path: Path, pooling: str) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    model = tiny_models.sentence(tmp_path, pooling)
    tiny_models.onnx(model)
    torch, onnx = _encoder(model), _encoder(model, PARAGRAF_BACKEND="onnx", PARAGRAF_BATCH="2")
    assert np.allclose(onnx.passages(TEXTS), torch.passages(TEXTS), atol=1e-4)
    assert np.allclose(onnx.queries(TEXTS), torch.queries(TEXTS), atol=1e-4)
    assert onnx.name.endswith("/onnx") and onnx.passages([]).shape == (0, tiny_models.SIZE)


class _Session:
    """Stands for ONNX Runtime: the vector of a piece is its number, and that of a text their mean."""

    def __init__(self, file: str, **_: Any) -> None:
        self.file = file

    def get_inputs(self) -> list[Any]:
        return [types.SimpleNamespace(name="input_ids"), types.SimpleNamespace(name="attention_mask")]

    def run(self, _: Any, given: dict[str, Any]) -> list[Any]:
        assert set(given) == {"input_ids", "attention_mask"}
        return [np.stack([given["input_ids"], np.ones_like(given["input_ids"])], axis=2)]


def test_onnx_reads_prompts_pieces_and_pooling_itself(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tokenizers import Tokenizer

    fake: Any = types.ModuleType("onnxruntime")
    fake.InferenceSession, fake.get_available_providers = _Session, lambda: ["CPUExecutionProvider"]
    monkeypatch.setitem(sys.modules, "onnxruntime", fake)
    folder = tmp_path / "tiny"
    shutil.copytree(model, folder)
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model_qint8_avx2.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match="holds no weights of the kind"):
        _encoder(folder, PARAGRAF_BACKEND="onnx")
    made = _encoder(folder, PARAGRAF_BACKEND="onnx", PARAGRAF_PRECISION="int8", PARAGRAF_BATCH="2")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = [tokenizer.encode(f"stycke: {text}").ids for text in TEXTS]
    ids = [one if len(one) <= tiny_models.LONGEST else [*one[: tiny_models.LONGEST - 1], one[-1]] for one in ids]
    assert np.allclose(made.passages(TEXTS), _as_one([[np.mean(one), 1.0] for one in ids]), atol=1e-5)
    assert made.name.endswith("/onnx/int8")


def test_what_onnx_cannot_do_is_told(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    folder = _changed(model, tmp_path / "tiny", "1_Pooling/config.json", pooling_mode="max")
    (folder / "model.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match="pip install onnxruntime"):
        _encoder(folder, PARAGRAF_BACKEND="onnx")
    fake: Any = types.ModuleType("onnxruntime")
    fake.InferenceSession, fake.get_available_providers = _Session, list
    monkeypatch.setitem(sys.modules, "onnxruntime", fake)
    with pytest.raises(ModelError, match="PARAGRAF_BACKEND=torch"):
        _encoder(folder, PARAGRAF_BACKEND="onnx")
