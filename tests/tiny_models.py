"""Models with random weights, of a few letters: a sentence-transformers one with prompts, a static one, a reranker."""

from __future__ import annotations

import shutil
from pathlib import Path
from string import ascii_lowercase
from typing import Any

SIZE = 16  # numbers of a vector
PROMPTS = {"query": "fråga: ", "document": "stycke: "}
LONGEST = 64  # pieces that a model reads of a text
_LETTERS = ascii_lowercase + "åäö:"
_PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *_LETTERS, *(f"##{letter}" for letter in _LETTERS)]


def sentence(folder: Path, pooling: str = "mean") -> Path:
    """A transformer of one layer that makes a vector of a text."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    BertModel(_config()).save_pretrained(folder / "bert")
    _tokenizer().save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(SIZE, pooling)]
    SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu").save(str(folder / "tiny"))
    shutil.rmtree(folder / "bert")
    return folder / "tiny"


def static(folder: Path) -> Path:
    """A table of vectors, as sentence-transformers keeps one."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(1)
    module = StaticEmbedding(_pieces_of_words(), embedding_dim=SIZE)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


def reranker(folder: Path) -> Path:
    """A transformer of one layer that scores a question and a passage."""
    from transformers import BertForSequenceClassification

    BertForSequenceClassification(_config(id2label={0: "fits"})).save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def onnx(folder: Path) -> None:
    """The onnx file of a sentence model, beside it."""
    import torch
    from transformers import BertModel

    class Hidden(torch.nn.Module):
        """The model with its inputs by place, as an onnx file has them."""

        def __init__(self) -> None:
            super().__init__()
            self.model: Any = BertModel.from_pretrained(folder, attn_implementation="eager").eval()

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            asked = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": token_type_ids}
            return self.model(**asked).last_hidden_state

    (folder / "onnx").mkdir()
    names = ["input_ids", "attention_mask", "token_type_ids"]
    given = tuple(torch.ones(2, 5, dtype=torch.int64) for _ in names)
    torch.onnx.export(
        Hidden(), given, folder / "onnx" / "model.onnx", input_names=names, output_names=["hidden"],
        dynamic_axes={name: {0: "texts", 1: "pieces"} for name in names}, dynamo=False,
    )  # fmt: skip


def _config(**told: Any) -> Any:
    import torch
    from transformers import BertConfig

    torch.manual_seed(0)
    return BertConfig(
        vocab_size=len(_PIECES), hidden_size=SIZE, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=LONGEST, initializer_range=0.5, **told,
    )  # fmt: skip


def _pieces_of_words() -> Any:
    from tokenizers.implementations import BertWordPieceTokenizer

    pieces = {piece: number for number, piece in enumerate(_PIECES)}
    return BertWordPieceTokenizer(vocab=pieces, lowercase=True, strip_accents=False)._tokenizer


def _tokenizer() -> Any:
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(
        tokenizer_object=_pieces_of_words(), model_max_length=LONGEST, unk_token="[UNK]", pad_token="[PAD]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
    )  # fmt: skip
