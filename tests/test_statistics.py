"""Statistics: each § once, what is not told in a row of its own, sums and motions with care; also over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from extractors.model import Amount, Decision, Document, Municipality, Party, Reservation, Span, Vote
from index.asking.filters import FilterError
from index.catalog import Catalog
from index.statistics.ask import statistic
from index.statistics.asked import SUBJECTS, Asked
from index.statistics.model import Number
from search_api.app import create_app
from search_api.state import State
from tests.states import holding
from tests.tiny import home, of_case, paper, save


def _decided(made: Document, *outcomes: str, sums: tuple[tuple[str, str | None, str | None], ...] = ()) -> Document:
    """The paper's first § with these outcomes, and sums (kronor, per, role)."""
    decisions = tuple(
        Decision(Span(n, n + 1, 1), f"Punkt {n}", outcome, made.body) for n, outcome in enumerate(outcomes)
    )
    items = (replace(made.items[0], decisions=decisions), *made.items[1:])
    amounts = tuple(Amount(Span(0, 1, 1), Decimal(k), f"{k} kr", per, role) for k, per, role in sums)
    return replace(made, items=items, amounts=amounts)


BOARD = _decided(
    paper("ks", "Bidrag till kören\nKören får pengar av kommunen.", date="2026-05-04"), "granted", "assigned",
    sums=(("1000", None, "grant"), ("1000", None, "grant"), ("5000", None, "grant"), ("70", "child", "fee")),
)  # fmt: skip
BOARD = replace(
    BOARD,
    items=(
        replace(
            BOARD.items[0],
            votes=(Vote(Span(0, 4, 1), 7, 4),),
            reservations=(Reservation(Span(0, 4, 1), ("M",), ()),),
        ),
    ),
)
EXTRACT = replace(BOARD, id="e" * 64, source="/papers/utdrag", kind="protocol_extract")
EXTRACT = replace(EXTRACT, items=(replace(BOARD.items[0], number="1/26"), *BOARD.items[1:]))  # with its year
COUNCIL = _decided(
    paper("kf", "Taxa för vatten\nTaxan antas.", date="2026-06-01", body="Kommunfullmäktige"), "approved",
    sums=(("9000", None, "grant"), ("300", None, None)),
)  # fmt: skip
UNDATED = _decided(paper("odaterad", "Val av ombud\nOmbud väljs.", date=None), "elected")
NOWHERE = _decided(replace(paper("nagonstans", "Nämndens budget\nBudgeten fastställs."), municipality=None), "approved")
YSTAD = _decided(
    replace(paper("ystad", "Hamnens avgifter\nAvgifterna höjs."), municipality=Municipality("1286", "Ystad")),
    "approved",
)
NEWS = _decided(
    paper("nyhet", "Kören får bidrag\nKommunstyrelsen gav pengar.", kind="news", date="2026-05-05"), "granted"
)
PAPERS = (BOARD, EXTRACT, COUNCIL, UNDATED, NOWHERE, YSTAD, NEWS)

_MOTION = "Motion om bänkar i parken - Eva Ek (S) och Bo Alm (V)"
_RAISED = _decided(of_case("m1", _MOTION, "KS 2025/1", date="2025-03-03", body="Kommunfullmäktige"), "referred")
_ANSWERED = _decided(
    of_case("m2", f"Svar på {_MOTION.lower()}", "KS 2025/1", date="2025-06-11", body="Kommunfullmäktige"), "rejected"
)
_PROPOSED = _decided(
    of_case("m3", f"Svar på {_MOTION}", "KS 2025/1", date="2025-05-20"), "rejected"
)  # the board's word
_OPEN = _decided(
    of_case("m4", "Motion om skatepark vid ån - Ulf By (M)", "KS 2025/2", date="2025-04-07", body="Kommunfullmäktige"),
    "tabled",
)  # fmt: skip
_PAPER = replace(
    paper("m5", "Bänkar i parken", kind="motion", date="2025-02-20", body="Kommunfullmäktige"),
    parties=(Party(Span(0, 1, 1), "S", "(S)"),),
)
MOTIONS = (_RAISED, _ANSWERED, _PROPOSED, _OPEN, _PAPER)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> State:
    return holding(tmp_path_factory.mktemp("home"), *PAPERS, indexed=False)


@pytest.fixture(scope="module")
def client(state: State) -> Iterator[TestClient]:
    with TestClient(create_app(state)) as made:
        yield made


def _rows(catalog: Catalog, subject: str, by: str | None = None, **filters: object) -> dict[str | None, list[Number]]:
    counted = statistic(catalog, Asked.of(subject, by, **filters))
    return {row.key: [row.values[measure] for measure in counted.measures] for row in counted.rows}


def test_a_section_in_two_papers_counts_once(state: State) -> None:
    assert _rows(state.catalog, "decisions")["2026-05"] == [1, 2, 1, 1]
    assert _rows(state.catalog, "decisions", "kind") == {"protocol": [5, 6, 1, 1]}
    only = _rows(state.catalog, "decisions", "kind", kind=["protocol_extract"])
    assert only == {"protocol_extract": [1, 2, 1, 1]}  # where the minutes are not asked for


def test_what_is_not_told_is_a_row_of_its_own_and_the_last(state: State) -> None:
    assert list(_rows(state.catalog, "decisions")) == ["2026-05", "2026-06", None]
    assert _rows(state.catalog, "decisions", "municipality") == {
        "1489": [3, 4, 1, 1], "1286": [1, 1, 0, 0], None: [1, 1, 0, 0],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "sections"),
    [
        ({"municipality": ["Alingsås"]}, 3),
        ({"municipality": ["1286", "1489"]}, 4),
        ({"body": ["KOMMUNFULLMÄKTIGE"]}, 1),
        ({"year": [2026]}, 4),
        ({"year": [2025]}, 0),
        ({"kind": ["motion"]}, 0),
        ({"kind": ["news"]}, 1),  # left out unless it is asked for
    ],
)
def test_filters(state: State, filters: dict[str, list[object]], sections: int) -> None:
    assert sum(int(values[0] or 0) for values in _rows(state.catalog, "decisions", **filters).values()) == sections


def test_outcomes_are_points(state: State) -> None:
    assert _rows(state.catalog, "outcomes") == {"approved": [3], "assigned": [1], "elected": [1], "granted": [1]}
    by_body = statistic(state.catalog, Asked.of("outcomes", "body"))
    assert by_body.measures == ("points", "approved", "assigned", "granted", "elected")
    assert [(row.key, row.values["points"]) for row in by_body.rows] == [
        ("Kommunstyrelsen", 5),
        ("Kommunfullmäktige", 1),
    ]


def test_a_sum_counts_once_in_a_section_and_one_per_child_is_in_no_total(state: State) -> None:
    rows = _rows(state.catalog, "sums")  # sums, §§, median, total, largest
    assert rows["grant"] == [3, 2, Decimal(5000), Decimal(15000), Decimal(9000)]
    assert rows["fee"] == [1, 1, None, None, None]
    assert rows[None] == [1, 1, Decimal(300), Decimal(300), Decimal(300)] and list(rows)[-1] is None
    assert _rows(state.catalog, "sums", "body")["Kommunstyrelsen"][2] == Decimal(3000)  # between two in the middle


def test_parties_act(state: State) -> None:
    assert _rows(state.catalog, "parties") == {"M": [0, 0, 1]}


def test_a_motion_is_followed_to_the_councils_answer(tmp_path: Path) -> None:
    with Catalog(home(tmp_path, *MOTIONS).catalog) as catalog:
        # motions, approved, in part, rejected, answered, open, timed, days
        assert _rows(catalog, "motions", "answer") == {
            "rejected": [1, 0, 0, 1, 0, 0, 1, Decimal(111)], "open": [1, 0, 0, 0, 0, 1, 0, None],
        }  # fmt: skip
        assert set(_rows(catalog, "motions")) == {"S", "V", "M"}
        assert _rows(catalog, "motions", "year") == {"2025": [2, 0, 0, 1, 0, 1, 1, Decimal(111)]}
        assert _rows(catalog, "motions", "year", year=[2024]) == {}


def test_an_answer_without_a_beginning_has_no_time(tmp_path: Path) -> None:
    with Catalog(home(tmp_path, _ANSWERED).catalog) as catalog:
        assert _rows(catalog, "motions", "answer") == {"rejected": [1, 0, 0, 1, 0, 0, 0, None]}


def test_what_was_counted_is_kept_until_the_record_changes(tmp_path: Path) -> None:
    settings = home(tmp_path, BOARD)
    with Catalog(settings.catalog) as catalog:
        first = statistic(catalog, Asked.of("decisions"))
        assert statistic(catalog, Asked.of("decisions")) is first
        save(settings, COUNCIL)
        assert [row.key for row in statistic(catalog, Asked.of("decisions")).rows] == ["2026-05", "2026-06"]


@pytest.mark.parametrize(
    ("subject", "told", "says"),
    [
        ("weather", {}, "decisions, outcomes"),
        ("decisions", {"by": "role"}, "month"),
        ("decisions", {"municipality": ["Grönköping"]}, "no municipality"),
        ("decisions", {"kind": ["protokoll"]}, "protocol_extract"),
        ("motions", {"body": ["Kommunstyrelsen"]}, "several bodies"),
    ],
)
def test_what_is_not_counted_is_told(subject: str, told: dict[str, object], says: str) -> None:
    with pytest.raises(FilterError, match=says):
        Asked.of(subject, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subject", "by"), [(subject, by) for subject, divisions in SUBJECTS.items() for by in divisions]
)
def test_every_statistic_over_http_and_as_a_page(client: TestClient, subject: str, by: str) -> None:
    answer = client.get(f"/api/v1/statistics/{subject}", params={"by": by})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["subject"], told["by"]) == (subject, by)
    assert all(list(row["values"]) == told["measures"] for row in told["rows"])
    page = client.get(f"/statistik/{subject}", params={"by": by, "lang": "en"})
    assert page.status_code == 200 and "style=" not in page.text
    assert ("<svg" in page.text) <= ("<table>" in page.text and "<desc" in page.text)


def test_the_page_draws_and_tells_what_is_not_known(client: TestClient) -> None:
    page = client.get("/statistik/decisions?municipality=1489&lang=sv").text
    assert "<polyline" in page and "Framgår inte" in page and "Varje § räknas en gång" in page
    assert '<option value="1489" selected>Alingsås' in page
    assert 'href="/statistik/motions?municipality=1489"' in page
    assert '<rect class="bar"' in client.get("/statistik/sums").text
    assert "<caption>Beslut fördelat på månad, Alingsås</caption>" in page and "Antal §§" in page
    assert (
        client.get("/statistik?year=2026", follow_redirects=False).headers["location"]
        == "/statistik/decisions?year=2026"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/statistics/weather", 400),
        ("/api/v1/statistics/decisions?by=<script>", 400),
        ("/api/v1/statistics/decisions?year=x", 422),
        ("/api/v1/statistics/decisions?colour=red", 422),
        ("/api/v1/statistics/decisions?body=%27%3B--", 400),
        ("/statistik/weather", 404),
        ("/statistik/decisions?year=i%20fjol", 400),
        ("/statistik/decisions?kind=<script>alert(1)</script>", 400),
    ],
)
def test_a_mistake_is_told(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status and "<script>alert" not in answer.text
