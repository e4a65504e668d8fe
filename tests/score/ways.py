"""The ways to answer a question, side by side: ours with each leg and both, and the plain ones."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from index import embed, queries, settings
from index.points import lead_id
from index.vectors import Vectors
from tests.score.gains import Unit
from tests.score.plain import PlainBM25, PlainModel

OURS = {"BM25": ("words",), "dense": ("meaning",), "hybrid": queries.LEGS}
PLAIN, MODEL = "plain BM25", "plain model"
DEEP = 50  # hits that are asked for, so that MRR sees a late answer
_LIKE = 900  # letters of an item that stand for it where another is to be like it

Way = Callable[[dict[str, Any]], list[Unit]]


@dataclass(slots=True)
class _Item:
    """A § or a document without §§, as the index has it."""

    file: str
    number: Any
    title: str = ""
    place: int = 0
    passages: list[str] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        return self.file, self.number


def names() -> list[str]:
    """The ways there are: a ready model only where PARAGRAF_SCORE_MODEL names one."""
    return [PLAIN, *OURS, *([MODEL] if model() else [])]


def model() -> str | None:
    """The model of the plain way, by name or path."""
    return os.environ.get("PARAGRAF_SCORE_MODEL") or None


def model_encoder() -> embed.Encoder:
    """The encoder of the plain way's model."""
    return embed.encoder(settings.load({**os.environ, "PARAGRAF_MODEL": model() or ""}))


def ways(searcher: queries.Searcher, store: Vectors, root: Path) -> dict[str, Way]:
    """Every way by its name: from a question to the units it finds, best first."""
    items = _items(store, root)
    made: dict[str, Way] = {PLAIN: _by_passages(items)}
    made |= {name: partial(ours, searcher, root, legs) for name, legs in OURS.items()}
    return made | ({MODEL: _by_documents(items)} if model() else {})


def ours(searcher: queries.Searcher, root: Path, legs: Sequence[str], asked: dict[str, Any]) -> list[Unit]:
    """File and item of the hits for a question, best first; for `like`, of what is similar whichever the legs."""
    like = asked.get("like")
    hits: list[queries.Hit] = []
    if like:
        with suppress(queries.NotFoundError):  # a paper or § that was not read has nothing like it: no points
            hits = searcher.similar(str(root / like["file"]), like.get("item"), DEEP).hits
    else:
        hits = searcher.search(queries.Query(asked["query"], limit=DEEP, facets=False), legs).hits
    return _without_itself(asked, [unit for hit in hits for unit in _units(hit, root)])


def _units(hit: queries.Hit, root: Path) -> list[Unit]:
    """A hit, and the other papers that its § stands in: the answer that is asked for may be any of them."""
    return [(relative(source, root), hit.item) for source in (hit.source, *(one["source"] for one in hit.also))]


def _by_passages(items: list[_Item]) -> Way:
    """Plain BM25: an item is worth its best passage, each with the item's title before it."""
    owners = [item for item in items for _ in item.passages]
    ranker = PlainBM25([f"{item.title} {text}" for item in items for text in item.passages])

    def way(asked: dict[str, Any]) -> list[Unit]:
        scores = ranker.scores(_text(items, asked))
        best = [owners[n].unit for n in (-scores).argsort(kind="stable") if scores[n] > 0]
        return _without_itself(asked, list(dict.fromkeys(best)))[:DEEP]

    return way


def _by_documents(items: list[_Item]) -> Way:
    """A ready model over whole documents: it finds files and no §§."""
    texts: dict[str, list[str]] = {}
    for item in items:
        texts.setdefault(item.file, []).extend(item.passages)
    ranker, files = PlainModel(model_encoder(), ["\n".join(parts) for parts in texts.values()]), [*texts]

    def way(asked: dict[str, Any]) -> list[Unit]:
        best = [(files[n], None) for n in (-ranker.scores(_text(items, asked))).argsort(kind="stable")]
        like = asked.get("like") or {"file": None}
        return [unit for unit in best if unit[0] != like["file"]][:DEEP]

    return way


def _text(items: list[_Item], asked: dict[str, Any]) -> str:
    """The question, or the opening of the item that others are to be like."""
    like = asked.get("like")
    if not like:
        return str(asked["query"])
    meant = [item for item in items if item.file == like["file"] and like.get("item") in (None, item.number)]
    return " ".join(f"{item.title} {' '.join(item.passages)}" for item in meant)[:_LIKE]


def _without_itself(asked: dict[str, Any], units: list[Unit]) -> list[Unit]:
    like = asked.get("like")
    return [unit for unit in units if not like or unit != (like["file"], like.get("item"))]


def _items(store: Vectors, root: Path) -> list[_Item]:
    """Everything in the index, item by item in the order of the papers."""
    items: dict[str, _Item] = {}
    fields = ("lead", "source", "number", "title", "item_index", "text")
    for id_, payload in sorted(store.scroll((), fields)):
        if payload.get("lead"):
            told = (relative(payload["source"], root), payload.get("number"), payload.get("title") or "")
            items[lead_id(id_)] = _Item(*told, payload["item_index"])
        items[lead_id(id_)].passages.append(payload["text"])
    return sorted(items.values(), key=lambda item: (item.file, item.place))


def relative(source: str, root: Path) -> str:
    """A paper's path as the questions name it."""
    path = Path(source)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else source
