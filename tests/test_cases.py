"""A case as a time line: its stops by number, each once, with what was decided, voted and reserved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from extractors.model import CaseNumber, Decision, Document, Reservation, Span, Vote, Voter
from index.asking.filters import FilterError
from index.cases.chain import NoCaseError, follow
from index.cases.listing import listed
from index.catalog import Catalog
from search_api.app import create_app
from search_api.state import State
from tests.records import protocol
from tests.states import holding
from tests.tiny import home, of_case, paper

_TITLE = "Svar på motion om cykelgarage vid stationen"


def _decided(made: Document, outcome: str, words: str = "Motionen avslås.") -> Document:
    decision = Decision(Span(0, 5, 1), words, outcome, made.body)
    return replace(made, items=(replace(made.items[0], decisions=(decision,)),))


MOTION = of_case(
    "motion", "Motion om cykelgarage", "KS 2025/7", kind="motion", date="2025-03-01", body="Kommunfullmäktige"
)
COMMITTEE = _decided(
    of_case("au", _TITLE, "KS 2025/7", date="2025-09-10", body="Kommunstyrelsens arbetsutskott"), "recommended"
)
BOARD = of_case("ks", _TITLE, "KS 2025/7", date="2025-09-24", body="Kommunstyrelsen")
BOARD = replace(
    BOARD,
    items=(
        replace(
            BOARD.items[0],
            decisions=(
                Decision(Span(0, 5, 1), "Motionen avslås.", "recommended", "Kommunstyrelsen"),
                Decision(Span(6, 9, 1), "1. Motionen avslås", "recommended", "Kommunstyrelsen"),
            ),
            votes=(Vote(Span(0, 4, 1), 2, 1, 1, "avslag", (Voter("Bo Alm", "M", "yes"), Voter("Eva Ek", "S", "no"))),),
            reservations=(Reservation(Span(0, 4, 1), ("S", "V"), ("Eva Ek",)),),
        ),
    ),
)
EXTRACT = replace(
    _decided(of_case("utdrag", _TITLE, "KS 2025/7", kind="protocol_extract", date="2025-09-24"), "recommended"),
    body="Kommunstyrelsen",
)
COUNCIL = _decided(of_case("kf", _TITLE, "KS 2025/7", date="2025-10-20", body="Kommunfullmäktige"), "rejected")
NOTICES = paper("meddelanden", "Meddelanden\nDnr KS 2025/7", date="2025-11-03", body="Tekniska nämnden")
NOTICES = replace(NOTICES, case_numbers=(CaseNumber(Span(16, 25, 1), "KS 2025/7", "KS 2025/7"),))
OTHER = of_case("annat", "Upphandling av städning", "KS 2025/71", date="2024-01-02")
PAPERS = (COUNCIL, MOTION, EXTRACT, BOARD, COMMITTEE, NOTICES, OTHER)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return holding(tmp_path_factory.mktemp("home"), *PAPERS, indexed=False)


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with TestClient(create_app(state)) as made:
        yield made


def test_a_case_is_its_stops_by_day(state: State) -> None:
    case = follow(state.catalog.engine, "Alingsås", "ks-2025-7")
    assert case.case_number == "KS 2025/7" and case.title == _TITLE
    assert [(stop.date, stop.body, stop.kind) for stop in case.stops] == [
        ("2025-03-01", "Kommunfullmäktige", "motion"),
        ("2025-09-10", "Kommunstyrelsens arbetsutskott", "protocol"),
        ("2025-09-24", "Kommunstyrelsen", "protocol"),
        ("2025-10-20", "Kommunfullmäktige", "protocol"),
    ]
    assert all(stop.link.sure and stop.link.by == "number" for stop in case.stops)


def test_an_extract_is_no_stop_of_its_own_and_nothing_is_told_twice(state: State) -> None:
    board = follow(state.catalog.engine, "1489", "KS 2025/7").stops[2]
    assert [source.document for source in board.sources] == [BOARD.id, EXTRACT.id]
    assert [decision.text for decision in board.decisions] == ["Motionen avslås."]
    assert board.reservations == (("S", "V"),)
    vote = board.votes[0]
    assert (vote.yes, vote.no, vote.abstain, vote.yes_means) == (2, 1, 1, "avslag")
    assert vote.parties == {"M": {"yes": 1}, "S": {"no": 1}}


def test_what_only_names_the_case_is_no_stop(state: State) -> None:
    case = follow(state.catalog.engine, "1489", "KS 2025/7")
    assert [stop.title for stop in case.mentions] == ["Meddelanden"]


def test_sums_and_proposals_are_told(tmp_path: Path) -> None:
    with Catalog(home(tmp_path, protocol()).catalog) as catalog:
        stop = follow(catalog.engine, "1489", "KS 2026/1").stops[0]
    assert [(str(one.kronor), one.role) for one in stop.sums] == [("50000", "grant")]
    assert [(one.text, one.by) for one in stop.proposals] == [("avslag", "Anna Ek (S)")]


@pytest.mark.parametrize("told", ["KS 2025/8", "KUN 2025/7", "2025/7", "nonsens", "'; DROP TABLE cases; --", "%"])
def test_a_case_that_is_not_there_is_told_with_those_near_it(state: State, told: str) -> None:
    with pytest.raises(NoCaseError) as raised:
        follow(state.catalog.engine, "1489", told)
    assert ("KS 2025/7" in raised.value.near) == told.endswith(("/8", "/7"))


def test_an_unknown_municipality_is_refused(state: State) -> None:
    with pytest.raises(FilterError):
        follow(state.catalog.engine, "Grönköping", "KS 2025/7")


def test_cases_are_listed_those_told_of_last_first(state: State) -> None:
    def numbers(municipality: str | None, q: str = "") -> list[str]:
        return [case.case_number for case, _ in listed(state.catalog.engine, municipality, q)]

    assert numbers("1489") == numbers(None) == ["KS 2025/7", "KS 2025/71"]
    assert numbers(None, "ks-2025-71") == numbers(None, "2025/71") == ["KS 2025/71"]
    assert numbers(None, "KS 2025/7") == ["KS 2025/7", "KS 2025/71"]
    assert numbers("Ystad") == numbers(None, "KS 2024") == numbers(None, "%") == []
    first, _ = listed(state.catalog.engine)[0]
    assert (first.title, first.first, first.last, first.items) == (_TITLE, "2025-03-01", "2025-10-20", 5)


@pytest.mark.parametrize(
    ("q", "wanted"),
    [
        ("§ 1 KS 2025-09-24", ["KS 2025/7"]),
        ("§ 1 kommunfullmäktige 20 oktober 2025", ["KS 2025/7"]),
        ("ksau § 1/2025", ["KS 2025/7"]),
        ("§ 1 2024-01-02", ["KS 2025/71"]),
        ("§ 1 BUN 2025-09-24", []),
        ("§ 2 KS 2025-09-24", []),
        ("CYKELGARAGE stationen", ["KS 2025/7"]),
        ("städning", ["KS 2025/71"]),
        ("STÄDNING upphandling", ["KS 2025/71"]),
        ("cykelgarage städning", []),
        ("ks", ["KS 2025/7", "KS 2025/71"]),
    ],
)
def test_a_case_is_found_by_its_section_or_its_title(state: State, q: str, wanted: list[str]) -> None:
    assert [case.case_number for case, _ in listed(state.catalog.engine, "1489", q)] == wanted


def test_the_api_tells_a_case(client: TestClient) -> None:
    answer = client.get("/api/v1/cases/1489/KS 2025/7")
    assert answer.status_code == 200
    told = answer.json()
    assert [stop["date"] for stop in told["stops"]] == ["2025-03-01", "2025-09-10", "2025-09-24", "2025-10-20"]
    assert told["stops"][2]["votes"][0]["parties"]["S"] == {"no": 1}


def test_the_api_lists_cases_page_by_page(client: TestClient) -> None:
    first = client.get("/api/v1/cases", params={"municipality": "Alingsås", "limit": 1}).json()
    assert [case["case_number"] for case in first["cases"]] == ["KS 2025/7"] and first["next_offset"] == 1
    rest = client.get("/api/v1/cases", params={"limit": 1, "offset": 1}).json()
    assert [case["case_number"] for case in rest["cases"]] == ["KS 2025/71"] and rest["next_offset"] is None


@pytest.mark.parametrize(("path", "status"), [("1489/KS 2025/8", 404), ("Ankeborg/KS 2025/7", 400)])
def test_the_api_says_what_is_wrong(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/v1/cases/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_page_of_a_case_is_a_list_in_order(client: TestClient) -> None:
    answer = client.get("/arende/1489/KS%202025/7")
    assert answer.status_code == 200
    page = answer.text
    days = ["2025-03-01", "2025-09-10", "2025-09-24", "2025-10-20"]
    places = [page.index(f'datetime="{day}"') for day in days]
    assert places == sorted(places) and "<ol" in page
    assert "Ja 2, Nej 1, Avstår 1." in page and "S, V" in page
    assert f"/dokument/{BOARD.id}/0" in page and "/flode/arende/1489/KS%202025/7" in page
    assert "style=" not in page and "<script>" not in page
    assert "Sure link:" in client.get("/arende/1489/KS%202025/7?lang=en").text


def test_the_page_of_a_missing_case_helps(client: TestClient) -> None:
    answer = client.get("/arende/1489/<b>KS 2025/8")
    assert answer.status_code == 404 and "<b>" not in answer.text
    assert '/arende/1489/KS%202025/7"' in client.get("/arende/1489/KS 2025/8").text


def test_the_page_of_all_cases(client: TestClient) -> None:
    assert '/arende/1489/KS%202025/71"' in client.get("/arende").text
    assert client.get("/arende?municipality=Ankeborg").status_code == 400
    assert "KS%202025/71" in client.get("/arende", params={"q": "§ 1 KS 2024-01-02"}).text
    assert '"/?q=badhus"' in client.get("/arende", params={"q": "badhus"}).text  # what no case has may stand in a §
