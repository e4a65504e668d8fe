"""How quick a search is: `python -m tests.benchmarks.search [--passages 200000] [--plain 50]`.

The papers are ingested once and their passages multiplied (stock.py) until there are as many as wanted. The questions
go through the Searcher and through HTTP, hits with snippets included, one client and several; beside it qdrant-client's
local mode with the same vectors, fused by itself (RRF), ids only, over the papers themselves.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import count
from pathlib import Path

from index import embed, settings, words
from tests.benchmarks import asking, material, over_http, stock

HEAD = ["way", "p50 ms", "p95 ms", "longest ms", "questions/s, several clients", "p95 of these, ms"]


def plainly(where: settings.Settings, number: int) -> dict[str, float]:
    """The figures of qdrant-client's local mode: the same vectors and sparse words, its own fusion, no filter."""
    from qdrant_client import QdrantClient, models

    encode = embed.encoder(where)
    client = QdrantClient(":memory:")
    client.create_collection(
        "papers",
        {"meaning": models.VectorParams(size=encode.dimension, distance=models.Distance.COSINE)},
        sparse_vectors_config={"words": models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    ids = count(1)
    client.upsert(
        "papers",
        [
            models.PointStruct(
                id=next(ids),
                vector={"meaning": point.meaning, "words": _sparse(point.words)},
                payload={"text": point.payload["text"]},
            )
            for point in stock.originals(where)
        ],
    )

    def ask(text: str) -> object:
        legs = [
            models.Prefetch(query=encode.queries([text])[0].tolist(), using="meaning", limit=200),
            models.Prefetch(query=_sparse(words.question_vector(text)), using="words", limit=200),
        ]
        return client.query_points("papers", prefetch=legs, query=models.FusionQuery(fusion=models.Fusion.RRF))

    took = asking.times(ask, asking.asked(where.home, number), number)
    return {"p50": asking.percentile(took, 0.5), "p95": asking.percentile(took, 0.95), "longest": took[-1]}


def _sparse(vector: words.Sparse):  # type: ignore[no-untyped-def]
    from qdrant_client import models

    return models.SparseVector(indices=vector.indices, values=vector.values)


def line(way: str, figures: dict[str, float]) -> str:
    """A row of the table; what was not measured is empty."""
    names = ("p50", "p95", "longest", "rate", "p95 of several")
    return f"| {' | '.join([way, *(f'{figures[name]:.1f}' if name in figures else '' for name in names)])} |"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000, help="passages in the index")
    parser.add_argument("--questions", type=int, default=300, help="questions asked in each way")
    parser.add_argument("--clients", type=int, default=8, help="clients at once")
    parser.add_argument("--workers", type=int, default=2, help="processes of the server")
    parser.add_argument("--plain", type=int, default=50, help="questions to the local mode; 0 leaves it out")
    parser.add_argument("--papers", type=Path, help="papers to make passages of (by default the real ones)")
    parser.add_argument("--home", type=Path, help="a home that has been filled with them")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paragraf-benchmark-") as name:
        base = stock.ingested(given.home or Path(name) / "base", given.papers or material.folder())
        built = stock.build(base, Path(name) / "stock", given.passages)
        print(
            f"{material.machine()}; {built.passages:,} passages, put in in {built.put_in:.0f} s and optimised in "
            f"{built.optimised:.0f} s, {built.bytes >> 20} MiB on disk\n\n{material.table(HEAD, [])}",
            flush=True,
        )
        measure(base, built.where.home, given)


def measure(base: settings.Settings, home: Path, given: argparse.Namespace) -> None:
    """Asks in every way, and prints each row when it is there."""
    own = asking.in_a_process(home, given.questions, given.clients)
    for way, figures in own["ways"].items():
        print(line(f"Searcher, {way}", figures))
    print(line("... memory, MiB", {"p50": own["memory"] >> 20}), flush=True)
    for way, figures, memory in over_http.rows(home, given.questions, given.clients, given.workers):
        print(line(way, figures))
        print(line("... memory of the server's processes, MiB", {"p50": memory >> 20}), flush=True)
    if given.plain:
        name = f"qdrant-client local mode, {len(stock.originals(base)):,} passages"
        print(line(name, plainly(base, given.plain)))


if __name__ == "__main__":
    main()
