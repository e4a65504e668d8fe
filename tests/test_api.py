"""The API: pages of lists, what is held, one document and one item, facets, suggestions, what is kept by who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from extractors.model import Amount, Decision, Document, Span, Unreadable
from index.listed import Listed
from index.sync import sync
from search_api import cursors
from search_api.problems import Problem
from search_api.state import State
from tests.serving import held, served
from tests.tiny import TinyEncoder, paper, save

BOARD = "Kommunstyrelsen"


def _board() -> Document:
    """Minutes of two §§; the second grants money."""
    made = paper("juni", "Cykelväg till Hemsjö\nEn cykelväg byggs.", "Bidrag\nFöreningen beviljas 5 000 kronor.")
    first, second = made.items
    start = made.text.index("beviljas 5 000 kronor")
    decision = Decision(Span(start, start + 21, 1), "beviljas 5 000 kronor", "granted", BOARD)
    amount = Amount(Span(start + 9, start + 21, 1), Decimal(5000), "5 000 kronor")
    return replace(made, items=(first, replace(second, decisions=(decision,))), amounts=(amount,))


MONTHS = [paper(f"möte {n}", f"Cykelväg nummer {n}\nEtapp {n} byggs.", date=f"2025-{n:02}-01") for n in range(1, 8)]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    made = held(tmp_path_factory.mktemp("home"), _board(), *MONTHS)
    run = made.catalog.start_run("ingest")
    broken = Listed("papers", "trasig.pdf", "/papers/trasig.pdf", title="Trasig")
    made.catalog.save(broken, "0" * 64, Unreadable("pdf", "filen är avhuggen"), run, reader="x")
    made.catalog.add_issue("papers", "listing", "mappen svarade inte", run)
    made.catalog.finish_run(run, {"read": 1})
    return made


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with served(state) as made:
        yield made


def _get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"/api/v1{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _pages(client: TestClient, path: str, of: str, **params: Any) -> list[list[dict[str, Any]]]:
    """Every page of a list, by its cursors."""
    pages, cursor = [], None
    while True:
        page = _get(client, path, **params, **({"cursor": cursor} if cursor else {}))
        pages.append(page[of])
        cursor = page["next"]
        if cursor is None:
            return pages


def test_hits_come_page_by_page(client: TestClient) -> None:
    whole = _get(client, "/search", q="cykelväg", limit=100)
    pages = _pages(client, "/search", "hits", q="cykelväg", limit=3)
    assert [hit["id"] for page in pages for hit in page] == [hit["id"] for hit in whole["hits"]]
    assert len(pages[0]) == 3 and whole["next"] is None and not whole["changed"]


def test_a_cursor_is_of_one_question(client: TestClient) -> None:
    cursor = _get(client, "/search", q="cykelväg", limit=3)["next"]
    assert _get(client, "/search", q="cykelväg", limit=2, cursor=cursor)["hits"]
    for params in (
        {"q": "bidrag", "cursor": cursor},
        {"q": "cykelväg", "cursor": cursor[:-2]},
        {"q": "cykelväg", "cursor": cursor[:5] + "A" + cursor[6:]},
        {"q": "cykelväg", "cursor": "å"},
        {"q": "cykelväg", "cursor": ""},
        {"q": "cykelväg", "cursor": cursor, "offset": "3"},
    ):
        answer = client.get("/api/v1/search", params=params)
        assert (answer.status_code, answer.json()["type"]) == (400, "/docs#bad-cursor"), params


def test_a_cursor_cannot_be_made_of_another_list() -> None:
    assert cursors.opened("one", cursors.made("one", 10, None)) == [10, None]
    with pytest.raises(Problem):
        cursors.opened("one", cursors.made("other", 10, None))


def test_a_page_tells_that_the_index_has_changed(tmp_path_factory: pytest.TempPathFactory) -> None:
    state = held(tmp_path_factory.mktemp("home"), *MONTHS)
    with served(state) as client:
        first = _get(client, "/search", q="cykelväg", limit=3)
        save(state.settings, paper("ny", "Cykelväg\nEn cykelväg till."))
        sync(state.settings, encode=TinyEncoder())
        second = _get(client, "/search", q="cykelväg", limit=3, cursor=first["next"])
        third = _get(client, "/search", q="cykelväg", limit=3, cursor=second["next"])
    assert second["changed"] and second["generation"] != first["generation"]
    assert not third["changed"]


def test_what_has_not_changed_is_not_sent_again(client: TestClient, state: State) -> None:
    paths = ("/search?q=cykelv%C3%A4g", "/facets?q=cykel", "/documents", "/documents/1", "/documents/1/items/1")
    for path in (*paths, "/suggestions?q=cyk", "/sources", "/status", "/similar?source=papers/juni&item=1"):
        first = client.get(f"/api/v1{path}")
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "no-cache"
        again = client.get(f"/api/v1{path}", headers={"If-None-Match": f'"x", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
        assert client.get(f"/api/v1{path}", headers={"If-None-Match": '"x"'}).status_code == 200
    tag = client.get("/api/v1/search?q=cykel").headers["etag"]
    assert client.get("/api/v1/search?q=bidrag", headers={"If-None-Match": tag}).status_code == 200


def test_facets_are_those_of_the_search(client: TestClient) -> None:
    found, counted = _get(client, "/search", q="cykelväg"), _get(client, "/facets", q="cykelväg")
    assert counted == {name: found[name] for name in ("read_as", "total", "facets", "generation")}
    assert counted["total"] == 8
    everything = _get(client, "/facets")
    assert everything["total"] == 9 and everything["facets"]["year"] == [
        {"value": 2025, "count": 7},
        {"value": 2026, "count": 2},
    ]


def test_words_bodies_and_titles_go_on_from_what_is_written(client: TestClient) -> None:
    words = _get(client, "/suggestions", q="ny cyk")["words"]
    assert {"text": "cykelväg", "items": 8} in words
    assert all(word["text"].startswith("cyk") and word["items"] for word in words)
    assert _get(client, "/suggestions", q="kommunst")["bodies"] == [{"text": BOARD, "items": 9}]
    assert _get(client, "/suggestions", q="cykelväg till")["titles"] == [{"text": "Cykelväg till Hemsjö", "items": 1}]
    assert _get(client, "/suggestions", q="zzz") == {"words": [], "bodies": [], "titles": []}


def test_documents_come_page_by_page_in_every_order(client: TestClient) -> None:
    for sort in ("newest", "oldest", "changed"):
        whole = _get(client, "/documents", sort=sort, limit=200)
        pages = _pages(client, "/documents", "documents", sort=sort, limit=2)
        assert [one for page in pages for one in page] == whole["documents"], sort
        assert whole["total"] == 9 and [len(page) for page in pages] == [2, 2, 2, 2, 1]
    dates = [one["date"] for one in _get(client, "/documents")["documents"]]
    assert dates == [*sorted(dates[:-1], reverse=True), None]
    assert _get(client, "/documents", sort="oldest")["documents"][-1]["date"] is None


@pytest.mark.parametrize(
    ("params", "number"),
    [
        ({"municipality": "Alingsås"}, 8),
        ({"municipality": "0180"}, 0),
        ({"kind": "protocol", "year": "2025"}, 7),
        ({"body": "kommunstyrelsen", "from": "2025-03", "to": "2025-05"}, 3),
        ({"to": "2025"}, 7),
        ({"state": "unreadable"}, 1),
        ({"source": "papers"}, 9),
        ({"source": "annan"}, 0),
        ({"withdrawn": "true"}, 0),
        ({"since": "7"}, 2),
    ],
)
def test_documents_are_filtered(client: TestClient, params: dict[str, str], number: int) -> None:
    found = _get(client, "/documents", **params)
    assert (found["total"], len(found["documents"])) == (number, number)


def test_a_document_tells_its_items_versions_and_what_could_not_be_read(client: TestClient) -> None:
    found = _get(client, "/documents/1")
    assert found["title"] == "juni" and found["municipality"] == {"code": "1489", "name": "Alingsås"}
    assert [(item["n"], item["item"], item["outcomes"]) for item in found["items"]] == [
        (1, "1", []),
        (2, "2", ["granted"]),
    ]
    assert [version["sha256"] for version in found["versions"]] == [found["sha256"]]
    assert "text" not in found
    assert _get(client, f"/documents/{found['sha256']}") == found
    assert _get(client, "/documents/1", text=True)["text"] == _board().text
    broken = _get(client, "/documents/9")
    assert broken["unreadable"] and broken["title"] == "Trasig" and broken["items"] == []
    assert broken["issues"] == [{"stage": "pdf", "reason": "filen är avhuggen", "page": None}]


def test_an_item_tells_its_text_and_finds_with_their_places(client: TestClient) -> None:
    found = _get(client, "/documents/1/items/2")
    text = _get(client, "/documents/1", text=True)["text"]
    assert found["text"] == text[found["span"]["start"] : found["span"]["end"]]
    assert found["text"] == "Bidrag\nFöreningen beviljas 5 000 kronor."
    (amount,), (decision,) = found["amounts"], found["decisions"]
    assert text[amount["span"]["start"] : amount["span"]["end"]] == "5 000 kronor" and amount["kronor"] == "5000"
    assert decision["outcome"] == "granted"
    assert _get(client, "/documents/1/items/1")["amounts"] == []
    hit = _get(client, "/search", q="bidrag beviljas")["hits"][0]
    assert _get(client, f"/items/{hit['id']}") == found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/999", 404),
        ("/documents/" + "f" * 64, 404),
        ("/documents/1/items/3", 404),
        ("/documents/9/items/1", 404),
        ("/items/00000000-0000-0000-0000-000000000000", 404),
        ("/documents/0", 422),
        ("/documents/..%2f..%2fetc%2fpasswd", 404),
        ("/items/x", 422),
        ("/documents?state=x", 400),
        ("/documents?sort=x", 400),
        ("/documents?kind=x", 400),
        ("/documents?body=x", 400),
        ("/documents?cursor=x", 400),
        ("/documents?limit=0", 422),
        ("/documents?page=2", 422),
    ],
)
def test_what_is_not_there_or_means_nothing(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


def test_sources_tell_how_much_and_what_failed(client: TestClient) -> None:
    found = _get(client, "/sources")
    (source,) = found["sources"]
    assert (source["name"], source["documents"], source["unreadable"]) == ("papers", 9, 1)
    assert source["issues"] == [{"stage": "listing", "reason": "mappen svarade inte"}] and source["last_seen"]
    told = [(covered["body"], covered["year"], covered["documents"]) for covered in found["coverage"]]
    assert told == [(BOARD, 2025, 7), (BOARD, 2026, 1)]


def test_status_tells_whether_the_index_is_level(client: TestClient, state: State) -> None:
    found = _get(client, "/status")
    assert (found["documents"], found["read"], found["unreadable"], found["items"]) == (9, 8, 1, 9)
    assert found["reasons"] == {"pdf: filen är avhuggen": 1}
    assert found["last_run"]["state"] == "finished" and "summary" not in found["last_run"]
    assert found["index"]["generation"] == state.searcher.generation()
    assert not found["index"]["level"] and found["index"]["revision"] < found["revision"]
