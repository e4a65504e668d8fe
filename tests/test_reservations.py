# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""Reservations: parties and people of each, and what is none."""

import pytest

from extractors import reservations
from tests.given import paragraph

Found = list[tuple[tuple[str, ...], tuple[str, ...]]]

CASES: list[tuple[str, Found, str]] = [
    ("Reservation\nAnna Ek (SD) reserverar sig mot beslutet.", [(("SD",), ("Anna Ek",))], "the plain form"),
    ("Reservation\nAnna Ek (M), Bo Al (KD) och tjänstgörande ersättarna\nCia Dal (M) och Dan Eng (L) reserverar sig mot beslutet.",
     [(("KD", "L", "M"), ("Anna Ek", "Bo Al", "Cia Dal", "Dan Eng"))], "codes sorted, each once"),
    ("Reservationer\nMot beslutet reserverar sig Bo Al (KD) till förmån för Rut Sands (M) yrkande.", [(("KD",), ("Bo Al",))],
     "whose proposal is not who reserves"),
    ("Reservationer\nLedamöterna från M, D, L och KD reserverar sig mot beslutet.", [(("D", "KD", "L", "M"), ())], "codes only"),
    ("Reservationer\nKristdemokraterna och Moderaterna reserverar sig mot beslutet till förmån för Rut Sands (C) förslag.",
     [(("KD", "M"), ())], "names of parties"),
    ("Reservationer\nSD-gruppen reserverar sig. (M)-gruppens reservation bifogas.", [(("SD",), ()), (("M",), ())], "groups"),
    ("Reservationer\nMot beslutet reserverar sig Anna Ek (M), Bo Al (KD) och samtliga ledamöter för SD.",
     [(("KD", "M", "SD"), ("Anna Ek", "Bo Al"))], "people and a whole group"),
    ("Reservation\nAnna Ek (L) lämnar följande skriftliga reservation:\nFörslaget är felaktigt och borde ha avslagits.",
     [(("L",), ("Anna Ek",))], "handed in"),
    ("Reservation\nTova Ulv (-) reserverar sig muntligt.", [(("-",), ("Tova Ulv",))], "no party"),
    ("Reservationer\nAnna Ek (M)\nBo Al (KD)\n", [(("KD", "M"), ("Anna Ek", "Bo Al"))], "a list"),
    ("Reservation\nReservation från Vänsterpartiet, se bilaga.", [(("V",), ())], "från"),
    ("Beslut\nPlanen antas.\n\nAnna Ek (S) reserverar sig mot beslutet.", [(("S",), ("Anna Ek",))], "no heading"),
    ("Reservation\nAnna Ek reserverar sig mot beslutet.", [((), ("Anna Ek",))], "the party is told elsewhere"),
    ("Särskilt yttrande\nAnna Ek (S) lämnar ett särskilt yttrande.", [], "another thing"),
    ("Protokollsanteckning\nAnna Ek (S) antecknar att hon hade reserverat sig om hon fått rösta.", [], "a note"),
    ("Deltar inte i beslutet\nAnna Ek (S) deltar inte i beslutet.", [], "takes no part"),
    ("Reservationer\nReservation anmäls av ledamöterna för Moderaterna och Sverigedemokraterna.", [(("M", "SD"), ())], "anmäls av"),
    ("Reservation\nAnna Ek (MP) samt Bo Al och Cia Dal\n(båda V) reserverar sig.", [(("MP", "V"), ("Anna Ek", "Bo Al", "Cia Dal"))], "båda in the bracket"),
    ("Beslut\nTaxan antas.\nSammanfattning\nTaxan är gammal.\nReservation mot beslutet till förmån för eget förslag: Anna Ek (V)", [(("V",), ("Anna Ek",))],
     "a long heading, who on its line"),
    ("Reservation\nIngen reservation lämnades.", [], "nobody"),
    ("Reservation\nVid justering av protokollet har ingen skriftlig reservation inkommit.", [], "none came"),
    ("Ärendets gång\nNämnden behandlade ärendet. Bo Al (M) reserverade sig mot nämndens beslut.\nBeslut\nPlanen antas.", [],
     "an earlier body's"),
    ("Beslut\nNämnden reserverar 88 miljoner kronor.", [], "money"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_reservations(text: str, expected: Found, why: str) -> None:
    found = [(entry.parties, entry.people) for entry in reservations.find(paragraph(text + "\n"))]
    assert found == expected, why


def test_in_papers_that_decide_nothing_nobody_reserves() -> None:
    assert not list(reservations.find(paragraph("Anna Ek (S) reserverar sig.", kind="statement")))
