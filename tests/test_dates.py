"""Dates: how they are written, and the figures that are none."""

from __future__ import annotations

import pytest

from extractors.dates import find
from extractors.model import Stretch

CASES = [
    ("2022-02-22 | 4 min läsning", ["2022-02-22"], "ISO"),
    ("26 januari 2022", ["2022-01-26"], "in words"),
    ("den 24 oktober 2019", ["2019-10-24"], "in words"),
    ("tisdagen den 3 september 2024", ["2024-09-03"], "a weekday"),
    ("Publicerad 1 september 2022", ["2022-09-01"], "a word before"),
    ("den 1 januari\n2027", ["2027-01-01"], "broken over lines"),
    ("I mars 2021 väcktes", ["2021-03"], "a month is a month"),
    ("till och med juli 2022", ["2022-07"], "a month is a month"),
    ("under oktober månad 2022", ["2022-10"], "a month is a month"),
    ("12 okt. 2023", ["2023-10-12"], "short"),
    ("24/10 2019", ["2019-10-24"], "day first"),
    ("24/10/2019", ["2019-10-24"], "day first"),
    ("24.10.2019", ["2019-10-24"], "points"),
    ("12-14 maj 2024", ["2024-05-12", "2024-05-14"], "two days"),
    ("den 12 och 14 maj 2024", ["2024-05-12", "2024-05-14"], "two days"),
    ("DEN 5 MAJ 2024", ["2024-05-05"], "capitals"),
    ("Signed 12 May 2024", ["2024-05-12"], "English"),
    ("2024-02-30", [], "no such day"),
    ("31 april 2024", [], "no such day"),
    ("30 augusti", [], "no year, and nobody tells"),
    ("senast i augusti", [], "no year"),
    ("§ 12 mars", [], "a §"),
    ("lag 2017:725", [], "a law"),
    ("kl. 18:30", [], "a time"),
    ("KS 2021/549", [], "a case number"),
    ("SLK-2024-00074", [], "a case number"),
    ("08-508 01 000", [], "a telephone"),
    ("556012-1234", [], "an organisation"),
    ("Maj Berg 2024 och Juliahuset 2023", [], "names"),
    ("läsåret 2024-2025", [], "a span of years"),
]


@pytest.mark.parametrize(("text", "values", "why"), CASES)
def test_find(text: str, values: list[str], why: str) -> None:
    assert [day.value for day in find(Stretch(text))] == values, why


@pytest.mark.parametrize(
    ("text", "bears", "values"),
    [
        ("tisdagen den 30 augusti", "2022-09-01", ["2022-08-30"]),
        ("den 15 december", "2022-01-26", []),
        ("den 1 februari", "2022-01-26", ["2022-02-01"]),
        ("den 1 februari 2020", "2022-01-26", ["2020-02-01"]),
    ],
)
def test_a_missing_year_is_the_papers_own_where_that_is_near(text: str, bears: str, values: list[str]) -> None:
    assert [day.value for day in find(Stretch(text), bears)] == values


def test_role() -> None:
    text = "2024-06-11 och 2024-05-15"
    assert [day.role for day in find(Stretch(text, kind="protocol"), "2024-06-11")] == ["meeting", "mentioned"]
    assert [day.role for day in find(Stretch(text, kind="news"), "2024-06-11")] == ["document", "mentioned"]


def test_points_at_its_text() -> None:
    text = "mellan 12-14 maj 2024, i mars 2021 och 2020-01-01"
    days = list(find(Stretch(text, start=3)))
    assert [day.text for day in days] == ["12", "14 maj 2024", "mars 2021", "2020-01-01"]
    assert all(text[day.span.start - 3 : day.span.end - 3] == day.text for day in days)
