"""The scoring of the search: the plain ways, the table with its marks, and the losses."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import edge
from index.queries import Searcher
from tests.score import search, tasks, ways
from tests.score.gains import Scores
from tests.score.plain import PlainBM25, PlainModel
from tests.tiny import SIZE, TinyEncoder, paper, points


def test_plain_bm25_knows_no_stems_and_no_compounds() -> None:
    ranker = PlainBM25(["Avgift för skolskjuts", "Skolskjutsavgifter", "Skjuts till skolan, avgift. " + "Annat. " * 50])
    scores = ranker.scores("AVGIFT")
    assert scores[0] > scores[2] > scores[1] == 0


def test_a_ready_model_ranks_by_cosine() -> None:
    assert PlainModel(TinyEncoder(), ["Cykelväg", "Skolskjuts"]).scores("skolskjutsen").argmax() == 1


def test_every_way_finds_the_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = edge.create(tmp_path / "shard", SIZE)
    store.replace([], points(paper("a", "Avgift\nDricksvatten kostar mer.", "Cykelväg\nEn väg byggs.")))
    monkeypatch.setenv("PARAGRAF_SCORE_MODEL", "tiny")
    monkeypatch.setattr(ways, "model_encoder", TinyEncoder)
    searcher = Searcher(tasks.settings.load({"PARAGRAF_HOME": str(tmp_path)}), store, TinyEncoder())
    found = {name: way({"query": "dricksvatten"}) for name, way in ways.ways(searcher, store, Path("/papers")).items()}
    assert list(found) == ways.names() == ["plain BM25", "BM25", "dense", "hybrid", "plain model"]
    assert {name: units[0] for name, units in found.items()} == {
        **dict.fromkeys(("plain BM25", "BM25", "dense", "hybrid"), ("a", "1")),
        "plain model": ("a", None),
    }
    like = {"query": "", "like": {"file": "a", "item": "1"}}
    assert all(("a", "1") not in way(like) for way in ways.ways(searcher, store, Path("/papers")).values())
    store.close()


def test_what_falls_short_is_marked_and_what_lost_is_told() -> None:
    asked = [{"id": f"q{n}", "type": "fact", "query": f"fråga {n}", "relevant": []} for n in (1, 2)]
    good, bad = Scores(1.0, 1.0, 1.0), Scores(0.5, 1.0, 0.5)
    scores = {"plain BM25": [bad, bad], "BM25": [good, bad], "dense": [bad, bad], "hybrid": [bad, good]}
    losses = search._losses(asked, scores, [[("a", "1")], [("b", None)]])
    assert losses == ["- q1 fact 0.50, BM25 1.00 “fråga 1”: a § 1"]
    report = {"set": "gold", "types": ["fact", "fact"], "scores": scores, "losses": losses, "weakest": []}
    per = {"plain BM25": 0.5, "BM25": 0.6, "dense": 0.62, "hybrid": 0.7}
    table = search.table(report | {"tasks": [("SweFAQ", per)]})
    assert "| fact | 2 | 0.500 | 0.750 | 0.500 | 0.750 | 0.96 ✗ | 1.000 | 0.750 |" in table
    assert "| SweFAQ | 0.500 | 0.600 | 0.620 | 0.700 | 0.62 | 0.72 ✗ |" in table
    assert search.table(report | {"set": "marked", "tasks": []}).count("✗") == 0
