"""As many passages as wanted, made of real ones: each paper again and again, as if of another municipality and day.

Words and vectors are those of the real passages; a copy has its own document, place and day, and its vectors are turned
a little, so that no two are equal. The index is made in a home of its own, as a sync would make it.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from extractors import lexicon
from index import edge, embed, generations, points, settings
from index.catalog import Catalog
from index.form import form
from index.vectors import Meta, Point, Whole
from tests.benchmarks import material

_TURNED = 0.02  # how far a copy's numbers are from the original's, of numbers around 0.06
_BATCH = 4_000


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was made: where, of how many passages, in how many seconds, and its bytes on disk."""

    where: settings.Settings
    passages: int
    put_in: float
    optimised: float
    bytes: int


def ingested(home: Path, folder: Path) -> settings.Settings:
    """A home with every paper there is, through `paragraf ingest`; one that is there already is taken as it is."""
    environment = os.environ | {"PARAGRAF_HOME": str(home)}
    if not (home / "catalog.sqlite").exists():
        command = [*material.PARAGRAF, "ingest", "--quiet", str(folder)]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return settings.load(environment)


def originals(where: settings.Settings) -> list[Point]:
    """Every passage of the record as a sync would store it."""
    encode = embed.encoder(where)
    with Catalog(where.catalog) as catalog:
        drafts = [draft for stored in catalog.documents() for draft in points.drafts(stored)]
    return points.points(drafts, encode.passages([draft.text for draft in drafts]))


def copies(real: list[Point], first: int, wanted: int) -> Iterator[list[Point]]:
    """Passages number `first` to `wanted` of the stock, in batches; the first turn is the real ones."""
    codes = sorted(lexicon.load("municipalities")["codes"])
    for start in range(first, wanted, _BATCH):
        chosen = range(start, min(wanted, start + _BATCH))
        rng = np.random.default_rng(start)
        vectors = np.array([real[n % len(real)].meaning for n in chosen], dtype=np.float32)
        vectors += rng.normal(0, _TURNED, vectors.shape).astype(np.float32)
        yield [
            _copy(real[n % len(real)], n // len(real), vector.tolist(), codes)
            for n, vector in zip(chosen, vectors, strict=True)
        ]


def _copy(point: Point, turn: int, vector: list[float], codes: list[str]) -> Point:
    if turn == 0:
        return point
    fields: dict[str, Any] = point.payload | {"document": point.payload["document"] + turn * 100_000}
    fields["municipality"] = codes[(turn * 37 + point.payload["document"]) % len(codes)]
    if "year" in fields:
        shift = turn % 8
        fields |= {"year": fields["year"] - shift, "day": fields["day"] - 10_000 * shift}
    number = UUID(point.id).int ^ (turn << 96)  # the last four bytes tell which passage of its item it is
    whole = Whole(vector, point.whole.words) if point.whole else None
    return Point(str(UUID(int=number)), vector, point.words, fields, whole)


def build(base: settings.Settings, home: Path, wanted: int, graph: int = edge.GRAPH) -> Built:
    """An index of so many passages in a home of its own, or the one there is; `graph` is HNSW's m, 0 for a scan."""
    where = settings.load(os.environ | {"PARAGRAF_HOME": str(home)})
    told = home / "built.json"
    if told.exists():
        return Built(where, **json.loads(told.read_text()))
    real, encode = originals(base), embed.encoder(base)
    where.vectors.mkdir(parents=True, exist_ok=True)
    part = generations.begin(where.vectors, copy=False)
    store = edge.create(part, encode.dimension, graph)
    took = 0.0
    for batch in copies(real, 0, wanted):
        began = time.monotonic()
        store.replace((), batch)
        took += time.monotonic() - began
    began = time.monotonic()
    store.optimise()
    optimised = time.monotonic() - began
    store.set_meta(Meta(1, encode.name, encode.dimension, form(), {"points": store.count(())}))
    passages = store.count(())
    store.close()
    folder = generations.finish(where.vectors, part)
    size = sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())
    figures = {"passages": passages, "put_in": took, "optimised": optimised, "bytes": size}
    told.write_text(json.dumps(figures))
    return Built(where, **figures)
