"""Personnummer and samordningsnummer: which are masked, which look alike. All numbers are made up."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.privacy import mask

HIDDEN = [
    ("811228-9874", "six figures, sign, four"),
    ("19811228-9874", "with the century"),
    ("198112289874", "twelve bare figures"),
    ("811228+9874", "over a hundred years old"),
    ("811228–9874", "a dash for the sign"),
    ("811228 - 9874", "blanks around the sign"),
    ("811228 -9874", "a blank before the sign"),
    ("19811228 9874", "century and a blank"),
    ("1981 12 28-9874".replace("1981 12 28", "19811228"), "century again"),
    ("811288-9871", "samordningsnummer: day plus 60"),
    ("000229-0005", "a leap day of 2000"),
    ("pnr 8112289874", "ten bare figures that a word calls a personnummer"),
    ("personnummer: 8112289874", "ten bare figures after the whole word"),
    ("(811228-9874)", "in brackets"),
    ("811228-9874.", "at the end of a sentence"),
    ("född 19811228-9874, boende", "in running text"),
    ("8 1 1 2 2 8 - 9 8 7 4", "figures in the boxes of a form"),
    ("1 9 8 1 1 2 2 8 - 9 8 7 4", "in boxes, with the century"),
    ("Personnummer: 8 1 1 2 2 8 9 8 7 4", "in boxes, called so"),
]
SHOWN = [
    ("556036-0793", "organisation number: the month is 60"),
    ("212000-1234", "organisation number of a municipality: the month is 20 or more"),
    ("232100-0131", "organisation number of a region"),
    ("16556036-0793", "organisation number with its prefix"),
    ("811228-9875", "wrong check digit"),
    ("811332-9874", "no such date"),
    ("810229-9875", "1981 was no leap year, and 1881 neither"),
    ("8 1 1 2 2 8 9 8 7 4", "a row of counts"),
    ("8112289874", "ten bare figures alone: as well a telephone number"),
    ("0811228-98741", "inside longer figures"),
    ("45811228-9874", "figures before it"),
    ("811228-98745", "figures after it"),
    ("SE45 8112 2898 7400", "an account number"),
    ("2026-06-15", "a date"),
    ("08-508 016 82", "a telephone number"),
    ("KS 2021/549", "a case number"),
    ("Kråkan 5:12", "a property"),
    ("1 981 122 898 kronor", "money"),
    ("811228-9874-12", "part of another number"),
]


@pytest.mark.parametrize(("text", "why"), HIDDEN)
def test_hidden(text: str, why: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text), why
    assert not re.search(r"\d", masked), why


@pytest.mark.parametrize(("text", "why"), SHOWN)
def test_shown(text: str, why: str) -> None:
    assert mask(text) == text, why


def test_only_figures_are_changed() -> None:
    text = "§ 4 Anna Ek, 811228-9874, och Bo Al, 811288-9871, beviljas 5 000 kr."
    assert mask(text) == "§ 4 Anna Ek, ••••••-••••, och Bo Al, ••••••-••••, beviljas 5 000 kr."


@given(st.text(alphabet="0123456789-+ .§aåKS/", max_size=200))
def test_same_length_and_settled(text: str) -> None:
    once = mask(text)
    assert len(once) == len(text)
    assert mask(once) == once
