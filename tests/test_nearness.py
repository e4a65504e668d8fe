"""Words next to each other are rewarded: together before apart, forms and stopwords between them notwithstanding."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import edge
from index.asking.question import read
from index.ranking.legs import LEGS, ranked
from index.ranking.nearness import pairs, together
from tests.tiny import SIZE, TinyEncoder, paper, points

# The same words, so that nothing else tells them apart
TOGETHER = "Oro\nEn social insatsgrupp ska bildas i vår efter oro och rapporter."
APART = "Oro\nEn insatsgrupp ska bildas i vår efter oro och rapporter, social."


@pytest.mark.parametrize(
    ("question", "text", "has"),
    [
        ("social insatsgrupp", "Sociala insatsgrupper bildas.", 1),
        ("stöd till unga", "Ett stöd för de unga.", 1),
        ("unga stöd", "Ett stöd för de unga.", 0),  # the other way round
        ("social insatsgrupp", "Social oro i varje insatsgrupp.", 0),
        ("social insatsgrupp", "Det sociala. Insatsgruppen.", 1),
        ("social insatsgrupp", "En social" + " " * 40 + "insatsgrupp.", 0),
        ("insatsgrupp", "En social insatsgrupp.", 0),
        ("", "En social insatsgrupp.", 0),
    ],
)
def test_neighbours_of_a_question_are_counted(question: str, text: str, has: int) -> None:
    asked = pairs(question)
    assert (together(asked, text) if asked else 0) == has


@pytest.mark.parametrize("texts", [(TOGETHER, APART), (APART, TOGETHER)])
def test_together_comes_before_apart(tmp_path: Path, texts: tuple[str, str]) -> None:
    made = edge.create(tmp_path / "shard", SIZE)
    made.replace([1], points(paper("a", *texts), 1))
    embed = lambda text: TinyEncoder().queries([text])[0].tolist()  # noqa: E731

    def scores(question: str, legs: tuple[str, ...] = LEGS) -> dict[str, float]:
        found = ranked(made, embed, read(question), (), 10, legs)
        stored = made.payloads([one.passage for one in found])
        return {stored[one.passage]["text"]: one.score for one in found}

    of_pair = scores("social insatsgrupp")
    assert [*of_pair] == [TOGETHER, APART]
    assert of_pair[TOGETHER] - of_pair[APART] == pytest.approx(0.3, abs=1e-3)
    for others in (scores("insatsgrupp social"), scores("social insatsgrupp", ("meaning",))):
        assert others[TOGETHER] == pytest.approx(others[APART], abs=1e-3)
    made.close()
