"""Dates: how they are written, and the figures that are none."""

from __future__ import annotations

import pytest

from extractors.dates import find
from extractors.model import Stretch

CASES = [
    ("2022-02-22 | 4 min läsning", ["2022-02-22"], "ISO"),
    ("Datum:2031-05-03", ["2031-05-03"], "a colon before"),
    ("2031-05-03T10:00", ["2031-05-03"], "with its hour"),
    ("2031-06- 12 och 2031 -06-\n15", ["2031-06-12", "2031-06-15"], "blanks and a line's end crept in"),
    ("2031–05–03", ["2031-05-03"], "dashes for hyphens"),
    ("2031-05-03–2031-05-05", ["2031-05-03", "2031-05-05"], "a range"),
    ("2031-5-3", ["2031-05-03"], "no padding"),
    ("2031.05.03 och 2031/05/03", ["2031-05-03", "2031-05-03"], "points and slashes"),
    ("20310503", ["2031-05-03"], "no signs"),
    ("behandling 203106-11", ["2031-06-11"], "a hyphen lost where a line broke"),
    ("26-05-03", ["2026-05-03"], "a short year"),
    ("(beslutad i BUN 151124, § 200)", ["2015-11-24"], "six figures after a body"),
    ("Ekonomirapport (250519)", ["2025-05-19"], "six figures in brackets"),
    ("26 januari 2022", ["2022-01-26"], "in words"),
    ("den 24 oktober 2019", ["2019-10-24"], "in words"),
    ("tisdagen den 3 september 2024", ["2024-09-03"], "a weekday"),
    ("Publicerad 1 september 2022", ["2022-09-01"], "a word before"),
    ("den 1 januari\n2027", ["2027-01-01"], "broken over lines"),
    ("den 24 oktober2019 och 5maj 2020", ["2019-10-24", "2020-05-05"], "a blank lost"),
    ("24 oktober, 2019 och 3 maj år 2020", ["2019-10-24", "2020-05-03"], "a comma, the word year"),
    ("den 3:e maj 2031, den 1:a juni 2031", ["2031-05-03", "2031-06-01"], "ordinals in figures"),
    ("den första januari 2027, sista februari 2028", ["2027-01-01", "2028-02-29"], "ordinals in words"),
    ("3 maj -26 och 3 maj '27", ["2026-05-03", "2027-05-03"], "a short year after the month"),
    ("I mars 2021 väcktes", ["2021-03"], "a month is a month"),
    ("till och med juli 2022", ["2022-07"], "a month is a month"),
    ("till och med\njuli 2022", ["2022-07"], "a month with which a line begins"),
    ("under oktober månad 2022", ["2022-10"], "a month is a month"),
    ("12 okt. 2023", ["2023-10-12"], "short"),
    ("24/10 2019", ["2019-10-24"], "day first"),
    ("24/10/2019", ["2019-10-24"], "day first"),
    ("24.10.2019", ["2019-10-24"], "points"),
    ("3/5-26, 3/5 -27 och 4/5-2028", ["2026-05-03", "2027-05-03", "2028-05-04"], "a hyphen before the year"),
    ("12-14 maj 2024", ["2024-05-12", "2024-05-14"], "two days"),
    ("den 12 och 14 maj 2024", ["2024-05-12", "2024-05-14"], "two days"),
    ("den 12, 13 och den 14 maj 2024", ["2024-05-12", "2024-05-13", "2024-05-14"], "three days"),
    ("1 januari–31 december 2026", ["2026-01-01", "2026-12-31"], "the year told once"),
    ("mellan den 1 mars och den 30 april 2026", ["2026-03-01", "2026-04-30"], "the year told once"),
    ("1 december–31 januari 2026", ["2025-12-01", "2026-01-31"], "over the turn of the year"),
    ("1/1-31/12 2026", ["2026-01-01", "2026-12-31"], "the year told once, in figures"),
    ("mars–maj 2026, januari t.o.m. april 2027", ["2026-03", "2026-05", "2027-01", "2027-04"], "months"),
    ("jan-mars 2026 och november 2026–januari 2027", ["2026-01", "2026-03", "2026-11", "2027-01"], "months"),
    ("november–januari 2026", ["2025-11", "2026-01"], "months over the turn of the year"),
    ("DEN 5 MAJ 2024", ["2024-05-05"], "capitals"),
    ("Signed 12 May 2024 or May 3, 2025", ["2024-05-12", "2025-05-03"], "English"),
    ("3. toukokuuta 2026, 4. mai 2026", ["2026-05-03", "2026-05-04"], "Finnish and Norwegian"),
    ("2024-02-30", [], "no such day"),
    ("31 april 2024", [], "no such day"),
    ("30 augusti", [], "no year, and nobody tells"),
    ("den 3/5", [], "no year, and nobody tells"),
    ("senast i augusti", [], "no year"),
    ("§ 12 mars", [], "a §"),
    ("lag 2017:725", [], "a law"),
    ("kl. 18:30 och 8.10 2024", [], "a time"),
    ("KS 2021/549", [], "a case number"),
    ("SLK-2024-00074", [], "a case number"),
    ("08-508 01 000", [], "a telephone"),
    ("556012-1234", [], "an organisation"),
    ("Maj Berg 2024 och Juliahuset 2023", [], "names"),
    ("läsåret 2024-2025, spelåret 24/25", [], "spans of years"),
    ("nyckelkoder 111021,114020 och 121130 elever", [], "numbers of six figures"),
    ("faktura 20310503, ärendenr 310503", [], "numbers of something"),
    ("modellen 80-90-100, dygnet runt 7/24/365", [], "no days"),
    ("avsnitt 3.5.26", [], "a section"),
    ("Delegationslista 1. april 2026", [], "the first of a list, or a day: unclear"),
]


@pytest.mark.parametrize(("text", "values", "why"), CASES)
def test_find(text: str, values: list[str], why: str) -> None:
    assert [day.value for day in find(Stretch(text))] == values, why


YEARS = [
    ("tisdagen den 30 augusti", "2022-09-01", ["2022-08-30"], "near"),
    ("den 1 februari", "2022-01-26", ["2022-02-01"], "near"),
    ("den 3/2", "2022-01-26", ["2022-02-03"], "in figures"),
    ("den 1 februari 2020", "2022-01-26", ["2020-02-01"], "told"),
    ("den 15 december", "2022-01-26", ["2021-12-15"], "the year before is nearer"),
    ("den 15 januari", "2022-11-26", ["2023-01-15"], "the year after is nearer"),
    ("den 15 september", "2022-01-26", [], "either may be meant"),
    ("senast den 15 december", "2022-01-26", [], "a last day that has been, or that is far off"),
    ("onsdagen den 14 september", "2022-01-26", ["2022-09-14"], "the weekday tells"),
    ("torsdagen den 14 september", "2022-01-26", ["2023-09-14"], "the weekday tells another"),
    ("lördagen den 14 maj, söndagen den 14 maj", "2024-05-01", ["2023-05-14"], "no year near has the first"),
    ("den 1 maj nästa år", "2022-01-26", ["2023-05-01"], "a word tells"),
    ("den 3 maj 2019 och sedan den 4 juni samma år", "2022-01-26", ["2019-05-03", "2019-06-04"], "a word tells"),
    ("perioden 1 maj till 1 juni 2021", "2026-04-20", ["2021-05-01", "2021-06-01"], "the range's own year"),
    ("perioden 12 maj-15 juni", "2026-04-20", ["2026-05-12", "2026-06-15"], "a range"),
    ("senast den 25 februari varje år", "2026-01-20", [], "every year"),
    ("räknat från den 1 januari året efter valet", "2026-01-20", [], "some year"),
    ("den 29 februari", "2026-01-20", [], "no such day near"),
]


@pytest.mark.parametrize(("text", "bears", "values", "why"), YEARS)
def test_a_missing_year(text: str, bears: str, values: list[str], why: str) -> None:
    assert [day.value for day in find(Stretch(text), bears)] == values, why


def test_what_a_rule_says_comes_again_every_year() -> None:
    assert list(find(Stretch("Ansökan lämnas senast den 25 februari.", kind="other"), "2031-01-20")) == []


def test_role() -> None:
    text = "2024-06-11 och 2024-05-15"
    assert [day.role for day in find(Stretch(text, kind="protocol"), "2024-06-11")] == ["meeting", "mentioned"]
    assert [day.role for day in find(Stretch(text, kind="news"), "2024-06-11")] == ["document", "mentioned"]


def test_cells_of_tables_are_left_out() -> None:
    rows = "Om bro   0494/31   2031-03-24   Bereds\nOm bad   0495/31   2031-03-25   Bereds den 3 maj 2031\n"
    assert [day.value for day in find(Stretch("Ord. " * 120 + "\n" + rows))] == ["2031-05-03"]
    head = "Datum: 2031-03-24   Handläggare: Bo Al   Dnr KS 2031/7\n"
    assert [day.value for day in find(Stretch(head))] == ["2031-03-24"], "a head is no table"


def test_points_at_its_text() -> None:
    text = "mellan 12-14 maj 2024, i mars 2021 och 2020-01-01"
    days = list(find(Stretch(text, start=3)))
    assert [day.text for day in days] == ["12", "14 maj 2024", "mars 2021", "2020-01-01"]
    assert all(text[day.span.start - 3 : day.span.end - 3] == day.text for day in days)
