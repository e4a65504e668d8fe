"""Kind, municipality, body, date and title. Papers and people are invented; the municipalities are real."""

from __future__ import annotations

import pytest

from extractors import bodies, days, heading, kinds, lexicon, municipality
from extractors.identity import identify
from extractors.model import Municipality
from extractors.segment import segment
from extractors.text import Text

_SIGNS = "Justerandes sign\nUtdragsbestyrkande\n"
_ITEM = "\n§ {0}\nBidrag till kören\nBeslut\nNämnden beviljar kören 20 000 kronor.\n"


def _text(text: str, **beside: object) -> Text:
    return Text(text, (), "text", **beside)  # type: ignore[arg-type]


# text, kind, why
_KINDS = [
    (
        "Tekniska nämnden\nProtokoll\n2031-03-04\nParagrafer §§ 1-3\n" + "".join(map(_ITEM.format, (1, 2, 3))),
        "protocol",
        "all §§ of the cover",
    ),
    (
        "Tekniska nämnden\nProtokoll\n2031-03-04\nParagrafer §§ 1-30\n" + "".join(map(_ITEM.format, (1, 2, 3))),
        "protocol_extract",
        "three of thirty",
    ),
    (
        "Tekniska nämnden\nProtokoll\n2031-03-04\nParagrafer § 7\n" + _ITEM.format(7),
        "protocol_extract",
        "one §, with a cover",
    ),
    (
        "Nässjö kommun  PROTOKOLLSUTDRAG  1 (1)\nTekniska nämnden  2031-03-04\n" + _ITEM.format(7),
        "protocol_extract",
        "called so",
    ),
    ("Motion till kommunfullmäktige\nBygg en badplats\nJag yrkar att en badplats byggs.\nLiv Ek (S)", "motion", ""),
    (
        (
            "Bygg en badplats\n\nBarn vill bada.\n\nFörslag till beslut\n"
            "Vi föreslår att kommunfullmäktige beslutar\natt bygga den.\n\nLiv Ek (S)"
        ),
        "motion",
        "not called so",
    ),
    (
        (
            "Datum: 2031-03-04  Tekniska nämnden\nHandläggare: Liv Ek\nDiarienr: 2031.7 TEN\n"
            "Svar på motion om badplats\nÄrendebeskrivning\n"
        ),
        "statement",
        "answers a motion",
    ),
    ("Interpellation till nämndens ordförande om badplatser\nVar ska barnen bada?\nLiv Ek (S)", "interpellation", ""),
    ("Svar på interpellation av Liv Ek (S) om badplatser\nDe badar i Sjön.", "interpellation", "the answer"),
    ("KALLELSE\nTekniska nämnden\nSammanträde onsdagen den 4 mars 2031 kl. 17\n1. Val av justerare\n", "agenda", ""),
    ("Ny badplats öppnar\nPublicerad 4 mars 2031\nTekniska nämnden har beslutat att öppna en badplats.", "news", ""),
    ("Riktlinje för badplatser\nTyp av styrdokument: Riktlinje\nBeslutad av tekniska nämnden 2031-03-04", "other", ""),
    (
        (
            "Initiativärende\nTekniska nämnden, Nässjö kommun\n2031-03-04\nUtred en badplats\n"
            "Förslag till beslut\nNämnden utreder."
        ),
        "other",
        "no motion",
    ),
    ("", "other", "nothing"),
    (
        (
            "Kommunfullmäktige          Protokoll          2031-06-19\n\n"
            "§ 77 Medborgarförslag om en bro\nBeslut\nMedborgarförslaget avslås.\n\n"
            "§ 78 Svar på motion om en väg\nBeslut\nMotionen bifalls.\n"
        ),
        "protocol",
        "the heading of a § does not name the paper",
    ),
]


@pytest.mark.parametrize(("text", "kind", "why"), _KINDS)
def test_kinds(text: str, kind: str, why: str) -> None:
    assert kinds.find(_text(text), segment(text, (), None)) == kind


# text, code, why
_MUNICIPALITIES = [
    ("Nässjö kommun\nTekniska nämnden", "0682", "beside kommun"),
    ("KUNGSBACKA KOMMUN  SAMMANTRÄDESPROTOKOLL", "1384", "in capitals"),
    ("Göteborgs Stad Kommunstyrelsen, protokoll", "1480", "in the genitive, stad"),
    ("Till Örebros kommunfullmäktige", "1880", "a body with its place"),
    ("Storgatan 1\n571 80 Nässjö", "0682", "a postal address"),
    ("Frågor: badplats@nassjo.se", "0682", "an e-mail address"),
    ("Rinkeby-Kista stadsdelsnämnd beslutade", "0180", "a body that only one has"),
    ("Under socialnämnden Hisingens sammanträde fattades beslut", "1480", "another"),
    ("I Nässjö finns två badplatser. Nässjö har 30 000 invånare.", "0682", "the bare name"),
    ("Lilla Edets kommun", "1462", "a name of two words"),
    ("Handläggare: Karin Berg\nKarin Berg, chef", None, "a surname"),
    ("Tekniska nämnden har hälsat på i Borås Stad och Nässjö kommun", None, "two alike"),
    ("Tekniska nämnden\n2031-03-04", None, "none"),
]


@pytest.mark.parametrize(("text", "code", "why"), _MUNICIPALITIES)
def test_municipalities(text: str, code: str | None, why: str) -> None:
    found = municipality.find(_text(text))
    assert (found.code if found else None) == code


def test_the_table_of_municipalities_is_whole() -> None:
    table = lexicon.load("municipalities")
    assert len(table["codes"]) == len(set(table["codes"].values())) == 290
    assert {*table["districts"], *table["domains"].values()} <= set(table["codes"])
    assert set(table["shy"]["names"]) <= {*table["codes"].values()}


# line, body
_BODIES = [
    ("lKommunfullmäktige", "Kommunfullmäktige"),  # a stray letter of a logo
    ("NÄS SJÖ Kommunstyrelsen", "Kommunstyrelsen"),  # a logo read along with it
    ("Nämnden för teknik om revidering av taxan för", None),  # the heading of an item, broken over two lines
    ("Samhällsnämnden                   Datum", "Samhällsnämnden"),
    ("KOMMUNFULLMÄKTIGE          SAMMANTRÄDESPROTOKOLL", "Kommunfullmäktige"),
    ("Göteborgs Stad Kommunstyrelsen, protokoll", "Kommunstyrelsen"),
    ("Kommunstyrelsens arbetsutskott  2031-03-04", "Kommunstyrelsens arbetsutskott"),
    ("Miljö-, bygg- och räddningsnämnden 3 (14)", "Miljö-, bygg- och räddningsnämnden"),
    ("Nämnden för Kultur & Fritid", "Nämnden för Kultur & Fritid"),
    ("Beteckning: 2031.214 SN Socialnämnden", "Socialnämnden"),
    ("Till Rinkeby-Kista stadsdelsnämnd", "Rinkeby-Kista stadsdelsnämnd"),
    ("Socialnämnden Hisingen", "Socialnämnden Hisingen"),
    ("Kommunstyrelsen, Nässjö kommun", "Kommunstyrelsen"),
    ("Socialutskottet i Nässjö kommun", "Socialutskottet"),
    ("Länsstyrelsen", None),
    ("Kommunstyrelsen för beredning", None),
    ("Kommunstyrelsen beslutar", None),
    ("NÄMNDEN FÖR TEKNIK OCH SERVICE", "NÄMNDEN FÖR TEKNIK OCH SERVICE".capitalize()),
    ("Nämnden för teknik och service beslutar", None),
    ("Nämnden för teknik och services behandling", None),
    ("Årsredovisning för tekniska nämnden", None),
]


@pytest.mark.parametrize(("line", "body"), _BODIES)
def test_names_of_bodies(line: str, body: str | None) -> None:
    assert bodies.named(line) == body


# text, body, date, title, why
_PAPERS = [
    (
        "".join(
            f"§ {number} Ärendenummer KS-2031-0{number}\n\nEn bro vid ån\nBeslut\n\n"
            "Kommunstyrelsen tillstyrker förslaget.\n\n"
            "Handlingar\n\nNämnden för teknik om revidering av taxan för\nbroar.\n\n"
            for number in (246, 247, 248)
        ),
        "Kommunstyrelsen",
        None,
        "Kommunstyrelsen",
        "minutes without a head: who decides in the §§",
    ),
    (
        (
            "Motion till kommunfullmäktige i Lidevad\nInk 2031 -10- 07\n\nLåt banan bli cykelväg\n\n"
            "Vi föreslår att banan byggs om."
        ),
        "Kommunfullmäktige",
        "2031-10-07",
        "Låt banan bli cykelväg",
        "a stamp with blanks in the day",
    ),
    (
        (
            "Lidevads kommun      2031-03-02\nTJÄNSTESKRIVELSE\nTekniska nämnden\n\nNy cykelbana\n\n"
            "Förslag till beslut\nPlanen antas."
        ),
        "Tekniska nämnden",
        "2031-03-02",
        "Ny cykelbana",
        "the day beside the municipality",
    ),
    (
        (
            "Enkel fråga enligt arbetsordningen § 33\nTill Bo Ek (S)\n2031-05-06\n\nNär öppnar badet?\n\n"
            "Badet stängdes i fjol."
        ),
        "Kommunfullmäktige",
        "2031-05-06",
        "När öppnar badet?",
        "by which rule a question is put is no heading",
    ),
    (
        "Kommunstyrelsens\narbetsutskott\nProtokoll\n2031-03-04\n" + _SIGNS + _ITEM.format(7),
        "Kommunstyrelsens arbetsutskott",
        "2031-03-04",
        "Kommunstyrelsens arbetsutskott 2031-03-04",
        "the name over two lines",
    ),
    (
        "ANSLAG/BEVIS\nBeslutande organ: Tekniska nämnden\nSammanträdesdatum: 2031-03-04\nAnslås: 2031-03-09\n"
        + _SIGNS
        + _ITEM.format(7),
        "Tekniska nämnden",
        "2031-03-04",
        "Tekniska nämnden 2031-03-04",
        "a notice",
    ),
    (
        "Handläggare\nLiv Ek\n\nTill\nTekniska nämnden\n2031-03-04\n\nNy badplats vid\nSjön\n\nFörslag till beslut.",
        "Tekniska nämnden",
        "2031-03-04",
        "Ny badplats vid Sjön",
        "a statement",
    ),
    (
        (
            "Tjänsteskrivelse\nDnr TEN 2031/7\nNy badplats\nFörslag till beslut\n"
            "Tekniska nämnden föreslår kommunfullmäktige besluta\natt bygga."
        ),
        "Tekniska nämnden",
        None,
        "Ny badplats",
        "the body only in the proposal",
    ),
    (
        (
            "Nyheter\n\nBadplats öppnar\n\nPublicerad 4 mars 2031\n\n"
            "Under tekniska nämndens sammanträde den 2 mars fattades beslut."
        ),
        "Tekniska nämnden",
        "2031-03-04",
        "Badplats öppnar",
        "published, not decided",
    ),
    (
        "Motion till kommunfullmäktige i Nässjö kommun\n\nNässjö den 4 mars 2031\n\nFler badplatser\n\nMånga badar.",
        "Kommunfullmäktige",
        "2031-03-04",
        "Fler badplatser",
        "a motion, with the municipality behind the council and a place before the day",
    ),
    (
        (
            "INTERPELLATION\n\nTill nämndens ordförande Liv Ek (S)\n\nNässjö kommunfullmäktige 2031-03-04\n\n"
            "Var ska barnen bada?\n\nBadplatsen är stängd.\n"
        ),
        "Kommunfullmäktige",
        "2031-03-04",
        "Var ska barnen bada?",
        "whom it is put to is no heading",
    ),
    (
        (
            "Nässjö kommun\nSamhällsbyggnadssektorn                TJÄNSTESKRIVELSE\n"
            "Handläggare: Liv Ek, ingenjör          Datum 2031-03-04\n\n"
            "Tekniska nämnden\n\nNy badplats\n\nFörslag till beslut\n"
        ),
        "Tekniska nämnden",
        "2031-03-04",
        "Ny badplats",
        "a sector, the kind and the day at the right of a line",
    ),
    (
        "KALLELSE\nTekniska nämnden kallas till sammanträde\n\nTid: onsdagen den 4 mars 2031 kl. 13.15\n1. Upprop\n",
        "Tekniska nämnden",
        "2031-03-04",
        "Tekniska nämnden 2031-03-04",
        "who is called",
    ),
    (
        "Publicerad 4 mars 2031\nBadplatsen är populär\nTekniska nämnden ställer sig helt bakom badet, säger Liv Ek.",
        None,
        "2031-03-04",
        "Badplatsen är populär",
        "nobody decides",
    ),
    (
        "KALLELSE\nUpprättad\n2031-02-25\nTekniska nämnden\nSammanträde onsdagen den 4 mars 2031 kl. 17",
        "Tekniska nämnden",
        "2031-03-04",
        "Tekniska nämnden 2031-03-04",
        "a summons bears the day of the meeting",
    ),
    (
        (
            "Älvpartiet\nför hela bygden\nInk. 2031-05-09\nTill kommunfullmäktige\n8 maj 2031\n\n"
            "MOTION\nLåt badet ha\nöppet\n\nVi yrkar att badet har öppet."
        ),
        "Kommunfullmäktige",
        "2031-05-08",
        "Låt badet ha öppet",
        "a party's motto above, and the day it came in",
    ),
    (
        (
            "Lidevads kommun\n\nTekniska kontoret  Datum: 2031-05-09\nLiv Ek, parkchef  Dnr: TN 2031-7\n"
            "0999-12 34 00  Till: Tekniska nämnden\n\nTjänsteskrivelse\nNya bänkar i parken\n\n"
            "Förslag till beslut\nTekniska nämnden beslutar\n• att köpa bänkar"
        ),
        "Tekniska nämnden",
        "2031-05-09",
        "Nya bänkar i parken",
        "a form's head in two columns",
    ),
    (
        (
            "Lidevads kommun  1(2)\n\nHandläggare  2031-05-09\nLiv Ek, parkchef\nDatum\n\n"
            "Mottagare\nTekniska nämnden\n\nNya bänkar\n\nFörslag till beslut\nBänkar köps."
        ),
        "Tekniska nämnden",
        "2031-05-09",
        "Nya bänkar",
        "the day stands above its label",
    ),
    (
        (
            "Lidevads kommun\n\nTJÄNSTESKRIVELSE\n\n2031-05-09\n\nKommunstyrelsens förvaltning\n\n"
            "Svar på granskning av bron\n\nFörslag till beslut\n\n"
            "Ledningsutskottet föreslår att kommunstyrelsen beslutar\natt överlämna svaret."
        ),
        "Kommunstyrelsen",
        "2031-05-09",
        "Svar på granskning av bron",
        "a committee prepares what the board decides",
    ),
    (
        (
            "Publicerad 4 mars 2031\nJa till bron\n\nDet blir som tekniska nämnden vill.\n\n"
            "Nämnden beslutade att godkänna ritningen."
        ),
        "Tekniska nämnden",
        "2031-03-04",
        "Ja till bron",
        "named before, and then only called the board",
    ),
    (
        "Publicerad 4 mars 2031\nMer till skolan\n\nKommunfullmäktige sade i måndags ja till budgeten.",
        "Kommunfullmäktige",
        "2031-03-04",
        "Mer till skolan",
        "said yes, with a day between",
    ),
    (
        "Lidevads kommun    Motion\n\nMotion om en badplats\n\nJag yrkar att en badplats byggs.\nLiv Ek (S)",
        "Kommunfullmäktige",
        None,
        "Motion om en badplats",
        "a running head of municipality and kind is no title",
    ),
]


@pytest.mark.parametrize(("text", "body", "date", "title", "why"), _PAPERS, ids=[row[4] for row in _PAPERS])
def test_papers(text: str, body: str | None, date: str | None, title: str | None, why: str) -> None:
    told = identify(_text(text), segment(text, (), None))
    assert (told.body, told.date, told.title) == (body, date, title)


def test_margins_and_front_matter_tell_too() -> None:
    text = _text("§ 7\nVal", head="Nässjö kommun\nTekniska nämnden\n2031-03-04", furniture=("Nässjö kommun",))
    assert (municipality.find(text), bodies.of_minutes(text), days.meeting(text)) == (
        Municipality("0682", "Nässjö"), "Tekniska nämnden", "2031-03-04",
    )  # fmt: skip
    assert days.meeting(_text("§ 7\nVal den 3 maj 2031", meta={"datum": "2031-03-04"})) == "2031-03-04"
    assert days.meeting(_text("§ 7\nVal den 3 maj 2031")) is None


def test_a_page_has_its_own_title() -> None:
    page = Text("Meny\nBadplats öppnar\nIdag", (), "html", {"title": "Badplats öppnar - Nässjö kommun"})
    assert heading.find(page) == "Badplats öppnar"
