"""Answers that explain themselves: sentences and snippets, why a hit was found, facets, pages, and an empty one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from flows.hits import show
from index import edge, settings
from index.answers.sentences import sentences
from index.answers.snippets import LENGTH, Passage, Wanted, snippet
from index.answers.spelling import Speller, _apart
from index.queries import Filters, Query, Searcher
from index.sync import sync
from index.vectors import LEADS, All, Meta, OneOf, Point, Where
from index.words import Sparse
from tests.tiny import TinyEncoder, home, paper, points


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
    where = home(
        tmp_path_factory.mktemp("home"),
        paper("p1", BRIDGE, "Skolskjuts\nSkolskjutsen körs av Buss AB. I skolan äter alla."),
        paper("Motion om färjan", "Färjan ska gå oftare.", kind="motion", date="2024-05-01"),
    )
    sync(where, encode=QuickEncoder())
    made = Searcher(where, encode=QuickEncoder())
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


_LETTERS = "abcd"


def test_facets_count_items_exactly_whatever_was_replaced(tmp_path: Path) -> None:
    """The engine's quick way counts per segment; papers that change again and again must not be counted twice."""
    chance, store = random.Random(4), edge.create(tmp_path / "vectors", 2)
    for turn in range(9):
        changed = chance.sample(range(20), 5)
        made = [
            Point(
                str(UUID(int=document * 100 + n)), [1.0, float(n)], Sparse([1], [1.0]),
                {"lead": 1, "document": document, "kind": chance.choice(_LETTERS), "terms": [chance.randint(1, 3)],
                 "parties": chance.sample(_LETTERS, chance.randint(0, 3))},
            )
            for document in changed
            for n in range(chance.randint(0, 20))
        ]  # fmt: skip
        store.replace(changed, made)
        if turn % 4 == 3:
            store.optimise()
        where: tuple[Where, ...] = (LEADS, (All("terms", (2,)),), (OneOf("kind", ("a", "b")), All("terms", (1,))))
        for each in where:
            for field in ("kind", "parties"):
                stored = [payload.get(field, []) for _, payload in store.scroll(each, (field,))]
                true = Counter(value for values in stored for value in values)
                assert dict(store.facet(field, each, 10)) == true
                assert [count for _, count in store.facet(field, each, 1)] == [n for _, n in true.most_common(1)]
    store.close()


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
    assert first.total == 2 and len(counted) == 9  # bodies and people among them
    for again in (Query("bron", limit=1, offset=1), Query("bron", sort="newest")):
        told = asking.search(again)
        assert (told.total, told.facets, told.generation) == (2, first.facets, first.generation)
    assert len(counted) == 9
    store.replace([1], points(paper("p1", "Bron\nBron rivs."), 1))
    store.set_meta(Meta(2, "tiny", 32, ""))
    told = asking.search(Query("bron"))
    assert told.total == 1 and len(counted) == 16 and told.generation != first.generation


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """More items than the first tier brings, many of them word for word the same, of few days and some of none."""
    days = ("2026-06-15", "2026-06-15", "2025-01-01", None)
    papers = [
        paper(f"p{n}", *(f"Bron {m % 9}\nOm {('bron', 'vägen', 'bron och vägen')[m % 3]} {m % 5}" for m in range(30)),
              date=days[n % 4])
        for n in range(16)
    ]  # fmt: skip
    where = home(tmp_path_factory.mktemp("home"), *papers)
    sync(where, encode=QuickEncoder())
    made = Searcher(where, encode=QuickEncoder())
    yield made
    made.close()


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


@pytest.mark.parametrize(
    ("asked", "meant", "why"),
    [
        ("skolskutjs", "skolskjuts", "a letter out of its place"),
        ("skolskjts", "skolskjuts", "a letter too few"),
        ("Skolskjjuts", "skolskjuts", "a letter too many, and a capital"),
        ("foraldraledighet", "föräldraledighet", "without the marks"),
        ("föreldraledighet", "föräldraledighet", "another letter"),
        ("avgfit", "avgift", "two swapped"),
        ("böda", "båda", "ö for å"),
        ("avgxtt", None, "two edits in a short word"),
        ("vgt", None, "too short to correct"),
        ("skolskjuts", None, "as it is"),
        ("sköldpadda", None, "nothing like it"),
        ("bro", None, "nothing has the nearest word"),
        ("日本語のテスト", None, "other letters"),
    ],
)
def test_spelling(asked: str, meant: str | None, why: str) -> None:
    held = {"skolskjuts": 4, "föräldraledighet": 1, "avgift": 3, "båda": 1, "avgifts": 0, "broa": 0, "bada": 0, "": 9}
    told = Speller(held).suggestions(asked, lambda word: held[word])
    assert [word for word, _ in told[:1]] == ([meant] if meant else []), why


def test_of_words_equally_near_the_commonest_comes_first() -> None:
    held = {"taxi": 2, "taxa": 9, "tax": 1}
    assert Speller(held).suggestions("taxs", held.__getitem__) == [("taxa", 9), ("taxi", 2), ("tax", 1)]
    assert Speller([]).suggestions("taxa", held.__getitem__) == []


@given(st.text("abåäö", min_size=4, max_size=9), st.lists(st.text("abåäö -", max_size=9), max_size=30))
def test_spelling_finds_what_looking_at_every_word_would(asked: str, held: list[str]) -> None:
    """The quick look at sets of letters leaves out nothing that is near."""
    told = {word for word, _ in Speller(held).suggestions(asked, lambda word: 1, most=99)}
    edits = 2 if len(asked) >= 7 else 1
    near = {word: far for word in held if word and 0 < (far := _apart(asked, word)) <= edits}
    assert told == {word for word, far in near.items() if far <= min(near.values()) + 0.5} or len(near) > 24


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    where = home(
        tmp_path_factory.mktemp("home"),
        paper("p1", "Skolskjuts\nSkolskjutsen körs av en entreprenör.", "Avgift\nAvgiften för vatten höjs."),
        paper("p2", "Bibliotek\nBiblioteket stänger.", "Skolskjuts\nRegler.", body="Kulturnämnden", date="2024-03-02"),
        paper("p3", "Utan dag\nEn sak.", date=None),
    )
    sync(where, encode=QuickEncoder())
    made = Searcher(where, encode=QuickEncoder())
    yield made
    made.close()


def _explained(searcher: Searcher, text: str, **filters: Any) -> dict[str, Any]:
    told = searcher.search(Query(text, Filters.of(filters))).to_json()
    explained: dict[str, Any] = told.get("explained", {})
    return explained


def test_an_empty_answer_tells_which_word_is_missing_and_what_was_meant(little: Searcher) -> None:
    explained = _explained(little, "skolskutjs entreprenör")
    missing, there = explained["words"]
    assert (missing["word"], missing["total"], missing["without"]) == ("skolskutjs", 0, 1)
    assert missing["suggestions"] == [{"word": "skolskjuts", "total": 2}]
    assert (there["word"], there["total"], there["without"]) == ("entreprenör", 1, 0) and "suggestions" not in there
    assert explained["instead"] == {"text": "skolskjuts entreprenör", "total": 1}
    assert little.search(Query(explained["instead"]["text"])).total == 1


def test_words_that_no_item_has_together_are_each_told(little: Searcher) -> None:
    explained = _explained(little, "bibliotek vatten")
    assert [(told["word"], told["total"], told["without"]) for told in explained["words"]] == [
        ("bibliotek", 1, 1),
        ("vatten", 1, 1),
    ]
    assert "instead" not in explained


def test_a_compound_that_nothing_has_is_told_in_its_parts(little: Searcher) -> None:
    (told,) = _explained(little, "skolskjutsentreprenör")["words"]
    assert told["parts"][:2] == ["skolskjut", "entreprenör"]
    assert told["suggestions"] == [{"word": "skolskjuts entreprenör", "total": 1}]


def test_each_filter_tells_what_would_match_without_it(little: Searcher) -> None:
    explained = _explained(little, "skolskjuts", body="Kulturnämnden", year=2026)
    assert explained["filters"] == [
        {"name": "body", "value": ["Kulturnämnden"], "without": 1},
        {"name": "year", "value": [2026], "without": 1},
    ]
    assert [(told["total"], told["filtered"]) for told in explained["words"]] == [(2, 0)]
    dates = _explained(little, "bibliotek", **{"from": "2025", "to": "2025"})["filters"]
    assert dates == [{"name": "from", "value": "2025", "without": 1}, {"name": "to", "value": "2025", "without": 0}]


def test_each_sign_tells_what_would_match_without_it(little: Searcher) -> None:
    explained = _explained(little, 'skolskjuts "körs av en entreprenör" -skolskjutsen', body="Kommunstyrelsen")
    assert [(told["sign"], told["without"]) for told in explained["signs"]] == [
        ('"körs av en entreprenör"', 0),
        ("-skolskjutsen", 1),
    ]
    assert explained["filters"] == [{"name": "body", "value": ["Kommunstyrelsen"], "without": 0}]
    assert [told["word"] for told in explained["words"]] == ["skolskjuts"]


def test_an_english_question_is_explained_in_its_own_words(little: Searcher) -> None:
    told = _explained(little, "the school bus and the library with the penguins")["words"]
    assert {each["word"]: each["total"] > 0 for each in told}["library"] and all("suggestions" not in e for e in told)


def test_a_thin_answer_tells_of_its_filters_alone(little: Searcher) -> None:
    assert _explained(little, "skolskjuts", year=2024) == {"filters": [{"name": "year", "value": [2024], "without": 2}]}
    assert _explained(little, "skolskjuts") == {}


def test_an_empty_answer_tells_what_there_is_to_find(little: Searcher) -> None:
    held = _explained(little, "pingvin")["held"]
    assert held == {
        "items": 5,
        "municipalities": [{"value": "1489", "count": 5, "name": "Alingsås"}],
        "bodies": [{"value": "Kommunstyrelsen", "count": 3}, {"value": "Kulturnämnden", "count": 2}],
        "first": "2024-03-02",
        "last": "2026-06-15",
    }


def test_nothing_is_explained_to_who_asks_for_no_facets(little: Searcher) -> None:
    assert little.search(Query("pingvin", facets=False)).explained == {}
    assert little.search(Query("pingvin", offset=10)).explained == {}


def _shown(found: dict[str, Any], terminal: bool = False, width: int = 80) -> str:
    file = StringIO()
    console = Console(
        file=file, width=width, force_terminal=terminal, highlight=False, color_system="standard" if terminal else None
    )
    show(console, found, 0, str)
    return file.getvalue()


def test_a_hit_on_a_page_of_eighty_columns(searcher: Searcher) -> None:
    told = _shown(searcher.search(Query("motioner om ritningar av trä, plan 2024", limit=2)).to_json())
    lines = told.splitlines()
    assert all(len(line) <= 80 and line == line.rstrip() for line in lines if "/papers/" not in line)
    assert " 2  § 1  Bron över Lillån" in lines and " 1  Färjan ska gå oftare." in lines
    assert "    Alingsås · Kommunstyrelsen · 2026-06-15 · protocol  related" in lines
    assert any("found by words: trä, ritning · meaning" in line for line in lines)
    assert any("meaning: Bron byggs av trä, enl. ritning nr. 7" in line for line in lines)
    assert any(line.endswith("raised as motion, 2024") for line in lines)


def test_on_a_terminal_words_are_bold_and_the_sentence_is_underlined(searcher: Searcher) -> None:
    told = _shown(searcher.search(Query("ritningar av trä", limit=1)).to_json(), terminal=True)
    assert "\x1b[1;4;36mritning\x1b[0m" in told and "meaning: " not in told


def test_sums_and_outcome_are_on_the_line() -> None:
    found = {"id": "x", "title": "Bidrag", "snippet": "Bidrag", "outcome": "granted", "kronor": [250000.0], "url": "u"}
    assert "granted  250 000 kr" in _shown({"hits": [found]})


def test_an_empty_answer_on_a_page(little: Searcher) -> None:
    told = _shown(little.search(Query("skolskutjs", Filters.of({"body": "Kulturnämnden"}))).to_json())
    assert "did you mean: skolskjuts (1 §)" in told and "skolskutjs is in none; near it: skolskjuts (2)" in told
    nothing = _shown(little.search(Query("skolskjuts", Filters.of({"year": 1999}))).to_json())
    assert "Nothing found.\nwithout year 1999: 2 §§\n" in nothing
    assert "held: 5 §§ of Alingsås, 2 bodies, 2024-03-02 to 2026-06-15" in nothing
