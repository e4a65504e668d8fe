"""Questions in English to the sample papers, each judged by the answers of the Swedish question it asks the same as.

PARAGRAF_SCORE_HOME=HOME python -m tests.score.english    (HOME: where `paragraf ingest examples/papers` was run)
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index import queries, settings
from index.asking import english
from index.training import texts
from tests.score.gains import score
from tests.score.ways import OURS, ours

EXAMPLES = Path(__file__).parents[2] / "examples"
TRAINING = Path(__file__).parents[3] / "shared" / "training"
LONGEST = 300  # letters of a title


def main() -> None:
    """Print how many questions have a right answer first, and the mean nDCG@10, for each way of asking."""
    swedish = {row["id"]: row for row in _rows("queries.jsonl")}
    asked = [swedish[row["answered_by"]] | {"query": row["query"]} for row in _rows("english.jsonl")]
    same = [swedish[row["answered_by"]] for row in _rows("english.jsonl")]
    home = os.environ["PARAGRAF_SCORE_HOME"]
    searcher = queries.Searcher(settings.load({**os.environ, "PARAGRAF_HOME": home}))
    for language, questions in (("English", asked), ("Swedish", same)):
        for way, legs in OURS.items():
            scores = [score(q, ours(searcher, EXAMPLES.parent, legs, q)) for q in questions]
            first, ndcg = sum(one.mrr == 1 for one in scores), sum(one.ndcg for one in scores) / len(scores)
            print(f"{language} {way}: right answer first {first} of {len(scores)}, nDCG@10 {ndcg:.3f}")
    searcher.close()
    for name, asked_in_swedish in _swedish():
        taken = [text for text in asked_in_swedish if english.read(text)]
        print(f"{name}: {len(taken)} of {len(asked_in_swedish)} are taken for English", *taken[:20], sep="\n  ")


def _swedish() -> Iterator[tuple[str, list[str]]]:
    """Questions and titles in Swedish (a few of interpellations quote English names)."""
    if not TRAINING.is_dir():
        return
    files = [TRAINING / "superlim" / f"swefaq_{part}.jsonl" for part in ("dev", "test")]
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    yield "SweFAQ", [json.loads(line)["question"] for line in lines]
    for name in ("motions", "betankanden", "sfs", "interpellations"):
        titles = (row["title"] for row in texts.rows(TRAINING, name))
        yield name, [title for title in titles if title and len(title) <= LONGEST]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXAMPLES / name).read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
