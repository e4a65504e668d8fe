"""Both legs together (sammanvägning): from passages that were found to items in one order."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.points import lead_id
from index.vectors import Scored

# Fusion: BM25 over the best BM25, plus the cosine as it is times this. nDCG@10 on 80 questions to 243 papers:
# 0.64 against 0.55 for reciprocal ranks and 0.58 for both legs stretched to 0..1 (how high the best cosine is tells how
# sure that leg is, so it is not stretched); then 0.70 at 0.5, 0.71 at 1 and 0.69 at 2 with the questions read.
_MEANING = 1.0
_LEAST_COSINE = 0.2  # below, an item found by meaning alone has nothing to do with the question


@dataclass(slots=True)
class Ranked:
    """An item among the candidates: its score, what each leg gave it, and its best passage."""

    lead: str
    score: float = 0.0
    legs: dict[str, float] = field(default_factory=dict)
    passage: str = ""
    relation: str | None = None  # to the item that others are compared with (similar.py)
    members: list[str] = field(default_factory=list)  # leads that were folded under this one


def fused(near: list[Scored], worded: list[Scored]) -> list[Ranked]:
    """Items by both legs together. An item's worth in a leg is that of its best passage."""
    ranked: dict[str, Ranked] = {}
    best_bm25 = max((scored.score for scored in worded), default=1.0)
    floor = min((scored.score for scored in near), default=0.0)  # what an item that the leg did not bring has at most
    for leg, scores in (("words", worded), ("meaning", near)):
        for scored in scores:
            found = ranked.setdefault(lead_id(scored.id), Ranked(lead_id(scored.id)))
            if leg not in found.legs:
                found.legs[leg] = scored.score
                found.passage = found.passage or scored.id
    for found in ranked.values():
        cosine = found.legs.get("meaning", floor)
        found.score = found.legs.get("words", 0.0) / best_bm25 + _MEANING * max(0.0, cosine)
    kept = [f for f in ranked.values() if "words" in f.legs or f.legs["meaning"] >= _LEAST_COSINE]
    return sorted(kept, key=lambda found: (-found.score, found.lead))
