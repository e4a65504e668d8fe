"""A party acts in an item or is only named there: the same for search, catalog and export."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.model import Document, Item, Span
from index.acts import acts

TITLES = [
    ("Svar på motion av Ada Ek (V) om gratis buss", ["V"]),
    ("Motion från Ada Ek (V) och Bo Alm (MP) om vatten", ["MP", "V"]),
    ("Interpellation från Ulla Ek (KD) till kommunstyrelsens ordförande Bo Alm (M) om vatten", ["KD"]),
    ("Svar från kommunalrådet Bo Alm (M) på interpellation av Ulla Ek (KD)", ["KD"]),
    ("Svar på motion om rätten till vatten - Ada Ek (V) och Bo Alm (MP)", ["MP", "V"]),
    ("Entledigande av Ada Ek (V) från uppdrag i nämnden", []),
    ("Val av Bo Alm (M) till ordförande", []),
    ("Avgift för skolskjuts", []),
]


@pytest.mark.parametrize(("title", "parties"), TITLES, ids=[title for title, _ in TITLES])
def test_who_asks_stands_in_the_title(title: str, parties: list[str]) -> None:
    item = Item(Span(0, 1, 1), "7", title)
    found = acts(Document("", "", "protocol", "", (), items=(item,)), item)
    assert [(act.party, act.act) for act in found] == [(party, "proposes") for party in parties]


INTERPELLATION = """Interpellation

Till ordförande i barn- och utbildningsnämnden
Didrik Hagestad (M)

Simundervisningen i kommunen
I fjol sade Eva Sten (L) att alla elever ska kunna simma. Så är det inte.

Jag vill fråga ordföranden:
- Hur ska alla elever lära sig simma?

Björkvik den 19 juni 2031

Lisen Borrby (S)
"""
MOTION = """Motion om låsbara cykelgarage

Jämför vad Bo Alm (M) sade i fullmäktige i våras om resecentrum.

Förslag till beslut
Vi yrkar
- att kommunen utreder ett cykelgarage.

Björkvik den 5 november 2031

Karin Hed (MP)
Olle Bränn (S)
"""
FROM_A_PARTY = """Motion om fler bänkar

Liberalerna har redan sagt nej. Det är synd, för den som är gammal behöver sitta.

Vi föreslår därför att kommunen ställer ut fler bänkar.

Björkvik den 5 november 2031
Vänsterpartiet i Björkvik
"""
PAPERS = [(INTERPELLATION, ["S"]), (MOTION, ["MP", "S"]), (FROM_A_PARTY, ["V"])]


@pytest.mark.parametrize(("text", "parties"), PAPERS, ids=["interpellation", "motion", "party"])
def test_who_signs_asks_and_who_is_named_or_asked_does_not(text: str, parties: list[str]) -> None:
    document = read(text.encode())
    (item,) = document.items
    assert [(act.party, act.act) for act in acts(document, item)] == [(party, "proposes") for party in parties]
