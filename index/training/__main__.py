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
    parser.add_argument("--numbers", type=int, default=384, help="numbers of a vector")
    parser.add_argument("--members", type=int, default=2, help="models that are put together to one")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0, help="of the first member; the others count on")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def make(asked: argparse.Namespace) -> None:
    """Vocabulary, vectors, measures and the written model, in that order."""
    import torch

    from index.training import card, ensemble, learn, measure, ship, stretches, texts, vocabulary

    torch.set_num_threads(asked.threads)
    began = time.monotonic()
    papers = list(texts.papers(asked.data))
    log.info("%d texts", len(papers))
    tokenizer = vocabulary.learn((paper.text for paper in papers), asked.pieces)
    smaller = vocabulary.learn((paper.text for paper in papers[::4]), vocabulary.SMALLER)
    cut = stretches.stretches(papers, tokenizer)
    log.info("%d stretches, %.0f s", len(cut.ends), time.monotonic() - began)
    recipes = [learn.Recipe(epochs=asked.epochs, seed=asked.seed + n) for n in range(asked.members)]
    members = [learn.learn(tokenizer, smaller, cut, recipe) for recipe in recipes]
    vectors = ensemble.joined(members, cut, asked.numbers, asked.seed)
    encode = measure.encoder(tokenizer, vectors)
    tasks = (measure.swefaq(asked.data), measure.motions(asked.data))
    figures = {task.name: round(measure.score(task, encode), 3) for task in tasks}
    log.info("nDCG@10 %s, %.0f s in all", figures, time.monotonic() - began)
    ship.write(asked.out, tokenizer, vectors, card.card(papers, vectors.shape, recipes, figures))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asked = arguments()
    os.environ["RAYON_NUM_THREADS"] = str(asked.threads)  # the tokenizer's threads: read before its first import
    make(asked)
