"""The web application: it answers as the command line does, and says what is wrong with a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.catalog import Catalog
from index.queries import Filters, Query, Searcher
from index.settings import load
from search_api.app import create_app
from search_api.state import State
from tests.states import holding
from tests.tiny import paper

PAPERS = (
    paper("juni", "Avgift för skolskjuts\nNämnden höjer avgifterna för skolskjutsen.", "Cykelväg\nEn cykelväg byggs."),
    paper("Motion om hundrastgård", "Hundar ska få springa lösa.", kind="motion", date="2024-05-01"),
)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return holding(tmp_path_factory.mktemp("home"), *PAPERS)


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with TestClient(create_app(state)) as made:
        yield made


def test_the_door_opens(client: TestClient) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_a_search_is_that_of_the_command_line(client: TestClient, state: State) -> None:
    answer = client.get("/api/v1/search", params={"q": "skolskjutsar", "kind": ["protocol", "motion"], "from": "2026"})
    assert answer.status_code == 200
    asked = Query("skolskjutsar", Filters.of({"kind": ["protocol", "motion"], "from": "2026"}))
    printed = json.loads(json.dumps(state.searcher.search(asked).to_json()))
    for hit in printed["hits"]:  # over HTTP no path of the machine is told
        hit["source"] = hit["url"] = hit["source"].removeprefix("/")
    assert answer.json() == printed | {"next": None, "changed": False}
    assert [hit["title"] for hit in answer.json()["hits"] if not hit["related"]] == ["Avgift för skolskjuts"]


def test_what_is_similar(client: TestClient) -> None:
    answer = client.get("/api/v1/similar", params={"source": "papers/juni", "item": "1"})
    assert answer.status_code == 200 and answer.json()["hits"]
    assert all(hit["item"] != "1" for hit in answer.json()["hits"])


@pytest.mark.parametrize(
    ("path", "params", "status", "told"),
    [
        ("/api/v1/search", {"q": "skola", "kind": "protokoll"}, 400, "protocol_extract"),
        ("/api/v1/search", {"q": "skola", "sort": "bäst"}, 400, "newest"),
        ("/api/v1/search", {"q": "skola", "fold": "allt"}, 400, "duplicates"),
        ("/api/v1/search", {"q": "skola", "namnd": "x"}, 422, "namnd"),
        ("/api/v1/search", {"q": "skola", "limit": "1000"}, 422, "limit"),
        ("/api/v1/similar", {"source": "papers/juli"}, 404, "no paper has the name"),
    ],
)
def test_a_mistake_is_told(client: TestClient, path: str, params: dict[str, str], status: int, told: str) -> None:
    answer = client.get(path, params=params)
    assert answer.status_code == status
    assert told in answer.text


def test_without_an_index_the_server_says_what_to_do(tmp_path: Path) -> None:
    settings = load({"PARAGRAF_HOME": str(tmp_path)})
    with TestClient(create_app(State(settings, Searcher(settings), Catalog(settings.catalog)))) as client:
        answer = client.get("/api/v1/search", params={"q": "skola"})
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "paragraf ingest" in answer.json()["detail"]


def test_the_schema_is_made_once_whoever_asks_first() -> None:
    for _ in range(5):
        app = create_app()
        with ThreadPoolExecutor(8) as pool:
            made = [asked.result() for asked in [pool.submit(app.openapi) for _ in range(16)]]
        assert all(one is made[0] for one in made) and "/api/v1/search" in made[0]["paths"]
