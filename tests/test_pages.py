"""The frame of the pages: words in two languages, files that may be kept, addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

from search_api.pages import static
from search_api.pages.render import render

ROOT = Path(__file__).parents[1]
WORDS = (ROOT / "search_api" / "words", ROOT / "index" / "sentences")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(static.router)

    @app.get("/sida")
    def page(request: Request) -> HTMLResponse:
        return render(request, "trouble.html", 404, title="<b>Fel</b>", lines=["En rad."], command=None)

    with TestClient(app) as made:
        yield made


def _told(words: Path, language: str) -> dict[str, set[str]]:
    """Every word of a language, and what is filled in in it."""
    pages = tomllib.loads((words / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{page}.{name}": {field for _, field, _, _ in Formatter().parse(text) if field}
        for page, names in pages.items()
        for name, text in names.items()
    }


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.name)
def test_both_languages_have_the_same_words(words: Path) -> None:
    swedish, english = _told(words, "sv"), _told(words, "en")
    assert swedish.keys() == english.keys()
    # "one more" need not tell that it is one
    assert {n for n in swedish if swedish[n] != english[n] and not n.endswith("_one")} == set()


def test_a_page_is_in_swedish_and_in_english_when_asked(client: TestClient) -> None:
    swedish = client.get("/sida", params={"q": "å"})
    assert swedish.status_code == 404 and swedish.headers["content-language"] == "sv"
    assert '<html lang="sv">' in swedish.text and "Källor" in swedish.text
    assert 'href="/sida?q=%C3%A5&amp;lang=en"' in swedish.text  # the switch keeps the address
    english = client.get("/sida", params={"lang": "en"})
    assert '<html lang="en">' in english.text and "Sources" in english.text
    assert '<html lang="en">' in client.get("/sida").text  # and is remembered
    assert '<html lang="sv">' in client.get("/sida", params={"lang": "sv"}).text
    assert '<html lang="sv">' in client.get("/sida", params={"lang": "xx"}).text


def test_everything_is_escaped_and_nothing_is_inline(client: TestClient) -> None:
    page = client.get("/sida").text
    assert "&lt;b&gt;Fel&lt;/b&gt;" in page
    assert not re.search(r"<style|style=|<script(?![^>]*\ssrc=)|\son\w+=|src=.?data:|https?://", page)


def test_files_are_kept_under_an_address_of_their_own(client: TestClient) -> None:
    page = client.get("/sida").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) == 4
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
    old = client.get("/static/000000000000/paragraf.css")
    assert old.status_code == 200 and old.headers["cache-control"] == "no-cache"
    assert client.get("/static/000000000000/..%2Fapp.py").status_code == 404
    assert client.get("/static/000000000000/README.md").status_code == 404
