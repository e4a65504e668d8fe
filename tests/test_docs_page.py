"""/docs tells of every route, parameter and problem, and asks no other host."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from fastapi.testclient import TestClient

from search_api.problems import TYPES
from tests.serving import held, served
from tests.tiny import paper


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(held(tmp_path_factory.mktemp("home"), paper("juni", "Cykelväg\nEn cykelväg byggs."))) as made:
        yield made


class _Read(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids, self.links, self.attributes = list[str](), list[str](), set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attributes}
        told = dict(attributes)
        self.ids += [value for value in [told.get("id")] if value]
        self.links += [value for name in ("href", "src", "action") if (value := told.get(name))]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_route_parameter_and_problem_is_told(client: TestClient, language: str) -> None:
    page = client.get(f"/docs?lang={language}")
    assert page.status_code == 200
    read, schema = _Read(page.text), client.get("/api/v1/openapi.json").json()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert f"{method.upper()}{path}" in read.ids
            assert all(f"<code>{told['name']}</code>" in page.text for told in operation.get("parameters", ()))
    assert set(TYPES) <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


def test_every_group_has_a_name(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    tags = {
        tag for operations in schema["paths"].values() for each in operations.values() for tag in each.get("tags", ())
    }
    for language in ("sv", "en"):
        words = tomllib.loads((files("search_api") / "words" / f"{language}.toml").read_text("utf-8"))
        assert tags <= set(words["docs"])


def test_links_lead_somewhere_and_to_no_other_host(client: TestClient) -> None:
    read = _Read(client.get("/docs").text)
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    assert all(link.startswith(("#", "/")) and not link.startswith("//") for link in read.links)
    assert "style" not in read.attributes and not any(name.startswith("on") for name in read.attributes)


def test_every_problem_names_a_type_that_is_told(client: TestClient) -> None:
    told = client.get("/api/v1/nowhere").json()["type"]
    assert told.removeprefix("/docs#") in _Read(client.get("/docs").text).ids
