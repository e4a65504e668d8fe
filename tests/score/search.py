"""The search, judged by questions with their answers: every way side by side, ours and the plain ones.

The papers go through `paragraf ingest` into a home of their own (or one that PARAGRAF_SCORE_HOME names, to score it as
it is); the questions through the Searcher, as anyone's would. SweFAQ's questions and the held-out motions stand beside.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from index import edge, generations, queries, settings
from tests.score import asked as wanted_of
from tests.score import reading, tasks, ways
from tests.score.gains import TOP, Scores, Unit, mean, score

_LEGS = ("BM25", "dense")
_WORSE = 0.005  # below the better leg, that is a loss


def run(repository: Path, wanted: str | None = None) -> dict[str, Any]:
    """Ask every question in every way. The report: figures, scores per question and way, errors by id."""
    name, file, root, papers = _questions(repository, wanted)
    asked = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory(prefix="paragraf-score-") as folder:
        ranked = _ranked(_home(Path(folder), papers), asked, root)
        data = repository.parent / "shared" / "training"
        others = list(tasks.run(data, Path(folder))) if name == "gold" else []
    scores = {
        way: [score(q, units, whole=way == ways.MODEL) for q, units in zip(asked, found, strict=True)]
        for way, found in ranked.items()
    }
    errors, possible = _errors(asked, ranked["hybrid"])
    return {
        "set": name,
        "figures": _figures(asked, scores["hybrid"]) | {task: per["hybrid"] for task, per in others},
        "types": [q["type"] for q in asked],
        "scores": scores,
        "tasks": others,
        "reading": reading.table(asked),
        "errors": errors,
        "possible": possible,
        "losses": _losses(asked, scores, ranked["hybrid"]),
        "weakest": _weakest(asked, scores["hybrid"], ranked["hybrid"]),
    }


def table(report: dict[str, Any]) -> str:
    """The report as Markdown: every way per type, the other tasks, the losses and what comes out worst."""
    scores: dict[str, list[Scores]] = report["scores"]
    targets = wanted_of.SEARCH if report["set"] == "gold" else {}
    rows = [f"Search on `{report['set']}`, nDCG@10", ""]
    rows += _head("type", "n", *scores, "asked", "hybrid R@10", "hybrid MRR")
    for kind in (*dict.fromkeys(report["types"]), "all"):
        chosen = [n for n, type_ in enumerate(report["types"]) if kind in (type_, "all")]
        means = {way: mean([per[n].ndcg for n in chosen]) for way, per in scores.items()}
        more = [mean([getattr(scores["hybrid"][n], what) for n in chosen]) for what in ("recall", "mrr")]
        told = wanted_of.cell(round(means["hybrid"], 3), targets.get(kind))
        rows.append(_row(kind, len(chosen), *_three(means.values()), told, *_three(more)))
    if report["tasks"]:
        rows += ["", *_head("nDCG@10", *scores, "asked of dense", "asked of hybrid")]
        for task, per in report["tasks"]:
            told = [wanted_of.cell(round(per[w], 3), wanted_of.TASKS[w].get(task)) for w in ("dense", "hybrid")]
            rows.append(_row(task, *_three(per.values()), *told))
    rows += ["", report["reading"]] if report.get("reading") else []
    rows += ["", "Losses (hybrid below the better of BM25 and dense):", *report["losses"]]
    return "\n".join([*rows, "", "Weakest (hybrid):", *report["weakest"]]) + "\n"


def _head(*names: str) -> list[str]:
    return [_row(*names), "|---|" + "--:|" * (len(names) - 1)]


def _row(*cells: Any) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _three(figures: Any) -> list[str]:
    return [f"{figure:.3f}" for figure in figures]


def _ranked(home: Path, asked: list[dict[str, Any]], root: Path) -> dict[str, list[list[Unit]]]:
    """What each way finds for each question."""
    where = settings.load({**os.environ, "PARAGRAF_HOME": str(home)})
    searcher = queries.Searcher(where)
    folder = generations.current(where.vectors)
    assert folder is not None, f"there is no index in {home}"
    store = edge.load(folder)
    found = {name: [way(q) for q in asked] for name, way in ways.ways(searcher, store, root).items()}
    searcher.close()
    store.close()
    return found


def _figures(asked: list[dict[str, Any]], scores: list[Scores]) -> dict[str, float]:
    """The hybrid's means, over all and per type."""
    figures = {what: mean([getattr(one, what) for one in scores]) for what in Scores.__slots__}
    for kind in dict.fromkeys(q["type"] for q in asked):
        figures[f"ndcg {kind}"] = mean([one.ndcg for q, one in zip(asked, scores, strict=True) if q["type"] == kind])
    return figures


def _errors(asked: list[dict[str, Any]], ranked: list[list[Unit]]) -> tuple[dict[str, str], dict[str, str]]:
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


def _losses(asked: list[dict[str, Any]], scores: dict[str, list[Scores]], ranked: list[list[Unit]]) -> list[str]:
    """The questions that one leg alone answers better, the worst first."""
    lost = []
    for n, q in enumerate(asked):
        better = max(_LEGS, key=lambda way: scores[way][n].ndcg)
        fell = scores[better][n].ndcg - scores["hybrid"][n].ndcg
        if fell > _WORSE:
            lost.append((-fell, _told(q, scores["hybrid"][n], ranked[n], f", {better} {scores[better][n].ndcg:.2f}")))
    return [line for _, line in sorted(lost)]


def _weakest(asked: list[dict[str, Any]], scores: list[Scores], ranked: list[list[Unit]]) -> list[str]:
    """The ten questions with the lowest nDCG, and what came first instead."""
    worst = sorted(range(len(asked)), key=lambda n: scores[n].ndcg)[:10]
    return [_told(asked[n], scores[n], ranked[n]) for n in worst]


def _told(asked: dict[str, Any], scored: Scores, ranked: list[Unit], beside: str = "") -> str:
    first = " § ".join(str(part) for part in (ranked or [("nothing",)])[0])
    return f"- {asked['id']} {asked['type']} {scored.ndcg:.2f}{beside} “{asked['query'] or asked['like']}”: {first}"


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
