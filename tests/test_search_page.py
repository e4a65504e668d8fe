"""The search page as HTML: what is asked, filters as links, why there are few, and errors told kindly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import QueryParams

from extractors.model import Unreadable
from index.catalog import Catalog
from index.listed import Listed
from index.queries import Searcher
from index.settings import load
from index.sync import sync
from search_api.app import create_app
from search_api.pages.asking import Asking
from search_api.state import State
from tests.tiny import TinyEncoder, home, paper

PAPERS = (
    paper(
        "juni", "Avgift för skolskjuts\nNämnden höjer avgifterna för <b>skolskjutsen</b>.", "Cykelväg\nEn väg byggs."
    ),
    paper("maj", "Skolskjuts\nSkolskjutsen ses över.", date="2025-05-02", body="Barnnämnden"),
    paper("Motion om hundrastgård", "Hundar ska få springa lösa.", kind="motion", date="2024-05-01"),
    *(paper(f"lista {n}", "Bygglov\nBygglov ges för en altan.", date=f"2023-01-{n:02}") for n in range(1, 26)),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = home(tmp_path_factory.mktemp("home"), *PAPERS)
    sync(settings, encode=TinyEncoder())
    state = State(settings, Searcher(settings, encode=TinyEncoder()), Catalog(settings.catalog))
    with TestClient(create_app(state)) as made:
        yield made


def _text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _link(page: str, within: str) -> str:
    """The address of the first link that these words are in."""
    links = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return next(unescape(address) for address, inside in links if within in _text(inside))


def _titles(page: str) -> list[str]:
    return [_text(title) for title in re.findall(r'class="hit.*?<h2>(.*?)</h2>', page, re.DOTALL)]


def test_the_start_tells_what_is_held_and_asks_for_it(client: TestClient) -> None:
    page = client.get("/").text
    assert "29 §§ ur protokoll" in _text(page) and "2023–2026" in page
    assert "§ 1 Avgift för skolskjuts" in _text(page)  # the newest
    found = client.get(_link(page, "skolskjuts"))
    assert found.status_code == 200 and _titles(found.text)


def test_a_hit_tells_what_it_is_and_why_it_was_found(client: TestClient) -> None:
    page = client.get("/", params={"q": "skolskjutsar avgift"}).text
    assert _titles(page)[0] == "§ 1 Avgift för skolskjuts"
    told = _text(page)
    assert "Alingsås Kommunstyrelsen 15\xa0juni\xa02026".replace("\xa0", " ") in told
    assert "1 § har alla orden" in told and "likhet med frågan, men inte alla dess ord" in told
    assert "&lt;b&gt;<mark>skolskjutsen</mark>&lt;/b&gt;" in page and "<b>" not in page
    assert re.search(r'href="/dokument/[0-9a-f]{64}/0\?par=\w+&amp;q=skolskjutsar\+avgift&amp;nr=1"', page)


def test_a_facet_narrows_and_a_chip_widens_again(client: TestClient) -> None:
    page = client.get("/", params={"q": "skolskjuts"}).text
    narrowed = client.get(_link(page, "Barnnämnden 1")).text
    assert _titles(narrowed)[0] == "§ 1 Skolskjuts" and "1 § har alla orden" in _text(narrowed)
    assert "Kommunstyrelsen 1" in _text(narrowed)  # can be chosen beside it
    assert _link(narrowed, "Ta bort filtret Organ Barnnämnden") == "/?q=skolskjuts"
    assert '<input type="hidden" name="body" value="Barnnämnden">' in narrowed  # another question keeps the filter


def test_what_was_read_out_of_the_question_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/", params={"q": "skolskjuts 2025"}).text
    assert "Tid 2025 ur frågan" in _text(page)
    away = _link(page, "Läs inte Tid 2025 ur frågan")
    assert away == "/?q=skolskjuts+2025&without=time"
    without = client.get(away).text
    assert _link(without, "Läs åter ur frågan") == "/?q=skolskjuts+2025"
    chosen = _link(page, "2025 (vald) 1")
    assert chosen == "/?q=skolskjuts+2025&without=year"  # its own year, taken off in the facet


def test_the_months_of_a_year_that_is_chosen(client: TestClient) -> None:
    assert "Månader" not in client.get("/", params={"q": "skolskjuts"}).text  # of two years
    page = client.get("/", params={"q": "bygglov", "year": "2023"}).text
    january = _link(page, "januari 2023 25")
    assert january == "/?q=bygglov&year=2023&from=2023-01&to=2023-01"
    chosen = client.get(january).text
    assert "25 §§ har alla orden" in _text(chosen)
    assert _link(chosen, "januari 2023 (vald) 25") == "/?q=bygglov&year=2023"


def test_pages_and_orders_have_addresses(client: TestClient) -> None:
    page = client.get("/", params={"q": "bygglov", "sort": "newest"}).text
    assert "25 §§ har alla orden" in _text(page) and len(_titles(page)) == 20
    following = client.get(_link(page, "Nästa")).text
    assert _link(page, "Nästa") == "/?q=bygglov&sort=newest&page=2"
    assert len(_titles(following)) == 5 and _link(following, "Föregående") == "/?q=bygglov&sort=newest"
    assert _link(page, "Äldst") == "/?q=bygglov&sort=oldest"
    assert _link(page, "CSV") == "/api/v1/exports/decisions.csv?q=bygglov"


def test_few_hits_are_explained(client: TestClient) -> None:
    page = client.get("/", params={"q": "skolskjuds", "kind": "protocol"}).text
    assert "Varför så få?" in page
    assert _link(page, "Menade du ”skolskjuts”? 2 §§") == "/?q=skolskjuts&kind=protocol"
    assert "”skolskjuds” finns inte i någon §" in page
    without = client.get("/", params={"q": "hundar", "kind": "protocol"}).text
    assert _link(without, "Utan Protokoll: 1 §") == "/?q=hundar"


def test_the_page_speaks_english_too(client: TestClient) -> None:
    page = client.get("/", params={"q": "skolskjuts", "lang": "en"}).text
    assert "2 §§ have every word" in _text(page) and "15 June 2026" in _text(page)
    client.cookies.clear()


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"q": "skola", "kind": "protokoll"}, "protocol_extract"),
        ({"q": "skola", "sort": "bäst"}, "newest"),
        ({"q": "skola", "year": "abc"}, "year should be a number"),
        ({"q": "skola", "municipality": "<b>Atlantis"}, "&lt;b&gt;Atlantis"),
        ({"q": "skola", "min_kronor": "mycket"}, "min_kronor should be a number"),
        ({"q": "skola", "without": "allt"}, "nothing that is read is called"),
    ],
)
def test_a_mistake_in_an_address_is_told(client: TestClient, params: dict[str, str], told: str) -> None:
    answer = client.get("/", params=params)
    assert answer.status_code == 400 and "Den sökningen går inte att göra" in answer.text
    assert told in answer.text and _link(answer.text, "Sök utan filter") == "/?q=skola"


def test_without_an_index_the_page_says_what_to_do(tmp_path: Path) -> None:
    settings = load({"PARAGRAF_HOME": str(tmp_path)})
    with TestClient(create_app(State(settings, Searcher(settings), Catalog(settings.catalog)))) as client:
        for address in ("/", "/?q=skola"):
            answer = client.get(address)
            assert answer.status_code == 503 and "paragraf ingest" in answer.text


@pytest.mark.parametrize(
    "told",
    [
        "q=a&page=0",
        "q=a&page=-3",
        "q=a&page=²",
        "q=a&page=99999999999",
        "q=a&page=x",
        f"q=a&year={'2' * 5000}",
        "q=%00",
    ],
)
def test_an_odd_address_breaks_nothing(client: TestClient, told: str) -> None:
    assert client.get(f"/?{told}").status_code in (200, 400, 422)
    assert 1 <= Asking.of(QueryParams(told)).page <= 500


def test_the_sources_page_tells_what_is_held_and_what_failed(tmp_path: Path) -> None:
    settings = home(tmp_path, *PAPERS[:3])
    with Catalog(settings.catalog) as catalog:
        run = catalog.start_run("nightly")
        told = Unreadable("fetch", "404 Not Found <b>")
        listed = Listed("papers", "x", "https://kommun.example/borta.pdf", title="Borta")
        catalog.save(listed, None, told, run)
        catalog.add_issue("papers", "list", "no papers at all", run)
    with TestClient(create_app(State(settings, Searcher(settings), Catalog(settings.catalog)))) as client:
        page, text = client.get("/kallor").text, _text(client.get("/kallor").text)
        bodies = client.get("/kallor/1489")
        assert client.get("/kallor/0180").status_code == 404
    assert "4 handlingar" in text and "Alingsås 2024–2026 3" in text
    assert '<a href="https://kommun.example/borta.pdf" rel="noreferrer">Borta</a>' in page
    assert "Hämtning: 404 Not Found &lt;b&gt;" in text.replace("<b>", "&lt;b&gt;")
    assert "Källan papers Förteckning: no papers at all" in text
    assert "/papers/juni" not in page  # no path of ours
    assert _link(bodies.text, "Barnnämnden") == "/?municipality=1489&body=Barnn%C3%A4mnden"


def test_a_wrong_address_is_a_page_for_people_and_a_problem_for_programs(client: TestClient) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = client.get("/finns-inte", headers=browser)
    assert answer.status_code == 404 and "Den sidan finns inte" in answer.text and "Till sökningen" in answer.text
    assert client.get("/kallor/abc", headers=browser).status_code == 422
    assert client.get("/finns-inte").headers["content-type"] == "application/problem+json"
    wrong = client.get("/api/v1/search", params={"kind": "x"}, headers=browser)
    assert wrong.headers["content-type"] == "application/problem+json"
