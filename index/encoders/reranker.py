"""A cross-encoder (omrangordnare) reads a question and a passage together: slow, and surer than any two vectors."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any, Protocol

from index.encoders.encoder import ModelError
from index.encoders.files import folder
from index.encoders.sentence import loaded
from index.settings import Settings


class Reranker(Protocol):
    """What tells how well passages answer a question: the higher, the better."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """A score per passage."""


class CrossReranker:
    """A CrossEncoder of sentence-transformers, by path or name; loaded when it is first asked."""

    def __init__(self, model: str, precision: str = "fp32", batch: int = 32) -> None:
        self._name, self._precision, self._batch = model, precision, batch
        self._lock = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        with self._lock:
            model = self._model
        pairs = [(question, passage) for passage in passages]
        told = model.predict(pairs, batch_size=self._batch, show_progress_bar=False) if pairs else []
        return [float(score) for score in told]

    @cached_property
    def _model(self) -> Any:
        model = loaded("CrossEncoder", folder(self._name, "PARAGRAF_RERANKER"), self._precision)
        told = int(getattr(model, "num_labels", 1))
        if told != 1:
            raise ModelError(f"PARAGRAF_RERANKER={self._name!r} tells {told} things of a pair; a reranker tells one")
        return model


def reranker(settings: Settings) -> Reranker | None:
    """The reranker that the settings name, if any."""
    return _reranker(settings.reranker, settings.precision, settings.batch) if settings.reranker else None


@cache
def _reranker(model: str, precision: str, batch: int) -> Reranker:
    return CrossReranker(model, precision, batch)
