"""Strange and hostile input: nothing of it is an error of ours, and nothing of it comes back as it came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from search_api.middleware.sizes import ADDRESS
from search_api.state import State
from tests.serving import held, served
from tests.tiny import paper

STRANGE = [
    "", " ", "\x00", "a\x00b", "\x1b[31m", "\u202eabc", "\ufeff", "å" * 4_000, "a" * 4_001, "🏔️" * 100, "ﷺ" * 300,
    "'; DROP TABLE documents; --", "<script>alert(1)</script>", "{{7*7}}", "%s%n", "../../etc/passwd", "\\" * 200,
    '"' * 99, "-" * 99, "*" * 99, "(" * 500, "§" * 500, "-\"a\" *b -c*", "NaN", "1e999", "٣٤", "year:2026",
    "a " * 1_900,
]  # fmt: skip
RAW = [b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\xaf", b"%", b"\xf5\x80\x80\x80"]  # a lone surrogate, and no UTF-8 at all
NUMBERS = ["-1", "0", "99999999999999999999999", "-9223372036854775809", "1e400", "nan", "inf", "0x10", "１", "", " 1"]
TEXTS = [
    "q",
    "municipality",
    "kind",
    "body",
    "party",
    "person",
    "outcome",
    "case",
    "from",
    "to",
    "sort",
    "fold",
    "cursor",
]
LISTS = ["/search", "/documents", "/suggestions", "/cases", "/similar"]
PATHS = [
    "/documents/{}",
    "/documents/{}/items/1",
    "/documents/1/items/{}",
    "/items/{}",
    "/cases/{}/1",
    "/cases/1489/{}",
]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return held(tmp_path_factory.mktemp("home"), paper("juni", "Cykelväg\nEn cykelväg byggs till Hemsjö."))


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with served(state) as made:
        yield made


def _ask(client: TestClient, path: str, query: str = "") -> Any:
    """The answer, which is JSON and no error of ours."""
    answer = client.get(f"/api/v1{path}?{query}" if query else f"/api/v1{path}")
    assert answer.status_code in {200, 400, 404, 414, 422}, (path, query[:200], answer.status_code, answer.text[:500])
    assert "Traceback" not in answer.text and "sqlalchemy" not in answer.text
    told = answer.json()
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.content) < 6_000
    return told


@pytest.mark.parametrize("path", LISTS)
def test_strange_texts(client: TestClient, path: str) -> None:
    for name in TEXTS:
        for text in STRANGE:
            _ask(client, path, f"{name}={quote(text)}")
        for raw in RAW:
            _ask(client, path, f"{name}={quote_from_bytes(raw)}")


@pytest.mark.parametrize("path", PATHS)
def test_strange_addresses(client: TestClient, path: str) -> None:
    for text in [text for text in STRANGE if text.strip()] + NUMBERS[:5]:
        _ask(client, path.format(quote(text[:1_000], safe="")))
    for text in ("..", "../..", "%2e%2e%2f", "..%5c..", "%00", "etc/passwd", "%ed%a0%80"):
        _ask(client, path.format(text))


def test_strange_numbers(client: TestClient) -> None:
    for path, names in {
        "/search": ("limit", "offset", "year", "min_kronor", "max_kronor"),
        "/documents": ("since",),
    }.items():
        for name in names:
            for number in NUMBERS:
                _ask(client, path, f"q=cykel&{name}={quote(number)}")


def test_there_is_an_end_to_everything(client: TestClient) -> None:
    assert _ask(client, "/search", "kind=motion&" * 60)["type"] == "/docs#bad-input"
    assert _ask(client, "/search", "q=" + "a" * ADDRESS)["type"] == "/docs#too-long"
    assert _ask(client, "/search", f"body={'a' * 201}")["type"] == "/docs#bad-input"
    assert _ask(client, "/search", "q=cykel&limit=100&offset=9900")["next"] is None


@pytest.mark.parametrize("path", [*LISTS, "/facets", "/documents/1", "/sources", "/status"])
def test_parameters_that_there_are_not_are_refused(client: TestClient, path: str) -> None:
    told = _ask(client, path, "q=cykel&source=papers&municipalty=Ystad")
    assert told["type"] == "/docs#bad-input" and "municipalty" in told["detail"]


@pytest.mark.parametrize("path", ["/search?q=a%00b", "/cases/1489/%00", "/similar?source=x&item=%00", "/../?q=%00"])
def test_a_nul_is_no_text(client: TestClient, path: str) -> None:
    assert _ask(client, *path.split("?"))["type"] == "/docs#bad-input"


def test_a_name_of_a_parameter_is_not_repeated_at_length(client: TestClient) -> None:
    assert "a" * 100 not in str(_ask(client, "/search", "a" * 5_000 + "=1"))


@given(st.text(max_size=300))
def test_any_question(client: TestClient, text: str) -> None:
    sent = text.encode("utf-8", "surrogatepass")
    for path in ("/search", "/facets", "/suggestions"):
        _ask(client, path, f"q={quote_from_bytes(sent)}")
    _ask(client, f"/cases/1489/{quote_from_bytes(sent, safe='')}")
