"""The vocabulary: pieces of Swedish words, learned from the texts, so that parts of compounds share their vectors.

Pieces carry no mark for where a word begins: the "skjuts" of "skolskjuts" is the word "skjuts".
"""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Regex, Tokenizer
from tokenizers.models import BPE
from tokenizers.normalizers import NFKC, Lowercase, Sequence
from tokenizers.pre_tokenizers import Split
from tokenizers.trainers import BpeTrainer

UNKNOWN = "[UNK]"
SMALLER = 8000  # pieces of the vocabulary that tells what the pieces of the larger one are made of
NOT_WORDS = Regex(r"[^\p{L}\p{N}]+")


def empty() -> Tokenizer:
    """A tokenizer that folds case and keeps letters and digits, with no pieces yet."""
    tokenizer = Tokenizer(BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = Sequence([NFKC(), Lowercase()])
    tokenizer.pre_tokenizer = Split(NOT_WORDS, behavior="removed")
    return tokenizer


def learn(texts: Iterable[str], size: int) -> Tokenizer:
    """A vocabulary of `size` pieces: letters joined to the pairs that are seen most (byte-pair encoding)."""
    tokenizer = empty()
    trainer = BpeTrainer(vocab_size=size, special_tokens=[UNKNOWN], min_frequency=3, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer
