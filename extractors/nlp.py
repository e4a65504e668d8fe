"""The Swedish spaCy pipeline, loaded once, on first use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

# spaCy's thinc imports these if they are installed, for networks that rules do not have: torch alone takes 4 s.
_NETWORKS = frozenset({"torch", "tensorflow", "mxnet", "cupy"})


@cache
def pipeline() -> Language:
    """spacy.blank("sv"), or the installed model that PARAGRAF_SPACY names (such as sv_core_news_sm).

    >>> [token.text for token in pipeline()("Nämnden godkänner.")]
    ['Nämnden', 'godkänner', '.']
    """
    with _without_networks():
        import spacy

        name = os.environ.get("PARAGRAF_SPACY")
        return spacy.load(name) if name else spacy.blank("sv")


def ruler(patterns: Sequence[dict[str, Any]]) -> Language:
    """The pipeline with an entity ruler of these patterns."""
    language = pipeline()
    if "entity_ruler" not in language.pipe_names:
        language.add_pipe("entity_ruler").add_patterns(list(patterns))  # type: ignore[attr-defined]
    return language


class _Refusing(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] in _NETWORKS:
            raise ModuleNotFoundError(f"{name} is left out while spaCy loads", name=name)
        return None


@contextmanager
def _without_networks() -> Iterator[None]:
    """While it lasts the big libraries count as not installed; those that are loaded already stay as they are."""
    finder = _Refusing()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
