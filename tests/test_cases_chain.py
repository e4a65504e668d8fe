"""A case goes on where its number changes: through references, and as a guess through titles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.model import CaseNumber, Document, Municipality, Span
from index.cases.chain import follow
from index.cases.model import Case
from index.catalog import Catalog
from tests.tiny import home, paper

_TITLE = "Motion om vindskydd längs Kvarnleden - Eva Ek (S)"
_ANSWER = "Svar på motion om vindskydd längs Kvarnleden - Eva Ek (S) med flera"


def _section(
    name: str, title: str, text: str, case: str | None, number: str, body: str, date: str, **told: str
) -> Document:
    """Minutes of one § with this number."""
    made = paper(name, f"{title}\n{text}", body=body, date=date, kind=told.get("kind", "protocol"))
    item = replace(made.items[0], number=number or None, case_number=case)
    place = CaseNumber(Span(0, 1, 1), case, case) if case else None
    return replace(made, items=(item,), case_numbers=(place,) if place else ())


COUNCIL = _section("kf", _TITLE, "Motionen remitteras.", "KS 2025/20", "31", "Kommunfullmäktige", "2025-04-28")
BOARD = _section(
    "tn", "Motion gällande vindskydd längs Kvarnleden",
    "Kommunfullmäktige beslutade den 28 april 2025, § 31 att lämna motionen till nämnden.",
    "TN 2025/77", "54", "Tekniska nämnden", "2025-09-16",
)  # fmt: skip
STATEMENT = _section(
    "ts", "Yttrande över motion om vindskydd längs Kvarnleden", "", "TN 2025/77", "", "Tekniska nämnden", "2025-08-30",
    kind="statement",
)  # fmt: skip
EXECUTIVE = _section(
    "ks", _ANSWER, "Tekniska nämnden har behandlat ärendet, TN § 54/2025.", "KS 2025/20", "90", "Kommunstyrelsen",
    "2025-10-07",
)  # fmt: skip
MOTION = paper("motion", "Belysning i Kvarnparken", kind="motion", date=None, body="Kommunfullmäktige")
PAPERS = (EXECUTIVE, MOTION, STATEMENT, BOARD, COUNCIL)


@contextmanager
def _following(folder: Path, *papers: Document, number: str = "KS 2025/20") -> Iterator[Case]:
    with Catalog(home(folder, *papers).catalog) as catalog:
        yield follow(catalog.engine, "1489", number)


def _told(case: Case) -> list[tuple[str | None, str | None, str, bool]]:
    return [(stop.number or stop.kind, stop.case_number, stop.link.by, stop.link.sure) for stop in case.stops]


def test_a_case_goes_on_under_another_number(tmp_path: Path) -> None:
    with _following(tmp_path, *PAPERS) as case:
        assert case.numbers == ("KS 2025/20", "TN 2025/77")
        assert _told(case) == [
            ("31", "KS 2025/20", "number", True),
            ("statement", "TN 2025/77", "number", True),
            ("54", "TN 2025/77", "reference", True),
            ("90", "KS 2025/20", "number", True),
        ]
        told = next(stop.link for stop in case.stops if stop.number == "54")
        assert "TN § 54/2025" in told.told and told.other == "2025-10-07 Kommunstyrelsen § 90"


def test_it_is_found_from_the_other_number_too(tmp_path: Path) -> None:
    with _following(tmp_path, *PAPERS, number="TN 2025/77") as case:
        assert [stop.number or stop.kind for stop in case.stops] == ["31", "statement", "54", "90"]


def test_a_year_is_enough_where_the_body_is_told(tmp_path: Path) -> None:
    board = _section("tn", "Vindskydd vid leden", "", None, "54", "Tekniska nämnden", "2025-09-16")
    with _following(tmp_path, EXECUTIVE, board) as case:
        assert _told(case) == [("54", None, "reference", True), ("90", "KS 2025/20", "number", True)]


def test_a_number_with_its_year_is_the_same(tmp_path: Path) -> None:
    council = _section("kf", _TITLE, "", "KS 2025/20", "31/25", "Kommunfullmäktige", "2025-04-28")
    with _following(tmp_path, council, BOARD) as case:
        assert [(stop.number, stop.link.by) for stop in case.stops] == [("31/25", "number"), ("54", "reference")]
    (tmp_path / "other").mkdir()
    with _following(tmp_path / "other", council, BOARD, number="TN 2025/77") as case:
        assert [(stop.number, stop.link.by) for stop in case.stops] == [("31/25", "reference"), ("54", "number")]


def test_a_motion_without_a_number_is_a_guess_by_its_title(tmp_path: Path) -> None:
    long = "Motion om vindskydd och eldstäder längs Kvarnleden"
    council = _section("kf", long, "", "KS 2025/20", "31", "Kommunfullmäktige", "2025-04-28")
    motion = paper("motion", "Vindskydd och eldstäder längs Kvarnleden", kind="motion", date=None)
    with _following(tmp_path, motion, council) as case:
        assert _told(case) == [("motion", None, "title", False), ("31", "KS 2025/20", "number", True)]
        assert case.stops[0].link.told == long


@pytest.mark.parametrize(
    ("why", "paper_told"),
    [
        ("too few words of its own", {"title": "Kvarnleden"}),
        ("another matter", {"title": "Vindskydd och eldstäder vid Lillsjöns badplats"}),
        ("another stage", {"title": "Vindskydd och eldstäder längs Kvarnleden etapp 3"}),
        ("long after", {"title": "Vindskydd och eldstäder längs Kvarnleden", "date": "2029-01-15"}),
        ("elsewhere", {"title": "Vindskydd och eldstäder längs Kvarnleden", "municipality": "elsewhere"}),
        ("another case of the registry", {"title": "Vindskydd och eldstäder längs Kvarnleden", "case": "KS 2025/99"}),
    ],
)
def test_what_is_no_stop_by_its_title(tmp_path: Path, why: str, paper_told: dict[str, str]) -> None:
    title = "Motion om vindskydd och eldstäder längs Kvarnleden etapp 2"
    if why != "another stage":
        title = title.removesuffix(" etapp 2")
    council = _section("kf", title, "", "KS 2025/20", "31", "Kommunfullmäktige", "2025-04-28")
    other = paper("annat", paper_told["title"], kind="motion", date=paper_told.get("date"))
    other = replace(other, items=(replace(other.items[0], case_number=paper_told.get("case")),))
    if "municipality" in paper_told:
        other = replace(other, municipality=Municipality("1286", "Ystad"))
    with _following(tmp_path, other, council) as case:
        assert [stop.number for stop in case.stops] == ["31"], why


@pytest.mark.parametrize(
    ("why", "title", "text", "case_number"),
    [
        ("built on", "Plan för friluftslivet", "enligt planen, antagen av KF 2025-04-28 § 31", "TN 2025/9"),
        ("a wrong §", "Motion om bad", "Motionen bordlades av KF den 28 april 2025, § 31", "KS 2025/21"),
        ("it is sent on", "Meddelanden", "Expediering av motion - § 31 KF 2025-04-28", None),
        ("another body of that day", "Motion om bad", "Motionen behandlades den 28 april 2025, § 31 BUN", "BUN 2025/3"),
    ],
)  # fmt: skip
def test_what_refers_and_is_no_stop(tmp_path: Path, why: str, title: str, text: str, case_number: str | None) -> None:
    other = _section("annat", title, text, case_number, "7", "Tekniska nämnden", "2025-06-10")
    with _following(tmp_path, COUNCIL, other) as case:
        assert [stop.number for stop in case.stops] == ["31"], why


def test_handled_elsewhere_under_another_title_is_a_guess(tmp_path: Path) -> None:
    other = _section(
        "annat", "Remiss från kommunstyrelsen", "Kommunfullmäktige remitterade motionen den 28 april 2025, § 31.",
        "TN 2025/9", "7", "Tekniska nämnden", "2025-06-10",
    )  # fmt: skip
    with _following(tmp_path, COUNCIL, other) as case:
        assert _told(case) == [("31", "KS 2025/20", "number", True), ("7", "TN 2025/9", "reference", False)]
        assert case.numbers == ("KS 2025/20",)  # what is a guess lends the case no number


def test_a_paper_that_tells_no_municipality_is_a_guess_by_number_and_title(tmp_path: Path) -> None:
    nameless = replace(EXECUTIVE, id="f" * 64, source="/papers/x", municipality=None, text=EXECUTIVE.text)
    stranger = _section("annat", "Bygglov för carport", "", "KS 2025/20", "4", "Kommunstyrelsen", "2025-10-07")
    with _following(tmp_path, COUNCIL, nameless, replace(stranger, municipality=None)) as case:
        assert _told(case) == [("31", "KS 2025/20", "number", True), ("90", "KS 2025/20", "number", False)]


def test_the_same_number_in_another_municipality_is_another_case(tmp_path: Path) -> None:
    with _following(tmp_path, COUNCIL, replace(EXECUTIVE, municipality=Municipality("1286", "Ystad"))) as case:
        assert [stop.number for stop in case.stops] == ["31"]
