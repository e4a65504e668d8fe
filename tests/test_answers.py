"""Answers that explain themselves: sentences and snippets, why a hit was found, facets, pages, and an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.sentences import sentences
from index.answers.snippets import LENGTH, Passage, Wanted, snippet
from index.queries import Query, Searcher
from index.sync import sync
from tests.tiny import TinyEncoder, home, paper


class QuickEncoder(TinyEncoder):
    """A tiny encoder that may be asked about sentences."""

    quick = True


BRIDGE = (
    "Bron över Lillån\nNämnden har fått en skrivelse från Ada Ek. Skrivelsen handlar om trafiken vid kvarnen.\n"
    "Bron byggs av trä, enl. ritning nr. 7, och kostar 4 mnkr. Arbetet utförs av en entreprenör under två år.\n"
    "Buller från bygget mäts varje vecka av miljökontoret. Resultatet redovisas i en bilaga till protokollet.\n"
    "Färjan går som förut tills dess att allt är klart och vägen är öppen för alla som vill fara."
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    settings = home(
        tmp_path_factory.mktemp("home"),
        paper("p1", BRIDGE, "Skolskjuts\nSkolskjutsen körs av Buss AB. I skolan äter alla."),
        paper("Motion om färjan", "Färjan ska gå oftare.", kind="motion", date="2024-05-01"),
    )
    sync(settings, encode=QuickEncoder())
    made = Searcher(settings, encode=QuickEncoder())
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "told", "why"),
    [
        ("Bron rivs. Vägen stängs.", ["Bron rivs.", "Vägen stängs."], "full stops"),
        ("Enl. Ada Ek, dnr. KS 2020/1, bl.a. Bron", ["Enl. Ada Ek, dnr. KS 2020/1, bl.a. Bron"], "abbreviations"),
        ("Ada B. Ek talar.", ["Ada B. Ek talar."], "an initial"),
        ("Se §§ 7 och 8. Nämnden beslutar.", ["Se §§ 7 och 8.", "Nämnden beslutar."], "a number ends a sentence"),
        ("Beslut\n1. Bron rivs. 2. Vägen stängs.", ["Beslut", "1. Bron rivs.", "2. Vägen stängs."], "points in a line"),
        ("Kostnaden är 4,5 mnkr. per år", ["Kostnaden är 4,5 mnkr. per år"], "small letters go on"),
        (
            "Är bron klar? Ja! Den är ”klar.” Nu",
            ["Är bron klar?", "Ja!", "Den är ”klar.”", "Nu"],
            "other signs, quotes",
        ),
        (
            "Bron över ån,\nsom byggs av trä,\när klar.",
            ["Bron över ån,\nsom byggs av trä,\när klar."],
            "lines of a page",
        ),
        (
            "Nämnden beslutar att\nBron rivs genast och helt",
            ["Nämnden beslutar att\nBron rivs genast och helt"],
            "open line",
        ),
        ("Jäv\nAda Ek anmäler jäv och deltar inte.", ["Jäv", "Ada Ek anmäler jäv och deltar inte."], "a heading"),
        ("- bron\n- vägen", ["- bron", "- vägen"], "bullets"),
        ("Ett stycke\n\nett till", ["Ett stycke", "ett till"], "an empty line"),
        ("  \n ", [], "nothing"),
    ],
)
def test_sentences(text: str, told: list[str], why: str) -> None:
    assert [text[start:end] for start, end in sentences(text)] == told, why


_WORDS = st.sampled_from(
    [
        "Bron",
        "rivs.",
        "skolskjutsen",
        "avgift\n",
        "dnr.",
        "Ada",
        "\n\n1.",
        "Nämnden",
        "beslutar:",
        "x",
        "-",
        "2026",
        "å",
    ]
)


@given(
    st.lists(_WORDS, max_size=120).map(" ".join), st.sampled_from(("bro", "skolskjutsavgift", "ingenting")), st.data()
)
def test_a_snippet_is_words_of_its_passage(text: str, asked: str, data: st.DataObject) -> None:
    """Whatever stands there: pieces stand in the passage in order, marks at words, and the length is kept."""
    passage = Passage.of(text)
    assert passage.text == " ".join(text.split())
    meant = data.draw(st.sampled_from([None, *range(len(passage.sentences))]))
    wanted = Wanted.of(asked)
    shown = snippet(passage, wanted, meant, 60)
    assert len(shown.text) <= 60 + 4 * len("… ")
    pieces, at = [piece for piece in shown.text.split("…") if piece.strip()], 0
    for piece in pieces:
        at = passage.text.index(piece.strip(), at) + len(piece.strip())
    places = [shown.text[start:end] for start, end in shown.marks]
    assert all(word in {"Bron", "skolskjutsen", "avgift"} for word in places)
    assert bool(places) == bool(wanted.places(passage.text))
    if meant is not None:
        assert shown.sentence
        start, end = shown.sentence
        assert passage.sentence(meant).find(shown.text[start:end]) >= 0


def test_words_far_apart_are_both_shown() -> None:
    shown = snippet(Passage.of(BRIDGE), Wanted.of("bullret färjan"))
    assert [shown.text[start:end] for start, end in shown.marks] == ["Buller", "Färjan"] or len(shown.found) == 2
    assert shown.text.startswith("… ") and len(shown.text) <= LENGTH + 8


def test_a_part_is_marked_only_where_the_whole_word_is_not() -> None:
    def marked(text: str) -> list[str]:
        shown = snippet(Passage.of(text), Wanted.of("skolskjuts"))
        return [shown.text[start:end] for start, end in shown.marks]

    assert marked("Skolskjutsen går till skolan.") == ["Skolskjutsen"]
    assert marked("Bussen går till skolan.") == ["skolan"]


def _why(searcher: Searcher, text: str, at: int = 0, **told: Any) -> tuple[Any, dict[str, Any]]:
    hit = searcher.search(Query(text, **told)).hits[at]
    return hit, hit.why


def test_why_tells_words_legs_and_the_sentence_that_carries_the_meaning(searcher: Searcher) -> None:
    hit, why = _why(searcher, "ritningar av trä")
    assert hit.title == "Bron över Lillån"
    assert why["found"] == {"ritningar": ["ritning"], "trä": ["trä"]}
    assert set(why["legs"]) == {"words", "meaning"}
    said = why["sentence"]
    assert said["text"] == "Bron byggs av trä, enl. ritning nr. 7, och kostar 4 mnkr."
    assert hit.snippet[said["start"] : said["end"]] == said["text"]
    assert "raised" not in why


def test_the_title_said_again_does_not_carry_the_meaning(searcher: Searcher) -> None:
    hit, why = _why(searcher, "Bron över Lillån byggs av trä")
    assert hit.title == "Bron över Lillån" and why["sentence"]["text"].startswith("Bron byggs")


def test_why_tells_what_raised_a_hit(searcher: Searcher) -> None:
    hit, why = _why(searcher, "motioner 2024 om färjan")
    assert (hit.kind, why["raised"]) == ("motion", {"kind": ["motion"], "year": [2024]})


def test_a_slow_encoder_is_not_asked_about_sentences(searcher: Searcher, tmp_path: Path) -> None:
    """The one with most words stands for the meaning."""
    asked: list[int] = []

    class Slow(TinyEncoder):
        def passages(self, texts: Any) -> Any:
            asked.append(len(texts))
            return super().passages(texts)

    settings = home(tmp_path, paper("p1", BRIDGE))
    sync(settings, encode=Slow())
    before = len(asked)
    slow = Searcher(settings, encode=Slow())
    hit = slow.search(Query("bullret av bygget")).hits[0]
    assert max(asked[before:]) == 1
    assert hit.why["sentence"]["text"] == "Buller från bygget mäts varje vecka av miljökontoret."
    slow.close()


def test_the_leg_of_words_alone_tells_no_meaning(searcher: Searcher) -> None:
    hit = searcher.search(Query("färjan"), legs=("words",)).hits[0]
    assert "sentence" not in hit.why and "meaning" not in hit.why["legs"]
