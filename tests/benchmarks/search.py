"""How quick a search is: `python -m tests.benchmarks.search [--passages 20000] [--plain 50]`.

The papers are ingested once and then listed again under other keys until there are as many passages as wanted; sync
makes the index of them as of any. The questions go through our Searcher, hit lists and snippets included, with one
client and with several; beside it qdrant-client's local mode with the same vectors, fused by itself (RRF), ids only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path

from index import embed, points, queries, settings, sync, words
from index.asking.filters import Filters
from index.catalog import Catalog, Paper, Stored
from index.opening import Opening
from tests.benchmarks import material

QUESTIONS = (
    "hjälp att lämna gäng", "avgift för skolskjuts", "cykelgarage vid stationen", "budget 2026", "KS 2021/549",
    "parkering", "vem har beviljat pengar till social insatsgrupp", "detaljplan för bostäder", "trygghetsboende",
    "motioner från SD om parkering", "årsredovisning", "taxa för vatten och avlopp", "delegationsordning",
    "simundervisning för barn", "medborgarförslag om lekplats", "vård och omsorg om äldre", "val av ledamöter",
    "upphandling av städtjänster", "klimat och energi", "bidrag till föreningar",
)  # fmt: skip


def base(home: Path, folder: Path) -> settings.Settings:
    """A home with every paper there is, through `paragraf ingest`."""
    environment = os.environ | {"PARAGRAF_HOME": str(home)}
    command = [*material.PARAGRAF, "ingest", "--quiet", str(folder)]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return settings.load(environment)


def fill(where: settings.Settings, wanted: int) -> tuple[int, float]:
    """List the papers again until there are so many passages, and sync. Returns passages, and seconds of the sync."""
    with Catalog(where.catalog) as catalog:
        stored = list(catalog.documents())
        each = sum(sum(1 for _ in points.drafts(one)) for one in stored)
        catalog.source("again", "folder", "nowhere")
        run = catalog.start_run("benchmark")
        for turn in range(max(0, -(-wanted // max(1, each)) - 1)):
            catalog.save_all((_again(one, turn) for one in stored), run)
    began = time.monotonic()
    sync.sync(where, rebuild=True)
    return _count(where), time.monotonic() - began


def _again(stored: Stored, turn: int) -> Paper:
    listed = replace(stored.listed, source="again", key=f"{turn}/{stored.listed.key}", stamp=None)
    return Paper(listed, stored.sha256, None)


def _count(where: settings.Settings) -> int:
    store = Opening(where).store()
    return int(store.count(()))


def asked() -> list[str]:
    """Real questions where there are, and our own."""
    gold = material.REPOSITORY.parent / "shared" / "gold" / "queries.jsonl"
    lines = gold.read_text("utf-8").splitlines() if gold.is_file() else []
    return [*QUESTIONS, *(line for line in (json.loads(one)["query"] for one in lines) if line)]


def times(ask: Callable[[str], object], questions: Sequence[str], number: int) -> list[float]:
    """Milliseconds of each of so many questions, in order, after a warm-up."""
    for question in questions[:10]:
        ask(question)
    return sorted(_timed(ask, question) for question in islice(cycle(questions), number))


def _timed(ask: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000


def throughput(ask: Callable[[str], object], questions: Sequence[str], number: int, clients: int) -> float:
    """Questions answered in a second when several clients ask at once, in one process."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(ask, islice(cycle(questions), number)))
    return number / (time.perf_counter() - began)


def row(way: str, took: list[float], rate: float | None = None) -> list[str]:
    """A row of the table: median, 95th percentile, the longest, and questions per second."""
    at = [took[min(len(took) - 1, int(len(took) * part))] for part in (0.5, 0.95)] + [took[-1]]
    return [way, str(len(took)), *(f"{figure:.1f}" for figure in at), f"{rate:.0f}" if rate else ""]


def ours(where: settings.Settings, number: int, clients: int) -> Iterator[list[str]]:
    """Rows for the Searcher: hybrid, each leg alone, with a filter, and as a page asks (facets too)."""
    searcher = queries.Searcher(where)
    some = Filters(year=(2026,))
    ways: dict[str, Callable[[str], object]] = {
        "hybrid": lambda text: searcher.search(queries.Query(text, facets=False)),
        "hybrid, with facets": lambda text: searcher.search(queries.Query(text)),
        "hybrid, filter on year": lambda text: searcher.search(queries.Query(text, some, facets=False)),
        "BM25 alone": lambda text: searcher.search(queries.Query(text, facets=False), ("words",)),
        "dense alone": lambda text: searcher.search(queries.Query(text, facets=False), ("meaning",)),
    }
    for way, ask in ways.items():
        rate = throughput(ask, asked(), number, clients) if way.startswith("hybrid") else None
        yield row(f"Searcher, {way}", times(ask, asked(), number), rate)
    searcher.close()


def plainly(where: settings.Settings, number: int) -> list[str]:
    """The row of qdrant-client's local mode: the same vectors and sparse words, its own fusion, no filter."""
    from qdrant_client import QdrantClient, models

    encode = embed.encoder(where)
    client = QdrantClient(":memory:")
    client.create_collection(
        "papers",
        {"meaning": models.VectorParams(size=encode.dimension, distance=models.Distance.COSINE)},
        sparse_vectors_config={"words": models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    ids = count(1)
    with Catalog(where.catalog) as catalog:
        for stored in catalog.documents():
            made = list(points.drafts(stored))
            vectors = encode.passages([draft.text for draft in made]).tolist() if made else []
            client.upsert("papers", [_struct(next(ids), d, v) for d, v in zip(made, vectors, strict=True)])

    def ask(text: str) -> object:
        sparse = words.question_vector(text)
        legs = [
            models.Prefetch(query=encode.queries([text])[0].tolist(), using="meaning", limit=200),
            models.Prefetch(
                query=models.SparseVector(indices=sparse.indices, values=sparse.values), using="words", limit=200
            ),
        ]
        return client.query_points("papers", prefetch=legs, query=models.FusionQuery(fusion=models.Fusion.RRF))

    return row("qdrant-client local mode, hybrid", times(ask, asked(), number))


def _struct(id_: int, draft: points.Draft, vector: list[float]) -> object:
    from qdrant_client import models

    sparse = models.SparseVector(indices=draft.words.indices, values=draft.words.values)
    return models.PointStruct(id=id_, vector={"meaning": vector, "words": sparse}, payload={"text": draft.text})


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000, help="passages in the index")
    parser.add_argument("--questions", type=int, default=500, help="questions asked in each way")
    parser.add_argument("--clients", type=int, default=8, help="clients at once, for questions per second")
    parser.add_argument("--plain", type=int, default=50, help="questions to the local mode; 0 leaves it out")
    parser.add_argument("--papers", type=Path, help="papers to make passages of (by default the real ones)")
    asked_for = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paragraf-benchmark-") as name:
        where = base(Path(name), asked_for.papers or material.folder())
        passages, seconds = fill(where, asked_for.passages)
        rows = list(ours(where, asked_for.questions, asked_for.clients))
        if asked_for.plain:
            rows.append(plainly(where, asked_for.plain))
    head = ["way", "questions", "p50 ms", "p95 ms", "longest ms", f"questions/s, {asked_for.clients} clients"]
    print(f"{material.machine()}; {passages:,} passages, synced in {seconds:.1f} s\n\n{material.table(head, rows)}\n")


if __name__ == "__main__":
    main()
