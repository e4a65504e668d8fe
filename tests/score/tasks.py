"""SweFAQ's questions and the held-out motions, with the store, the words, the model and the fusion of a search."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

import numpy as np
import numpy.typing as npt

from index import edge, embed, settings, words
from index.ranking.fusion import found_by, in_order
from index.ranking.nearness import raise_near
from index.training import measure
from index.vectors import Point, Vectors, Whole
from tests.score import ways
from tests.score.gains import TOP, mean, place
from tests.score.plain import PlainBM25, PlainModel


def run(data: Path, folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """nDCG@10 of every way on each task; nothing where the data is not."""
    encode = embed.encoder(settings.load({**os.environ, "PARAGRAF_HOME": str(folder)}))
    for task in (measure.swefaq(data), measure.motions(data)) if data.is_dir() else ():
        figures = _plain(task) | _ours(task, encode, folder / task.name.replace(" ", "-"))
        yield task.name, {name: figures[name] for name in ways.names()}


def _plain(task: measure.Task) -> dict[str, float]:
    rankers: dict[str, PlainBM25 | PlainModel] = {ways.PLAIN: PlainBM25(task.texts)}
    if ways.model():
        rankers[ways.MODEL] = PlainModel(ways.model_encoder(), task.texts)
    rows = {name: np.stack([ranker.scores(asked) for asked in task.questions]) for name, ranker in rankers.items()}
    return {name: measure.ndcg(scores, task.answers) for name, scores in rows.items()}


def _ours(task: measure.Task, encode: embed.Encoder, folder: Path) -> dict[str, float]:
    ids = [str(UUID(int=(n + 1) << 32)) for n in range(len(task.texts))]  # each its own lead
    store = edge.create(folder, encode.dimension)
    store.replace([], list(_points(task.texts, ids, encode.passages(task.texts))))
    store.optimise()
    vectors = encode.queries(task.questions)
    worth = partial(_worth, store, task, vectors, ids)
    figures = {way: mean([worth(n, legs) for n in range(len(task.questions))]) for way, legs in ways.OURS.items()}
    store.close()
    return figures


def _points(texts: Sequence[str], ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> Iterator[Point]:
    """Each text is an item of one passage."""
    for n, (id_, vector, text) in enumerate(zip(ids, vectors.tolist(), texts, strict=True)):
        bag = words.bag(text)
        yield Point(
            id_, vector, words.passage_vector(bag), {"document": n, "text": text}, Whole(vector, words.item_vector(bag))
        )


def _worth(
    store: Vectors,
    task: measure.Task,
    vectors: npt.NDArray[np.float32],
    ids: Sequence[str],
    n: int,
    legs: Sequence[str],
) -> float:
    """What the place of a question's answer is worth."""
    meaning = vectors[n].tolist() if "meaning" in legs else None
    sparse = words.question_vector(task.questions[n]) if "words" in legs else None
    by_lead = {one.lead: one for one in found_by(store, meaning, sparse, (), 200)}
    if sparse:
        raise_near(store, task.questions[n], by_lead)
    found = [one.lead for one in in_order(by_lead.values())]
    answer = ids[task.answers[n]]
    return place(found.index(answer) if answer in found else TOP)
