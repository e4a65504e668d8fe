"""`python -m index.training --data ../shared/training --out index/models/sv-static`: make the shipped models anew."""

from __future__ import annotations

import argparse
import logging
import os
import time
from pathlib import Path

log = logging.getLogger("index.training")


def arguments() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with motions.jsonl.gz and the others")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--pieces", type=int, default=50_000, help="size of the vocabulary")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def make(asked: argparse.Namespace) -> None:
    """Vocabulary, pairs, vectors, measures and the written model, in that order."""
    import torch

    from index.training import card, learn, measure, pairs, ship, texts, vocabulary

    torch.set_num_threads(asked.threads)
    began = time.monotonic()
    papers = list(texts.papers(asked.data))
    log.info("%d texts", len(papers))
    tokenizer = vocabulary.learn((paper.text for paper in papers), asked.pieces)
    smaller = vocabulary.learn((paper.text for paper in papers[::4]), vocabulary.SMALLER)
    recipe = learn.Recipe(epochs=asked.epochs, seed=asked.seed)
    found = pairs.pairs(papers, asked.seed)
    log.info("%d pairs, %.0f s", len(found), time.monotonic() - began)
    vectors = learn.learn(tokenizer, smaller, found, recipe)
    encode = measure.encoder(tokenizer, vectors)
    tasks = (measure.swefaq(asked.data), measure.motions(asked.data))
    figures = {task.name: round(measure.score(task, encode), 3) for task in tasks}
    log.info("nDCG@10 %s, %.0f s in all", figures, time.monotonic() - began)
    ship.write(asked.out, tokenizer, vectors, card.card(papers, len(vectors), len(found), recipe, figures))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asked = arguments()
    os.environ["RAYON_NUM_THREADS"] = str(asked.threads)  # the tokenizer's threads: read before its first import
    make(asked)
