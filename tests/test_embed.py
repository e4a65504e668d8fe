"""Encoders: the shipped static model, and what happens when a model cannot be had."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from index.embed import SHIPPED, Encoder, ModelError, StaticEncoder, encoder
from index.settings import load


@pytest.fixture(scope="module")
def shipped() -> StaticEncoder:
    made = encoder(load({"PARAGRAF_HOME": "/nowhere"}))
    assert isinstance(made, StaticEncoder)
    return made


def test_the_shipped_model_gives_the_vectors_of_model2vec(shipped: Encoder) -> None:
    from model2vec import StaticModel

    texts = ["Avgift för skolskjuts", "Kommunstyrelsen beslutar att bevilja 250 000 kronor. " * 40, "x"]
    model = StaticModel.from_pretrained(str(files("index") / "models" / SHIPPED))
    theirs = np.asarray(model.encode(texts, max_length=None), dtype=np.float32)
    assert np.allclose(shipped.passages(texts), theirs, atol=2e-3)


def test_pieces_are_those_of_the_tokenizer(shipped: StaticEncoder) -> None:
    """Words are read once and remembered; numbers, signs, odd spaces and the unknown are as in the text as a whole."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(files("index") / "models" / SHIPPED / "tokenizer.json"))
    texts = [
        "",
        "  ",
        "Skolskjuts\u00a0och/eller\nTAXA: 1 250,50 kr ½ ☃漢 ﬁn",
        "taxa. " * 40,
        "\u2028é\u0301 \x1c\x85x",
    ]
    for _ in range(2):  # new words, and remembered ones
        for ids, text in zip(shipped.pieces(texts), texts, strict=True):
            whole = tokenizer.encode(text, add_special_tokens=False).ids
            assert ids.tolist() == [piece for piece in whole if piece != tokenizer.token_to_id("[UNK]")]


def test_a_text_is_the_sum_of_its_pieces(shipped: StaticEncoder) -> None:
    text = "Avgift för skolskjuts, avgift"
    total = shipped.rows(shipped.pieces([text])[0]).sum(axis=0)
    assert np.allclose(shipped.passages([text])[0], total / np.linalg.norm(total), atol=1e-6)


def test_rows_are_of_length_one_and_an_empty_text_is_nothing(shipped: Encoder) -> None:
    vectors = shipped.passages(["Avgift för skolskjuts", ""])
    assert vectors.shape == (2, shipped.dimension) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors[0]) == pytest.approx(1) and not vectors[1].any()
    assert shipped.passages([]).shape == (0, shipped.dimension)


def test_what_means_the_same_is_nearer(shipped: Encoder) -> None:
    one, near, far = shipped.queries(["avgift för dricksvatten", "taxa för vatten och avlopp", "skolans lärare"])
    assert one @ near > one @ far


def test_the_name_tells_the_weights(shipped: Encoder) -> None:
    assert shipped.name.startswith(f"{SHIPPED}@")


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match=r"no-such-model|cannot be"):
        encoder(load({"PARAGRAF_HOME": "/nowhere", "PARAGRAF_MODEL": str(tmp_path / "no-such-model")}))
