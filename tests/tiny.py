"""A tiny encoder and a tiny index for the tests of the search: no model, no network, milliseconds."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from extractors.model import Document, Item, Municipality, Page, Span
from flows.hits import show
from index import words
from index.catalog import Catalog
from index.embed import Encoder, Matrix
from index.listed import Listed, settle
from index.points import drafts
from index.points import points as made_points
from index.queries import Searcher
from index.settings import Settings, load
from index.settling import Identity
from index.sync import sync
from index.vectors import Point
from tests.records import empty_catalog, sha256

SIZE = 32


class TinyEncoder:
    """Each stem has a direction of its own; a text is the sum of its stems'."""

    def __init__(self, name: str = "tiny") -> None:
        self.name = name
        self.dimension = SIZE

    def passages(self, texts: Sequence[str]) -> Matrix:
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, SIZE)

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self.passages(texts)

    def _vector(self, text: str) -> Any:
        total = np.full(SIZE, 1e-6)
        for stem in words.stems(text):
            total += np.random.default_rng(words.number(stem)).normal(size=SIZE)
        return total / np.linalg.norm(total)


def paper(name: str, *items: str, kind: str = "protocol", **told: Any) -> Document:
    """A paper of Alingsås whose items are these texts; the first line of each is its title."""
    text = "\n".join(items)
    starts = [sum(len(item) + 1 for item in items[:at]) for at in range(len(items))]
    spans = [Span(start, start + len(item), 1) for start, item in zip(starts, items, strict=True)]
    numbered = kind in {"protocol", "protocol_extract"}
    made = [
        Item(span, str(n) if numbered else None, text[span.start :].split("\n")[0]) for n, span in enumerate(spans, 1)
    ]
    fields: dict[str, Any] = {
        "municipality": Municipality("1489", "Alingsås"),
        "body": "Kommunstyrelsen",
        "date": "2026-06-15",
        "title": name,
    }
    fields |= {"items": tuple(made)} | told
    return Document(sha256(name, items), f"/papers/{name}", kind, text, (Page(1, 0, len(text)),), **fields)


def of_case(name: str, text: str, case: str, **told: Any) -> Document:
    """A paper of one item, whose own case number this is."""
    made = paper(name, text, **told)
    return replace(made, items=(replace(made.items[0], case_number=case),))


def points(document: Document, document_id: int = 1) -> list[Point]:
    """The points of one document, as sync makes them."""
    from index.catalog import Stored

    listed = Listed("papers", document.source, document.source)
    text = Identity(document.kind, document.municipality, document.body, document.date, document.title)
    stored = Stored(document_id, document, listed, settle(text, listed), document.id, 1, 1, False, document_id)
    made = list(drafts(stored))
    return made_points(made, TinyEncoder().passages([draft.text for draft in made]))


def home(folder: Path, *papers: Document) -> Settings:
    """Settings whose catalog holds these papers; the index is yet to be made."""
    settings = load({"PARAGRAF_HOME": str(folder), "PARAGRAF_CATALOG": empty_catalog(folder)})
    save(settings, *papers)
    return settings


@contextmanager
def searching(folder: Path, *papers: Document, encode: Encoder | None = None) -> Iterator[Searcher]:
    """A Searcher over these papers, closed in the end."""
    encode = encode or TinyEncoder()
    settings = home(folder, *papers)
    sync(settings, encode=encode)
    made = Searcher(settings, encode=encode)
    yield made
    made.close()


def killed(target: Callable[[Settings], None], settings: Settings, after: float) -> None:
    """Something with a home in a process of its own, killed after so many seconds."""
    process = multiprocessing.get_context("fork").Process(target=target, args=(settings,))
    process.start()
    time.sleep(after)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def save(settings: Settings, *papers: Document) -> None:
    """These papers go into the catalog."""
    with Catalog(settings.catalog) as catalog:
        run = catalog.start_run("ingest")
        catalog.source("papers", "folder", "/papers")
        for document in papers:
            key = document.source
            catalog.save(Listed("papers", key, key), document.id, document, run)


class QuickEncoder(TinyEncoder):
    """A tiny encoder that may be asked about sentences."""

    quick = True


def shown(found: dict[str, Any], terminal: bool = False, width: int = 80) -> str:
    """An answer as a page of text."""
    file = StringIO()
    console = Console(
        file=file, width=width, force_terminal=terminal, highlight=False, color_system="standard" if terminal else None
    )
    show(console, found, 0, str)
    return file.getvalue()
