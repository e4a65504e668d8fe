"""What its source no longer lists is in no answer unless it is asked for, and comes back with its list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from index.catalog import Catalog
from index.export import Filters, rows
from index.listed import Listed
from index.queries import Query, Searcher
from index.settings import Settings
from index.sync import sync
from search_api.state import State
from tests.serving import served
from tests.tiny import TinyEncoder, home, of_case, paper

STAYS = of_case("stays", "Motion om hundrastgård vid sjön\nHundar ska få springa lösa.", "KS 2026/1", kind="motion")
GOES = of_case("goes", "Svar på motion om hundrastgård\nHundar springer redan lösa.", "KS 2026/1", body="Socialnämnden")
MARKED = {"/papers/stays": False, "/papers/goes": True}
OTHER = paper("other", "Avgift för skolskjuts\nNämnden höjer avgifterna.")


def _visit(settings: Settings, *lists: str) -> None:
    """The source lists these and no others, and the index follows."""
    with Catalog(settings.catalog) as catalog:
        run = catalog.start_run("nightly")
        catalog.list_all("papers", [Listed("papers", f"/papers/{n}", f"/papers/{n}") for n in lists], [], run)
        catalog.visited("papers", run)
    sync(settings, encode=TinyEncoder())


def _finds(client: TestClient, address: str) -> set[str]:
    """The papers whose titles stand in an answer."""
    text = client.get(address).text
    return {name for name, title in {"stays": "vid sjön", "goes": "Svar på"}.items() if title in text}


def test_withdrawn_is_in_no_answer_and_comes_back(tmp_path: Path) -> None:
    settings = home(tmp_path, STAYS, GOES, OTHER)
    _visit(settings, "stays", "goes", "other")
    searcher = Searcher(settings, encode=TinyEncoder())
    state = State(settings, searcher, Catalog(settings.catalog))
    asked = {
        "search": "/api/v1/search?q=hundrastgård&facets=true",
        "newest": "/api/v1/search?sort=newest&municipality=1489",
        "similar": "/api/v1/similar?source=/papers/other",
        "export": "/api/v1/exports/items.csv",
        "found": "/api/v1/exports/items.csv?q=hundar",
        "case": "/api/v1/cases/1489/KS%202026/1",
    }

    def answers(client: TestClient) -> dict[str, Any]:
        found: dict[str, Any] = {name: searched(client, name) for name in asked}
        found["bodies"] = {one["value"] for one in searcher.search(Query("hundar")).facets["body"]}
        found["items"] = client.get("/api/v1/statistics/items").json().get("total")
        found["feed"] = client.get("/flode/sok.atom?q=hundar").text.count("<entry>")
        found["suggested"] = len(searcher.completions("social", 5)["bodies"])
        return found

    def searched(client: TestClient, name: str) -> int:
        return len(_finds(client, asked[name])) if name != "similar" else searcher.similar("/papers/other").total

    with served(state) as client:
        before = answers(client)
        _visit(settings, "stays", "other")
        after = answers(client)
        found = searcher.search(Query("hundrastgård", Filters(withdrawn=True)))
        assert {hit.source: hit.withdrawn for hit in found.hits if not hit.related} == MARKED
        assert _finds(client, asked["search"] + "&withdrawn=true") == {"stays", "goes"}
        assert len(list(rows(state.catalog.engine, "items", Filters(withdrawn=True)))) == 3
        assert client.get("/dokument/2").status_code == 200, "who has its address may read it, and is told"
        _visit(settings, "stays", "goes", "other")
        assert answers(client) == before
    assert before["bodies"] == {"Kommunstyrelsen", "Socialnämnden"} and after["bodies"] == {"Kommunstyrelsen"}
    for name, number in before.items():
        if name != "bodies" and number:
            assert after[name] == number - 1, name
    assert all(before[name] for name in (*asked, "feed", "suggested"))
