"""Organisations: bodies, administrations, companies, associations and authorities by name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extractors.model import Stretch
from extractors.organisations import find

BODIES = [
    ("Kommunstyrelsen beslutar", ["Kommunstyrelsen"], "one word"),
    ("i kommunfullmäktiges sal", ["Kommunfullmäktige"], "genitive"),
    ("KOMMUNFULLMÄKTIGES BESLUT", ["Kommunfullmäktige"], "capitals"),
    ("barn- och ungdomsnämnden", ["Barn- och ungdomsnämnden"], "two parts"),
    ("barn- och\nungdomsnämnden", ["Barn- och ungdomsnämnden"], "broken over lines"),
    ("Kultur och fritidsnämnden har yttrat sig", ["Kultur- och fritidsnämnden"], "a hyphen lost"),
    ("inom omsorg och socialnämnden", ["Socialnämnden"], "not a hyphen lost"),
    ("idrotts-, kultur- och fritidsnämnden", ["Idrotts-, kultur- och fritidsnämnden"], "three parts"),
    ("Kommunstyrelsens arbetsutskott", ["Kommunstyrelsens arbetsutskott"], "a committee of a body"),
    ("kommunstyrelsens arbetsutskotts förslag", ["Kommunstyrelsens arbetsutskott"], "its genitive"),
    ("kommunstyrelsens plan- och markutskott", ["Kommunstyrelsens plan- och markutskott"], "a committee of two parts"),
    ("Fullmäktiges presidium", ["Fullmäktiges presidium"], "a presidium"),
    ("nämndens presidium", [], "anybody's presidium"),
    ("till individutskottet", ["Individutskottet"], "a committee"),
    ("Tekniska nämnden", ["Tekniska nämnden"], "an adjective"),
    ("Allmänna utskottets beslut", ["Allmänna utskottet"], "an adjective"),
    ("föreskrifter och allmänna råd", [], "advice"),
    ("socialnämnden Hisingen", ["Socialnämnden Hisingen"], "a part of town"),
    ("Rosenby-Lund stadsdelsnämnd", ["Rosenby-Lund stadsdelsnämnd"], "a part of town before"),
    ("nämnden för funktionsstöd", ["Nämnden för funktionsstöd"], "a field"),
    ("Nämnden för Kultur & Fritids förslag", ["Nämnden för Kultur & Fritid"], "two fields, genitive"),
    ("nämnden för teknik, fritid och kultur", ["Nämnden för teknik, fritid och kultur"], "three fields"),
    ("nämnden för yttrande", [], "no field"),
    ("området för skolsäkerhet", [], "a place, no council"),
    ("den gemensamma nämnden för kost", ["Gemensamma nämnden för kost"], "an adjective and a field"),
    ("kommunala pensionärsrådet", ["Kommunala pensionärsrådet"], "a council"),
    ("Rådet för funktionshinderfrågor", ["Rådet för funktionshinderfrågor"], "a council's field"),
    ("Lunds Ungdomsråd", ["Lunds Ungdomsråd"], "a council of a municipality"),
    ("industriområdet, kommunalrådet och samrådet", [], "words that end like a council"),
    ("marknadskommittén", ["Marknadskommittén"], "a committee"),
    ("Kommunrevisionen", ["Kommunrevisionen"], "the auditors"),
    ("kommunens socialnämnd", ["Socialnämnden"], "indefinite after an owner"),
    ("Socialnämnd\t12", ["Socialnämnden"], "indefinite in a table"),
    ("varje socialnämnd och en facknämnd", [], "anyone"),
    ("nämnden, styrelsen och utskottet", [], "words that name nothing"),
]
ADMINISTRATIONS = [
    ("stadsledningskontorets förslag", ["Stadsledningskontoret"], "an office"),
    ("vård- och omsorgsförvaltningen", ["Vård- och omsorgsförvaltningen"], "an administration"),
    ("förvaltningen för barn och ungdom", ["Förvaltningen för barn och ungdom"], "its fields"),
    ("-Stadsledningskontoret", ["Stadsledningskontoret"], "a bullet close to it"),
    ("kommunledningsstabens skrivelse", ["Kommunledningsstaben"], "a staff"),
    ("Kommunkansliet", ["Kommunkansliet"], "an office"),
    ("skickas till Ekonomienheten", ["Ekonomienheten"], "a unit with a capital"),
    ("Bygg- och miljöenheten", ["Bygg- och miljöenheten"], "a unit of two parts"),
    ("från ekonomiavdelningen", [], "a unit in running text"),
    ("Lägenheten och Erfarenheten", [], "words that end alike"),
    ("Sektor lärande", ["Sektor lärande"], "a sector"),
    ("förvaltningen och kontoret", [], "words that name nothing"),
]
COMPANIES = [
    ("Sundby Energi AB", ["Sundby Energi AB"], "a company"),
    ("Sundby & Co AB", ["Sundby & Co AB"], "an ampersand"),
    ("Ek & Lund Revision AB", ["Ek & Lund Revision AB"], "an ampersand first"),
    ("av Nordfrakt i Sundby AB", ["Nordfrakt i Sundby AB"], "a place inside"),
    ("styrelsen i Sundbyhem AB", ["Sundbyhem AB"], "in a company"),
    ("Sundby Mark och Bygg AB", ["Sundby Mark och Bygg AB"], "and inside"),
    ("Anna Ek och Bravur AB", ["Bravur AB"], "and between two"),
    ("Sundby vatten och avfall AB", ["Sundby vatten och avfall AB"], "small letters inside"),
    ("Sundby bildar AB Vatten", ["AB Vatten"], "the form belongs to what follows"),
    ("till AB Sundbyhem", ["AB Sundbyhem"], "the form first"),
    ("till AB Sundby Rådhus", ["AB Sundby Rådhus"], "the form first, two words"),
    ("till AB Sundby Skår 4:17", ["AB Sundby"], "a property after it"),
    ("Sundbys bostadsaktiebolag", ["Sundbys bostadsaktiebolag"], "the form in one word"),
    ("Café Solen HB", ["Café Solen HB"], "another form"),
    ("SEMAB har yttrat sig", ["SEMAB"], "letters"),
    ("Dnr SEMAB-2031-00044", [], "letters of a case number"),
    ("Enligt Sundby Energi AB", ["Sundby Energi AB"], "a word with a capital before"),
    ("Borgensavtal Sundby Energi AB", ["Sundby Energi AB"], "a paper before"),
    ("Eks Mäklarbyrå", ["Eks Mäklarbyrå"], "no form"),
    ("AB", [], "a form alone"),
    ("samtliga aktiebolag", [], "any company"),
]
ASSOCIATIONS = [
    ("Sundby City FF", ["Sundby City FF"], "a club"),
    ("IFK Sundby", ["IFK Sundby"], "a club"),
    ("Sundby IK Fotboll  40 000", ["Sundby IK Fotboll"], "its section"),
    ("Sundby Hockey", ["Sundby Hockey"], "a sport"),
    ("Sundby Bågskyttar", ["Sundby Bågskyttar"], "those who do the same"),
    ("Föreningen Galaxen", ["Föreningen Galaxen"], "an association"),
    ("Sundbygårds intresseförening", ["Sundbygårds intresseförening"], "an association"),
    ("idrottsföreningen Sundby IF", ["Sundby IF"], "told what it is before its name"),
    ("Pensionärernas Samarbetsförening Norrstad", ["Pensionärernas Samarbetsförening Norrstad"], "a place after it"),
    ("Anhörigföreningen i Norrstad", ["Anhörigföreningen i Norrstad"], "a place after it"),
    ("Sundby byalag och Sundbys Löparsällskap", ["Sundby byalag", "Sundbys Löparsällskap"], "other endings"),
    ("Sundby Kvinnojour", ["Sundby Kvinnojour"], "a shelter"),
    ("Slätten ekonomisk förening", ["Slätten ekonomisk förening"], "a form"),
    ("Slättens Utveckling ek. för.", ["Slättens Utveckling ek. för"], "a form in letters"),
    ("Stiftelsen Sundbymuseet", ["Stiftelsen Sundbymuseet"], "a foundation"),
    ("Sparstiftelsen Norr", ["Sparstiftelsen Norr"], "a foundation"),
    ("Stiftelsen Sundbys sjukhem", [], "a name that goes on"),
    ("föreningen Anna Ek", [], "a person after it"),
    ("Friskis & Svettis Sundby och Röda Korset", ["Friskis & Svettis Sundby", "Röda Korset"], "known"),
    ("Lions Club Sundby", ["Lions Club Sundby"], "known, with its branch"),
    ("Sveriges Kommuner och Regioners cirkulär", ["Sveriges Kommuner och Regioner"], "genitive"),
    ("stöd av Hembygdsförbundet", ["Hembygdsförbundet"], "a capital inside a sentence"),
    ("fackförbundet Kommunal", ["Kommunal"], "what it is before its name"),
    ("bolaget, klubben och föreningen", [], "words that name nothing"),
    ("En förening som äger sin lokal", [], "anyone"),
]
AUTHORITIES = [
    ("Länsstyrelsen", ["Länsstyrelsen"], "the state's"),
    ("Länsstyrelsen i Västra Götalands län", ["Länsstyrelsen i Västra Götalands län"], "a county of two words"),
    ("Länsstyrelsen Skånes beslut", ["Länsstyrelsen Skåne"], "without län, genitive"),
    ("Migrationsverkets svar", ["Migrationsverket"], "the state's"),
    ("Statens geotekniska\ninstitut", ["Statens geotekniska institut"], "the state's"),
    ("Inspektionen för vård och omsorg", ["Inspektionen för vård och omsorg"], "the state's"),
    ("Klimat- och näringslivsdepartementet", ["Klimat- och näringslivsdepartementet"], "a ministry"),
    ("Region Kalmar län och Region Skåne", ["Region Kalmar län", "Region Skåne"], "regions"),
    ("Kalmar tingsrätt", ["Kalmar tingsrätt"], "a court"),
    ("Förvaltningsrätten i Umeå", ["Förvaltningsrätten i Umeå"], "a court"),
    ("mark- och miljödomstolen vid Nacka tingsrätt", ["Mark- och miljödomstolen vid Nacka tingsrätt"], "a court"),
    ("Umeå universitet", ["Umeå universitet"], "a university"),
    ("Kalmar länstrafik", ["Kalmar länstrafik"], "a county's traffic"),
    ("Räddningstjänsten Sydkusten", ["Räddningstjänsten Sydkusten"], "a rescue service"),
    ("Sydkustens Avfallsförbund", ["Sydkustens Avfallsförbund"], "a union of municipalities"),
    ("Räddningstjänstförbundet Sydkusten", ["Räddningstjänstförbundet Sydkusten"], "a union of municipalities"),
    ("Malmö stad och Falu kommun", ["Malmö stad", "Falu kommun"], "other municipalities"),
    ("Miljöförvaltningen i Malmö", ["Miljöförvaltningen i Malmö"], "another municipality's"),
    ("Gymnasienämnden Vansbro-Mora", ["Gymnasienämnden Vansbro-Mora"], "a joint board"),
    ("En kommun och hela staden", [], "any municipality"),
    ("nätverket, regelverket och reningsverket", [], "words that end alike"),
]
CASES = [
    *((*case, "body") for case in BODIES),
    *((*case, "administration") for case in ADMINISTRATIONS),
    *((*case, "company") for case in COMPANIES),
    *((*case, "association") for case in ASSOCIATIONS),
    *((*case, "authority") for case in AUTHORITIES),
]


@pytest.mark.parametrize(("text", "expected", "why", "kind"), CASES)
def test_find(text: str, expected: list[str], why: str, kind: str) -> None:
    assert [(one.name, one.kind) for one in find(Stretch(text))] == [(name, kind) for name in expected], why


ONE = [
    ("Kommunstyrelsens arbetsutskott. Arbetsutskottet", ["Kommunstyrelsens arbetsutskott"] * 2, "a committee in short"),
    (
        "Socialnämndens arbetsutskott. Kommunstyrelsens arbetsutskott. Arbetsutskottet",
        ["Socialnämndens arbetsutskott", "Kommunstyrelsens arbetsutskott", "Arbetsutskottet"],
        "two that it can be",
    ),
    ("Länsstyrelsen i Dalarnas län. Länsstyrelsen", ["Länsstyrelsen i Dalarnas län"] * 2, "an authority in short"),
    ("KOMMUNSTYRELSEN. Kommunstyrelsen", ["Kommunstyrelsen"] * 2, "capitals"),
    ("Sundby\nBostäder AB, köp av Sundby Bostäder AB", ["Sundby Bostäder AB"] * 2, "a line's end before its place"),
    ("Ansökan Bro Sundby IF. Stöd till Sundby IF", ["Sundby IF"] * 2, "a word before it in a heading"),
    ("Sundby Energi AB. Sundby Energis lån", ["Sundby Energi AB"] * 2, "a company without its form"),
    ("Sundby Energi AB. Sundby Energi Nät", ["Sundby Energi AB"], "another's name"),
    ("AB Bostäder. Bostäder byggs", ["AB Bostäder"], "a word like any other"),
    ("Sydkusten Miljö AB (SYMAB). SYMAB", ["Sydkusten Miljö AB"] * 3, "letters in brackets"),
    ("BK Tor. BK Tors plan", ["BK Tor"] * 2, "genitive"),
    ("Sundby Tennisklubb. Sundby tennisklubb", ["Sundby Tennisklubb"] * 2, "spellings"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ONE)
def test_one_organisation_has_one_name(text: str, expected: list[str], why: str) -> None:
    assert [one.name for one in find(Stretch(text))] == expected, why


def test_the_papers_own_municipality_is_none() -> None:
    text = "Mora kommun och Falu kommun, kommunstyrelsen i Mora, miljönämnden i Älvdalen"
    assert [one.name for one in find(Stretch(text, municipality="Mora"))] == [
        "Falu kommun",
        "Kommunstyrelsen",
        "Miljönämnden i Älvdalen",
    ]


def test_a_body_whose_name_stands_in_the_margins_only() -> None:
    text = "Arbetsutskottet beslutar, och direktionen yttrar sig"
    assert [one.name for one in find(Stretch(text, body="Kommunstyrelsens arbetsutskott"))] == [
        "Kommunstyrelsens arbetsutskott"
    ]
    assert [one.name for one in find(Stretch(text, body="Direktionen"))] == ["Arbetsutskottet", "Direktionen"]


def test_a_full_line_goes_on() -> None:
    line = "Förbundet har under våren fört samtal om samverkan med Räddningstjänsten\n"
    named = [one.name for one in find(Stretch(line + "Sydkusten om larm", width=72))]
    assert named == ["Räddningstjänsten Sydkusten"]
    assert [one.name for one in find(Stretch("Skickas till Räddningstjänsten\nSydkusten", width=72))] == [
        "Räddningstjänsten"
    ]


def test_points_at_its_text() -> None:
    text = "Beslut av kommunstyrelsens arbetsutskott om Sundby Energi AB och\nkultur- och fritidsnämnden"
    spans = [found.span for found in find(Stretch(text, start=7))]
    assert [text[span.start - 7 : span.end - 7] for span in spans] == [
        "kommunstyrelsens arbetsutskott",
        "Sundby Energi AB",
        "kultur- och fritidsnämnden",
    ]


def test_a_name_over_broken_lines() -> None:
    text = "Frågan om nya bostäder har utretts länge av Sundby\nBostäder AB och av andra."
    assert [found.name for found in find(Stretch(text, width=56))] == ["Sundby Bostäder AB"]


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
