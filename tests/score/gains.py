"""What one ranking is worth, by the rules of the questions: nDCG@10, recall@10 and MRR."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

GAINS = {2: 3.0, 1: 1.0}
TOP = 10

Unit = tuple[str, Any]  # a file, and the number of a § in it (or None)


@dataclass(frozen=True, slots=True)
class Scores:
    """What one ranking is worth."""

    ndcg: float
    recall: float
    mrr: float


def score(asked: dict[str, Any], ranked: Sequence[Unit], whole: bool = False) -> Scores:
    """nDCG@10 (gains 3 and 1), recall@10 of the grade-2 answers, and 1 / rank of the first of these."""
    grades = answers(asked, ranked, whole)
    best = sorted((answer["grade"] for answer in asked["relevant"]), reverse=True)
    full = best.count(2)
    first = next((n for n, grade in enumerate(grades, 1) if grade == 2), None)
    return Scores(
        _gain(grades) / _gain(best),
        grades[:TOP].count(2) / min(TOP, full) if full else 1.0,
        1 / first if first else 0.0,
    )


def answers(asked: dict[str, Any], ranked: Sequence[Unit], whole: bool = False) -> list[int]:
    """The grade of each hit: that of the answer it is, each once; an answer without item is any unit of its file.

    `whole` is for who finds files and no §§: a file is then the best answer that is left in it.

    >>> question = {"relevant": [{"file": "a", "item": None, "grade": 1}, {"file": "a", "item": "2", "grade": 2}]}
    >>> answers(question, [("a", "1"), ("a", "2"), ("a", "3"), ("b", "2")])
    [1, 2, 0, 0]
    >>> answers(question, [("b", None), ("a", None)], whole=True)
    [0, 2]
    """
    left = sorted(asked["relevant"], key=lambda a: -a["grade"] if whole else a["item"] is None)
    grades = []
    for file, item in ranked:
        found = next((a for a in left if a["file"] == file and (whole or a["item"] in (None, item))), None)
        if found:
            left.remove(found)
        grades.append(found["grade"] if found else 0)
    return grades


def place(rank: int) -> float:
    """What the one right answer is worth at a place, counted from 0.

    >>> place(0), place(10)
    (1.0, 0.0)
    """
    return 1 / math.log2(rank + 2) if rank < TOP else 0.0


def mean(figures: Sequence[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(figures) / len(figures) if figures else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(GAINS.get(grade, 0.0) / math.log2(n + 1) for n, grade in enumerate(grades[:TOP], 1))
