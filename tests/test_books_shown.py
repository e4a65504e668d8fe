"""The books as they are shown: over HTTP, on the page of a municipality, on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from extractors.model import Municipality, Unreadable
from flows import checks
from flows.cli import app
from index.catalog import Catalog, Listed, Meeting
from index.queries import Searcher
from index.settings import Settings, load
from search_api.app import create_app
from search_api.state import State
from tests.records import READER, protocol

ALINGSAS, KS = Municipality("1489", "Alingsås"), "Kommunstyrelsen"
NAME = "Alingsås, meetingsplus"
GONE = Unreadable("fetch", "404 Not Found <b>")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A record of three nights: minutes that are here, some that are not to be had, a meeting that was cancelled."""
    made = load({"PARAGRAF_HOME": str(tmp_path_factory.mktemp("home"))})
    with Catalog(made.catalog) as catalog:
        for days in range(3):
            _night(catalog, datetime.now(UTC) - timedelta(days=3 - days))
    return made


def _night(catalog: Catalog, at: datetime) -> None:
    of = {"municipality": ALINGSAS, "body": KS, "kind": "protocol"}
    here = Listed(NAME, "a", "https://moten.example/a", "Protokoll juni", date="2024-06-15", **of)  # type: ignore[arg-type]
    lost = Listed(NAME, "b", "https://moten.example/b", "Protokoll augusti", date="2024-08-15", **of)  # type: ignore[arg-type]
    met = [Meeting(NAME, key, f"2024-{key}-15", KS, ALINGSAS, "held") for key in ("06", "08", "09")]
    met.append(Meeting(NAME, "10", "2024-10-15", KS, ALINGSAS, "cancelled"))
    catalog.source(NAME, "meetingsplus", "https://moten.example", {KS: {"protocols_per_year": [8, 14]}})
    run, document = catalog.start_run("nightly"), protocol("Eken", date="2024-06-15")
    catalog.list_all(NAME, [here, lost], met, run, at)
    catalog.save(here, document.id, document, run)
    catalog.save(lost, None, GONE, run, reader=READER)
    catalog.visited(NAME, run, now=at)
    checks.check(catalog, run, at)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(State(settings, Searcher(settings), Catalog(settings.catalog)))) as made:
        yield made


def test_the_books_over_http(client: TestClient) -> None:
    found = client.get("/api/v1/books", params={"municipality": "Alingsås", "year": 2024}).json()
    (account,) = found["accounts"]
    assert (found["total"], found["next"]) == (1, None)
    assert account["meetings"] == {"held": 1, "lacking": 1, "overdue": 1, "cancelled": 1}
    assert [(paper["state"], paper["reason"]) for paper in account["lacking"]] == [("failed", f"fetch: {GONE.reason}")]
    assert account["expected"] == [{"what": "protocols_per_year", "expected": [8, 14], "got": [1, 1], "state": "below"}]


def test_pages_of_the_books_and_filters(client: TestClient) -> None:
    def ask(**told: Any) -> Any:
        return client.get("/api/v1/books", params=told)

    assert ask(lacking=True, source=NAME, body="kommunstyrelsen").json()["total"] == 1
    assert ask(year=1999).json()["total"] == 0
    assert ask(cursor="x").json()["type"].endswith("bad-cursor")
    assert ask(municipality="Atlantis").status_code == 400
    again = client.get("/api/v1/books", headers={"if-none-match": ask().headers["etag"]})
    assert again.status_code == 304


def test_alarms_and_visits_over_http(client: TestClient) -> None:
    (alarm,) = client.get("/api/v1/alarms").json()["alarms"]
    assert (alarm["source"], alarm["kind"], alarm["closed"]) == (NAME, "unfetched", None)
    assert alarm["figures"] == {"papers": 1, "nights": 3, "which": "Protokoll augusti"}
    assert client.get("/api/v1/alarms", params={"source": "another"}).json() == {"alarms": []}
    (source,) = client.get("/api/v1/sources").json()["sources"]
    assert (source["visit"]["outcome"], source["visit"]["papers"], source["visit"]["meetings"]) == ("whole", 2, 4)


def test_the_page_tells_each_meeting_by_sign_and_word(client: TestClient) -> None:
    page = client.get("/kallor/1489").text
    assert re.search(r'>✓</span> <time datetime="2024-06-15">15\xa0juni</time>.*?protokollet finns', page)
    assert re.search(r'>!</span> <time datetime="2024-09-15">.*?hölls, men inget protokoll har publicerats i tid', page)
    assert re.search(r'>–</span> <time datetime="2024-10-15">.*?inställt', page)
    assert "1 protokoll, 8–14 väntades" in page and "404 Not Found &lt;b&gt;" in page
    assert "1 handling har inte gått att hämta på minst 3 nätter: Protokoll augusti" in client.get("/kallor").text
    assert "took place, but no minutes were published in time" in client.get("/kallor/1489?lang=en").text


def test_the_books_on_the_command_line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_HOME", str(settings.home))
    run = CliRunner()
    told = run.invoke(app, ["status", "--books", "--municipality", "alingsås"]).output
    assert "1+ 1x 1! 1-" in told and "protocol overdue: 2024-09-15" in told
    assert "failed: Protokoll augusti (fetch: 404 Not Found <b>)" in told
    (account,) = json.loads(run.invoke(app, ["status", "--source", NAME, "--json"]).output)["accounts"]
    assert account["papers"]["failed"] == 1
    assert "look at Alingsås, meetingsplus: 1 papers fail" in run.invoke(app, ["status"]).output
    assert run.invoke(app, ["status", "--municipality", "Atlantis"]).exit_code == 2
