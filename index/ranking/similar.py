"""The same matter elsewhere (liknande): items ranked by how like they are to one."""

from __future__ import annotations

from index import words
from index.ranking.fusion import Ranked, fused
from index.ranking.likeness import likeness, meant, themselves
from index.vectors import Vectors

_DEPTH = 200  # passages that each leg brings


def alike(store: Vectors, source: str, item: str | None) -> list[Ranked]:
    """The items most like an item, or a paper, by address, path or sha256; itself left out, however listed."""
    items = meant(store, source, item)
    own = themselves(store, items)
    text, vector = likeness(store, items)
    near, worded = store.search_both(vector, words.question_vector(text), (), _DEPTH + len(own))
    return [found for found in fused(near, worded) if found.lead not in own]
