"""Answers that explain themselves: sentences and snippets, why a hit was found, facets and pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import edge, settings
from index.answers.sentences import sentences
from index.answers.snippets import LENGTH, Passage, Wanted, snippet
from index.queries import Filters, Query, Searcher
from index.sync import sync
from index.vectors import Meta
from tests.tiny import QuickEncoder, TinyEncoder, home, paper, points, searching, shown

BRIDGE = (
    "Bron över Lillån\nNämnden har fått en skrivelse från Ada Ek. Skrivelsen handlar om trafiken vid kvarnen.\n"
    "Bron byggs av trä, enl. ritning nr. 7, och kostar 4 mnkr. Arbetet utförs av en entreprenör under två år.\n"
    "Buller från bygget mäts varje vecka av miljökontoret. Resultatet redovisas i en bilaga till protokollet.\n"
    "Färjan går som förut tills dess att allt är klart och vägen är öppen för alla som vill fara."
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with searching(
        tmp_path_factory.mktemp("home"),
        paper("p1", BRIDGE, "Skolskjuts\nSkolskjutsen körs av Buss AB. I skolan äter alla."),
        paper("Motion om färjan", "Färjan ska gå oftare.", kind="motion", date="2024-05-01"),
        encode=QuickEncoder(),
    ) as made:
        yield made


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


def test_words_far_apart_are_bothshown() -> None:
    shown = snippet(Passage.of(BRIDGE), Wanted.of("bullret färjan"))
    assert [shown.text[start:end] for start, end in shown.marks] == ["Buller", "Färjan"] or len(shown.found) == 2
    assert shown.text.startswith("… ") and len(shown.text) <= LENGTH + 8


def test_a_part_is_marked_only_where_the_whole_word_is_not() -> None:
    def marked(text: str) -> list[str]:
        shown = snippet(Passage.of(text), Wanted.of("skolskjuts"))
        return [shown.text[start:end] for start, end in shown.marks]

    assert marked("Skolskjutsen går till skolan.") == ["Skolskjutsen"]
    assert marked("Bussen går till skolan.") == ["skolan"]
    assert marked("Skolledaren skjutsar elever.") == ["skjutsar"]
    assert marked("Skolbarnsskjuts ordnas.") == ["Skolbarnsskjuts"]


def _why(searcher: Searcher, text: str, at: int = 0, **told: Any) -> tuple[Any, dict[str, Any]]:
    hit = searcher.search(Query(text, **told)).hits[at]
    return hit, hit.why


def test_why_tells_words_legs_and_the_sentence_that_carries_the_meaning(searcher: Searcher) -> None:
    hit, why = _why(searcher, "ritningar av trä")
    assert hit.title == "Bron över Lillån"
    assert why["found"] == {"ritningar": ["ritning"], "trä": ["trä"]}
    assert set(why["legs"]) == set(why["shares"]) == {"words", "meaning"}
    assert sum(why["shares"].values()) == pytest.approx(1, abs=0.02)
    said = why["sentence"]
    assert said["text"] == "Bron byggs av trä, enl. ritning nr. 7, och kostar 4 mnkr."
    assert hit.snippet[said["start"] : said["end"]] == said["text"]
    assert "raised" not in why


def test_the_title_said_again_does_not_carry_the_meaning(searcher: Searcher) -> None:
    hit, why = _why(searcher, "Bron över Lillån byggs av trä")
    assert hit.title == "Bron över Lillån" and why["sentence"]["text"].startswith("Bron byggs")


def test_why_tells_what_raised_a_hit(searcher: Searcher) -> None:
    hit, why = _why(searcher, "motioner om färjan, plan 2024")
    assert (hit.kind, why["raised"]) == ("motion", {"kind": ["motion"], "year": [2024]})


def test_a_slow_encoder_is_not_asked_about_sentences(searcher: Searcher, tmp_path: Path) -> None:
    """The one with most words stands for the meaning."""
    asked: list[int] = []

    class Slow(TinyEncoder):
        def passages(self, texts: Any) -> Any:
            asked.append(len(texts))
            return super().passages(texts)

    where = home(tmp_path, paper("p1", BRIDGE))
    sync(where, encode=Slow())
    before = len(asked)
    slow = Searcher(where, encode=Slow())
    hit = slow.search(Query("bullret av bygget")).hits[0]
    assert max(asked[before:]) == 1
    assert hit.why["sentence"]["text"] == "Buller från bygget mäts varje vecka av miljökontoret."
    slow.close()


def test_the_leg_of_words_alone_tells_no_meaning(searcher: Searcher) -> None:
    hit = searcher.search(Query("färjan"), legs=("words",)).hits[0]
    assert "sentence" not in hit.why and "meaning" not in hit.why["legs"]
    assert hit.why["shares"] == {"words": 1.0}


def _facet(searcher: Searcher, name: str, text: str = "", **filters: Any) -> dict[Any, int]:
    facets = searcher.search(Query(text, Filters.of(filters))).facets
    return {told["value"]: told["count"] for told in facets[name]}


def test_a_facet_s_own_filter_does_not_hide_its_other_values(searcher: Searcher) -> None:
    """So that a second value can be chosen beside the first; the other facets follow the filter."""
    assert _facet(searcher, "kind", kind="motion") == {"protocol": 2, "motion": 1}
    assert _facet(searcher, "year", kind="motion") == {2024: 1}
    assert _facet(searcher, "kind", kind="motion", year=2024) == {"motion": 1}
    assert _facet(searcher, "year", "färjan", kind="protocol", year=2024) == {2026: 1}
    assert _facet(searcher, "kind", "skolskjuts") == {"protocol": 1}


def test_what_was_counted_is_remembered_until_the_index_changes(tmp_path: Path) -> None:
    store = edge.create(tmp_path / "vectors", 32)
    store.replace([1], points(paper("p1", "Bron\nBron rivs.", "Vägen\nBron stängs."), 1))
    store.set_meta(Meta(1, "tiny", 32, ""))
    counted: list[str] = []
    count, facet = store.count, store.facet
    store.count = lambda where: counted.append("total") or count(where)  # type: ignore[method-assign, func-returns-value]
    store.facet = lambda name, *rest: counted.append(name) or facet(name, *rest)  # type: ignore[method-assign, func-returns-value]
    asking = Searcher(settings.load({"PARAGRAF_HOME": str(tmp_path)}), store, QuickEncoder())
    first = asking.search(Query("bron", limit=1))
    assert first.total == 2 and len(counted) == 10  # bodies, people and what is withdrawn among them
    for again in (Query("bron", limit=1, offset=1), Query("bron", sort="newest")):
        told = asking.search(again)
        assert (told.total, told.facets, told.generation) == (2, first.facets, first.generation)
    assert len(counted) == 10
    store.replace([1], points(paper("p1", "Bron\nBron rivs."), 1))
    store.set_meta(Meta(2, "tiny", 32, ""))
    told = asking.search(Query("bron"))
    assert told.total == 1 and len(counted) == 17 and told.generation != first.generation


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """More items than the first tier brings, many of them word for word the same, of few days and some of none."""
    days = ("2026-06-15", "2026-06-15", "2025-01-01", None)
    papers = [
        paper(f"p{n}", *(f"Bron {m % 9}\nOm {('bron', 'vägen', 'bron och vägen')[m % 3]} {m % 5}" for m in range(30)),
              date=days[n % 4], body=f"Nämnden för bro {n}")  # of one meeting they would be one § each
        for n in range(16)
    ]  # fmt: skip
    with searching(tmp_path_factory.mktemp("home"), *papers, encode=QuickEncoder()) as made:
        yield made


_ORDERS = st.sampled_from(("relevance", "newest", "oldest"))


@given(st.sampled_from(("bron", "vägen", "bron vägen 3", "")), _ORDERS, st.sampled_from((7, 10, 33, 150)), st.data())
def test_pages_are_cut_from_one_list(crowd: Searcher, text: str, sort: str, size: int, data: st.DataObject) -> None:
    """Whatever the order and the size of a page, ties and tiers included."""
    query: dict[str, Any] = {"sort": sort, "facets": False}
    whole = [hit.id for hit in crowd.search(Query(text, limit=1000, **query)).hits]
    assert len(whole) == len(set(whole))
    offset = data.draw(st.integers(0, len(whole) // size)) * size
    assert [hit.id for hit in crowd.search(Query(text, limit=size, offset=offset, **query)).hits] == whole[
        offset : offset + size
    ]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("text", ["bron", "bron vägen"])
def test_every_item_that_matches_is_on_a_page(crowd: Searcher, text: str, sort: str) -> None:
    found = [hit for at in range(0, 480, 40) for hit in crowd.search(Query(text, limit=40, offset=at, sort=sort)).hits]
    total = crowd.search(Query(text)).total
    assert total > 250 or text == "bron vägen"
    assert sum(not hit.related for hit in found) == total == len({hit.id for hit in found if not hit.related})
    dates = [hit.date for hit in found]
    if sort != "relevance":
        assert dates == sorted(dates, key=lambda day: (day is None, day if sort == "oldest" else _back(day)))


def _back(day: str | None) -> int:
    return -int((day or "0").replace("-", ""))


def test_by_day_a_hit_shows_the_passage_that_has_the_words(tmp_path: Path) -> None:
    long = "Avgift\n" + "Nämnden talar om annat. " * 60 + "\n\nFärjan ställs in."
    where = home(tmp_path, paper("p1", long))
    sync(where, encode=QuickEncoder())
    asking = Searcher(where, encode=QuickEncoder())
    (hit,) = asking.search(Query("färja", sort="newest")).hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Färjan"] and "words" in hit.why["legs"]
    asking.close()


def test_a_hit_on_a_page_of_eighty_columns(searcher: Searcher) -> None:
    told = shown(searcher.search(Query("motioner om ritningar av trä, plan 2024", limit=2)).to_json())
    lines = told.splitlines()
    assert all(len(line) <= 80 and line == line.rstrip() for line in lines if "/papers/" not in line)
    assert " 2  § 1  Bron över Lillån" in lines and " 1  Färjan ska gå oftare." in lines
    assert "    Alingsås · Kommunstyrelsen · 2026-06-15 · protocol  related" in lines
    assert any("found by words: trä, ritning · meaning" in line for line in lines)
    assert any("meaning: Bron byggs av trä, enl. ritning nr. 7" in line for line in lines)
    assert any(line.endswith("raised as motion, 2024") for line in lines)


def test_on_a_terminal_words_are_bold_and_the_sentence_is_underlined(searcher: Searcher) -> None:
    told = shown(searcher.search(Query("ritningar av trä", limit=1)).to_json(), terminal=True)
    assert "\x1b[1;4;36mritning\x1b[0m" in told and "meaning: " not in told


def test_sums_and_outcome_are_on_the_line() -> None:
    found = {"id": "x", "title": "Bidrag", "snippet": "Bidrag", "outcome": "granted", "kronor": [250000.0], "url": "u"}
    assert "granted  250 000 kr" in shown({"hits": [found]})
