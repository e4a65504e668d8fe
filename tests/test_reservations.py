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
    ("Beslut\nPlanen antas.\n\nReservation\nMia Ek (S) och Bo Al (V) reserverade sig skriftligt mot beslutet.", [(("S", "V"), ("Mia Ek", "Bo Al"))], "reserverade skriftligt"),
    ("Reservationer\nS-gruppen reserverar sig mot beslutet till förmån för eget yrkande.", [(("S",), ())], "S-gruppen"),
    ("Reservation\nMia Ek (S)\nBo Al (V)\n\nSärskilt yttrande\nKim Dal (M)", [(("S", "V"), ("Mia Ek", "Bo Al"))], "names only and another heading"),
    ("Reservationer\nMot beslutet reserverar sig ledamöterna från M och KD.", [(("KD", "M"), ())], "ledamöterna från"),
    ("Reservationer\nMot beslutet reserverar sig samtliga ledamöter i Socialdemokraterna och Vänsterpartiet.", [(("S", "V"), ())], "samtliga"),
    ("Jäv\nMia Ek (S) anmäler jäv och deltar inte i beslutet.\n\nReservation\nBo Al (M) reserverar sig.", [(("M",), ("Bo Al",))], "jäv is none"),
    ("Blank reservation\nMia Ek (S) anmäler blank reservation.", [(("S",), ("Mia Ek",))], "blank reservation"),
    ("Reservation\nBo Al (M) lämnar en blank reservation.", [(("M",), ("Bo Al",))], "lämnar blank"),
    ("Beslutsgång\nOrdföranden finner att nämnden beslutar enligt förslaget.\n\nMia Ek (S), Bo Al (V) och Kim Dal (MP) reserverar sig till förmån för Mia Eks yrkande.", [(("MP", "S", "V"), ("Mia Ek", "Bo Al", "Kim Dal"))], "no heading"),
    ("Reservation\nMia Ek (S), Bo Al (S) och Kim Dal (V) reserverar sig mot beslutet med följande motivering:\n”Moderaterna (M) har fel. Per Ro (M) borde veta bättre.”", [(("S", "V"), ("Mia Ek", "Bo Al", "Kim Dal"))], "motivation names others"),
    ("Reservation\nReservation från Socialdemokraterna och Vänsterpartiet, bilaga 1.", [(("S", "V"), ())], "från, bilaga"),
    ("Reservation\nMia Ek reserverar sig mot beslutet.\nBo Al (M) reserverar sig mot beslutet.", [((), ("Mia Ek",)), (("M",), ("Bo Al",))], "two sentences"),
    ("Protokollsanteckning\nMia Ek (S) anmäler till protokollet att Socialdemokraterna står bakom reservationen i nämnden.", [], "note mentions reservation"),
    ("Särskilt yttrande\nMia Ek (S), till vilket Bo Al (M) ansluter sig, lämnar ett särskilt yttrande.", [], "särskilt yttrande"),
    ("Beslut\nNämnden antar planen.\nMot beslutet reserverade sig Mia Ek (S) och Bo Al (V).", [(("S", "V"), ("Mia Ek", "Bo Al"))], "mot beslutet reserverade sig"),
    ("Reservationer\nMia Ek (S) och Bo Al (S) anmäler reservation mot beslutet i punkt 2.", [(("S",), ("Mia Ek", "Bo Al"))], "anmäler"),
    ("Reservationer\nReservation anmäls av Mia Ek (S) samt Bo Al (V) mot beslutet.", [(("S", "V"), ("Mia Ek", "Bo Al"))], "anmäls av"),
    ("Reservationer\nSocialdemokraterna, Vänsterpartiet och Miljöpartiet de gröna reserverar sig mot beslutet.", [(("MP", "S", "V"), ())], "parties named"),
    ("Reservation\nSamtliga ledamöter från Socialdemokraterna samt Ulrika Garn (MP) reserverar sig mot beslutet.", [(("MP", "S"), ("Ulrika Garn",))], "parties and one person"),
    ("Ärendebeskrivning\nMia Ek (S) reserverade sig i arbetsutskottet.\nBeslut\nPlanen antas.", [], "in the committee"),
    ("Beslut\nKommunstyrelsen antar planen.\n\nInga reservationer anmäls.", [], "none"),
    ("Beslut\nKommunstyrelsen antar planen.\n\nReservationer\n-", [], "dash"),
    ("Reservation\nMia Ek (S) ges tillfälle att inkomma med skriftlig reservation. Reservationen ska vara sekreteraren tillhanda före justeringen.", [], "tillfälle - counts?"),
    ("Reservationer\nMia Ek (S) med instämmande av Bo Al (V) reserverar sig mot beslutet.", [(("S", "V"), ("Mia Ek", "Bo Al"))], "med instämmande"),
    ("Reservationer\nMia Ek (S) reserverar sig mot beslutet. Bo Al (V) instämmer i reservationen.", [(("S",), ("Mia Ek",)), (("V",), ("Bo Al",))], "instämmer i reservationen"),
    ("Reservationer\nMia Ek m.fl. (S) reserverar sig.", [(("S",), ("Mia Ek",))], "m.fl."),
    ("Reservation\nAvstår från att delta i beslutet\nMia Ek (S) deltar ej i beslutet.", [], "avstår heading"),
    ("Reservationer\nMia Ek, Bo Al och Kim Dal, samtliga (S), reserverar sig mot beslutet till förmån för Kim Dals yrkande.", [(("S",), ("Mia Ek", "Bo Al", "Kim Dal"))], "samtliga (S)"),
    ("Reservationer\nLedamöterna i S och V reserverar sig.", [(("S", "V"), ())], "ledamöterna i"),
    ("Reservationer\nHela M-gruppen och KD-gruppen reserverar sig muntligt.", [(("KD", "M"), ())], "groups"),
    ("Reservationer\nSundbypartiet (SUP) genom Kim Dal (SUP) reserverar sig.", [(("SUP",), ("Kim Dal",))], "genom"),
    ("Votering\nMed 7 ja-röster mot 6 nej-röster bifalls förslaget. Mia Ek (S), Bo Al (V) röstade nej och reserverar sig mot beslutet.", [(("S", "V"), ("Mia Ek", "Bo Al"))], "röstade nej och reserverar sig"),
    ("Siri Bok (V) och Allan Lane (UP) ville skjuta upp beslutet. De förlorade omröstningen och reserverade sig.", [(("UP", "V"), ("Siri Bok", "Allan Lane"))], "De ... reserverade sig"),
    ("Reservation mot beslutet\nMia Ek (S), Bo Al (V)", [(("S", "V"), ("Mia Ek", "Bo Al"))], "Reservation mot beslutet"),
    ("RESERVATION\nMia Ek (s) och Bo Al (v) reserverar sig mot beslutet", [(("S", "V"), ("Mia Ek", "Bo Al"))], "small letters"),
    ("Reservation\nMia Ek, S, och Bo Al, V, reserverar sig mot beslutet.", [(("S", "V"), ("Mia Ek", "Bo Al"))], "comma codes"),
    ("Reservation\nMot beslutet till förmån för eget förslag reserverade sig:\nMia Ek (S)\nBo Al (V)", [(("S", "V"), ("Mia Ek", "Bo Al"))], "colon list"),
    ("Reservation\nFöljande ledamöter reserverar sig mot beslutet:\n- Mia Ek (S)\n- Bo Al (V)", [(("S", "V"), ("Mia Ek", "Bo Al"))], "colon bullets"),
    ("Reservationer och särskilda yttranden\nMia Ek (S) reserverar sig. Bo Al (V) lämnar särskilt yttrande.", [(("S",), ("Mia Ek",))], "both in one heading"),
    ("Reservationer/Protokollsanteckningar\nMia Ek (S) lämnar protokollsanteckning.", [], "note in combined heading"),
    ("Beslut\n1. Planen antas.\n2. Nämnden reserverar 2 mnkr för oförutsett.", [], "money"),
    ("Kommunfullmäktige beslutar att hotellet reserveras för gäster. Mia Ek (S) reserverar hall A.", [], "reserves a hall"),
    ("Reservation\nAnders Berg (M), Bo Al (M) (skriftlig reservation, bilaga A)", [(("M",), ("Anders Berg", "Bo Al"))], "list with note"),
    ("Mia Ek (S) reserverar sig mot beslutet att inte återremittera ärendet till förmån för Bo Als (V) yrkande.", [(("S",), ("Mia Ek",))], "whose proposal"),
    ("Mot förmån för sitt eget yrkande reserverar sig Mia Ek (S).", [(("S",), ("Mia Ek",))], "late subject"),
    ("Till förmån för Bo Als (M) yrkande reserverar sig Mia Ek (S) och Kim Dal (V).", [(("S", "V"), ("Mia Ek", "Kim Dal"))], "till förmån first"),
    ("Mot beslutet och till förmån för Bo Als (M) yrkande reserverar sig Mia Ek (S).", [(("S",), ("Mia Ek",))], "mot beslutet och till förmån first"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_reservations(text: str, expected: Found, why: str) -> None:
    found = [(entry.parties, entry.people) for entry in reservations.find(paragraph(text + "\n"))]
    assert found == expected, why


def test_in_papers_that_decide_nothing_nobody_reserves() -> None:
    assert not list(reservations.find(paragraph("Anna Ek (S) reserverar sig.", kind="statement")))
