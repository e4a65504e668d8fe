"""References to a § of a meeting, in the ways that papers write them; rows marked so are there for their reason."""

from __future__ import annotations

import pytest

from extractors.model import Document, Item, Page, Span
from index.cases.references import Reference, of_item


def _found(text: str, **told: str) -> list[Reference]:
    item = Item(Span(0, len(text), 1), told.get("number", "9"), "Rubrik")
    made = Document("x", "x", "protocol", text, (Page(1, 0, len(text)),), date=told.get("date"), items=(item,))
    return list(of_item(made, item))


@pytest.mark.parametrize(
    ("text", "number", "day", "body"),
    [
        ("§ 47 KSAU 2026-04-22", "47", "2026-04-22", "KSAU"),
        ("KSAU 2026-04-22 § 47", "47", "2026-04-22", "KSAU"),
        ("KSAU 2026-04-22, §47", "47", "2026-04-22", "KSAU"),
        ("Ksau § 47, 2026-04-22", "47", "2026-04-22", "Ksau"),
        ("KS 260422 § 47", "47", "2026-04-22", "KS"),
        ("§ 47 KSAU den 22 april 2026", "47", "2026-04-22", "KSAU"),
        ("Kommunstyrelsen har den 16 mars 2026, § 35 behandlat ärendet", "35", "2026-03-16", "Kommunstyrelsen"),
        (
            "Kommunstyrelsens arbetsutskott har den 6 maj 2026, § 61",
            "61",
            "2026-05-06",
            "Kommunstyrelsens arbetsutskott",
        ),
        ("enligt beslut den 27 april 2023, § 43 VON", "43", "2023-04-27", "VON"),  # the body behind the number
        ("Kommunstyrelsens protokollsutdrag 2024-08-28 § 635", "635", "2024-08-28", "Kommunstyrelsen"),
        ("tekniska nämndens beslut den 4 maj 2026 § 12", "12", "2026-05-04", "nämnden"),  # the last word tells
        ("Bordlagt den 26 februari 2025, § 148", "148", "2025-02-26", None),
        ("antogs den 29 februari 2024, §\n86", "86", "2024-02-29", None),  # broken over lines
        ("Paragraf 4, se KF (2026-05-06 § 85)", "85", "2026-05-06", "KF"),
    ],
)
def test_a_reference_is_read(text: str, number: str, day: str, body: str | None) -> None:
    assert [(one.number, one.day, one.year, one.body) for one in _found(text)] == [(number, day, day[:4], body)]


@pytest.mark.parametrize("text", ["KS § 114/2026", "§ 114/2026 KS", "Expediering av KS § 114/26"])
def test_a_reference_may_tell_the_year_alone(text: str) -> None:
    assert [(one.number, one.day, one.year, one.body) for one in _found(text)] == [("114", None, "2026", "KS")]


def test_a_list_of_references_is_read_pair_by_pair() -> None:
    told = _found("Bordlagt den 10 oktober 2024, § 441, den 21 november 2024, § 510 och den 12 december 2024, § 581.")
    assert [(one.day, one.number) for one in told] == [
        ("2024-10-10", "441"), ("2024-11-21", "510"), ("2024-12-12", "581"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Protokoll\n2026-05-11\n\n§ 77 Dnr KS 2026/13",  # the head of a §
        "Handling 2025-03-26.\n\n§ 285 Uppföljning",  # the head of the next
        "enligt 5 kap. 4 § kommunallagen (2017:725)",
        "Socialtjänstlagen 14 kap. § 2, i kraft 1 juli 2025",
        "den 41 maj 2026, § 4",  # no day
        "Justerade paragrafer §§ 34-44",
    ],
)
def test_what_is_none(text: str) -> None:
    assert _found(text) == []


def test_a_paper_does_not_refer_to_itself() -> None:
    assert _found("Kommunfullmäktige 2026-03-25 § 70", number="70", date="2026-03-25") == []
    assert _found("§ 63/24 Dagordning", number="63/24", date="2024-05-22") == []


@pytest.mark.parametrize(
    ("text", "handled"),
    [
        ("Arbetsutskottet har behandlat ärendet den 16 januari 2026, § 4", True),
        ("Bordlagt den 26 februari 2025, § 148", True),
        ("Kommunfullmäktige beslutade den 11 juni 2025, § 143 att lämna motionen till kommunstyrelsen", True),
        ("Nämndens uppdrag, givet av kommunfullmäktige 2023-01-26 § 15, att se över avgifterna", False),
        ("Riktlinjen antogs av kommunfullmäktige den 22 februari 2023, § 3", False),
    ],
)
def test_whether_the_matter_itself_was_dealt_with_there(text: str, handled: bool) -> None:
    assert [one.handled for one in _found(text)] == [handled]
