"""What a model is judged by while it is made: SweFAQ's questions and the held-out motions, neither ever trained on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.training.texts import held_out

Floats = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Floats]


@dataclass(frozen=True, slots=True)
class Task:
    """Questions, the texts to find answers among, and which text answers each question."""

    name: str
    questions: list[str]
    texts: list[str]
    answers: list[int]


def swefaq(data: Path) -> Task:
    """SweFAQ, dev and test together: 219 questions, all answers of both as candidates."""
    rows = [
        json.loads(line)
        for part in ("dev", "test")
        for line in (data / "superlim" / f"swefaq_{part}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    texts = sorted({answer for row in rows for answer in row["candidate_answers"]})
    place = {text: n for n, text in enumerate(texts)}
    answers = [place[row["candidate_answers"][row["label"]]] for row in rows]
    return Task("SweFAQ", [row["question"] for row in rows], texts, answers)


def motions(data: Path) -> Task:
    """Held-out motions: 800 titles, each to find its own grounds among 2,000."""
    titles, texts = held_out(data)
    return Task("held-out motions", titles, texts, list(range(len(titles))))


def ndcg(scores: Floats, answers: Sequence[int]) -> float:
    """nDCG@10 where each question (row) has one right text (column); of equals, half stand before it.

    >>> round(ndcg(np.array([[0.9, 0.1], [0.8, 0.2]], dtype=np.float32), [0, 1]), 3)
    0.815
    """
    own = scores[np.arange(len(answers)), list(answers)]
    before, equal = (scores > own[:, None]).sum(axis=1), (scores == own[:, None]).sum(axis=1)
    ranks = before + (equal + 1) / 2
    return float(np.where(ranks <= 10, 1 / np.log2(ranks + 1), 0).mean())


def unit(vectors: Floats) -> Floats:
    """Vectors of length one; nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    shortened: Floats = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return shortened


def encoder(tokenizer: Tokenizer, vectors: Floats) -> Encode:
    """How a static model reads texts: the mean of their pieces' vectors."""

    def encode(texts: list[str]) -> Floats:
        encoded = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        nothing = np.zeros((1, vectors.shape[1]), dtype=np.float32)
        return unit(np.stack([(vectors[one.ids] if one.ids else nothing).mean(axis=0) for one in encoded]))

    return encode


def score(task: Task, encode: Encode) -> float:
    """nDCG@10 of a task by cosine."""
    return ndcg(encode(task.questions) @ encode(task.texts).T, task.answers)
