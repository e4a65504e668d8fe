"""Both legs together (sammanvägning): from passages that were found to items in one order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.points import lead_id
from index.vectors import Ids, Scored, Vectors, Where
from index.words import Sparse

# An item's score: BM25 over the best BM25, plus cosine times _MEANING; in each a fourth comes from its best passage and
# the rest from the item as a whole. docs/search.md ("Fusion: tried") has what other ways gave.
_MEANING = 1.5
_PASSAGE = 0.25
_LEAST_COSINE = 0.2  # below, an item found by meaning alone has nothing to do with the question


@dataclass(slots=True)
class Ranked:
    """An item among the candidates: its score, what each leg gave it, and its best passage."""

    lead: str
    score: float = 0.0
    legs: dict[str, float] = field(default_factory=dict)
    passage: str = ""
    shares: dict[str, float] = field(default_factory=dict)  # of the score, what each leg made
    relation: str | None = None  # to the item that others are compared with (similar.py)
    members: list[str] = field(default_factory=list)  # leads that were folded under this one


def found_by(
    store: Vectors, meaning: Sequence[float] | None, words: Sparse | None, where: Where, depth: int, narrow: Where = ()
) -> list[Ranked]:
    """Items by both legs together, from the `depth` best passages of each; a leg that is None takes no part.

    Of what is `narrow` as many are looked at besides, wherever they stand among the others.
    """
    near, worded = _both(store, meaning, words, where, depth, whole=False)
    floor = min((scored.score for scored in near), default=0.0)  # what an item that the leg did not bring has at most
    if narrow:
        nearer, more = _both(store, meaning, words, (*where, *narrow), depth, whole=False)
        near, worded = _together(near, nearer), _together(worded, more)
    ranked: dict[str, Ranked] = {}
    for leg, scores in (("words", worded), ("meaning", near)):
        for scored in scores:
            found = ranked.setdefault(lead_id(scored.id), Ranked(lead_id(scored.id)))
            if leg not in found.legs:
                found.legs[leg] = scored.score
                found.passage = found.passage or scored.id
    least = _LEAST_COSINE if words is not None else -1.0
    kept = {lead: f for lead, f in ranked.items() if "words" in f.legs or f.legs["meaning"] >= least}
    of_items = _both(store, meaning, words, (Ids(tuple(kept)),), len(kept), whole=True) if kept else ((), ())
    near_whole, worded_whole = ({one.id: one.score for one in of_leg} for of_leg in of_items)
    passages = max((scored.score for scored in worded), default=1.0)
    items = max(worded_whole.values(), default=1.0)
    for lead, found in kept.items():
        cosine, bm25 = found.legs.get("meaning", floor), found.legs.get("words", 0.0) / passages
        by_words = _PASSAGE * bm25 + (1 - _PASSAGE) * worded_whole.get(lead, 0.0) / items
        by_meaning = _PASSAGE * max(0.0, cosine) + (1 - _PASSAGE) * max(0.0, near_whole.get(lead, 0.0))
        found.score = by_words + _MEANING * by_meaning
        if found.score:
            found.shares = {"words": by_words / found.score, "meaning": _MEANING * by_meaning / found.score}
    return in_order(kept.values())


def in_order(found: Iterable[Ranked]) -> list[Ranked]:
    """Items, the best first; of equals always the same."""
    return sorted(found, key=lambda one: (-one.score, one.lead))


def _together(first: Sequence[Scored], more: Sequence[Scored]) -> list[Scored]:
    """The points of both lists, each once."""
    known = {one.id for one in first}
    return [*first, *(one for one in more if one.id not in known)]


def _both(
    store: Vectors, meaning: Sequence[float] | None, words: Sparse | None, where: Where, depth: int, whole: bool
) -> tuple[Sequence[Scored], Sequence[Scored]]:
    """What each leg brings, of passages or of items as a whole."""
    if meaning is not None and words is not None:
        return store.search_both(meaning, words, where, depth, whole)
    near = store.search(meaning, where, depth, whole) if meaning is not None else ()
    return near, store.search(words, where, depth, whole) if words is not None else ()
