"""What a search finds as a file, over HTTP: whole, in pieces, and made no longer than it is read."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import httpx
import openpyxl
import pyarrow.parquet
import pytest
from fastapi.testclient import TestClient

from index import dictionary, tables
from index.catalog import Catalog
from index.export import KINDS, columns
from index.queries import Searcher
from index.rowfiles import FORMATS, MEDIA_TYPES, stream
from index.sync import sync
from search_api.api import exports
from search_api.app import create_app
from search_api.state import State
from tests.listening import listening, until
from tests.records import protocol
from tests.states import holding
from tests.tiny import TinyEncoder, home, paper, save

PAPERS = (protocol("Linden", kronor=4_500_000, date="2025-12-01"), protocol("Eken"), protocol("Rönnen", items=3))
DECISIONS = "/api/v1/exports/decisions"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return holding(tmp_path_factory.mktemp("home"), *PAPERS)


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with TestClient(create_app(state)) as made:
        yield made


def _rows(client: TestClient, what: str = "decisions", **asked: Any) -> list[dict[str, str]]:
    answer = client.get(f"/api/v1/exports/{what}.csv", params=asked)
    assert answer.status_code == 200, answer.text
    found = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert answer.headers["x-total-count"] == str(len(found))
    return found


@pytest.mark.parametrize(
    ("what", "asked", "count", "why"),
    [
        ("decisions", {}, 7, "all that is held"),
        ("decisions", {"q": "Rönnen"}, 3, "the items that are found, a decision each"),
        ("decisions", {"q": "Rönnen", "case": "KS 2026/2"}, 1, "a filter beside the question"),
        ("decisions", {"q": "KS 2026/1"}, 3, "a case number in the question"),
        ("decisions", {"q": "föreningen 2025"}, 2, "a filter that is read out of the question"),
        ("documents", {"q": "Rönnen"}, 1, "papers that have an item that is found"),
        ("items", {"q": "föreningen"}, 7, "a word of all"),
        ("voters", {"q": "Rönnen"}, 6, "finds of what is found: two voters in each"),
        ("dates", {"q": "Rönnen"}, 1, "the date of the first § alone"),
        ("amounts", {"q": "föreningen", "min_kronor": "1000000"}, 2, "a filter on what the row itself tells"),
        ("decisions", {"q": "finnsinte"}, 0, "nothing is found"),
        ("decisions", {"q": "och"}, 0, "no word to search for finds nothing, as the search does"),
    ],
)
def test_the_rows_of_a_search(client: TestClient, what: str, asked: dict[str, str], count: int, why: str) -> None:
    assert len(_rows(client, what, **asked)) == count, why


def test_each_row_is_of_an_item_that_the_search_finds(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "Linden"}).json()
    counted = {(hit["document"], hit["item"]) for hit in found["hits"] if not hit["related"]}
    assert counted == {(row["document"], row["item"]) for row in _rows(client, q="Linden")}


def test_any_address_of_a_search_is_one_of_an_export(client: TestClient) -> None:
    asked = {"q": "Rönnen", "sort": "newest", "limit": "1", "offset": "2", "fold": "case", "facets": "false"}
    assert len(_rows(client, **asked)) == 3


@pytest.mark.parametrize("format", FORMATS)
def test_the_file_is_told_as_what_it_is(client: TestClient, format: str) -> None:
    answer = client.get(f"{DECISIONS}.{format}", params={"q": "Rönnen"})
    assert answer.headers["content-type"] == MEDIA_TYPES[format]
    assert answer.headers["content-disposition"].startswith('attachment; filename="paragraf-decisions-20')
    if format == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row == 4
    if format == "parquet":
        assert pyarrow.parquet.read_table(io.BytesIO(answer.content)).num_rows == 3


def test_a_byte_order_mark_is_an_option(client: TestClient) -> None:
    plain, marked = (client.get(f"{DECISIONS}.csv", params={"bom": bom}).content for bom in ("false", "true"))
    assert marked == b"\xef\xbb\xbf" + plain and not plain.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("path", "asked", "status", "told"),
    [
        ("/api/v1/exports/beslut.csv", {}, 422, "decisions"),
        ("/api/v1/exports/decisions.pdf", {}, 422, "parquet"),
        ("/api/v1/exports/../../etc/passwd.csv", {}, 404, ""),
        ("/api/v1/exports/decisions.csv", {"outcome": "bra"}, 400, "granted"),
        ("/api/v1/exports/decisions.csv", {"q": "x", "municipality": "Atlantis"}, 400, "Atlantis"),
        ("/api/v1/exports/decisions.csv", {"namnd": "x"}, 422, "namnd"),
    ],
)
def test_a_mistake_is_told_before_there_is_a_file(
    client: TestClient, path: str, asked: dict[str, str], status: int, told: str
) -> None:
    answer = client.get(path, params=asked)
    assert answer.status_code == status and told in answer.text
    assert "content-disposition" not in answer.headers


def test_more_rows_than_may_be_are_refused(state: State) -> None:
    few = replace(state, settings=replace(state.settings, web=replace(state.settings.web, export_rows=2)))
    with TestClient(create_app(replace(few, searcher=Searcher(few.settings, encode=TinyEncoder())))) as client:
        answer = client.get(f"{DECISIONS}.csv")
        assert answer.status_code == 413 and "7 rows" in answer.json()["detail"]
        assert client.get(f"{DECISIONS}.csv", params={"case": "KS 2026/3"}).status_code == 200


def test_a_paper_that_changed_since_it_was_indexed_is_left_out(tmp_path: Path) -> None:
    settings = home(tmp_path, paper("juni", "Skolskjuts\nNämnden höjer avgiften."))
    sync(settings, encode=TinyEncoder())
    searcher = Searcher(settings, encode=TinyEncoder())
    state = State(settings, searcher, Catalog(settings.catalog))
    with TestClient(create_app(state)) as client:
        assert len(_rows(client, "items", q="skolskjuts")) == 1
        save(settings, paper("juni", "Cykelväg\nEn cykelväg byggs."))
        assert len(_rows(client, "items", q="skolskjuts")) == 0


# In pieces


class _Endless:
    """Rows without end, that know how many were made and whether somebody closed them."""

    def __init__(self, of: int = 10**9) -> None:
        self.made, self.open, self._of = 0, True, of

    def count(self) -> int:
        return 1

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while self.made < self._of:
            self.made += 1
            yield dict.fromkeys((column.name for column in columns("decisions")), None) | {"text": "x" * 500}
        raise OSError("the disk is gone")


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_the_first_bytes_come_before_the_last_row_is_made(format: str) -> None:
    rows = _Endless(of=100_000)
    pieces = stream(rows, columns("decisions"), format)
    assert any(next(pieces) for _ in range(100))
    assert rows.made < 10_000


def test_a_workbook_tells_that_it_is_at_work() -> None:
    rows = _Endless(of=10_000)
    assert next(stream(rows, columns("decisions"), "xlsx")) == b""
    assert rows.made < 1_000


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> _Endless:
    rows = _Endless()

    @contextmanager
    def opened(*_: object, **__: object) -> Iterator[_Endless]:
        yield rows
        rows.open = False

    monkeypatch.setattr(exports, "opened", opened)
    return rows


@pytest.mark.parametrize("format", FORMATS)
def test_a_reader_that_goes_away_stops_the_work(state: State, endless: _Endless, format: str) -> None:
    searcher = Searcher(state.settings, encode=TinyEncoder())
    with listening(create_app(replace(state, searcher=searcher))) as at:
        try:
            with httpx.stream("GET", f"{at}{DECISIONS}.{format}", timeout=0.5 if format == "xlsx" else 20) as answer:
                next(answer.iter_raw(1000))
        except httpx.ReadTimeout:  # of a workbook nothing comes until it is whole
            assert format == "xlsx" and endless.made
        until(lambda: not endless.open)
        made = endless.made
        assert httpx.get(f"{at}/health", timeout=20).status_code == 200
        assert endless.made == made


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_a_file_that_breaks_off_does_not_look_whole(state: State, endless: _Endless, format: str) -> None:
    endless._of = 12_000
    searcher = Searcher(state.settings, encode=TinyEncoder())
    with (
        listening(create_app(replace(state, searcher=searcher))) as at,
        httpx.stream("GET", f"{at}{DECISIONS}.{format}", timeout=20) as answer,
        pytest.raises(httpx.RemoteProtocolError, match="incomplete"),
    ):
        answer.read()


def test_no_more_are_made_at_once_than_may_be(state: State, endless: _Endless) -> None:
    searcher = Searcher(state.settings, encode=TinyEncoder())
    with listening(create_app(replace(state, searcher=searcher))) as at:
        client = httpx.Client(timeout=20)
        under_way = [client.send(client.build_request("GET", f"{at}{DECISIONS}.csv"), stream=True) for _ in range(4)]
        refused = client.get(f"{at}{DECISIONS}.csv")
        assert refused.status_code == 503 and int(refused.headers["retry-after"]) > 0
        for answer in under_way:
            answer.close()
        endless._of = 10
        until(lambda: _status(client, f"{at}{DECISIONS}.csv") != 503)


def _status(client: httpx.Client, address: str) -> int:
    with client.stream("GET", address) as answer:
        return answer.status_code


# What the columns mean


def test_every_column_is_told_and_nothing_else() -> None:
    told = dictionary.told()
    assert set(told) <= {"shared", *KINDS}
    used = {
        (kind if column.name in told.get(kind, {}) else "shared", column.name)
        for kind in KINDS
        for column in columns(kind)
    }
    assert used == {(kind, name) for kind, names in told.items() for name in names}
    assert all(entry.sv and entry.en for entry in dictionary.entries())


def test_the_dictionary_over_http(client: TestClient) -> None:
    told = client.get("/api/v1/exports/dictionary").json()
    assert {(one["kind"], one["column"]) for one in told} == {(k, c.name) for k in KINDS for c in columns(k)}


def test_the_document_agrees_with_the_dictionary() -> None:
    told = (Path(__file__).parent.parent / "docs" / "data.md").read_text("utf-8")
    assert dictionary.markdown() in told, "run python -m index.dictionary"


def test_duckdb_answers_the_query_of_the_document(client: TestClient, tmp_path: Path) -> None:
    """The query stands in docs/data.md, and reads `decisions.parquet` where it stands."""
    told = (Path(__file__).parent.parent / "docs" / "data.md").read_text("utf-8")
    query = told.split("```sql\n")[1].split("```")[0]
    (tmp_path / "decisions.parquet").write_bytes(client.get(f"{DECISIONS}.parquet").content)
    found = duckdb.sql(query.replace("decisions.parquet", str(tmp_path / "decisions.parquet"))).fetchall()
    assert found == [("Alingsås", "2026", "granted", 5), ("Alingsås", "2025", "granted", 2)]


def test_datasette_shows_the_record_with_what_its_tables_are(state: State, tmp_path: Path) -> None:
    if state.catalog.engine.dialect.name != "sqlite":
        pytest.skip("the record is no file here")
    docs, copy = Path(__file__).parent.parent / "docs" / "datasette.json", tmp_path / "catalog-copy.sqlite"
    with sqlite3.connect(copy) as db:
        db.execute(f"ATTACH '{state.catalog.engine.url.database}' AS held")
        db.execute("VACUUM held INTO ?", (str(tmp_path / "copied.sqlite"),))
    (tmp_path / "copied.sqlite").replace(copy)
    command = [sys.executable, "-m", "datasette", "--immutable", str(copy), "--metadata", str(docs)]
    for path in ("/catalog-copy/decisions.json?_shape=array", "/catalog-copy/decisions"):
        told = subprocess.run([*command, "--get", path], capture_output=True, text=True, timeout=120, check=True).stdout
        assert "Kommunstyrelsen beviljar 4500000 kronor." in told
    assert "Decisions (beslut)" in told and "Wording of the decision" in told


def test_datasette_is_told_of_every_table_and_no_column_that_is_not() -> None:
    told = json.loads((Path(__file__).parent.parent / "docs" / "datasette.json").read_text("utf-8"))
    of = told["databases"]["catalog-copy"]["tables"]
    assert set(of) == {*tables.metadata.tables, "alembic_version"}
    for name, about in of.items():
        if not about.get("hidden"):
            assert about["description"]
            assert set(about.get("columns", ())) <= {column.name for column in tables.metadata.tables[name].columns}
