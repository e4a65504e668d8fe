"""How quick vectors are: `python -m tests.benchmarks.embedding [--passages 4000] [--times 3]`.

Passages of 900 letters of real papers, and questions one at a time, by the shipped model: read by us, by model2vec and
by sentence-transformers, in one run. Ours remembers words, so it begins with none known, as a sync does, and is also
measured with all known. A CPU second is one of any thread: on a busy machine it tells more than the clock.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np

from extractors import Unreadable
from extractors.text import canonical
from index.embed import SHIPPED, Matrix, static
from tests.benchmarks import material
from tests.benchmarks.asking import real

LETTERS = 900
BATCH = 512  # as sync does
HEAD = ["way", "passages/s", "passages/CPU s", "one question, ms", "loaded in s", "farthest from ours"]

Embed = Callable[[Sequence[str]], Any]


def passages(wanted: int) -> list[str]:
    """Stretches of 900 letters, each once, spread over the papers."""
    return list(islice(_stretches(), wanted))


def _stretches() -> Iterator[str]:
    for path in sorted(material.folder().rglob("*.*")):
        try:
            text = " ".join(canonical(path.read_bytes(), ocr=False).text.split())
        except Unreadable:
            continue
        yield from (text[start : start + LETTERS] for start in range(0, len(text) - LETTERS, LETTERS))


def ways(folder: Path) -> dict[str, Callable[[], Embed]]:
    """What loads each way of making the vectors."""

    def model2vec() -> Embed:
        from model2vec import StaticModel

        return partial(StaticModel.from_pretrained(str(folder)).encode, max_length=None, use_multiprocessing=False)

    def sentence_transformers() -> Embed:
        from sentence_transformers import SentenceTransformer

        return partial(SentenceTransformer(str(folder), device="cpu").encode, batch_size=BATCH, show_progress_bar=False)

    return {
        "ours": lambda: static(folder, SHIPPED).passages,
        "model2vec": model2vec,
        "sentence-transformers": sentence_transformers,
    }


def speed(embed: Embed, texts: Sequence[str]) -> tuple[float, float, Matrix]:
    """Texts a second and a CPU second, and their vectors."""
    began, worked = time.perf_counter(), time.process_time()
    made = [np.asarray(embed(texts[start : start + BATCH]), np.float32) for start in range(0, len(texts), BATCH)]
    return len(texts) / (time.perf_counter() - began), len(texts) / (time.process_time() - worked), np.concatenate(made)


def latency(embed: Embed, number: int = 200) -> float:
    """Milliseconds of a question, the median."""
    took = []
    for question in islice(cycle(real()), number):
        began = time.perf_counter()
        embed([question])
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def rows(folder: Path, texts: Sequence[str], times: int) -> Iterator[list[str]]:
    """A row per way: the median of so many turns."""
    expected = static(folder, SHIPPED).passages(texts)
    for way, load in ways(folder).items():
        began = time.perf_counter()
        embed = load()
        embed(["värm upp"])
        loaded = time.perf_counter() - began
        fresh = [speed(load() if way == "ours" else embed, texts) for _ in range(times)]
        question = f"{latency(embed):.2f}"
        apart = f"{max(float(np.abs(vectors - expected).max()) for _, _, vectors in fresh):.0e}"
        yield [way, *_medians(fresh), question, f"{loaded:.2f}", apart]
        if way == "ours":
            embed(texts)
            yield ["ours, all words known", *_medians([speed(embed, texts) for _ in range(times)]), "", "", ""]


def _medians(found: Sequence[tuple[float, float, Matrix]]) -> list[str]:
    return [f"{statistics.median(rates):,.0f}" for rates in ([one[0] for one in found], [one[1] for one in found])]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.embedding", description=__doc__)
    parser.add_argument("--passages", type=int, default=4000)
    parser.add_argument("--times", type=int, default=3, help="turns of each way; the median is told")
    told = parser.parse_args()
    texts = passages(told.passages)
    found = list(rows(Path(str(files("index") / "models" / SHIPPED)), texts, told.times))
    print(f"{material.machine()}; {len(texts):,} passages of {LETTERS} letters\n\n{material.table(HEAD, found)}\n")


if __name__ == "__main__":
    main()
