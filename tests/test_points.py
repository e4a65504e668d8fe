# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""Where one point ends and the next begins, and the lead-in above them."""

import pytest

from extractors.model import Stretch
from extractors.points import cut, is_lead

CUTS = [
    ("Planen antas.", ["Planen antas."], "one paragraph"),
    ("Planen antas.\nAvgiften höjs.", ["Planen antas.", "Avgiften höjs."], "a sentence on a new line is a paragraph"),
    ("Planen för kommunens alla parker och de planteringar som hör till dem antas\noch gäller från maj.",
     ["Planen för kommunens alla parker och de planteringar som hör till dem antas och gäller från maj."], "a broken line"),
    ("1. Planen antas.\n2. Avgiften höjs.\nDen gäller från maj.",
     ["Planen antas.", "Avgiften höjs. Den gäller från maj."], "a second sentence in a numbered point"),
    ("- att anta planen\n- att höja avgiften", ["att anta planen", "att höja avgiften"], "bullets go, att stays"),
    ("* anta planen\n* höja avgiften", ["anta planen", "höja avgiften"], "stars"),
    ("a) Planen antas.\nb) Avgiften höjs.", ["Planen antas.", "Avgiften höjs."], "letters"),
    ("att anta planen,\natt höja avgiften samt\natt sända beslutet till regionen.",
     ["att anta planen,", "att höja avgiften samt", "att sända beslutet till regionen."], "att at the start of lines"),
    ("att ge chefen i uppdrag\natt ta fram en plan för kommunens alla parker och planteringar i\ncentrum",
     ["att ge chefen i uppdrag", "att ta fram en plan för kommunens alla parker och planteringar i centrum"], "a short line: own att-sats"),
    ("Planen antas med följande ändringar:\n- Sidan 3 utgår.\n- Sidan 4 utgår.",
     ["Planen antas med följande ändringar: - Sidan 3 utgår. - Sidan 4 utgår."], "a list that completes its sentence"),
    ("- att anta planen med följande ändringar:\n  o sidan 3 utgår\n  o sidan 4 utgår\n- att höja avgiften",
     ["att anta planen med följande ändringar: o sidan 3 utgår o sidan 4 utgår", "att höja avgiften"], "back to the outer list"),
    ("1. Beslutet följs upp senast den\n27. juni 2032.\n2. Planen antas.",
     ["Beslutet följs upp senast den 27. juni 2032.", "Planen antas."], "a date is no number of a point"),
    ("1. Yrkandet avslås.\n2. Styrelsen föreslår att kommunfullmäktige beslutar\n   a) att anta planen\n   b) att höja avgiften\n3. Avtalet sägs upp.",
     ["Yrkandet avslås.", "att anta planen", "att höja avgiften", "Avtalet sägs upp."], "letters under a numbered lead-in"),
    ("a) Läget i hamnen\nb) Ny väg\nInformationen antecknas.", ["Läget i hamnen", "Ny väg", "Informationen antecknas."], "what became of a list"),
    ("1. Planen antas.\n\nAvgift för ärendet är 500 kronor.", ["Planen antas.", "Avgift för ärendet är 500 kronor."], "a fee of its own"),
    ("1. Utgifterna flyttas till 2032.\n\nBeloppen ska lånas upp.", ["Utgifterna flyttas till 2032. Beloppen ska lånas upp."],
     "a paragraph that goes on with its point"),
    ("Planen antas.\n__________\nKommunstyrelsen har yttrat sig.", ["Planen antas."], "a line across the page ends it"),
    ("1. Planen antas.\n\nBo Al (V) deltar inte i beslutet.", ["Planen antas.", "Bo Al (V) deltar inte i beslutet."], "who takes no part"),
    ("**Nämnden godkänner planen.**", ["Nämnden godkänner planen."], "Markdown's stars"),
    ("1.\n2. Planen antas.", ["Planen antas."], "an empty point"),
    ("", [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CUTS, ids=[case[2] for case in CUTS])
def test_cut(text: str, expected: list[str], why: str) -> None:
    assert [point.text for point in cut(Stretch(text))] == expected, why


LEADS = [
    ("Kommunfullmäktige beslutar", True),
    ("Kommunfullmäktige beslutar:", True),
    ("Nämnden beslutar att", True),
    ("Kommunstyrelsen beslutar för egen del att", True),
    ("Enligt punkt 1 i förvaltningens förslag:", True),
    ("På förslag av Rut Sand (M):", True),
    ("Kommunstyrelsen föreslår kommunfullmäktige att", True),
    ("Kommunstyrelsen tillstyrker förslaget och föreslår att kommunfullmäktige beslutar:", True),
    ("Förslag till beslut i kommunfullmäktige", True),
    ("Arbetsutskottets förslag till beslut:", True),
    ("Nämnden beslutar att avgiften ska vara:", False),
    ("Förslag till ramar för nämnderna godkänns, med följande tillägg:", False),
    ("Nämnden beslutar enligt förvaltningens förslag.", False),
    ("Enligt förvaltningens förslag.", False),
]


@pytest.mark.parametrize(("words", "expected"), LEADS)
def test_is_lead(words: str, expected: bool) -> None:
    assert is_lead(words) is expected


def test_points_stand_where_their_words_stand() -> None:
    stretch = Stretch("Nämnden beslutar:\n1. Planen\n   antas.\n2. Avgiften höjs.", start=100)
    for point in cut(stretch):
        words = stretch.text[point.span.start - 100 : point.span.end - 100]
        assert " ".join(words.split()) == point.text


def test_the_lead_in_follows_its_points() -> None:
    text = "Kommunstyrelsen föreslår kommunfullmäktige\natt anta planen.\n\nKommunstyrelsen beslutar för egen del\natt sända den vidare."
    assert [point.lead for point in cut(Stretch(text))] == [
        "Kommunstyrelsen föreslår kommunfullmäktige", "Kommunstyrelsen beslutar för egen del",
    ]  # fmt: skip
