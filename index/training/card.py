"""The model's card: what it is, what it was made from and how well it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from index.training.learn import Recipe
from index.training.texts import Paper

TEXT = """---
language: sv
license: apache-2.0
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# sv-static: Swedish static embeddings for public papers

One vector of {dimension} numbers for each of {pieces} pieces of Swedish words;
a text is the mean of its pieces, made one long. Trained from nothing by `python -m index.training`, on one processor
core within the hour. No other model took part, and no municipal paper: what it is used on is never trained on.

```python
from model2vec import StaticModel            # without torch
model = StaticModel.from_pretrained("index/models/sv-static")

from sentence_transformers import SentenceTransformer   # the same vectors
model = SentenceTransformer("index/models/sv-static")
```

## Made from

| texts | number | from | licence |
| --- | ---: | --- | --- |
{sources}

Public Swedish texts: motions without the {held_out} that it is measured on (and without motions of the same title),
interpellations, government texts, laws and committee reports. English paragraphs are left out.

Pairs: title and text, heading and text, neighbouring stretches, a sentence and the rest of its stretch; others in every
epoch. In every batch of {batch} each text is to be nearer its partner than all others (multiple negatives ranking
loss, both ways, at widths {widths}). While it learns, a piece's vector is the sum of its own, its stem's and those of
the smaller pieces in it. {members} models of {width} numbers learn so, {epochs} epochs each, seeds {seeds}; their
vectors are put side by side and turned (principal components of the training text) to {dimension} numbers, so that
they may be cut to the first 256 or fewer. Vectors are kept as one byte a number, with one weight a piece.

## Measured

| nDCG@10, cosine alone | |
| --- | ---: |
{figures}

SweFAQ (SuperLim 2, CC BY 4.0): 219 questions of dev and test, all answers as candidates. Motions: 800 titles,
each to find its own grounds among 2,000. Neither is trained on.

## Not good at

Other languages than Swedish, word order and negation ("avslår" and "avslår inte" are near), names and numbers: search
pairs it with word search for that.
"""

SOURCES = {
    "motions": ("riksdag motions 2018/19–2019/20", "openriksdag/openriksdag; riksdag open data", "Apache-2.0"),
    "interpellations": (
        "riksdag interpellations 1994–2024",
        "swerik-project/riksdagen-interpellations",
        "public documents",
    ),
    "regeringen_g0v": (
        "government press releases, propositions, assignments",
        "civictechsweden/g0vse",
        "public documents",
    ),
    "betankanden": ("riksdag committee reports", "openriksdag/openriksdag", "Apache-2.0"),
    "sfs": ("laws and ordinances", "se-lex/sfs", "MIT; public documents"),
}


def card(
    papers: Sequence[Paper], shape: tuple[int, ...], recipes: Sequence[Recipe], figures: Mapping[str, float]
) -> str:
    """The card's Markdown."""
    counted = Counter(paper.kind for paper in papers)
    rows = (f"| {what} | {counted[kind]:,} | {where} | {terms} |" for kind, (what, where, terms) in SOURCES.items())
    pieces, dimension = shape
    return TEXT.format(
        dimension=dimension,
        pieces=f"{pieces:,}",
        sources="\n".join(rows),
        held_out=800,
        batch=f"{recipes[0].batch:,}",
        widths=" and ".join(map(str, recipes[0].widths)),
        members=len(recipes),
        width=recipes[0].dimension,
        epochs=recipes[0].epochs,
        seeds=", ".join(str(recipe.seed) for recipe in recipes),
        figures="\n".join(f"| {name} | {figure:.3f} |" for name, figure in figures.items()),
    )
