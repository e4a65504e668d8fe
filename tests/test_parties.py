"""Parties: codes in brackets, codes in lists, names; and all that looks like a code and is none."""

from __future__ import annotations

import pytest

from extractors.local_parties import known_codes
from extractors.model import Stretch
from extractors.parties import find, of_person, usual

CASES = [
    ("Mia Ek (S)", ["S"], "after a name"),
    ("Mia Ek (kd)", ["KD"], "small letters"),
    ("Mia Ek (-)", ["-"], "without party"),
    ("Mia Ek (ÖrP)", ["ÖrP"], "a local party"),
    ("yrkande från V, S och MP", ["V", "S", "MP"], "a list"),
    ("yrkande från (S), (V) och (MP)", ["S", "V", "MP"], "a list in brackets"),
    ("motioner från SD om parkering", ["SD"], "one, led by a word"),
    ("ledamöterna från M, L och KD deltar inte", ["M", "L", "KD"], "a list"),
    ("SD:s yrkande", ["SD"], "genitive"),
    ("Moderaterna och Liberalernas ledare", ["M", "L"], "names"),
    ("sverigedemokraterna yrkar", ["SD"], "small letters"),
    ("Miljöpartiet de gröna", ["MP"], "the longer name"),
    ("Örebropartiet", ["ÖrP"], "a local party by name"),
    ("Nils Thor m.fl. (V)", ["V"], "and others"),
    ("enligt SoL (2017:725)", [], "a law"),
    ("Socialtjänstlagen (SoL)", [], "a law"),
    ("9 kap. 2 § PBL", [], "a law"),
    ("storlek (S)", [], "a size"),
    ("Alternativet är att vänta", [], "a plain word that is a party somewhere"),
    ("punkt C och vitamin D", [], "letters"),
    ("bilaga M", [], "a letter"),
    ("demokraterna i landet", [], "a plain word in small letters"),
]


@pytest.mark.parametrize(("text", "codes", "why"), CASES)
def test_find(text: str, codes: list[str], why: str) -> None:
    assert [party.code for party in find(Stretch(text))] == codes, why


def test_points_at_its_text() -> None:
    text = "Mia Ek (sd), Moderaterna, yrkande från V och MP"
    for party in find(Stretch(text, start=5)):
        assert text[party.span.start - 5 : party.span.end - 5] == party.text


@pytest.mark.parametrize(
    ("code", "form"),
    [("sd", "SD"), ("MP", "MP"), ("örp", "ÖrP"), ("RD", "RD"), ("nop", "NOP"), ("–", "-"), ("Xyz", "Xyz")],
)
def test_usual(code: str, form: str) -> None:
    assert usual(code) == form


@pytest.mark.parametrize(
    ("code", "party"), [("S", "S"), ("fp", "FP"), ("-", "-"), ("ÖrP", "ÖrP"), ("SoL", None), ("X", None)]
)
def test_of_person(code: str, party: str | None) -> None:
    assert of_person(code, frozenset()) == party


def test_the_roster_tells_codes() -> None:
    assert known_codes("Mia Ek (BFN)\nBo Berg (BFN)\nÅsa Lind (S)") == {"BFN"}
    assert known_codes("Mia Lo Ek (BFN) och mer om Mia\nLo Ek (BFN)") == frozenset()  # one name, broken once
    assert known_codes("Mia Ek (BFN)\nBygg- och förvaltningsnämnden (BFN) ... (BFN)") == frozenset()
