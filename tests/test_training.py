"""The training of the shipped model, on a few invented texts, and the model that ships."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.training import card, chunks, ensemble, learn, measure, pairs, ship, stretches, texts, vocabulary

MODEL = Path(__file__).parent.parent / "index" / "models" / "sv-static"

SENTENCES = {
    "skola": "Eleverna på Björkskolan får skolskjuts med buss varje morgon. Bussen går från Lillby.",
    "vatten": "Taxan för dricksvatten och avlopp höjs nästa år. Vattenverket i Storby byggs ut.",
    "park": "Lekplatsen i stadsparken rustas upp med nya gungor. Parken får fler bänkar och träd.",
    "väg": "Gatan asfalteras om och cykelbanan breddas vid torget. Gatan stängs för bilar i maj.",
}


@pytest.fixture(scope="module")
def papers() -> list[texts.Paper]:
    return [
        texts.Paper("motions", f"Om {name} {n}", (text * 2,)) for n in range(12) for name, text in SENTENCES.items()
    ]


def test_motion_held_out_and_its_twin_are_not_learnt_from(tmp_path: Path) -> None:
    rows = [
        {"title": f"Motion {n % 1000}", "text": f"Förslag\n\nMotivering\n\nSkäl {n}.", "proposals": []}
        for n in range(2000)
    ]
    with gzip.open(tmp_path / "motions.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    titles, among = texts.held_out(tmp_path)
    learnt = {paper.title for paper in texts.training_motions(tmp_path)}
    assert (len(titles), len(among)) == (800, 2000)
    assert not learnt & set(titles)
    assert all(text.startswith("Skäl") for text in among)


@pytest.fixture(scope="module")
def tokenizer(papers: list[texts.Paper]) -> Tokenizer:
    return vocabulary.learn((paper.text for paper in papers), 300)


def told(cut: stretches.Stretches, tokenizer: Tokenizer, places: Iterable[int]) -> str:
    """The pieces from each place to the next, without the spaces that a tokenizer forgets."""
    ends = list(places)
    numbers = [int(n) for a, b in zip(ends[::2], ends[1::2], strict=True) for n in cut.pieces[a:b]]
    return "".join(str(tokenizer.id_to_token(n)) for n in numbers)


def bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def test_pairs_are_the_same_from_run_to_run_and_within_a_paper(papers: list[texts.Paper], tokenizer: Tokenizer) -> None:
    cut = stretches.stretches(papers, tokenizer)
    made = pairs.pairs(cut, seed=3)
    assert np.array_equal(made, pairs.pairs(cut, seed=3))
    assert not np.array_equal(made, pairs.pairs(cut, seed=4))
    sides = {(told(cut, tokenizer, row[:2]), told(cut, tokenizer, row[2:])) for row in made}
    assert (bare("Om skola 0"), bare(" ".join(papers[0].paragraphs))) in sides
    whole = bare("".join(papers[0].paragraphs))
    sentences = [one for one, other in sides if one in whole and other in whole and len(one + other) == len(whole)]
    assert sentences  # one with the rest: nothing of it stands on both sides


def test_headings_belong_to_their_own_text_unless_every_paper_has_them(tokenizer: Tokenizer) -> None:
    body = "Nämnden har utrett frågan under våren och funnit att bussarna räcker till. " * 2
    many = [texts.Paper("sfs", "", ("Bakgrund", body, f"Skolskjuts i by {n}", body)) for n in range(30)]
    common = chunks.common_headings(many)
    assert common == {"bakgrund"}
    assert [chunk.heading for chunk in chunks.chunks(many[0], common)] == ["", "Skolskjuts i by 0"]
    cut = stretches.stretches(many, tokenizer)
    _, bodies = cut.papers[0]
    ((*heading, start, end, _, _),) = pairs.headings(cut, bodies, random.Random(0))
    assert told(cut, tokenizer, heading) == bare("Skolskjuts i by 0")
    assert told(cut, tokenizer, (start, end)) == bare(body)


def test_a_model_learns_and_both_libraries_read_the_same_vectors(
    papers: list[texts.Paper], tokenizer: Tokenizer, tmp_path: Path
) -> None:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

    smaller = vocabulary.learn((paper.text for paper in papers), 100)
    recipe = learn.Recipe(dimension=16, widths=(16, 8), batch=16, epochs=8)
    found = stretches.stretches(papers, tokenizer)
    vectors = learn.learn(tokenizer, smaller, found, recipe)
    assert np.array_equal(vectors, learn.learn(tokenizer, smaller, found, recipe))  # the same seed, the same model
    task = measure.Task("own", list(SENTENCES), list(SENTENCES.values()), list(range(4)))
    assert measure.score(task, measure.encoder(tokenizer, vectors)) > 0.8
    ship.write(tmp_path, tokenizer, vectors, card.card(papers, vectors.shape, [recipe], {"own": 1.0}))
    asked = ["Vem åker buss till skolan?", "", "☃ 漢", "AVGIFT för vatten", "skola " * 2000]
    light = StaticModel.from_pretrained(tmp_path).encode(asked)
    heavy = SentenceTransformer(str(tmp_path), device="cpu").encode(asked)
    assert np.allclose(light, heavy, atol=1e-5)
    assert np.allclose(light, measure.encoder(tokenizer, vectors)(asked), atol=0.05)


def test_models_together_keep_their_nearness_in_the_first_numbers(
    papers: list[texts.Paper], tokenizer: Tokenizer
) -> None:
    cut = stretches.stretches(papers, tokenizer)
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(tokenizer.get_vocab_size(), 4)).astype(np.float32)
    wide = flat @ np.linalg.qr(rng.normal(size=(16, 16)))[0][:4].astype(np.float32)  # 4 directions in 16 numbers
    joined = ensemble.joined([wide, 3 * wide], cut, 4, seed=0)
    asked = list(SENTENCES.values())
    near = [measure.encoder(tokenizer, table)(asked) for table in (flat, joined)]
    assert joined.shape == (len(flat), 4)
    assert np.allclose(near[0] @ near[0].T, near[1] @ near[1].T, atol=1e-4)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("vad kostar dricksvatten", "Höjd taxa för vatten och avlopp", "Nya öppettider på biblioteket"),
        ("stöd till avhoppare", "Hjälp att lämna kriminella gäng", "Upphandling av städtjänster"),
        ("buss till skolan", "Regler för skolskjuts", "Försäljning av industrimark"),
        ("äldreboende", "Fler platser i särskilt boende för äldre", "Byte av belysning i idrottshallen"),
    ],
)
def test_the_shipped_model_knows_what_is_near(question: str, near: str, far: str) -> None:
    from model2vec import StaticModel

    asked, close, away = StaticModel.from_pretrained(MODEL).encode([question, near, far])
    assert asked @ close > asked @ away + 0.1


def test_the_shipped_model_is_small() -> None:
    assert sum(file.stat().st_size for file in MODEL.rglob("*")) < 25_000_000
