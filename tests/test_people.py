"""People in office: one long table of our own sentences and rosters, invented names, each row with its reason."""
# ruff: noqa: E501 - the rows of the tables are whole lists of minutes

from __future__ import annotations

import pytest

from extractors.model import Stretch
from extractors.people import find

POLITICIANS = [
    ("Nora Alamaki (V) yttrar sig", [("Nora Alamaki", "V")], "name and code"),
    ("Mia Ek (S), Bo Berg (M) och Åsa Lind (KD)", [("Mia Ek", "S"), ("Bo Berg", "M"), ("Åsa Lind", "KD")], "a list"),
    ("Mia Ek (sd)", [("Mia Ek", "SD")], "small letters of older papers"),
    ("Mia Ek (-) och Bo Berg (–)", [("Mia Ek", "-"), ("Bo Berg", "-")], "without party"),
    ("yrkar Per-Olof Ek-Berg (C)", [("Per-Olof Ek-Berg", "C")], "hyphens"),
    ("av Anna von Essen (M)", [("Anna von Essen", "M")], "a particle"),
    ("av Carl af Geijer (M)", [("Carl af Geijer", "M")], "a particle"),
    ("av J. A. Berg (S)", [("J. A. Berg", "S")], "initials"),
    ("av Maria B Ek (S)", [("Maria B Ek", "S")], "an initial inside"),
    ("av Hans TO Ek (S)", [("Hans TO Ek", "S")], "capitals inside"),
    ("av AnnaKarin Ek (S)", [("AnnaKarin Ek", "S")], "a capital inside"),
    ("av Lovely Rose Okello (S)", [("Lovely Rose Okello", "S")], "a name no list knows"),
    ("skrivelse från Nils Thor m.fl. (V)", [("Nils Thor", "V")], "and others"),
    ("skrivelse från Nils Thor med flera (V)", [("Nils Thor", "V")], "and others"),
    ("Mia Eks (S) yrkande", [("Mia Ek", "S")], "genitive before what she owns"),
    ("Simone Tuvessons (L) ledarskap", [("Simone Tuvesson", "L")], "genitive -ssons"),
    ("Bo Lunds (M) och Mia Eks (S) förslag", [("Bo Lund", "M"), ("Mia Ek", "S")], "two genitives"),
    ("Mia Ek (S) ... Mia Eks (S) svar", [("Mia Ek", "S"), ("Mia Ek", "S")], "genitive of a name that is told"),
    ("Emmy Hagfors (C) yrkande", [("Emmy Hagfors", "C")], "a name with its own s"),
    ("Linus Fabrius (S) yrkar bifall", [("Linus Fabrius", "S")], "a name with its own s"),
    (
        "(M), Bo Ek (M) och Vera\nAlm Bona (M)",
        [("Bo Ek", "M"), ("Vera Alm Bona", "M")],
        "broken over lines",
    ),
    ("yrkar Birgit \nBirgersson (S)", [("Birgit Birgersson", "S")], "broken over lines"),
    ("yrkar Rut Lund \n(KD)", [("Rut Lund", "KD")], "the code on the next line"),
    ("motion av Lis Sundén- Ek (D)", [("Lis Sundén-Ek", "D")], "a hyphen and a blank"),
    ("Mia Ek (S)\nBo Berg (M)\nÅsa Lind (V)", [("Mia Ek", "S"), ("Bo Berg", "M"), ("Åsa Lind", "V")], "a roster"),
    (
        "Ek Mia\nMia Ek     S    4-9\nBo Berg    KD\nÅsa Lind   V    4-7\n",
        [("Mia Ek", "S"), ("Bo Berg", "KD"), ("Åsa Lind", "V")],
        "codes in a column",
    ),
    (
        "Mia Ek          Bo Berg\ngruppledare (C)   ledamot (C)",
        [("Mia Ek", "C"), ("Bo Berg", "C")],
        "roles below the names",
    ),
    (
        "Mia Ek (S), ordf.\nBo Berg (FNH)\nÅsa Lind (V)",
        [("Mia Ek", "S"), ("Bo Berg", "FNH"), ("Åsa Lind", "V")],
        "a code that its neighbours tell",
    ),
    ("Beslutande Mia Ek (S)", [("Mia Ek", "S")], "a heading before"),
    ("Anna Ström\nBo Berg (M)", [("Bo Berg", "M")], "the line above is another's"),
    ("Plats: Rådhuset, Sundby\nMia Ek (S)", [("Mia Ek", "S")], "the line above is a place"),
    ("Yrkanden\nMia Ek (S)", [("Mia Ek", "S")], "a section's heading above"),
    ("Sammanfattning Mia Ek (S) föreslår", [("Mia Ek", "S")], "a section's heading on the line"),
    ("Mia Ek (M)       Bo Berg (SD)", [("Mia Ek", "M"), ("Bo Berg", "SD")], "two columns"),
    ("X Mia Sol Ek (M)", [("Mia Sol Ek", "M")], "a cross in a list of votes"),
    (
        "Bo Ek (M) för Karin\nMia Berg (C), 1:e vice ordförande Lind (M)",
        [("Bo Ek", "M"), ("Mia Berg", "C"), ("Karin Lind", "M")],
        "a name broken in the second of two columns",
    ),
    ("Mia Ek (S) tjänstgör för Bo Berg (S)", [("Mia Ek", "S"), ("Bo Berg", "S")], "who serves for whom"),
    (
        "Motion av Mia Ek, Bo Berg och Åsa Lind (S)",
        [("Mia Ek", "S"), ("Bo Berg", "S"), ("Åsa Lind", "S")],
        "one code for all",
    ),
    ("Mia Ek och Bo Berg (båda C)", [("Mia Ek", "C"), ("Bo Berg", "C")], "both"),
    ("Mia Ek och Bo Berg, båda (C)", [("Mia Ek", "C"), ("Bo Berg", "C")], "both"),
    ("Därefter yrkar Mia Ek och Bo Berg (S) bifall", [("Bo Berg", "S")], "not clearly hers too"),
    ("Mia Ek (ÖrP)", [("Mia Ek", "ÖrP")], "a local party"),
    (
        "Mia Ek (FNH)\nBo Berg (FNH)\nÅsa Lind (S)",
        [("Mia Ek", "FNH"), ("Bo Berg", "FNH"), ("Åsa Lind", "S")],
        "the roster tells",
    ),
    ("Inga Sandén (L) ... Inga Sanden (L)", [("Inga Sandén", "L")] * 2, "two spellings are one"),
    ("Anna Ek (S) ... Anna Ek (SD)", [("Anna Ek", "S"), ("Anna Ek", "SD")], "namesakes are two"),
    ("Mia Ek, ordförande (S)", [("Mia Ek", "S")], "the role between"),
    ("Mia Ek (S, ordförande)", [("Mia Ek", "S")], "the role in the bracket"),
]

# How rosters, signatures and sentences print parties; the text, who, the paper's kind, why.
PRINTED = [
    ("Beslutande\nBo Andersson, S, ordförande\nMia Ek, M\nÅsa Lind, V", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V")], "protocol", "party after comma"),
    ("Närvarande ledamöter\nBo Andersson S\nMia Ek M\nÅsa Lind V\nKim Dal SD", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V"), ("Kim Dal", "SD")], "protocol", "party bare at end"),
    ("Ledamöter\nS Bo Andersson\nM Mia Ek\nV Åsa Lind", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V")], "protocol", "party first"),
    ("Ledamöter\n(S) Bo Andersson\n(M) Mia Ek\n(V) Åsa Lind", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V")], "protocol", "party first in brackets"),
    ("Ledamot  Parti  Närvarande\nBo Andersson  S  Ja\nMia Ek  M  Ja\nÅsa Lind  FNL  Nej", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "FNL")], "protocol", "columns, unknown code under Parti"),
    ("Ledamot\tParti\tNärvarande\nBo Andersson\tS\tJa\nMia Ek\tM\tJa\nÅsa Lind\tFNL\tNej", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "FNL")], "protocol", "tabs"),
    ("Parti  Ledamot  Ersättare\nS  Bo Andersson  Kim Dal\nM  Mia Ek  Per Ro\nV  Åsa Lind  Eva Dun", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V"), ("Kim Dal", "S"), ("Per Ro", "M"), ("Eva Dun", "V")], "protocol", "party column first with two names"),
    ("ANDERSSON, Bo (S)\nEK, Mia (M)\nLIND, Åsa (V)", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V")], "protocol", "capital surnames"),
    ("Andersson, Bo (S)\nEk, Mia (M)\nLind, Åsa (V)", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V")], "protocol", "surname first"),
    ("Bo ANDERSSON (S)\nMia EK (M)", [("Bo ANDERSSON", "S"), ("Mia EK", "M")], "protocol", "capital surnames last"),
    ("Bo Andersson (S) ordf.\nMia Ek (M) 1:e v. ordf.\nÅsa Lind (V) 2:e vice ordförande", [("Bo Andersson", "S"), ("Mia Ek", "M"), ("Åsa Lind", "V")], "protocol", "ordf. abbreviations"),
    ("Tjänstgörande ersättare\nKim Dal (S) → Bo Andersson (S)\nPer Ro (M) för Mia Ek (M)", [("Kim Dal", "S"), ("Bo Andersson", "S"), ("Per Ro", "M"), ("Mia Ek", "M")], "protocol", "arrows"),
    ("Kim Dal (S) tjänstgör för Bo Andersson (S) §§ 40–47, kl. 13.00–15.10", [("Kim Dal", "S"), ("Bo Andersson", "S")], "protocol", "§ range and clock"),
    ("Kim Dal (S), kl. 13.00–15.10, §§ 1–9\nPer Ro (M), §§ 3-9", [("Kim Dal", "S"), ("Per Ro", "M")], "protocol", "clock"),
    ("Ordförande\nBo Andersson (S)\n\nVice ordförande\nMia Ek (M)", [("Bo Andersson", "S"), ("Mia Ek", "M")], "protocol", "role on its own line above"),
    ("Henrik Ås (S), vice ordförande\nEva Dun (V)", [("Henrik Ås", "S"), ("Eva Dun", "V")], "protocol", "role of the line above is not the next one's"),
    ("Niklas Torén m.fl. (V) yrkar bifall.", [("Niklas Torén", "V")], "protocol", "m.fl."),
    ("Mia Ek, Bo Al och Åsa Lind (alla S) har lämnat en motion.", [("Mia Ek", "S"), ("Bo Al", "S"), ("Åsa Lind", "S")], "protocol", "alla"),
    ("Motion från Mia Ek och Bo Al (S) om lekplatser", [("Mia Ek", "S"), ("Bo Al", "S")], "protocol", "från A och B (S)"),
    ("Gruppledare Mia Ek, Sverigedemokraterna i Sundby", [("Mia Ek", "SD")], "protocol", "party name after comma"),
    ("Mia Ek, Socialdemokraterna\nBo Al, Moderaterna", [("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "party name after comma, list"),
    ("Mia Ek (Socialdemokraterna) och Bo Al (Sundbypartiet) yrkar bifall.", [("Mia Ek", "S")], "protocol", "party name in brackets"),
    ("För Moderaterna i Sundby\nMia Ek\nBo Al", [("Mia Ek", "M"), ("Bo Al", "M")], "motion", "signature under party group"),
    ("Sundby den 4 maj 2031\n\nMia Ek\nVänsterpartiet i Sundby", [("Mia Ek", "V")], "motion", "party below name"),
    ("Mia Eks (S) yrkande och Anders Ås (M) tilläggsyrkande.", [("Mia Ek", "S"), ("Anders Ås", "M")], "protocol", "genitives"),
    ("Sundbypartiet (SUP) yrkar avslag.\nYrkande från Kim Dal (SUP).", [("Kim Dal", "SUP")], "protocol", "party name (CODE)"),
    ("Kim Dal (MD) och Mjölkdemokraterna ville vänta.", [("Kim Dal", "MD")], "news", "initials of a party named in words"),
    ("Kim Dal (lp), Mia Ek (s), Bo Al (m), Åsa Lind (fjp)", [("Kim Dal", "LP"), ("Mia Ek", "S"), ("Bo Al", "M"), ("Åsa Lind", "FJP")], "protocol", "small letters"),
    ("Kim Dal (SUP), ordförande, Mia Ek (S) och Bo Al (M)", [("Kim Dal", "SUP"), ("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "first in a list"),
    ("Roland Ek (ÖP)          Tyra Al (MP)", [("Roland Ek", "ÖP"), ("Tyra Al", "MP")], "motion", "two signatures"),
    ("enligt 5 kap. (S) och Plan- och bygglagen (PBL), Anna Ek (S)", [("Anna Ek", "S")], "protocol", "law"),
    ("Kommunstyrelsens ordförande Mia Ek (S) och oppositionsrådet Bo Al (M)", [("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "roles before"),
    ("Mia Ek (S) (§§ 1-5), Bo Al (M) (närvarar digitalt)", [("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "bracket after"),
    ("Mia Ek(S), Bo Al(M)", [("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "glued"),
    ("Mia Ek ( S ), Bo Al ( M )", [("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "spaced"),
    ("Mia Ek [S], Bo Al [M]", [("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "square brackets"),
    ("Dag Hammar (S) och Maj Berg (M)", [("Dag Hammar", "S"), ("Maj Berg", "M")], "protocol", "names that are words"),
    ("Mia Ek (S), ersättare för Bo Al (S)\nJonas Nyh (L)", [("Mia Ek", "S"), ("Bo Al", "S"), ("Jonas Nyh", "L")], "protocol", "surname Ny"),
    ("Ej närvarande: Mia Ek (S), Bo Al (M)", [("Mia Ek", "S"), ("Bo Al", "M")], "protocol", "absent"),
    ("Mia Ek (S) frågar. Kanslichefen svarar. Chef för kansliet, Bo Ek, svarar.", [("Mia Ek", "S")], "protocol", "chef för kansliet, Bo Ek"),
    ("Arvid Munk (HÖP) har anmält ett yrkande om avslag.", [("Arvid Munk", "HÖP")], "agenda", "what only the elected do"),
    ("Gustaf Lerd (SkF), Skövdes Framtid", [("Gustaf Lerd", "SkF")], "motion", "the party's name behind the code"),
    ("Yusuf Hent (S)  Ellen Varn (V)\n\n..................................................................................\nGustaf Lerd (XKF)", [("Yusuf Hent", "S"), ("Ellen Varn", "V"), ("Gustaf Lerd", "XKF")], "motion", "leaders between signatures"),
    ("Åsa Lind (V)\nÖvriga: Anna Berg (SBK), Bo Ek (TK)", [("Åsa Lind", "V")], "protocol", "units of officials after the last member"),
]  # fmt: skip

NOBODY = [
    ("enligt SoL (2017:725)", "a law"),
    ("enligt Socialtjänstlagen (SoL)", "a law"),
    ("Plan- och bygglagen (PBL)", "a law"),
    ("Statens institutionsstyrelse (SiS)", "an authority"),
    ("Social Insatsgrupp (SIG)", "a group"),
    ("Sverigedemokraterna (SD) anser", "a party"),
    ("Storlek Stor (XL)", "a size"),
    ("yrkande från (S) och (MP)", "codes alone"),
    ("Sundby Kommun (S)", "a municipality"),
    ("avgift (M)", "no name"),
    ("Kommunstyrelsens Ordförande (S)", "a role alone"),
    ("Tjänstepersoner\nAnna Berg (SBK)\nBo Ek (VD)", "units and titles"),
]

ROLES = [
    ("Mia Ek (L) (ordförande)", "ordförande"),
    ("Mia Ek (S), 2:e vice ordförande", "2:e vice ordförande"),
    ("ordföranden Mia Ek (S)", "ordföranden"),
    ("Tjänstgörande ordföranden Mia Ek (V) ställer", "Tjänstgörande ordföranden"),
    ("säger Mia Ek (L), socialnämnden Norras ordförande.", "ordförande"),
    ("Mia Ek (L) är socialnämnden Norras ordförande.", "ordförande"),
    ("säger kommunstyrelsens ordförande Mia Ek (C).", "ordförande"),
    ("Ordförande ..............\nMia Ek (L)", "Ordförande"),
    ("Ej tjänstgörande\nersättare\nMia Ek (L)", None),
    ("Mia Ek (L)\nOrdförande", None),
    ("Mia Ek (S, ordförande)", "ordförande"),
    ("Mia Ek, gruppledare (S)", "gruppledare"),
    ("Mia Ek (S) yrkar", None),
    ("Mia Ek (S) 1:e v. ordf.", "1:e v. ordf."),
    ("Vice ordförande\nMia Ek (L)", "Vice ordförande"),
    ("Ersättare       Mia Ek (L)", "Ersättare"),
    ("Gruppledare Mia Ek, Moderaterna i Sundby", "Gruppledare"),
]

OFFICIALS = [
    (
        "säger Åsa Berg, avdelningschef för Barn och unga på kontoret.",
        [("Åsa Berg", "avdelningschef")],
        "after a comma",
    ),
    ("Åsa Berg, chef för Barn och unga.", [("Åsa Berg", "chef för Barn och unga")], "a bare chef is of something"),
    ("Åsa Berg (kommundirektör)", [("Åsa Berg", "kommundirektör")], "in brackets"),
    ("Åsa Berg (kanslichef och jurist)", [("Åsa Berg", "kanslichef och jurist")], "two titles"),
    ("Åsa Berg (punkt A, planarkitekt) §111", [("Åsa Berg", "planarkitekt")], "behind a point"),
    ("Kommundirektör Åsa Berg informerar", [("Åsa Berg", "Kommundirektör")], "before the name"),
    ("Åsa Berg, VD", [("Åsa Berg", "VD")], "letters"),
    ("Åsa Berg (tf avdelningschef)", [("Åsa Berg", "tf avdelningschef")], "acting"),
    ("T.f. kommunchef Åsa Berg", [("Åsa Berg", "T.f. kommunchef")], "acting"),
    ("Åsa Berg, miljö- och byggchef", [("Åsa Berg", "miljö- och byggchef")], "of two parts"),
    ("Åsa Berg, kultur- och\nfritidschef", [("Åsa Berg", "kultur- och fritidschef")], "broken over lines"),
    ("Teknisk chef Åsa Berg", [("Åsa Berg", "Teknisk chef")], "an adjective"),
    ("Åsa Berg, sakkunnig revisor", [("Åsa Berg", "sakkunnig revisor")], "an adjective"),
    (
        "Medicinskt ansvarig sjuksköterska Åsa Berg",
        [("Åsa Berg", "Medicinskt ansvarig sjuksköterska")],
        "two words before",
    ),
    ("Åsa Berg, facklig företrädare Kommunal", [("Åsa Berg", "facklig företrädare")], "of a union"),
    (
        "kommunjurist Åsa Berg, revisor Bo Ek § 17",
        [("Åsa Berg", "kommunjurist"), ("Bo Ek", "revisor")],
        "titles before the names",
    ),
    (
        "Åsa Berg, bildningschef Bo Ek, ekonom, § 7",
        [("Åsa Berg", "bildningschef"), ("Bo Ek", "ekonom")],
        "titles after the names",
    ),
    ("Åsa Berg kommunchef, Bo Ek rektor", [("Åsa Berg", "kommunchef"), ("Bo Ek", "rektor")], "without commas"),
    ("Åsa Berg - kommunchef\nBo Ek – rektor\n", [("Åsa Berg", "kommunchef"), ("Bo Ek", "rektor")], "dashes"),
    (
        "Åsa Berg    kommunchef    §§ 1-14\nPim Fura    rektor\n",
        [("Åsa Berg", "kommunchef"), ("Pim Fura", "rektor")],
        "columns",
    ),
    ("Åsa Berg\tEkonomichef\nBo Ek\tRektor, § 4", [("Åsa Berg", "Ekonomichef"), ("Bo Ek", "Rektor")], "cells"),
    ("Övriga: Pim Fura, socialchef", [("Pim Fura", "socialchef")], "a name no list knows, behind a colon"),
    ("säger Pim Fura, rektor på skolan.", [("Pim Fura", "rektor")], "... inside a sentence"),
    ("säger rektorn Pim Fura.", [("Pim Fura", "rektorn")], "... after a definite form"),
    ("Kontaktperson: Pim Fura", [("Pim Fura", "Kontaktperson")], "... after a label"),
    ("Med vänlig hälsning\nPim Fura\nMiljöinspektör\n", [("Pim Fura", "Miljöinspektör")], "... signing"),
    ("Rektor Pim Almstedt", [("Pim Almstedt", "Rektor")], "a surname like many"),
    ("Tjänsteman Åsa Berg, rektor", [("Åsa Berg", "rektor")], "a label without a colon"),
    ("Åsa Berg\nstadsdelsdirektör\n", [("Åsa Berg", "stadsdelsdirektör")], "below the name"),
    (
        "Åsa Berg    Bo Ek\nEkonomichef    Controller",
        [("Åsa Berg", "Ekonomichef"), ("Bo Ek", "Controller")],
        "below two names",
    ),
    ("5  Taxor    Åsa Berg,  09.15\nekonomichef", [("Åsa Berg", "ekonomichef")], "a cell of two lines"),
    ("Som kontrollansvarig godkänns Åsa Berg.", [("Åsa Berg", "kontrollansvarig")], "approved"),
    ("Dataskyddsombud utsett: Åsa Berg", [("Åsa Berg", "Dataskyddsombud")], "appointed"),
    ("Nämnden utser Åsa Berg till dataskyddsombud.", [("Åsa Berg", "dataskyddsombud")], "appointed"),
    ("Åsa Berg är ny rektor.", [("Åsa Berg", "rektor")], "told"),
    ("Chefen för kansliet, Åsa Berg, svarar", [("Åsa Berg", "Chefen för kansliet")], "the name last"),
    (
        "Åsa Berg, ordförande i Sundby Båtklubb, berättar",
        [("Åsa Berg", "ordförande i Sundby Båtklubb")],
        "the office of an association",
    ),
    ("Handläggare\nÅsa Ek-Berg\nTelefon", [("Åsa Ek-Berg", "Handläggare")], "a label"),
    ("Handläggare: Åsa Berg", [("Åsa Berg", "Handläggare")], "a label"),
    ("Handläggare: Åsa Berg, planerare", [("Åsa Berg", "planerare")], "a title goes before a label"),
    ("Sekreterare: Åsa Berg, nämndsekreterare", [("Åsa Berg", "nämndsekreterare")], "a title goes before a label"),
    ("Sekreterare ..........\nÅsa Berg", [("Åsa Berg", "Sekreterare")], "dots"),
    ("Sekreterare\n..........\nPim Fura\n", [("Pim Fura", "Sekreterare")], "dots on a line of their own"),
    ("Sekreterare  §§ 17–19\nPim Fura\n", [("Pim Fura", "Sekreterare")], "paragraphs"),
    ("Vid protokollet\n\nÅsa Berg\n", [("Åsa Berg", "Vid protokollet")], "room for a signature"),
    ("Åsa Berg, kanslichef\t2020-01-22", [("Åsa Berg", "kanslichef")], "a day beside"),
]

NO_OFFICIALS = [
    "Förvaltningschef Avdelningschef LSS personlig assistans",
    "Beslut om rektor Barn Unga",
    "Kommundirektör Handläggare\nÅsa Berg Bo Ek",
    "att alkoholhandläggare ska upprätthålla lagen",
    "Förskolechef, S. Berg, Norra området",
    "Handläggare Utfärdat 2022-10-11",
    "Ordförande\nÅsa Berg",
    "avdelningschef Hemtjänst Norr och enhetschef Vuxen Missbruk",
    "i Östra Kommundelen, chefens rum",
    "Sveriges Lärare Åsa Berg",
    "gruppledare Åsa Berg",
    "Beslutet delges: förvaltningschef, rektor, ekonomichef",
]


@pytest.mark.parametrize(("text", "expected", "why"), POLITICIANS)
def test_politicians(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert [(person.name, person.party) for person in find(Stretch(text))] == expected, why


@pytest.mark.parametrize(("text", "expected", "kind", "why"), PRINTED, ids=[row[3] for row in PRINTED])
def test_politicians_as_they_are_printed(text: str, expected: list[tuple[str, str]], kind: str, why: str) -> None:
    found = {(person.name, person.party) for person in find(Stretch(text, kind=kind)) if person.party}
    assert found == set(expected), why


@pytest.mark.parametrize(("text", "why"), NOBODY)
def test_nobody(text: str, why: str) -> None:
    assert list(find(Stretch(text))) == [], why


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role(text: str, role: str | None) -> None:
    (person,) = find(Stretch(text))
    assert person.role == role


@pytest.mark.parametrize(
    "text",
    [
        "Mia Ek (S), ordförande Bo Berg (S) Åsa Lind (M)",
        "Mia Ek (S), ordförande\nBo Berg (S)\nÅsa Lind (M)",
        "Mia Ek (S) ordförande       Bo Berg (S)\nÅsa Lind (M)",
    ],
)
def test_a_role_after_a_comma_is_of_the_one_before(text: str) -> None:
    assert [person.role for person in find(Stretch(text))] == ["ordförande", None, None]


@pytest.mark.parametrize(("text", "expected", "why"), OFFICIALS)
def test_officials(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert [(one.name, one.party, one.role) for one in find(Stretch(text))] == [(n, None, r) for n, r in expected], why


@pytest.mark.parametrize("text", NO_OFFICIALS)
def test_no_officials(text: str) -> None:
    assert list(find(Stretch(text))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mia Ek, vice\nordförande (S)", [("Mia Ek", "S", "vice ordförande")]),
        ("Sekreterare\n\nMia Ek\n\nJusterare", [("Mia Ek", None, "Sekreterare")]),
        ("som redan finns.\n\nMia Ek\n\nEkonomichef", [("Mia Ek", None, "Ekonomichef")]),
        ("Närvarande\nBo Berg\nMia Ek\n\nEkonomichef", []),  # the last of a list is not the next list's first
    ],
)
def test_over_lines(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert [(person.name, person.party, person.role) for person in find(Stretch(text))] == expected


def test_a_name_over_broken_lines() -> None:
    text = "Vid kommunstyrelsens sammanträde lämnar ekonomichef Mia\nEk en redogörelse."
    assert [(person.name, person.role) for person in find(Stretch(text, width=58))] == [("Mia Ek", "ekonomichef")]
    assert list(find(Stretch(text))) == []


def test_a_label_knows_the_party_told_elsewhere() -> None:
    people = list(find(Stretch("Närvarande Mia Ek (S)\n\nJusterare\nMia Ek")))
    assert [(person.name, person.party, person.role) for person in people] == [
        ("Mia Ek", "S", None),
        ("Mia Ek", "S", "Justerare"),
    ]


def test_mentions_by_name_alone() -> None:
    text = "Mia Ek (S), ordförande\nÅsa Berg, kanslichef\n\nMia Eks yrkande bifalls. Åsa Berg svarar Mia Ekman."
    assert [(person.name, person.party, person.role) for person in find(Stretch(text))][2:] == [
        ("Mia Ek", "S", None),
        ("Åsa Berg", None, "kanslichef"),
    ]


def test_namesakes_are_not_guessed() -> None:
    assert len(list(find(Stretch("Mia Ek (S), Mia Ek (M). Mia Ek frågar.")))) == 2


def test_points_at_its_text() -> None:
    text = "yrkar Birgit\nBirgersson (S) och Mia Ek (V)"
    spans = [person.span for person in find(Stretch(text, start=10))]
    assert [text[span.start - 10 : span.end - 10] for span in spans] == ["Birgit\nBirgersson", "Mia Ek"]
