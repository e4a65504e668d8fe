# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""Where one point ends and the next begins, and the lead-in above them."""

import pytest

from extractors.leads import is_lead
from extractors.model import Stretch
from extractors.points import cut

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
    ("att bevilja Restaurang Måsen AB stadigvarande serveringstillstånd\natt serveringen ska avslutas senast kl. 23.00",
     ["att bevilja Restaurang Måsen AB stadigvarande serveringstillstånd", "att serveringen ska avslutas senast kl. 23.00"],
     "long att-satser without a sign between them"),
    ("att bjuda in samtliga föreningar i kommunen till ett samråd i syfte\natt ta fram en gemensam plan för bygdegårdarna",
     ["att bjuda in samtliga föreningar i kommunen till ett samråd i syfte att ta fram en gemensam plan för bygdegårdarna"],
     "an att that the words before it ask for"),
    ("1. Arbetet med bron vid Kvarnen fortsätter i enlighet med fullmäktiges beslut\n2031-04-07 § 31.\n2. Lånet tas upp.",
     ["Arbetet med bron vid Kvarnen fortsätter i enlighet med fullmäktiges beslut 2031-04-07 § 31.", "Lånet tas upp."],
     "a line that ends with another body's decision leads nothing in"),
    ("1. Planen antas. 2. Avgiften höjs. 3. Taxan för 2032 ligger fast.",
     ["Planen antas.", "Avgiften höjs.", "Taxan för 2032 ligger fast."], "numbers on one line"),
    ("Nämnden beslutar: 1. Planen antas enligt punkt 2. 2. Avgiften höjs.",
     ["Planen antas enligt punkt 2.", "Avgiften höjs."], "behind a lead-in on the same line"),
    ("1\tPlanen antas.\n2\tAvgiften höjs.", ["Planen antas.", "Avgiften höjs."], "numbers in cells of their own"),
    ("1  Planen antas.\n2  Avgiften höjs.", ["Planen antas.", "Avgiften höjs."], "numbers before a wide gap"),
    ("att bygga fler cykelställ.\nRut Sand (M), Bo Al (V)", ["att bygga fler cykelställ.", "Rut Sand (M), Bo Al (V)"], "signed by two"),
    ("att bygga fler cykelställ.\n\nGranby den 4 maj 2031\n\nRut Sand\nModeraterna i Granby",
     ["att bygga fler cykelställ.", "Granby den 4 maj 2031", "Rut Sand", "Moderaterna i Granby"], "place, name and party below"),
    ("Till ombud väljs\nRut Sand (M)", ["Till ombud väljs Rut Sand (M)"], "who is elected signs nothing"),
    ("att ge kansliet i uppdrag att utbilda\n\nforts. § 2\n\nröstmottagarna i mars.",
     ["att ge kansliet i uppdrag att utbilda röstmottagarna i mars."], "the § goes on at the top of a page"),
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
    ("Kommunfullmäktiges beslut", True),
    ("Uppdraget utförs i enlighet med kommunfullmäktiges beslut", False),
    ("Bron byggs som fullmäktige tidigare beslutat", False),
    ("Arbetsutskottets förslag till beslut:", True),
    ("Nämnden beslutar att avgiften ska vara:", False),
    ("Förslag till ramar för nämnderna godkänns, med följande tillägg:", False),
    ("Nämnden beslutar enligt förvaltningens förslag.", False),
    ("Enligt förvaltningens förslag.", False),
]


@pytest.mark.parametrize(("words", "expected"), LEADS)
def test_is_lead(words: str, expected: bool) -> None:
    assert is_lead(words) is expected


def test_a_lead_in_broken_over_two_lines_is_one() -> None:
    found = cut(Stretch("Nämnden föreslår kommunfullmäktige\nbesluta\natt anta planen"))
    assert [(point.lead, point.text) for point in found] == [
        ("Nämnden föreslår kommunfullmäktige besluta", "att anta planen")
    ]


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
