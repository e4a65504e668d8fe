"""What a body decided in a §: (text, outcome) in order. Invented papers in the ways that municipalities write them."""

import pytest

from extractors import decisions
from tests.decisions_of_minutes import CASES as MORE
from tests.given import paragraph

CASES = {
    "what the body decides for itself follows in the same list, and the heading of the adjustment right below": (
        "Kulturnämnden",
        """§ 57 Taxa för kulturskolan

Beslut
Kulturnämnden föreslår kommunfullmäktige att
– anta taxan,
– upphäva den tidigare från den 1 augusti 2031.
För egen del beslutar nämnden att
– uppdra åt kulturchefen att se över avgiften.
Omedelbar justering
Paragrafen förklaras omedelbart justerad.
""",
        [
            ("anta taxan", "recommended"),
            ("upphäva den tidigare från den 1 augusti 2031.", "recommended"),
            ("uppdra åt kulturchefen att se över avgiften.", "assigned"),
            ("Paragrafen förklaras omedelbart justerad.", "other"),
        ],
    ),
    "numbers in a column before att": (
        "Miljönämnden",
        """§ 68 Avlopp på Hällan 2:41

Beslut
Miljönämnden beslutar
1  att förbjuda utsläpp från den 1 oktober
2031,
2  att ta ut en avgift om 3 390 kronor, samt
3  att avslå begäran om anstånd.
""",
        [
            ("att förbjuda utsläpp från den 1 oktober 2031", "other"),
            ("att ta ut en avgift om 3 390 kronor", "other"),
            ("att avslå begäran om anstånd.", "rejected"),
        ],
    ),
    "two att in a sentence, and a sentence of its own below att-satser": (
        "Kommunfullmäktige",
        """§ 26 Borgen

Beslut
Kommunfullmäktige beslutar att ingå borgen för Hamnen AB:s lån, samt att en borgensavgift om 0,3 procent tas ut.

§ 27 Fyllnadsval

Kommunfullmäktiges beslut
att till ledamot i kulturnämnden välja Rut Sand (M).

Valet gäller till och med den 31 december 2034.
""",
        [
            ("Kommunfullmäktige beslutar att ingå borgen för Hamnen AB:s lån", "other"),
            ("att en borgensavgift om 0,3 procent tas ut.", "other"),
            ("att till ledamot i kulturnämnden välja Rut Sand (M).", "elected"),
            ("Valet gäller till och med den 31 december 2034.", "other"),
        ],
    ),
    "a verdict of one word, without any heading": (
        "Kulturnämnden",
        """§ 79. Stipendiater 2031

Dnr: KUN 2031-48

Utgår.
""",
        [("Utgår.", "tabled")],
    ),
    "the board proposes to the council on a line of its own, below a committee's proposal with the same words": (
        "Kommunstyrelsen",
        """§ 18 Torgtaxa
Ärendet i sammandrag
Taxan är gammal.

Tekniska nämndens förslag till beslut
att anta taxan,
att upphäva den förra.

Kommunstyrelsen föreslår kommunfullmäktige besluta
att anta taxan,
att upphäva den förra.
""",
        [("att anta taxan", "recommended"), ("att upphäva den förra.", "recommended")],
    ),
    "the heading in a narrow margin, over two lines": (
        "Direktionen",
        """§ 41
Delårsrapport 2031

Ekonomen går igenom rapporten.

Direktionens
beslut
att godkänna rapporten, samt

att överlämna den till medlemmarnas fullmäktige.
""",
        [("att godkänna rapporten", "approved"), ("att överlämna den till medlemmarnas fullmäktige.", "referred")],
    ),
    "what is only filed, without any heading": (
        "Kulturnämnden",
        """§ 60 Rapporter
Följande läggs till handlingarna: a) anmälan om buller i simhallen, b) skrivelse om promenadstråk.
""",
        [
            (
                "Följande läggs till handlingarna: a) anmälan om buller i simhallen, b) skrivelse om promenadstråk.",
                "noted",
            )
        ],
    ),
    "att-satser in one running sentence below its lead-in": (
        "Byggnadsnämnden",
        """§ 95 Bygglov för tillbyggnad

Nämnden beslutade
att bevilja bygglov, att avgiften är 36 400 kronor samt att lovet gäller i fem år.

Pia Qvist (MP) deltog inte i beslutet.
""",
        [
            ("att bevilja bygglov", "granted"),
            ("att avgiften är 36 400 kronor", "other"),
            ("att lovet gäller i fem år.", "other"),
        ],
    ),
    "the body decides on a line of its own, below other sections and no heading Beslut": (
        "Byggnadsnämnden",
        """§ 96 Detaljplan för Ekbacken
Ärendebeskrivning
Planen omfattar 3 hektar.
Förslag till beslut
Kontoret föreslår nämnden besluta
att sända ut planen på samråd.
Beslutsgång
Ordföranden ställer proposition på förslaget och finner att nämnden bifaller det.

Byggnadsnämnden beslutar
att sända ut planen på samråd.
Reservation
Pia Qvist (MP) reserverar sig.
""",
        [("att sända ut planen på samråd.", "referred")],
    ),
    "points under a numbered lead-in to another body, and one after them": (
        "Kommunstyrelsen",
        """§ 97 Bibliotek
Beslut
1. Återremissyrkandet avslås.
2. Kommunstyrelsen tillstyrker att kommunfullmäktige beslutar
   a) att godkänna ombyggnaden
3. Kontoret får i uppdrag att ta fram en tidplan.
Ärendet föredras av Pia Qvist (MP).
""",
        [
            ("Återremissyrkandet avslås.", "rejected"),
            ("att godkänna ombyggnaden", "recommended"),
            ("Kontoret får i uppdrag att ta fram en tidplan. Ärendet föredras av Pia Qvist (MP).", "assigned"),
        ],
    ),
    "elections without a heading": (
        "Valnämnden",
        "§ 3 Val\nTill ombud vid länets konferens väljs Rolf Dahl (M).\n",
        [("Till ombud vid länets konferens väljs Rolf Dahl (M).", "elected")],
    ),
    "who approves the minutes, without a heading": (
        "Valnämnden",
        "§ 1 Val av justerare\nÅke Sund (C) och Mia Rask (V) utses att justera protokollet.\n",
        [("Åke Sund (C) och Mia Rask (V) utses att justera protokollet.", "elected")],
    ),
    "the body decides without a heading, below somebody's proposal": (
        "Kultur- och fritidsutskottet",
        """§ 5 Taxa
Förvaltningschefens förslag till beslut
att höja taxan med 10 procent.

Utskottet beslutar enhälligt
att återremittera ärendet
""",
        [("att återremittera ärendet", "remanded")],
    ),
    "the lead-in to another body ends with a full stop, and one thing is its own": (
        "Kommunstyrelsen",
        """§ 66 Investeringar
Kommunstyrelsens beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta följande.

1. Investeringsbudgeten antas.

2. Chefen bemyndigas att ta upp lån.

Kommunstyrelsen beslutar dessutom att påbörja projekteringen.
""",
        [
            ("Investeringsbudgeten antas.", "recommended"),
            ("Chefen bemyndigas att ta upp lån.", "recommended"),
            ("Kommunstyrelsen beslutar dessutom att påbörja projekteringen.", "other"),
        ],
    ),
    "a body of several words, numbers before wide gaps": (
        "Nämnden för teknik och service",
        """§ 22 Upphandling
Nämnden för teknik och service beslutar
1       att godkänna underlaget
2       att ge chefen delegation att
        teckna avtal
Sammanfattning
Avtalet löper ut.
Nämnden för teknik och services behandling
Rut Sand (M) yrkar avslag.
""",
        [("att godkänna underlaget", "approved"), ("att ge chefen delegation att teckna avtal", "other")],
    ),
    "matters are passed on without a heading": (
        "Utbildningsnämndens arbetsutskott",
        "§ 52 Ärenden\n1. Budget\n2. Rapport\n\nArbetsutskottet lämnar ärendena vidare till nämnden.\n",
        [("Arbetsutskottet lämnar ärendena vidare till nämnden.", "referred")],
    ),
    "a verdict below a head with its case number": (
        "Socialutskottet",
        "SU § 34 Svar till revisorerna                        SN 2031-00088\n\nÄrendet utgår.\n",
        [("Ärendet utgår.", "tabled")],
    ),
    "a committee decides to propose to its board": (
        "Socialutskottet",
        """SU § 32 Statsbidrag
Förvaltningens förslag
Socialutskottet föreslår att socialnämnden beslutar:
– att söka statsbidraget.

Socialutskottet beslutar föreslå socialnämnden:
– att söka statsbidraget.
""",
        [("att söka statsbidraget.", "recommended")],
    ),
    "a summary of the decision stands above it": (
        "Skolnämnden",
        """§ 98 Lovskola
Beslut i korthet
Nämnden anslår 300 000 kronor till lovskola.
Beslut
Skolnämnden anslår 300 000 kronor ur sin reserv till lovskola sommaren 2031.
""",
        [("Skolnämnden anslår 300 000 kronor ur sin reserv till lovskola sommaren 2031.", "granted")],
    ),
    "declared adjusted at once, below the documents": (
        "Kommunfullmäktige",
        """§ 99 Val
Beslut
Rut Sand (M) väljs till ombud.
Handling
2031 nr 4.
Justering
Protokollet under denna paragraf förklaras omedelbart justerat.
Protokollsutdrag skickas till
Rut Sand
""",
        [
            ("Rut Sand (M) väljs till ombud.", "elected"),
            ("Protokollet under denna paragraf förklaras omedelbart justerat.", "other"),
        ],
    ),
    "points in the cells of a table": (
        "Byggnadsnämnden",
        "§ 100 Bygglov\nBeslut\nNr\tBeslut\n1\tBygglov beviljas.\n2\tAvgiften är 28 400 kronor.\n",
        [("Bygglov beviljas.", "granted"), ("Avgiften är 28 400 kronor.", "other")],
    ),
    "a lead-in to another body broken over two lines": (
        "Socialnämnden",
        """§ 101 Riktlinjer
Socialnämndens beslut
Nämnden föreslår kommunfullmäktige
besluta
att anta riktlinjerna
""",
        [("att anta riktlinjerna", "recommended")],
    ),
    "a body of two words acts under no heading": (
        "Tekniska nämnden",
        "§ 1 Dagordning\nTekniska nämnden godkänner dagordningen.\n",
        [("Tekniska nämnden godkänner dagordningen.", "approved")],
    ),
    "a body elects under no heading": (
        "Kommunstyrelsen",
        "§ 1 Val av justerare\nKommunstyrelsen utser Pia Qvist (MP) att justera protokollet.\n",
        [("Kommunstyrelsen utser Pia Qvist (MP) att justera protokollet.", "elected")],
    ),
    "one att-sats with another inside is one": (
        "Byggnadsnämnden",
        """§ 95 Tillsyn
Beslut
Nämnden beslutar
att uppdra åt förvaltningen att se över avgiften, och att återkomma i maj.
""",
        [("att uppdra åt förvaltningen att se över avgiften, och att återkomma i maj.", "assigned")],
    ),
}


@pytest.mark.parametrize(("body", "text", "expected"), (CASES | MORE).values(), ids=CASES | MORE)
def test_decisions(body: str, text: str, expected: list[tuple[str, str]]) -> None:
    stretch = paragraph(text, body)
    found = list(decisions.find(stretch))
    assert [(decision.text, decision.outcome) for decision in found] == expected
    for decision in found:
        assert " ".join(text[decision.span.start : decision.span.end].split()) == decision.text
        assert decision.body == body


@pytest.mark.parametrize("kind", ["statement", "motion", "agenda", "interpellation", "other"])
def test_papers_of_other_kinds_decide_nothing(kind: str) -> None:
    assert not list(decisions.find(paragraph("Förslag till beslut\nPlanen antas.\nBeslut\nPlanen antas.\n", kind=kind)))
