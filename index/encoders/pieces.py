"""The pieces of words that a text is made of (ordbitar), as a tokenizer numbers them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ids = NDArray[np.int32]

_MOST = 100_000  # words whose pieces are remembered: 20 MB
_TOGETHER = 500  # new words that the tokenizer reads as one text


class Pieces:
    """Numbers the pieces of texts; the unknown ones are left out.

    A tokenizer takes 0.3 ms for a passage, nearly all of it for words that it has seen before. Where it splits at
    spaces the pieces of a word are the same in every text, so each word is read once and remembered.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._unknown = tokenizer.token_to_id("[UNK]")
        self._by_word = _splits_at_spaces(tokenizer)
        self._known: dict[str, bytes] = {}

    def of(self, texts: Sequence[str]) -> list[Ids]:
        """The numbers of the pieces of each text, in order."""
        if not self._by_word:
            encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            return [self._without_unknown(np.array(one.ids, dtype=np.int32)) for one in encoded]
        if len(self._known) > _MOST:
            self._known = {}
        known = self._known  # another thread may begin a new one
        split = [text.split() for text in texts]
        self._learn(list(set(chain.from_iterable(split)).difference(known)), known)
        return [np.frombuffer(b"".join(map(known.__getitem__, words)), dtype=np.int32) for words in split]

    def _learn(self, words: list[str], known: dict[str, bytes]) -> None:
        """Remember the pieces of new words."""
        groups = [words[start : start + _TOGETHER] for start in range(0, len(words), _TOGETHER)]
        encoded = self._tokenizer.encode_batch([" ".join(group) for group in groups], add_special_tokens=False)
        for group, one in zip(groups, encoded, strict=True):
            ids, starts = (
                np.array(one.ids, dtype=np.int32),
                np.array([start for start, _ in one.offsets], dtype=np.int64),
            )
            if self._unknown is not None:
                ids, starts = ids[ids != self._unknown], starts[ids != self._unknown]
            numbers, at = ids.tobytes(), 0
            ends = np.searchsorted(starts, np.cumsum([len(word) + 1 for word in group])) * ids.itemsize
            for word, end in zip(group, ends.tolist(), strict=True):
                known[word], at = numbers[at:end], end

    def _without_unknown(self, ids: Ids) -> Ids:
        return ids if self._unknown is None else ids[ids != self._unknown]


def _splits_at_spaces(tokenizer: Tokenizer) -> bool:
    """Whether the pieces of a text are those of its words, one after the other, whatever stands between them."""
    normalizer, splitter = tokenizer.normalizer, tokenizer.pre_tokenizer
    if splitter is None or (normalizer is not None and normalizer.normalize_str("x y") != "x y"):
        return False
    return bool(splitter.pre_tokenize_str("x y") == [("x", (0, 1)), ("y", (2, 3))])
