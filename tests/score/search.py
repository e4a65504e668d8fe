"""The search, judged by questions with their answers: BM25, dense and hybrid side by side.

The papers go through `paragraf ingest` into a home of their own (or one that PARAGRAF_SCORE_HOME names, to score it as
it is); the questions through the Searcher, as anyone's would. SweFAQ's questions and the held-out motions stand beside.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from index import edge, embed, queries, settings, words
from index.ranking.fusion import found_by
from index.training import measure
from index.vectors import Point, Whole

LEGS = {"BM25": ("words",), "dense": ("meaning",), "hybrid": queries.LEGS}
GAINS = {2: 3.0, 1: 1.0}
DEEP = 50  # hits that are asked for, so that MRR sees a late answer
TOP = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """What one ranking is worth."""

    ndcg: float
    recall: float
    mrr: float


def run(repository: Path, wanted: str | None = None) -> dict[str, Any]:
    """Ask every question in every way. The report: figures, scores per question and way, errors by id."""
    name, file, root, papers = _questions(repository, wanted)
    asked = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory(prefix="paragraf-score-") as folder:
        home = _home(Path(folder), papers)
        searcher = queries.Searcher(settings.load({**os.environ, "PARAGRAF_HOME": str(home)}))
        ranked = {way: [rank(searcher, q, root, legs) for q in asked] for way, legs in LEGS.items()}
        searcher.close()
        scores = {way: [score(q, hits) for q, hits in zip(asked, found, strict=True)] for way, found in ranked.items()}
        tasks = list(_tasks(repository, Path(folder))) if name == "gold" else []
    errors, possible = _errors(asked, ranked["hybrid"])
    return {
        "set": name,
        "figures": _figures(asked, scores["hybrid"]) | {task: per["hybrid"] for task, per in tasks},
        "types": [q["type"] for q in asked],
        "scores": scores,
        "tasks": tasks,
        "errors": errors,
        "possible": possible,
        "weakest": _weakest(asked, scores["hybrid"], ranked["hybrid"]),
    }


def table(report: dict[str, Any]) -> str:
    """The report as Markdown: the means per type, the other tasks, and the questions that come out worst."""
    head = " | ".join(f"{way} {what}" for what in ("nDCG", "R@10", "MRR") for way in LEGS)
    rows = [f"Search on `{report['set']}`", "", f"| type | n | {head} |", "|---|--:|" + "--:|" * 9]
    for kind in (*dict.fromkeys(report["types"]), "all"):
        chosen = [n for n, type_ in enumerate(report["types"]) if kind in (type_, "all")]
        cells = [
            f"{_mean([getattr(report['scores'][way][n], what) for n in chosen]):.3f}"
            for what in Scores.__slots__
            for way in LEGS
        ]
        rows.append(f"| {kind} | {len(chosen)} | {' | '.join(cells)} |")
    if report["tasks"]:
        rows += ["", "| nDCG@10 | " + " | ".join(LEGS) + " |", "|---|--:|--:|--:|"]
        rows += [f"| {task} | " + " | ".join(f"{per[way]:.3f}" for way in LEGS) + " |" for task, per in report["tasks"]]
    return "\n".join([*rows, "", "Weakest (hybrid):", *report["weakest"]]) + "\n"


def rank(searcher: queries.Searcher, asked: dict[str, Any], root: Path, legs: Sequence[str]) -> list[tuple[str, Any]]:
    """File and item of the hits for a question, best first; for `like`, of what is similar whichever the way."""
    like = asked.get("like")
    hits: list[queries.Hit] = []
    if like:
        with suppress(queries.NotFoundError):  # a paper or § that was not read has nothing like it: no points
            hits = searcher.similar(str(root / like["file"]), like.get("item"), DEEP).hits
    else:
        hits = searcher.search(queries.Query(asked["query"], limit=DEEP, facets=False), legs).hits
    units = [(_relative(hit.source, root), hit.item) for hit in hits]
    return [unit for unit in units if not like or unit != (like["file"], like.get("item"))]


def answers(asked: dict[str, Any], ranked: Sequence[tuple[str, Any]]) -> list[int]:
    """The grade of each hit: that of the answer it is, each once; an answer without item is any unit of its file.

    >>> question = {"relevant": [{"file": "a", "item": None, "grade": 1}, {"file": "a", "item": "2", "grade": 2}]}
    >>> answers(question, [("a", "1"), ("a", "2"), ("a", "3"), ("b", "2")])
    [1, 2, 0, 0]
    """
    left = sorted(asked["relevant"], key=lambda answer: answer["item"] is None)
    grades = []
    for file, item in ranked:
        found = next((a for a in left if a["file"] == file and a["item"] in (None, item)), None)
        if found:
            left.remove(found)
        grades.append(found["grade"] if found else 0)
    return grades


def score(asked: dict[str, Any], ranked: Sequence[tuple[str, Any]]) -> Scores:
    """nDCG@10 (gains 3 and 1), recall@10 of the grade-2 answers, and 1 / rank of the first of these."""
    grades = answers(asked, ranked)
    best = sorted((answer["grade"] for answer in asked["relevant"]), reverse=True)
    full = best.count(2)
    first = next((n for n, grade in enumerate(grades, 1) if grade == 2), None)
    return Scores(
        _gain(grades) / _gain(best),
        grades[:TOP].count(2) / min(TOP, full) if full else 1.0,
        1 / first if first else 0.0,
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(GAINS.get(grade, 0.0) / math.log2(n + 1) for n, grade in enumerate(grades[:TOP], 1))


def _mean(figures: Sequence[float]) -> float:
    return sum(figures) / len(figures) if figures else 0.0


def _figures(asked: list[dict[str, Any]], scores: list[Scores]) -> dict[str, float]:
    """The hybrid's means, over all and per type."""
    figures = {what: _mean([getattr(one, what) for one in scores]) for what in Scores.__slots__}
    for kind in dict.fromkeys(q["type"] for q in asked):
        figures[f"ndcg {kind}"] = _mean([one.ndcg for q, one in zip(asked, scores, strict=True) if q["type"] == kind])
    return figures


def _errors(asked: list[dict[str, Any]], ranked: list[list[tuple[str, Any]]]) -> tuple[dict[str, str], dict[str, str]]:
    """Grade-2 answers not among the first ten, and all that could be such; a key tells nothing of the paper."""
    errors: dict[str, str] = {}
    possible: dict[str, str] = {}
    for q, hits in zip(asked, ranked, strict=True):
        for answer in (a for a in q["relevant"] if a["grade"] == 2):
            unit = f"{answer['file']} § {answer['item']}" if answer["item"] else answer["file"]
            key = f"{q['id']}:{hashlib.sha256(unit.encode()).hexdigest()[:10]}"
            possible[key] = f"{q['id']} {q['type']} “{q['query']}”: {unit}"
            found = any(file == answer["file"] and answer["item"] in (None, item) for file, item in hits[:TOP])
            errors |= {} if found else {key: possible[key]}
    return errors, possible


def _weakest(asked: list[dict[str, Any]], scores: list[Scores], ranked: list[list[tuple[str, Any]]]) -> list[str]:
    """The ten questions with the lowest nDCG, and what came first instead."""
    worst = sorted(range(len(asked)), key=lambda n: scores[n].ndcg)[:10]
    return [
        f"- {asked[n]['id']} {asked[n]['type']} {scores[n].ndcg:.2f} “{asked[n]['query'] or asked[n]['like']}”: "
        + " § ".join(str(part) for part in (ranked[n] or [("nothing",)])[0])
        for n in worst
    ]


def _relative(source: str, root: Path) -> str:
    path = Path(source)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else source


def _questions(repository: Path, wanted: str | None) -> tuple[str, Path, Path, list[Path]]:
    """Name of the set, its questions, what their paths are relative to, and its papers."""
    shared = (repository.parent / "shared").resolve()
    gold = shared / "gold" / "queries.jsonl"
    if wanted != "marked" and gold.is_file():
        return "gold", gold, shared, [shared / "seeds", shared / "corpus" / "documents"]
    if wanted == "gold":
        raise SystemExit(f"no questions at {gold}: run with --set marked")
    if wanted is None:
        print("../shared is not here: judged by our own questions in examples/queries.jsonl")
    examples = repository / "examples"
    return "marked", examples / "queries.jsonl", repository, [examples / "papers"]


def _home(folder: Path, papers: list[Path]) -> Path:
    """A home with the papers in it: the one that is named, or a new one that `paragraf ingest` fills."""
    named = os.environ.get("PARAGRAF_SCORE_HOME")
    if named:
        return Path(named)
    home = folder / "home"
    command = [sys.executable, str(Path(sys.executable).with_name("paragraf")), "ingest", "--quiet"]
    subprocess.run(
        [*command, *map(str, papers)],
        env=os.environ | {"PARAGRAF_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return home


def _tasks(repository: Path, folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """nDCG@10 of each way on SweFAQ and the held-out motions, with the store, the words and the model of the search."""
    data = repository.parent / "shared" / "training"
    encode = embed.encoder(settings.load({**os.environ, "PARAGRAF_HOME": str(folder)}))
    for task in (measure.swefaq(data), measure.motions(data)) if data.is_dir() else ():
        yield task.name, _task(task, encode, folder / task.name.replace(" ", "-"))


def _task(task: measure.Task, encode: embed.Encoder, folder: Path) -> dict[str, float]:
    store = edge.create(folder, encode.dimension)
    ids = [str(UUID(int=(n + 1) << 32)) for n in range(len(task.texts))]  # each its own lead
    vectors = encode.passages(task.texts).tolist()
    bags = [words.bag(text) for text in task.texts]
    points = [
        Point(id_, vector, words.passage_vector(bag), {"document": n}, Whole(vector, words.item_vector(bag)))
        for n, (id_, vector, bag) in enumerate(zip(ids, vectors, bags, strict=True))
    ]
    store.replace([], points)
    store.optimise()
    figures = {way: _mean(list(_gains(task, encode, store, legs, ids))) for way, legs in LEGS.items()}
    store.close()
    return figures


def _gains(
    task: measure.Task, encode: embed.Encoder, store: Any, legs: Sequence[str], ids: Sequence[str]
) -> Iterator[float]:
    """Per question, what the place of its answer is worth, both legs fused as in a search."""
    vectors = encode.queries(task.questions)
    for asked, vector, answer in zip(task.questions, vectors, task.answers, strict=True):
        meaning = np.asarray(vector).tolist() if "meaning" in legs else None
        sparse = words.question_vector(asked) if "words" in legs else None
        found = [one.lead for one in found_by(store, meaning, sparse, (), 200)][:TOP]
        yield 1 / math.log2(found.index(ids[answer]) + 2) if ids[answer] in found else 0.0
