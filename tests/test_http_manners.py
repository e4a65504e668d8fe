"""What programs that speak HTTP rely on: HEAD, ETags, cursors, packing; and no path of this machine in any answer."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.catalog import Catalog
from tests.records import protocol
from tests.serving import held, served
from tests.tiny import of_case, paper, save

_LONG = "Skolskjuts\n" + "Nämnden beslutar om skolskjuts. " * 60
_PAPERS = (
    protocol("Eken"),
    paper("a", _LONG, "Bad\nNämnden bygger ett badhus."),
    *(of_case(f"k{n}", "Park\nPark.", f"KS 2026/{n}", date=f"2026-0{n % 3 + 1}-01") for n in range(1, 9)),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Papers of the folder /papers, one of which was listed with trouble."""
    state = held(tmp_path_factory.mktemp("home"), *_PAPERS)
    with Catalog(state.settings.catalog) as catalog:
        run = catalog.start_run("ingest")
        catalog.add_issue("papers", "source", "/srv/hemligt/papers/x.pdf: cannot be opened", run)
    with served(state) as made:
        yield made


_ADDRESSES = (
    "/", "/?q=skolskjuts", "/kallor", "/arende", "/arende/1489/KS%202026/1", "/statistik/decisions",
    "/flode/sok.atom?q=bad", "/api/v1/search?q=skolskjuts", "/api/v1/documents", "/api/v1/documents/1",
    "/api/v1/documents/1/items/1",
    "/api/v1/cases", "/api/v1/cases/1489/KS%202026/1", "/api/v1/statistics/decisions", "/api/v1/sources",
    "/api/v1/status", "/api/v1/exports/decisions.csv", "/api/v1/exports/documents.jsonl",
    "/api/v1/exports/items.xlsx?q=skolskjuts",
    "/flode/arende/1489/KS%202026/1.atom", "/dokument/1", "/dokument/1/0",
)  # fmt: skip


@pytest.mark.parametrize("address", _ADDRESSES)
def test_head_is_get_without_a_body(client: TestClient, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"") and get.content and head.headers.get("content-length") != "0"
    passing = {"x-request-id", "transfer-encoding", "vary", "content-encoding", "content-length"}
    told = [{name: value for name, value in each.headers.items() if name not in passing} for each in (head, get)]
    assert told[0] == told[1]


@pytest.mark.parametrize("address", _ADDRESSES)
def test_no_answer_tells_a_path(client: TestClient, address: str) -> None:
    said = client.get(address).text
    assert "/papers/" not in said and "hemligt" not in said


def test_head_is_not_everywhere(client: TestClient) -> None:
    assert client.head("/finns-inte").status_code == 404
    assert client.head("/prenumeration/bekrafta/x").content == b""


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/cases", "/api/v1/cases/1489/KS%202026/1", "/api/v1/statistics/decisions", "/flode/sok.atom?q=bad",
        "/flode/arende/1489/KS%202026/1.atom", "/api/v1/exports/decisions.csv", "/api/v1/exports/items.parquet?q=bad",
    ],
)  # fmt: skip
def test_who_has_it_is_told_so(client: TestClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_changed_is_sent_anew(tmp_path: Path) -> None:
    state = held(tmp_path, paper("a", "Skola\nText."))
    with served(state) as client:
        for address in ("/api/v1/statistics/decisions", "/api/v1/cases", "/api/v1/exports/items.csv"):
            tag = client.get(address).headers["etag"]
            save(state.settings, paper(address, "Bad\nText."))
            assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(("format", "packed"), [("csv", True), ("jsonl", True), ("xlsx", False), ("parquet", False)])
def test_what_is_packed_already_is_not_packed_again(client: TestClient, format: str, packed: bool) -> None:
    with client.stream("GET", f"/api/v1/exports/items.{format}", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert (answer.headers.get("content-encoding") == "gzip") == packed
    assert raw.startswith(gzip.compress(b"")[:2]) == packed


def test_cases_come_by_cursor(client: TestClient) -> None:
    whole = [each["case_number"] for each in client.get("/api/v1/cases?limit=200").json()["cases"]]
    found, cursor = [], None
    while page := client.get("/api/v1/cases", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json():
        found += [each["case_number"] for each in page["cases"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole and len(whole) == len(set(whole)) == 8
    assert client.get("/api/v1/cases?limit=3").json()["next_offset"] == 3
    first = client.get("/api/v1/cases?limit=3").json()["next"]
    assert client.get("/api/v1/cases", params={"cursor": first, "q": "KS"}).status_code == 400
    assert client.get("/api/v1/cases", params={"cursor": first, "offset": 3}).status_code == 400


def test_a_hit_leads_on_by_its_source(client: TestClient) -> None:
    (hit,) = client.get("/api/v1/search?q=badhus&limit=1").json()["hits"]
    assert hit["source"] == hit["url"] == "papers/a"
    alike = client.get("/api/v1/similar", params={"source": hit["source"], "item": hit["item"]}).json()
    assert alike["read_as"]["text"] == "papers/a § 2" and alike["hits"]
    assert client.get("/api/v1/similar", params={"source": hit["document"]}).status_code == 200
    assert client.get("/api/v1/similar", params={"source": "/papers/a"}).status_code == 404
