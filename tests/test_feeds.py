"""Feeds: valid Atom of any search and any case, in which a § is one and the same whatever becomes of the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from extractors.model import Document
from index import tables
from index.catalog import Catalog
from index.queries import Searcher
from index.settings import Settings
from index.sync import sync
from search_api.app import create_app
from search_api.state import State
from tests.records import protocol
from tests.tiny import TinyEncoder, home, paper, save

_ATOM = "{http://www.w3.org/2005/Atom}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SKOLSKJUTS = "Avgift för skolskjuts\nNämnden höjer avgifterna för skolskjutsen."
CYKEL = "Cykelväg\nEn cykelväg byggs till skolan. Barnens skolskjuts & <väg> nämns."


@contextmanager
def _site(settings: Settings) -> Iterator[TestClient]:
    sync(settings, encode=TinyEncoder())
    state = State(settings, Searcher(settings, encode=TinyEncoder()), Catalog(settings.catalog))
    with TestClient(create_app(state)) as client:
        yield client


def _seen(settings: Settings, document: Document, days_ago: int) -> None:
    """The paper was first seen so many days ago."""
    with Catalog(settings.catalog) as catalog, catalog.engine.begin() as db:
        content = tables.contents.select().where(tables.contents.c.sha256 == document.id)
        id = db.execute(content).one().id
        when = datetime(2026, 6, 20, 12, tzinfo=UTC) - timedelta(days_ago)
        db.execute(update(tables.versions).where(tables.versions.c.content_id == id).values(first_seen=when))


def _entries(client: TestClient, address: str = "/flode/sok.atom?q=skolskjuts") -> list[ElementTree.Element]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return _valid(answer.content)


def _valid(data: bytes) -> list[ElementTree.Element]:
    """The entries of what RFC 4287 calls a feed: section 4.1.1 and 4.1.2 say what there must be, and how many."""
    root = ElementTree.fromstring(data)
    assert root.tag == f"{_ATOM}feed"
    entries = root.findall(f"{_ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(_ATOM + name)) == 1 and element.findtext(_ATOM + name)
        assert _MOMENT.fullmatch(element.findtext(f"{_ATOM}updated") or "")
        assert (element.findtext(f"{_ATOM}id") or "").startswith("urn:uuid:")
        alternate = [each for each in element.findall(f"{_ATOM}link") if each.get("rel") == "alternate"]
        assert len(alternate) == 1 and (alternate[0].get("href") or "").startswith("http://")
    assert root.findtext(f"{_ATOM}author/{_ATOM}name")
    assert len([each for each in root.findall(f"{_ATOM}link") if each.get("rel") == "self"]) == 1
    ids = [entry.findtext(f"{_ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    updated = [entry.findtext(f"{_ATOM}updated") for entry in entries]
    assert updated == sorted(updated, reverse=True), "the newest first"
    return entries


def _told(entries: list[ElementTree.Element], name: str) -> list[str]:
    return [(entry.findtext(_ATOM + name) or "").replace("\xa0", " ") for entry in entries]


def test_a_search_is_a_feed_of_what_was_seen_last(tmp_path: Path) -> None:
    old, new = paper("juni", SKOLSKJUTS, "Bad\nBadet öppnar."), paper("juli", CYKEL, date="2024-01-02")
    settings = home(tmp_path, new, old)
    _seen(settings, old, 9)
    _seen(settings, new, 2)
    with _site(settings) as client:
        entries = _entries(client)
        assert _told(entries, "title") == [
            "§ 1 Cykelväg (Kommunstyrelsen, Alingsås, 2 januari 2024)",
            "§ 1 Avgift för skolskjuts (Kommunstyrelsen, Alingsås, 15 juni 2026)",
        ]
        assert _told(entries, "updated") == ["2026-06-18T12:00:00Z", "2026-06-11T12:00:00Z"]
        assert "skolskjuts & <väg>" in _told(entries, "summary")[0]
        link = entries[0].find(f"{_ATOM}link")
        assert link is not None and link.get("href") == f"http://testserver/dokument/{new.id}/0?par=1"


def test_an_entry_keeps_its_id_when_the_index_is_made_anew_and_when_the_paper_is_mended(tmp_path: Path) -> None:
    old = paper("juni", SKOLSKJUTS)
    settings = home(tmp_path, old)
    _seen(settings, old, 9)
    with _site(settings) as client:
        first = client.get("/flode/sok.atom?q=skolskjuts")
        before = _valid(first.content)
    sync(settings, encode=TinyEncoder(), rebuild=True)
    with _site(settings) as client:
        assert client.get("/flode/sok.atom?q=skolskjuts").content == first.content
    save(settings, paper("juni", SKOLSKJUTS + " Den gäller från augusti."))
    with _site(settings) as client:
        after = _entries(client)
    assert [_told(each, "id") for each in (after,)] == [_told(before, "id")]
    assert _told(after, "updated") == _told(before, "updated")


def test_an_extract_and_the_minutes_are_one_entry(tmp_path: Path) -> None:
    extract = paper("utdrag", SKOLSKJUTS, kind="protocol_extract")
    settings = home(tmp_path, extract, paper("protokoll", SKOLSKJUTS + "\nParagrafen är justerad."))
    _seen(settings, extract, 5)
    with _site(settings) as client:
        (entry,) = _entries(client)
    assert entry.findtext(f"{_ATOM}updated") == "2026-06-15T12:00:00Z"


def test_items_without_a_number_are_known_by_their_paper(tmp_path: Path) -> None:
    motions = [paper(f"Motion {n}", SKOLSKJUTS + f" {n}", kind="motion") for n in range(3)]
    with _site(home(tmp_path, *motions)) as client:
        assert len(_entries(client)) == 3


def test_a_feed_ends_and_is_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.watching.news._FIRST", 2)
    papers = [paper(f"nr {n}", f"Skolskjuts {n}\nBeslut.", date=f"2026-01-{n + 1:02}") for n in range(9)]
    settings = home(tmp_path, *papers)
    for n, each in enumerate(papers):
        _seen(settings, each, 20 - n)
    monkeypatch.setattr("search_api.pages.feeds._ENTRIES", 3)
    with _site(settings) as client:
        titles = _told(_entries(client), "title")
    assert [title.split(" (")[0] for title in titles] == ["§ 1 Skolskjuts 8", "§ 1 Skolskjuts 7", "§ 1 Skolskjuts 6"]


def test_a_reader_that_has_it_is_told_so(tmp_path: Path) -> None:
    old = paper("juni", SKOLSKJUTS)
    settings = home(tmp_path, old)
    _seen(settings, old, 9)
    with _site(settings) as client:
        address = "/flode/sok.atom?q=skolskjuts"
        had = client.get(address)
        same = {"If-None-Match": had.headers["etag"]}
        assert had.headers["last-modified"] == "Thu, 11 Jun 2026 12:00:00 GMT"
        assert (client.get(address, headers=same).status_code, client.get(address, headers=same).content) == (304, b"")
        since = {"If-Modified-Since": had.headers["last-modified"]}
        assert client.get(address, headers=since).status_code == 304
        assert client.get(address, headers=since | {"If-None-Match": '"other"'}).status_code == 200
        assert client.get(address, headers={"If-Modified-Since": "yesterday"}).status_code == 200


@pytest.mark.parametrize("query", ["q=finnsinte", "q=skolskjuts&year=1999", "q=och"])
def test_a_search_that_finds_nothing_is_a_feed_still(tmp_path: Path, query: str) -> None:
    with _site(home(tmp_path, paper("juni", SKOLSKJUTS))) as client:
        assert _entries(client, f"/flode/sok.atom?{query}") == []


def test_no_question_is_everything_and_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    with _site(home(tmp_path, paper("juni", SKOLSKJUTS, CYKEL))) as client:
        assert len(_entries(client, "/flode/sok.atom?utm_source=x&lang=en")) == 2
        assert client.get("/flode/sok.atom?outcome=bra").status_code == 400


@pytest.mark.parametrize("address", ["/flode/arende/1489/KS%202026/1.atom", "/flode/arende/alingsås/ks-2026-1"])
def test_a_case_is_a_feed(tmp_path: Path, address: str) -> None:
    first, second = protocol("Linden", date="2026-05-04"), protocol("Linden", kronor=60_000)
    settings = home(tmp_path, first, replace(second, source="/papers/juni.pdf"))
    _seen(settings, first, 9)
    _seen(settings, second, 2)
    with _site(settings) as client:
        entries = _entries(client, address)
        assert client.get("/flode/arende/1489/KS%202031/9.atom").status_code == 404
    assert [title.split(", ")[1] for title in _told(entries, "title")] == ["15 juni 2026)", "4 maj 2026)"]
    assert "beviljar 60000 kronor" in _told(entries, "summary")[0]


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    odd = paper("juni", "Skolskjuts \x0b & <b>\nAvgiften\x1f höjs \ufffe.")
    with _site(home(tmp_path, odd)) as client:
        assert len(_entries(client)) == 1
