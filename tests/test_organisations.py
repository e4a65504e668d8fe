"""Organisations: bodies, administrations, companies, associations and authorities by name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extractors.model import Stretch
from extractors.organisations import find

CASES = [
    ("Kommunstyrelsen beslutar", [("Kommunstyrelsen", "body")], "one word"),
    ("i kommunfullmäktiges sal", [("Kommunfullmäktige", "body")], "genitive"),
    ("barn- och ungdomsnämnden", [("Barn- och ungdomsnämnden", "body")], "two parts"),
    ("barn- och\nungdomsnämnden", [("Barn- och ungdomsnämnden", "body")], "broken over lines"),
    ("idrotts-, kultur- och fritidsnämnden", [("Idrotts-, kultur- och fritidsnämnden", "body")], "three parts"),
    ("Kommunstyrelsens arbetsutskott", [("Kommunstyrelsens arbetsutskott", "body")], "a committee of a body"),
    ("Tekniska nämnden", [("Tekniska nämnden", "body")], "an adjective"),
    ("socialnämnden Hisingen", [("Socialnämnden Hisingen", "body")], "a part of town"),
    ("Rosenby-Lund stadsdelsnämnd", [("Rosenby-Lund stadsdelsnämnd", "body")], "a part of town before"),
    ("nämnden för funktionsstöd", [("Nämnden för funktionsstöd", "body")], "a field"),
    ("Nämnden för Kultur & Fritid", [("Nämnden för Kultur & Fritid", "body")], "two fields"),
    ("stadsledningskontorets förslag", [("Stadsledningskontoret", "administration")], "an office"),
    ("vård- och omsorgsförvaltningen", [("Vård- och omsorgsförvaltningen", "administration")], "an administration"),
    ("Sundby Energi AB", [("Sundby Energi AB", "company")], "a company"),
    ("Sundby & Co AB", [("Sundby & Co AB", "company")], "an ampersand"),
    ("till AB Sundbyhem", [("AB Sundbyhem", "company")], "the form first"),
    ("Enligt Sundby Energi AB", [("Sundby Energi AB", "company")], "a word with a capital before"),
    ("Sundby City FF", [("Sundby City FF", "association")], "a club"),
    ("IFK Sundby", [("IFK Sundby", "association")], "a club"),
    ("Föreningen Galaxen", [("Föreningen Galaxen", "association")], "an association"),
    ("Sundbygårds intresseförening", [("Sundbygårds intresseförening", "association")], "an association"),
    ("Länsstyrelsen", [("Länsstyrelsen", "authority")], "the state's"),
    ("Migrationsverkets svar", [("Migrationsverket", "authority")], "the state's"),
    ("nämnden, styrelsen och förvaltningen", [], "words that name nothing"),
    ("nätverket och regelverket", [], "words that end alike"),
    ("AB", [], "a form alone"),
    ("bolaget och föreningen", [], "words that name nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_find(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert [(found.name, found.kind) for found in find(Stretch(text))] == expected, why


def test_points_at_its_text() -> None:
    text = "Beslut av kommunstyrelsens arbetsutskott om Sundby Energi AB och\nkultur- och fritidsnämnden"
    spans = [found.span for found in find(Stretch(text, start=7))]
    assert [text[span.start - 7 : span.end - 7] for span in spans] == [
        "kommunstyrelsens arbetsutskott",
        "Sundby Energi AB",
        "kultur- och fritidsnämnden",
    ]


def test_only_organisations_need_spacy_and_nothing_needs_torch() -> None:
    code = (
        "import sys; from extractors.model import Stretch;"
        "from extractors import amounts, case_numbers, dates, officials, parties, people, tables;"
        "text = 'Mia Ek (S), KS 2021/549, 5 kr den 1 maj 2024';"
        "[list(m.find(Stretch(text))) for m in (amounts, case_numbers, dates, parties, people)];"
        "assert 'spacy' not in sys.modules and 'dateparser' not in sys.modules;"
        "from extractors import organisations; list(organisations.find(Stretch('Sundby IF')));"
        "assert 'spacy' in sys.modules and 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
