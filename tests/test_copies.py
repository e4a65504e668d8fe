"""One meeting in several files: each § is searched and counted once, and told with every paper that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

import extractors
from extractors.model import Document
from index import tables
from index.catalog import Catalog, Listed
from index.export import rows
from index.meetings.same import is_same
from index.queries import Query, Searcher
from index.settings import Settings
from index.sync import sync
from search_api.app import create_app
from search_api.state import State
from tests.tiny import TinyEncoder, home, paper, save

PLAN = """§ 14 Detaljplan för Kvarnbacken
Dnr KS 2026/112

Beslut
Kommunstyrelsen antar detaljplanen för Kvarnbacken med kommunal gata och en cykelväg mot Furuvik.

Reservation
Ulla Ek (V) reserverar sig mot beslutet.
"""
HALL = """§ 15 Bidrag till ishallen
Dnr KS 2026/98

Beslut
Kommunstyrelsen beviljar Björkviks ishockeyförening 250 000 kronor i bidrag till ishallen under 2026.
"""
HEAD = "Alingsås kommun\nKommunstyrelsen\n{kind} 2026-03-09\n\n"
MINUTES = (HEAD.format(kind="Sammanträdesprotokoll") + PLAN + "\n" + HALL).encode()
EXTRACT = (HEAD.format(kind="Protokollsutdrag") + PLAN + "\nRätt utdraget intygar\n\nAda Alm\nsekreterare\n").encode()
OTHER = EXTRACT.replace(b"en cykelv\xc3\xa4g mot Furuvik", b"utan cykelv\xc3\xa4g mot Furuvik")


def read(data: bytes, name: str) -> Document:
    found = extractors.read(data, f"/papers/{name}")
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Beslut\nNämnden avslår motionen.", "Beslut Nämnden avslår motionen.", True),
        # a hyphen where the line of the other ends, a page that turns
        ("Nämnden avslår motio- nen om gatan.", "Nämnden avslår motionen om gatan.", True),
        ("Nämnden avslår 4 (12) Justerandes sign motionen.", "Nämnden avslår motionen.", True),
        # the foot of an extract
        ("Nämnden avslår motionen.", "Nämnden avslår motionen. Utdragsbestyrkande Ada Alm, sekreterare", True),
        # one word decides
        ("Nämnden avslår motionen.", "Nämnden avslår inte motionen.", False),
        ("Nämnden beviljar 5 000 kronor till kören.", "Nämnden beviljar 50 000 kronor till kören.", False),
        ("Nämnden beviljar 250 000 kronor.", "Nämnden beviljar 1 250 000 kronor.", False),
        ("Nämnden avslår motionen.", "Nämnden avslår motionen. Bo Ek reserverar sig mot beslutet.", False),
        ("Bo Ek och Ada Alm valdes.", "Bo Ek och A. A. valdes.", False),
        ("", "Nämnden avslår motionen.", False),
    ],
)
def test_the_same_text_but_for_furniture(one: str, other: str, same: bool) -> None:
    assert is_same(one, other) is is_same(other, one) is same


def copies(settings: Settings) -> list[tuple[int, ...]]:
    with Catalog(settings.catalog) as catalog, catalog.engine.connect() as db:
        return [tuple(row) for row in db.execute(select(tables.copies))]


@pytest.mark.parametrize("first", [MINUTES, EXTRACT])
def test_whichever_comes_first_the_minutes_have_the_paragraph(tmp_path: Path, first: bytes) -> None:
    second = EXTRACT if first == MINUTES else MINUTES
    settings = home(tmp_path, read(first, "1.txt"))
    save(settings, read(second, "2.txt"))
    minutes, extract = (1, 2) if first == MINUTES else (2, 1)
    assert copies(settings) == [(extract, 1, minutes, 1)]
    with Catalog(settings.catalog) as catalog:
        stored = catalog.document(minutes)
        changed = [change.document_id for change in catalog.changes(1)]
    assert stored is not None and [also.kind for also in stored.also[0]] == ["protocol_extract"]
    assert sorted(changed) == [1, 2], "the one that was there tells of the other from now on"


def test_texts_that_differ_both_stay(tmp_path: Path) -> None:
    settings = home(tmp_path, read(MINUTES, "minutes.txt"), read(OTHER, "other.txt"))
    assert copies(settings) == []


def test_a_paper_that_goes_or_changes_lets_go_of_its_copies(tmp_path: Path) -> None:
    settings = home(tmp_path, read(MINUTES, "minutes.txt"), read(EXTRACT, "extract.txt"))
    with Catalog(settings.catalog) as catalog:
        run = catalog.start_run("nightly")
        catalog.list_all("papers", [Listed("papers", "/papers/extract.txt", "/papers/extract.txt")], [], run)
        catalog.visited("papers", run)
    assert copies(settings) == [], "the minutes were withdrawn, so the § is found in the extract"
    save(settings, read(MINUTES, "minutes.txt"))
    assert copies(settings) == [(2, 1, 1, 1)]
    changed = read(MINUTES.replace(b"kommunal gata", b"enskild gata"), "minutes.txt")
    save(settings, changed)
    assert copies(settings) == []


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = home(
        tmp_path_factory.mktemp("home"),
        read(MINUTES, "minutes.txt"),
        read(EXTRACT, "extract.txt"),
        paper("vägar", "Cykelväg vid simhallen\nNämnden bygger en cykelväg.", body="Tekniska nämnden"),
    )
    sync(made, encode=TinyEncoder())
    return made


@pytest.fixture(scope="module")
def searcher(settings: Settings) -> Iterator[Searcher]:
    made = Searcher(settings, encode=TinyEncoder())
    yield made
    made.close()


def test_a_search_finds_it_once_and_tells_every_paper(searcher: Searcher) -> None:
    found = searcher.search(Query("Kvarnbacken"))
    (hit,) = (each for each in found.hits if not each.related)
    assert (found.total, hit.kind, hit.source) == (1, "protocol", "/papers/minutes.txt")
    assert [(one["kind"], one["source"], one["item_index"]) for one in hit.also] == [
        ("protocol_extract", "/papers/extract.txt", 0)
    ]
    assert {value["value"]: value["count"] for value in found.facets["kind"]} == {"protocol": 1}
    assert searcher.search(Query("reservation cykelväg Furuvik")).hits[0].id == hit.id


def test_who_names_the_extract_means_the_paragraph(searcher: Searcher) -> None:
    alike = [[hit.id for hit in searcher.similar(f"/papers/{name}.txt", "14").hits] for name in ("extract", "minutes")]
    assert alike[0] == alike[1] and len(alike[0]) == 2


def test_rows_have_it_once(settings: Settings) -> None:
    with Catalog(settings.catalog) as catalog:
        items = [(row["kind"], row["item"]) for row in rows(catalog.engine, "items")]
        reservations = list(rows(catalog.engine, "reservations"))
    assert sorted(items) == [("protocol", "1"), ("protocol", "14"), ("protocol", "15")]
    assert len(reservations) == 1


def test_the_page_and_the_api_tell_the_other_papers(settings: Settings, searcher: Searcher) -> None:
    state = State(settings, Searcher(settings, encode=TinyEncoder()), Catalog(settings.catalog))
    with TestClient(create_app(state)) as client:
        hits = client.get("/api/v1/search", params={"q": "Kvarnbacken"}).json()["hits"]
        item = client.get("/api/v1/documents/2/items/1").json()
        shown, page = client.get("/?q=Kvarnbacken").text, client.get(f"/dokument/{hits[0]['document']}/0").text
    assert [(one["kind"], one["url"]) for one in hits[0]["also"]] == [("protocol_extract", "papers/extract.txt")]
    assert [(one["kind"], one["same"], one["url"]) for one in item["also"]] == [
        ("protocol", True, "papers/minutes.txt")
    ]
    for told in (shown, page):
        assert "Står också i:" in told and ">Protokollsutdrag</a>" in told


def test_another_text_under_the_number_is_told_too(tmp_path: Path) -> None:
    settings = home(tmp_path, read(MINUTES, "minutes.txt"), replace(read(OTHER, "other.txt")))
    sync(settings, encode=TinyEncoder())
    state = State(settings, Searcher(settings, encode=TinyEncoder()), Catalog(settings.catalog))
    with TestClient(create_app(state)) as client:
        assert [one["same"] for one in client.get("/api/v1/documents/1/items/1").json()["also"]] == [False]
        assert "(med annan text)" in client.get("/dokument/2/0").text
        assert client.get("/api/v1/search", params={"q": "Kvarnbacken"}).json()["total"] == 2
