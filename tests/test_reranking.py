"""A reranker by setting: it reorders the first items by their best passages, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embed import ModelError
from index.encoders import reranker as rerankers
from index.encoders.reranker import CrossReranker
from index.queries import Hits, Query, Searcher
from index.settings import Settings, load
from index.sync import sync
from tests import tiny_models
from tests.tiny import TinyEncoder, home, paper

PAPERS = (
    paper(
        "juni",
        "Cykelväg\nEn cykelväg byggs vid skolan.",
        "Cykelväg vid ån\nDnr KS 2026/7\nFrågan om cykelväg återremitteras.",
        "Cykelväg längs kusten\nDen långa cykelvägen får belysning.",
        "Parkering\nParkeringen stängs.",
    ),
)


class _Longest:
    """Thinks that the longest text is the best answer, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        self.asked.append((question, list(passages)))
        return [float(len(passage)) for passage in passages]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = home(tmp_path_factory.mktemp("home"), *PAPERS)
    sync(made, encode=TinyEncoder())
    return made


def _ask(settings: Settings, query: Query, legs: Sequence[str] = ("words", "meaning")) -> Hits:
    searcher = Searcher(settings, encode=TinyEncoder())
    found = searcher.search(query, legs)
    searcher.close()
    return found


def test_the_first_items_come_in_the_rerankers_order(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _ask(settings, Query("cykelväg")).hits
    longest = _Longest()
    monkeypatch.setattr("index.queries.reranker", lambda _: longest)
    hits = _ask(settings, Query("cykelväg")).hits
    read = [hit for hit in hits if "reranker" in hit.why["legs"]]
    told = [hit.why["legs"]["reranker"] for hit in read]
    assert told == sorted(told, reverse=True) and {hit.id for hit in hits} == {hit.id for hit in before}
    assert [hit.id for hit in hits] != [hit.id for hit in before]
    assert [hit.score for hit in hits] == [hit.score for hit in before]  # the places keep theirs
    question, passages = longest.asked[0]
    assert question == "cykelväg" and "Cykelväg vid ån\nDnr KS 2026/7" in "\n".join(passages)


def test_only_so_many_are_read_and_the_rest_stay(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [hit.id for hit in _ask(settings, Query("cykelväg")).hits]
    monkeypatch.setattr("index.queries.reranker", lambda _: _Longest())
    hits = _ask(replace(settings, rerank=2), Query("cykelväg")).hits
    assert [hit.id for hit in hits[2:]] == before[2:] and {hit.id for hit in hits[:2]} == set(before[:2])
    assert ["reranker" in hit.why["legs"] for hit in hits[:3]] == [True, True, False]


def test_pages_go_on_where_the_one_before_ended(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.queries.reranker", lambda _: _Longest())
    whole = [hit.id for hit in _ask(settings, Query("cykelväg", limit=3)).hits]
    pages = [_ask(settings, Query("cykelväg", limit=1, offset=n)).hits[0].id for n in range(3)]
    assert pages == whole


def test_a_leg_alone_is_not_reranked(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = _Longest()
    monkeypatch.setattr("index.queries.reranker", lambda _: longest)
    _ask(settings, Query("cykelväg"), ("words",))
    _ask(settings, Query("cykelväg", sort="newest"))
    assert not longest.asked


def test_a_cross_encoder_by_path(settings: Settings, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = tiny_models.reranker(tmp_path / "reranker")
    hits = _ask(replace(settings, reranker=str(folder), batch=2), Query("cykelväg")).hits
    read = {f"{hit.title}\n": hit.why["legs"]["reranker"] for hit in hits}
    assert len(set(read.values())) == len(read) > 1
    passages = ["en cykelväg byggs vid skolan", "parkeringen stängs"]
    theirs = CrossEncoder(str(folder), device="cpu").predict([("cykelväg", text) for text in passages])
    assert np.allclose(CrossReranker(str(folder)).scores("cykelväg", passages), theirs, atol=1e-5)
    rounded = CrossReranker(str(folder), "int8").scores("cykelväg", passages)
    assert np.allclose(rounded, theirs, atol=0.1) and CrossReranker(str(folder)).scores("x", []) == []


def test_it_is_off_by_default_loaded_late_and_told_where_it_is_missing(settings: Settings) -> None:
    assert rerankers.reranker(load({"PARAGRAF_HOME": "/nowhere"})) is None
    missing = replace(settings, reranker="/no/such/folder")
    assert _ask(missing, Query("cykelväg", sort="newest")).hits  # nothing to rerank, so nothing is loaded
    with pytest.raises(ModelError, match="PARAGRAF_RERANKER"):
        _ask(missing, Query("cykelväg"))
