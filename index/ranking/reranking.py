"""The first items in a new order (omrangordning), by a reranker that reads the question and their best passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.encoders.reranker import Reranker
from index.ranking.fusion import Ranked
from index.vectors import Vectors


def reranked(
    store: Vectors, reranker: Reranker | None, first: int, question: str, found: Sequence[Ranked]
) -> list[Ranked]:
    """The `first` items, best first by the reranker, then the others as they were.

    Items of the case that is asked for stay before all others. The places keep their scores, so that scores fall.
    """
    if reranker is None:
        return list(found)
    of_case = [one for one in found if "case" in one.legs]
    others = [one for one in found if "case" not in one.legs]
    read, rest = others[:first], others[first:]
    payloads = store.payloads([id for one in read for id in (one.lead, one.passage)])
    texts = [_text(payloads.get(one.lead, {}), payloads.get(one.passage, {})) for one in read]
    places = sorted((one.score for one in read), reverse=True)
    for one, score in zip(read, reranker.scores(question, texts), strict=True):
        one.legs["reranker"] = score
    read.sort(key=lambda one: (-one.legs["reranker"], -one.score, one.lead))
    for one, score in zip(read, places, strict=True):
        one.score = score
    return [*of_case, *read, *rest]


def _text(lead: dict[str, Any], passage: dict[str, Any]) -> str:
    """What is read of an item: its title and its best passage."""
    return f"{lead.get('title') or ''}\n{passage.get('text') or ''}".strip()
