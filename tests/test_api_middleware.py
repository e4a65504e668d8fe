"""What stands around every request: headers, limits, ids, logs, figures, problems."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from index.settings import Rate, SettingError, Web, load
from search_api import logs
from search_api.middleware.headers import HEADERS
from search_api.middleware.sizes import ADDRESS, BODY
from search_api.rates import Rates
from search_api.state import State
from tests.serving import held, served
from tests.tiny import paper

SECRET = "hemligstämplat"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return held(tmp_path_factory.mktemp("home"), paper("juni", "Cykelväg\nEn cykelväg byggs till Hemsjö."))


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with served(state) as made:
        made.app.add_api_route("/broken", _broken)  # type: ignore[attr-defined]
        made.app.add_api_route("/api/v1/given", _given, methods=["POST"])  # type: ignore[attr-defined]
        yield made


def _broken() -> None:
    raise ValueError(SECRET)


async def _given(body: dict[str, Any]) -> int:
    return len(str(body))


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What is logged, as it is written."""
    logger, told = logging.getLogger(logs.NAME), list[dict[str, Any]]()
    formatter = logger.handlers[0].formatter
    assert formatter

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(json.loads(formatter.format(record)))

    kept = Kept()
    logger.addHandler(kept)
    yield told
    logger.removeHandler(kept)


@pytest.mark.parametrize("path", ["/health", "/api/v1/search?q=cykel", "/nowhere", "/broken", "/api/v1/search?x=1"])
def test_every_answer_is_safe_and_numbered(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "'unsafe" not in answer.headers["content-security-policy"]
    assert len(answer.headers["x-request-id"]) == 16


def test_an_id_from_outside_is_kept_if_it_is_one(client: TestClient) -> None:
    assert client.get("/health", headers={"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client.get("/health", headers={"X-Request-ID": 'a"} {'}).headers["x-request-id"] != 'a"} {'


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/api/v1/search/", 404, "not-found"),
        ("DELETE", "/api/v1/search", 405, "bad-method"),
        ("GET", "/api/v1/search?limit=no", 422, "bad-input"),
        ("GET", "/api/v1/search?q=a&kind=b", 400, "bad-value"),
        ("GET", "/broken", 500, "internal"),
        ("GET", f"/api/v1/search?q={'a' * ADDRESS}", 414, "too-long"),
    ],
)
def test_errors_are_problems(client: TestClient, method: str, path: str, status: int, name: str) -> None:
    answer = client.request(method, path)
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"
    assert (told["type"], told["status"]) == (f"/docs#{name}", status)
    assert told["title"] and told["detail"] and told["request_id"] == answer.headers["x-request-id"]


def test_a_refused_method_tells_which_are_allowed(client: TestClient) -> None:
    assert "GET" in client.delete("/api/v1/search").headers["allow"]


def test_bad_input_tells_where_and_does_not_repeat_it(client: TestClient) -> None:
    told = client.get("/api/v1/search", params={"limit": "0" * 300 + "x", "offset": "-1"}).json()
    assert [error["at"] for error in told["errors"]] == ["query.limit", "query.offset"]
    assert "000" not in json.dumps(told)


def test_an_unexpected_error_tells_nothing_of_it(client: TestClient, lines: list[dict[str, Any]]) -> None:
    answer = client.get("/broken")
    assert SECRET not in answer.text
    error, request = lines
    assert error["event"] == "error" and "test_api_middleware.py" in error["where"]
    assert error["id"] == request["id"] == answer.headers["x-request-id"]
    assert SECRET not in json.dumps(lines, ensure_ascii=False)


def test_logs_tell_the_route_and_not_the_question(client: TestClient, lines: list[dict[str, Any]]) -> None:
    client.get("/api/v1/search", params={"q": SECRET})
    client.get(f"/nowhere/{SECRET}")
    found, missing = lines
    assert (found["method"], found["route"], found["status"]) == ("GET", "/api/v1/search", 200)
    assert found["ms"] > 0 and found["bytes"] > 100
    assert (missing["route"], missing["status"]) == ("none", 404)
    assert SECRET not in json.dumps(lines, ensure_ascii=False)


def test_questions_are_logged_where_that_is_wanted(state: State, lines: list[dict[str, Any]]) -> None:
    wanting = replace(state, settings=replace(state.settings, web=Web(rate=None, log_questions=True)))
    with served(wanting) as client:
        client.get("/api/v1/search", params={"q": "cykel"})
    assert lines[-1]["query"] == "q=cykel"


def test_requests_are_counted(client: TestClient) -> None:
    client.get("/api/v1/search", params={"q": SECRET})
    answer = client.get("/metrics")
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    counted = [s for s in families["paragraf_http_requests"].samples if s.labels["route"] == "/api/v1/search"]
    assert any(sample.labels["status"] == "200" and sample.value >= 1 for sample in counted)
    assert families["paragraf_http_request_seconds"].type == "histogram"
    assert SECRET not in answer.text


def test_a_body_has_an_end(client: TestClient) -> None:
    small, large = {"a": "b" * 1000}, b'{"a": "' + b"b" * BODY + b'"}'
    assert client.post("/api/v1/given", json=small).json() > 1000
    assert client.post("/api/v1/given", content=large).status_code == 413
    in_pieces = (large[at : at + 50_000] for at in range(0, len(large), 50_000))
    told = client.post("/api/v1/given", content=in_pieces)
    assert (told.status_code, told.json()["type"]) == (413, "/docs#too-large")
    told = client.post("/api/v1/given", content=iter([b'{"a":', b"1}"]), headers={"Content-Type": "application/json"})
    assert told.json() == len(str({"a": 1}))


def test_long_answers_are_packed(client: TestClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.headers["content-encoding"] == "gzip" and "Accept-Encoding" in answer.headers["vary"]
    plain = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.json() == answer.json()


def test_pages_elsewhere_may_ask_only_where_a_setting_says_so(client: TestClient, state: State) -> None:
    asked = {"Origin": "https://www.example.se"}
    assert "access-control-allow-origin" not in client.get("/health", headers=asked).headers
    allowing = replace(state, settings=replace(state.settings, web=Web(cors=("https://www.example.se",), rate=None)))
    with served(allowing) as other:
        assert other.get("/health", headers=asked).headers["access-control-allow-origin"] == asked["Origin"]
        strange = other.get("/health", headers={"Origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in strange.headers


def test_who_asks_too_often_must_wait(state: State) -> None:
    limiting = replace(state, settings=replace(state.settings, web=Web(rate=Rate(3, 60))))
    with served(limiting) as client:
        answers = [client.get("/api/v1/search", params={"q": "cykel"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
        assert answers[0].headers["ratelimit-policy"] == '"default";q=3;w=60'
        assert 1 <= int(answers[3].headers["retry-after"]) <= 20
        assert answers[3].json()["type"] == "/docs#too-many"
        assert client.get("/health").status_code == 200


def test_clients_are_limited_apart_and_get_their_requests_back() -> None:
    rates = Rates(Rate(2, 10))
    assert [rates.take("192.0.2.1", 100.0).wait for _ in range(3)] == [0, 0, 5]
    assert rates.take("192.0.2.2", 100.0).requests == 1
    assert rates.take("192.0.2.1", 104.9).wait == 1
    assert rates.take("192.0.2.1", 105.1).wait == 0
    assert rates.take("192.0.2.1", 200.0).requests == 1


def test_processes_share_a_limit(tmp_path: Path) -> None:
    one, other = (Rates(Rate(2, 10), tmp_path / "rates") for _ in range(2))
    assert [rates.take("192.0.2.1", 100.0).wait for rates in (one, other, one)] == [0, 0, 5]


def test_the_server_is_ready_when_both_can_be_asked(client: TestClient, state: State, tmp_path: Path) -> None:
    told = client.get("/ready").json()
    assert told == {"status": "ready", "generation": state.searcher.generation(), "revision": 1}
    empty = held(tmp_path)
    with served(empty) as other:
        assert other.get("/health").status_code == 200
        for file in empty.settings.vectors.glob("*"):
            file.rename(tmp_path / f"away-{file.name}")
        answer = other.get("/ready")
    assert (answer.status_code, answer.json()["type"]) == (503, "/docs#unavailable")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARAGRAF_CORS", "www.example.se"),
        ("PARAGRAF_CORS", "https://www.example.se/path"),
        ("PARAGRAF_RATE_LIMIT", "10"),
        ("PARAGRAF_RATE_LIMIT", "0/60"),
        ("PARAGRAF_LOG_QUESTIONS", "yes"),
    ],
)
def test_settings_that_mean_nothing_are_told(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        load({"PARAGRAF_HOME": "/tmp", name: value})


def test_settings_of_the_web() -> None:
    told = {"PARAGRAF_CORS": "https://a.example, http://localhost:5173", "PARAGRAF_RATE_LIMIT": "off"}
    web = load({"PARAGRAF_HOME": "/tmp", **told}).web
    assert web == Web(("https://a.example", "http://localhost:5173"), None)
