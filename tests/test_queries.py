"""Asking: what matches, what is only related, how it is counted, filtered, ordered and shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors.model import Amount, CaseNumber, Decision, Item, Municipality, Page, Person, Reservation, Span
from extractors.model import Document as Paper
from index.catalog import Catalog
from index.listed import Listed
from index.queries import FilterError, Filters, NotFoundError, Query, Searcher
from index.settings import load
from index.sync import sync
from tests.tiny import TinyEncoder, home, of_case, paper, searching


def _grant() -> Paper:
    """A § with a find of every kind that can be filtered by."""
    text = "Bidrag till fotbollsklubben\nDnr KN 2025/77\nNämnden beviljar 250 000 kronor.\nSven Alm (C) reserverar sig."
    item = Item(
        Span(0, len(text), 1), "9", "Bidrag till fotbollsklubben", "KN 2025/77",
        decisions=(Decision(Span(43, 75, 1), "Nämnden beviljar 250 000 kronor.", "granted", "Kulturnämnden"),),
        reservations=(Reservation(Span(76, 104, 1), ("C",), ("Sven Alm",)),),
    )  # fmt: skip
    return Paper(
        "f" * 64, "/papers/bidrag", "protocol", text, (Page(1, 0, len(text)),), Municipality("1480", "Göteborg"),
        "Kulturnämnden", "2025-03-04", "Kulturnämnden 2025-03-04", (item,),
        case_numbers=(CaseNumber(Span(32, 42, 1), "KN 2025/77", "KN 2025/77"),),
        amounts=(Amount(Span(60, 74, 1), Decimal(250000), "250 000 kronor"),),
        people=(Person(Span(76, 84, 1), "Sven Alm", "C"),),
    )  # fmt: skip


PAPERS = (
    paper(
        "juni",
        "Avgift för skolskjuts\nNämnden höjer avgifterna för skolskjutsen från hösten.",
        "Skolskjutsavgift för gymnasiet\nAvgiften är oförändrad.",
        "Cykelväg vid skolan\nEn cykelväg byggs. Jämför ärende KN 2025/77.",
        case_numbers=(CaseNumber(Span(187, 197, 1), "KN 2025/77", "KN 2025/77"),),
    ),
    paper(
        "Motion om hundrastgård", "Hundar ska få springa lösa i en ny hundrastgård.", kind="motion", date="2024-05-01"
    ),
    _grant(),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with searching(tmp_path_factory.mktemp("home"), *PAPERS) as made:
        yield made


def _found(searcher: Searcher, text: str, **filters: Any) -> list[str]:
    hits = searcher.search(Query(text, Filters.of(filters))).hits
    return [str(hit.title) for hit in hits if not hit.related]


@pytest.mark.parametrize(
    ("text", "titles", "why"),
    [
        ("skolskjutsen", {"Avgift för skolskjuts", "Skolskjutsavgift för gymnasiet"}, "inflected, and in a compound"),
        ("avgift skolskjuts", {"Avgift för skolskjuts", "Skolskjutsavgift för gymnasiet"}, "every word, any order"),
        ("avgift cykelväg", set(), "not both in one item"),
        ("hundrastgårdar", {"Hundar ska få springa lösa i en ny hundrastgård."}, "another form"),
        ("kulturnämnden fotboll", {"Bidrag till fotbollsklubben"}, "the body stands only in the paper's head"),
    ],
)
def test_the_matching_set(searcher: Searcher, text: str, titles: set[str], why: str) -> None:
    assert set(_found(searcher, text)) == titles, why
    assert searcher.search(Query(text)).total == len(titles), why


def test_meaning_alone_is_related_and_not_counted(searcher: Searcher) -> None:
    hits = searcher.search(Query("skolskjuts hundrastgård"))
    assert hits.total == 0 and hits.hits and all(hit.related for hit in hits.hits)


def test_one_hit_per_item(searcher: Searcher) -> None:
    hits = searcher.search(Query("skola avgift cykelväg nämnden hund")).hits
    assert len({hit.id for hit in hits}) == len(hits)


@pytest.mark.parametrize(
    "filters",
    [
        {"municipality": "Göteborgs stad"},
        {"municipality": "1480"},
        {"body": "kulturnämnden"},
        {"kind": "protocol", "year": 2025},
        {"party": "C"},
        {"person": "sven alm"},
        {"outcome": "granted"},
        {"from": "2025-03", "to": "2025-03-31"},
        {"min_kronor": 200_000},
        {"min_kronor": 200_000, "max_kronor": 300_000},
        {"case": "kn-2025-77", "municipality": "Göteborg"},
    ],
)
def test_filters(searcher: Searcher, filters: dict[str, Any]) -> None:
    assert _found(searcher, "bidrag", **filters) == ["Bidrag till fotbollsklubben"]
    assert _found(searcher, "", **filters) == ["Bidrag till fotbollsklubben"]


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"kind": "protokoll"}, "protocol_extract"),
        ({"outcome": "bifall"}, "approved"),
        ({"municipality": "Götebo"}, "Göteborg"),
        ({"body": "Kultur- och fritidsnämnden"}, "Kulturnämnden"),
        ({"party": "XYZ"}, "C"),
        ({"person": "Alm"}, "sven alm"),
        ({"case": "hej"}, "KS 2021/549"),
        ({"from": "i fjol"}, "2026-06"),
        ({"min_kronor": "nan"}, "number"),
        ({"year": "i fjol"}, "number"),
        ({"nämnd": "x"}, "body"),
    ],
)
def test_an_unknown_value_is_told_with_the_known_ones(searcher: Searcher, filters: dict[str, Any], told: str) -> None:
    with pytest.raises(FilterError, match=told):
        searcher.search(Query("bidrag", Filters.of(filters)))


def test_a_case_number_finds_its_case_first(searcher: Searcher) -> None:
    for spelled in ("KN 2025/77", "kn-2025-77", "2025.77 KN"):
        hits = searcher.search(Query(spelled))
        assert [hit.title for hit in hits.hits][:2] == ["Bidrag till fotbollsklubben", "Cykelväg vid skolan"]
        assert [hit.related for hit in hits.hits[:2]] == [False, False] and all(hit.related for hit in hits.hits[2:])
        assert hits.total == 2 and hits.read_as["cases"] == ["KN 2025/77"]
    assert searcher.search(Query("bidrag KN 2025/77")).hits[0].title == "Bidrag till fotbollsklubben"


def test_a_case_number_that_nothing_has_is_told(searcher: Searcher) -> None:
    hits = searcher.search(Query("KS 1999/1"))
    assert hits.total == 0 and "KS 1999/1" in hits.read_as["notes"][0]


def test_a_municipality_in_the_question_is_a_filter(searcher: Searcher) -> None:
    hits = searcher.search(Query("bidrag i Göteborg"))
    assert hits.read_as["filters"] == {"municipality": ["1480"]} and hits.total == 1
    plain = searcher.search(Query("bidrag i Göteborg", read=False))
    assert plain.read_as["filters"] == {} and plain.total == 1


def test_a_filter_of_the_question_that_leaves_nothing_is_dropped_and_told(searcher: Searcher) -> None:
    hits = searcher.search(Query("skolskjuts i Kiruna"))
    assert hits.total == 2 and "made without" in hits.read_as["notes"][0]


def test_what_was_read_can_be_switched_off(searcher: Searcher) -> None:
    hits = searcher.search(Query("bidrag i Göteborg", without=("municipality",)))
    assert hits.read_as["filters"] == {} and "götebor" in hits.read_as["words"][1]
    with pytest.raises(FilterError, match="nothing that is read is called 'place'"):
        Query("bidrag", without=("place",))


def test_a_day_that_is_told_gives_last_year_a_meaning(searcher: Searcher) -> None:
    told = searcher.search(Query("bidrag förra året", today=date(2026, 6, 30)))
    assert told.read_as["filters"] == {"year": [2025]} and [hit.date for hit in told.hits] == ["2025-03-04"]
    assert "filters" in told.read_as and not searcher.search(Query("bidrag förra året")).read_as["filters"]


def test_the_least_sure_filter_goes_first(searcher: Searcher) -> None:
    hits = searcher.search(Query("skolskjuts i Alingsås 1999"))
    assert hits.read_as["filters"] == {"municipality": ["1489"]} and "“1999”" in hits.read_as["notes"][0]


def test_facets_count_the_matching_items(searcher: Searcher) -> None:
    facets = searcher.search(Query("avgift")).facets
    assert facets["kind"] == [{"value": "protocol", "count": 2}]
    everything = searcher.search(Query())
    assert everything.total == 5
    assert {told["name"]: told["count"] for told in everything.facets["municipality"]} == {"Alingsås": 4, "Göteborg": 1}


def test_order_and_paging(searcher: Searcher) -> None:
    dates = [hit.date for hit in searcher.search(Query(sort="newest")).hits]
    assert dates == sorted(dates, key=str, reverse=True)
    assert searcher.search(Query(sort="oldest", limit=1)).hits[0].date == "2024-05-01"
    whole = [hit.id for hit in searcher.search(Query("skola avgift")).hits]
    assert [searcher.search(Query("skola avgift", limit=1, offset=n)).hits[0].id for n in range(len(whole))] == whole


@pytest.mark.parametrize("text", ["?!", "...", "– § –", "och i att det"])
def test_no_word_to_search_for_is_an_honest_answer(searcher: Searcher, text: str) -> None:
    hits = searcher.search(Query(text))
    assert (hits.hits, hits.total) == ([], 0) and hits.read_as["notes"]


def test_a_question_of_a_hundred_thousand_letters_is_cut_and_told(searcher: Searcher) -> None:
    hits = searcher.search(Query("skolskjuts avgift " * 5600))
    assert hits.total == 2 and "100800" in hits.read_as["notes"][0]


def test_a_hit_points_at_its_words(searcher: Searcher) -> None:
    (hit,) = searcher.search(Query("fotbollsklubb")).hits[:1]
    paper = PAPERS[2]
    told = hit.to_json()
    assert paper.text[told["span"]["start"] : told["span"]["end"]] == paper.text
    assert (told["document"], told["item"], told["page"], told["outcome"]) == (paper.id, "9", 1, "granted")
    assert told["municipality"] == {"code": "1480", "name": "Göteborg"}
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["fotbollsklubben"]
    assert set(told["why"]["legs"]) == {"words", "meaning"}


def test_each_leg_can_be_asked_alone(searcher: Searcher) -> None:
    for leg in ("words", "meaning"):
        hits = searcher.search(Query("skolskjuts"), legs=(leg,)).hits
        assert hits and all(set(hit.why["legs"]) == {leg} for hit in hits)


def test_similar_leaves_itself_out(searcher: Searcher) -> None:
    hits = searcher.similar("/papers/juni", "1").hits
    assert hits[0].title == "Skolskjutsavgift för gymnasiet"
    assert "Avgift för skolskjuts" not in [hit.title for hit in hits]
    assert searcher.similar("f" * 64).hits
    with pytest.raises(NotFoundError, match="has no § 99"):
        searcher.similar("/papers/juni", "99")
    with pytest.raises(NotFoundError, match="not in the index"):
        searcher.similar("/papers/none")


MATTER = "Motion om hundrastgård vid ån\nHundar ska få springa lösa i en hundrastgård vid ån."
STAGES = (
    of_case("motion", MATTER, "KS 2026/8", kind="motion"),
    of_case("svar", "Svar på motion om hundrastgård vid ån\nMotionen avslås.", "KS 2026/8", date="2026-01-09"),
    of_case("utdrag", "Svar på motion om hundrastgård vid ån\nMotionen avslås helt.", "KS 2026/8", date="2026-01-09",
            kind="protocol_extract"),
    of_case("annat", "Hundrastgård i hamnen\nEn hundrastgård i hamnen byggs för hundar.", "KS 2025/3"),
    of_case("borta", f"{MATTER} Göteborg.", "KS 2026/8", municipality=Municipality("1480", "Göteborg"), kind="motion"),
    of_case("ovidkommande", "Val av justerare\nAda Ek väljs.", "KS 2026/8", date="2026-02-02"),
)  # fmt: skip


def test_similar_tells_stages_and_copies_from_other_cases(tmp_path: Path) -> None:
    settings = home(tmp_path, *STAGES)
    sync(settings, encode=TinyEncoder())
    searcher = Searcher(settings, encode=TinyEncoder())

    def told(source: str, item: str | None = None, **how: Any) -> dict[str, str | None]:
        hits = searcher.similar(f"/papers/{source}", item, **how).hits
        return {hit.source.rpartition("/")[2]: hit.relation for hit in hits}

    assert told("svar", "1") == {
        "motion": "stage", "utdrag": "copy", "annat": "similar", "borta": "similar", "ovidkommande": "stage",
    }  # fmt: skip
    assert told("svar", "1", only=("stage",)) == {"motion": "stage", "ovidkommande": "stage"}
    assert next(iter(told("motion", elsewhere=True))) == "borta"
    with pytest.raises(FilterError, match="stage"):
        told("motion", only=("granne",))
    searcher.close()


def test_similar_to_a_whole_paper_is_the_same_each_time(tmp_path: Path) -> None:
    """It goes by the paper's first items in order, and leaves the same bytes out under any listing."""
    twice = paper("p1", "Cykelväg\nEn cykelväg byggs.", "Skolskjuts\nAvgiften höjs.", "Vatten\nEn ledning läggs.")
    copy = Listed("papers", "copy", "https://kommun.example/copy")
    settings = home(
        tmp_path, twice, paper("p2", "Cykelväg\nEn cykelväg byggs vid ån."), paper("p3", "Avfall\nSoptaxa.")
    )
    with Catalog(settings.catalog) as catalog:
        catalog.save(copy, twice.id, twice, catalog.start_run("ingest"))
    sync(settings, encode=TinyEncoder())
    searcher = Searcher(settings, encode=TinyEncoder())
    names = ("/papers/p1", "https://kommun.example/copy", twice.id)
    found = [[(hit.url, hit.score) for hit in searcher.similar(name).hits] for name in names]
    assert found[0] == found[1] == found[2]
    assert found[0][0][0] == "/papers/p2"
    assert not {"/papers/p1", copy.url} & {url for url, _ in found[0]}
    one = [hit.url for hit in searcher.similar(copy.url, "1").hits if hit.item == "1"]
    assert not {"/papers/p1", copy.url} & set(one)
    searcher.close()


@pytest.mark.parametrize(
    ("text", "own", "total", "note"),
    [
        ("skolskjuts i Göteborg", {"municipality": "Alingsås"}, 0, None),  # a word, as the filter is set already
        ("skolskjuts i Alingsås", {"municipality": "Alingsås"}, 2, None),
        (
            "skolskjuts i Göteborg",
            {"body": "Kommunstyrelsen"},
            2,
            "municipality ['1480'], so the search was made without",
        ),
        ("skolskjuts i Göteborg", {"year": 1999}, 0, "nothing here has year [1999]"),
        ("bidrag över 9 miljoner kronor", {"min_kronor": 200_000}, 0, None),
    ],
)
def test_the_asker_s_own_filter_counts(
    searcher: Searcher, text: str, own: dict[str, Any], total: int, note: str | None
) -> None:
    hits = searcher.search(Query(text, Filters.of(own)))
    assert hits.total == total
    notes = hits.read_as.get("notes", [])
    assert [told for told in notes if note and note in told] == notes
    assert set(own).isdisjoint(hits.read_as["filters"])


def test_by_date_is_the_newest_first(searcher: Searcher) -> None:
    assert [h.id for h in searcher.search(Query(sort="date")).hits] == [
        h.id for h in searcher.search(Query(sort="newest")).hits
    ]


def test_all_of_the_matching_set(searcher: Searcher) -> None:
    assert len(list(searcher.matching(Query("avgift")))) == 2
    assert len(list(searcher.matching(Query()))) == 5


def test_before_there_is_an_index(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="paragraf ingest"):
        Searcher(load({"PARAGRAF_HOME": str(tmp_path)})).search(Query("x"))


def test_a_search_needs_neither_torch_nor_spacy_nor_sql(tmp_path: Path) -> None:
    settings = home(tmp_path, *PAPERS)
    sync(settings)  # with the model that comes with the package
    script = (
        "import sys; from index.settings import load; from index.queries import Query, search\n"
        f"hits = search(load({{'PARAGRAF_HOME': {str(tmp_path)!r}}}), Query('skolskjuts i Alingsås'))\n"
        "assert hits.total == 2, hits\n"
        "print(*sorted({'torch', 'spacy', 'sqlalchemy', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == ""


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_a_page_by_day_goes_on_where_the_one_before_ended(tmp_path: Path, sort: str) -> None:
    """Many items of the same day, and some without one."""
    same = [paper(f"p{n}", *(f"Sak {m}\nOm vatten." for m in range(7)), date=f"2025-0{n}-01") for n in range(1, 5)]
    settings = home(tmp_path, *same, paper("utan dag", "Vatten\nUtan dag.", "Sak\nOm vatten.", date=None))
    sync(settings, encode=TinyEncoder())
    searcher = Searcher(settings, encode=TinyEncoder())
    whole = [hit.id for hit in searcher.search(Query("vatten", limit=100, sort=sort)).hits]
    pages = [searcher.search(Query("vatten", limit=3, offset=at, sort=sort)).hits for at in range(0, 30, 3)]
    assert [hit.id for page in pages for hit in page] == whole and len(set(whole)) == 30
    days = [hit.date for page in pages for hit in page if hit.date]
    assert days == sorted(days, reverse=sort == "newest")
    searcher.close()
