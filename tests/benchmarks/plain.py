"""The plain way, to stand beside: what one would write in an afternoon with the same libraries.

pdfplumber's text page by page, spaCy's tokens, a vector per passage of the same model, qdrant-client's local mode.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

MODEL = Path(__file__).parents[2] / "index" / "models" / "sv-static"
PASSAGE = 130  # tokens


@cache
def language() -> Any:
    """spaCy's Swedish, with its tokens and sentence boundaries."""
    import spacy

    nlp = spacy.blank("sv")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 50_000_000
    return nlp


@cache
def model() -> Any:
    from model2vec import StaticModel

    return StaticModel.from_pretrained(MODEL)


def text(path: Path) -> str:
    """The text of a PDF, page by page."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def passages(words: str) -> Iterator[str]:
    """Sentences put together to passages of about 130 tokens."""
    held: list[str] = []
    length = 0
    for sentence in language()(words).sents:
        held.append(sentence.text)
        length += len(sentence)
        if length >= PASSAGE:
            yield " ".join(held)
            held, length = [], 0
    if held:
        yield " ".join(held)


def store(folder: str) -> Any:
    """A local collection of qdrant-client."""
    from qdrant_client import QdrantClient, models

    client = QdrantClient(path=folder)
    size = int(model().dim)
    client.create_collection("papers", models.VectorParams(size=size, distance=models.Distance.COSINE))
    return client


def add(client: Any, texts: Iterable[str], first: int) -> int:
    """Put passages into the collection; returns how many."""
    from qdrant_client import models

    texts = list(texts)
    if not texts:  # a scan
        return 0
    vectors = model().encode(texts)
    points = [
        models.PointStruct(id=first + n, vector=vector.tolist(), payload={"text": words})
        for n, (words, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
    client.upsert("papers", points)
    return len(points)
