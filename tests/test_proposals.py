# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""Proposals: what somebody wanted decided, and who."""

import pytest

from extractors import proposals
from tests.given import paragraph

Found = list[tuple[tuple[str, ...], str]]

CASES: list[tuple[str, str, Found, str]] = [
    ("statement", "Förslag till beslut\nSkrivelsen besvaras med tjänsteutlåtandet.\nSammanfattning\nVi svarar.",
     [((), "Skrivelsen besvaras med tjänsteutlåtandet.")], "a statement's"),
    ("statement", "Förslag till beslut\nKulturnämnden föreslås besluta\n1. att bevilja 50 000 kronor\n2. att följa upp bidraget\n",
     [((), "att bevilja 50 000 kronor"), ((), "att följa upp bidraget")], "numbered"),
    ("protocol", "Förvaltningens förslag till beslut\nPlanen antas.\nBeslut\nPlanen avslås.",
     [(("Förvaltningen",), "Planen antas.")], "by whom, in the heading"),
    ("protocol", "Yrkanden\nNils Odén (C) yrkar bifall till förslaget.\nPia Qvist (SD) och Bo Al (M) yrkar avslag.\nBeslut\nBifalls.",
     [(("Nils Odén (C)",), "Nils Odén (C) yrkar bifall till förslaget."),
      (("Pia Qvist (SD)", "Bo Al (M)"), "Pia Qvist (SD) och Bo Al (M) yrkar avslag.")], "yrkanden"),
    ("protocol", "Yrkanden\nNils Odén (C): Bifall till förslaget.\nPia Qvist (SD) och Bo Al (M) m.fl.: Avslag på förslaget.\nBeslut\nBifalls.",
     [(("Nils Odén (C)",), "Bifall till förslaget."), (("Pia Qvist (SD)", "Bo Al (M)"), "Avslag på förslaget.")], "a colon after the names"),
    ("protocol", "Förslag\nOrdföranden: Bifall till kontorets förslag.\nNils Odén (C): Ärendet utreds mera.\nBeslut\nBifalls.",
     [(("Ordföranden",), "Bifall till kontorets förslag."), (("Nils Odén (C)",), "Ärendet utreds mera.")],
     "under Förslag"),
    ("statement", "Förslag till kommunstyrelsens beslut\n1. Planen antas.\n\nFörslag till kommunfullmäktiges beslut\n2. Lånet beviljas.\n",
     [((), "Planen antas."), ((), "Lånet beviljas.")], "who decides is not who proposes"),
    ("protocol", "Yrkanden\nNils Odén (C) yrkar:\n- Att målet anses uppfyllt.\n- Att frågan utreds.\nBeslut\nBifalls.",
     [(("Nils Odén (C)",), "Att målet anses uppfyllt."), (("Nils Odén (C)",), "Att frågan utreds.")], "points below"),
    ("protocol", "Ärendets gång\nKommunfullmäktige beslutade den 5 maj 2031, § 7, att remittera motionen.\nBeslut\nMotionen avslås.",
     [(("Kommunfullmäktige",), "Kommunfullmäktige beslutade den 5 maj 2031, § 7, att remittera motionen.")], "an earlier body's"),
    ("motion", ("Motion: Fler cykelställ\nMed anledning av ovanstående yrkar Vänsterpartiet\natt kommunen bygger fler cykelställ\n"
     "att kostnaden ryms i budget\nBo Al Lind (V)\n"),
     [(("Bo Al Lind (V)",), "att kommunen bygger fler cykelställ"), (("Bo Al Lind (V)",), "att kostnaden ryms i budget")],
     "a motion's att-satser, by who signed it"),
    ("motion", "Motion om bron\nBron är gammal, enligt\nBo Al (M) redogör för hur den kan rivas och ersättas.\n\nVi yrkar\natt bron rivs.\n\nRut Sand (M)",
     [(("Rut Sand (M)",), "att bron rivs.")], "a name that begins a line of the text is nobody's who signs"),
    ("motion", "Motion om bron\n\nVi yrkar\natt bron rivs.\n\n........................................\nRut Sand (M)\n\n........................................\nBo Al (M)",
     [(("Rut Sand (M)", "Bo Al (M)"), "att bron rivs.")], "lines to sign on"),
    ("motion", "Motion om gågata\nDärför föreslår vi att kommunfullmäktige beslutar att göra Storgatan till gågata.\n",
     [((), "Därför föreslår vi att kommunfullmäktige beslutar att göra Storgatan till gågata.")], "a motion in a sentence"),
    ("protocol", "Yrkanden\nNils Odén (C), Eva Ås (C) och Sanna\nDahlin (V) föreslår att planen antas.\nBeslut\nBifalls.",
     [(("Nils Odén (C)", "Eva Ås (C)", "Sanna Dahlin (V)"), "Nils Odén (C), Eva Ås (C) och Sanna Dahlin (V) föreslår att planen antas.")],
     "a name broken over a line"),
    ("protocol", "Sammanfattning\nParken är gammal.\nBeslut\nPlanen antas.", [], "none"),
    ("protocol", "Yrkanden\nPia Qvist (SD) yrkar, med instämmande av Bo Al (M) och Eva Ås (C), avslag.\nBo Al (M) instämmer i Pia Qvists (SD) yrkande.\nBeslut\nBifalls.",
     [(("Pia Qvist (SD)", "Bo Al (M)", "Eva Ås (C)"), "Pia Qvist (SD) yrkar, med instämmande av Bo Al (M) och Eva Ås (C), avslag."),
      (("Bo Al (M)",), "Bo Al (M) instämmer i Pia Qvists (SD) yrkande.")], "who joins in the same sentence, and in one of their own"),
    ("protocol", "Yrkanden\nPia Qvist (SD) yrkar avslag\nBo Al (M) yrkar bifall\nBeslut\nBifalls.",
     [(("Pia Qvist (SD)",), "Pia Qvist (SD) yrkar avslag"), (("Bo Al (M)",), "Bo Al (M) yrkar bifall")], "no full stops, one on each line"),
    ("protocol", "Yrkanden\nI första hand yrkar Bo Al (M) återremiss.\nOrdföranden yrkar bifall till Bo Als (M) förslag.\nBeslut\nBifalls.",
     [(("Bo Al (M)",), "I första hand yrkar Bo Al (M) återremiss."), (("Ordföranden",), "Ordföranden yrkar bifall till Bo Als (M) förslag.")],
     "who is named after the verb asks, whose proposal it is does not"),
    ("protocol", "Yrkanden\nVänsterpartiet yrkar bifall till Pia Qvists (SD) förslag.\nBeslut\nBifalls.",
     [(("V",), "Vänsterpartiet yrkar bifall till Pia Qvists (SD) förslag.")], "a party"),
    ("protocol", "Ärendebeskrivning\nPia Qvist (SD) föreslår i en motion att bron rivs. Tekniska förvaltningen föreslår att motionen avslås.\nBeslut\nAvslås.",
     [(("Pia Qvist (SD)",), "Pia Qvist (SD) föreslår i en motion att bron rivs."),
      (("Tekniska förvaltningen",), "Tekniska förvaltningen föreslår att motionen avslås.")], "told of a motion and of an office"),
    ("protocol", "Sammanfattning\nPia Qvist (SD) har lämnat en motion om bron. Motionären föreslår:\n- att bron rivs\n- att vägen stängs\nBeslut\nAvslås.",
     [(("Pia Qvist (SD)",), "att bron rivs"), (("Pia Qvist (SD)",), "att vägen stängs")], "the motion's points, by who moved it"),
    ("protocol", "Sammanfattning\nI ett medborgarförslag föreslås att bron rivs.\nBeslut\nAvslås.",
     [((), "I ett medborgarförslag föreslås att bron rivs.")], "of the public"),
    ("protocol", "Bakgrund\nBarn- och utbildningsnämnden gav den 4 maj 2031, § 5, förvaltningen i uppdrag att utreda bron. Den 7 juni 2031 beslutade tekniska nämnden att riva den.\nBeslut\nBron byggs upp.",
     [(("Barn- och utbildningsnämnden",), "Barn- och utbildningsnämnden gav den 4 maj 2031, § 5, förvaltningen i uppdrag att utreda bron."),
      (("Tekniska nämnden",), "Den 7 juni 2031 beslutade tekniska nämnden att riva den.")], "what bodies decided before, in both orders"),
    ("protocol", "Bakgrund\nNämnden informeras om att kommunstyrelsen beslutade i frågan. Förvaltningen bedömer att bron är farlig.\nBeslut\nBron rivs.",
     [], "somebody else's decision inside a sentence, and an opinion"),
    ("protocol", "Kommunfullmäktige beslutade 2031-04-22 § 55 att remittera motionen.\nBeslut\nAvslås.",
     [(("Kommunfullmäktige",), "Kommunfullmäktige beslutade 2031-04-22 § 55 att remittera motionen.")], "above the first heading"),
    ("protocol", "Förslag till beslut\nKommunstyrelsen föreslår kommunfullmäktige besluta\natt motionen avslås.\nBeslut\nBifalls.",
     [((), "att motionen avslås.")], "the body that decides has not proposed it"),
    ("statement", "Tekniska förvaltningen\nHandläggare: Rut Sand\n\nBron\nFörslag till beslut\nTekniska nämnden beslutar\natt riva bron.\n",
     [(("Tekniska förvaltningen",), "att riva bron.")], "the office that wrote it"),
    ("statement", "Tekniska förvaltningen\n\nBron\n\nKommunstyrelsens förslag\nKommunstyrelsen tillstyrker kontorets förslag och föreslår att kommunfullmäktige beslutar:\nBron rivs.\n",
     [(("Kommunstyrelsen",), "Bron rivs.")], "the board's own proposal in a paper from an office"),
    ("motion", "Motion om bron\nFörslag till beslut\nModeraterna yrkar\n- att bron rivs,\n- att vägen stängs.\n\nGranby den 4 maj 2031\n\nRut Sand (M)\n\nBo Al (M)\n",
     [(("Rut Sand (M)", "Bo Al (M)"), "att bron rivs"), (("Rut Sand (M)", "Bo Al (M)"), "att vägen stängs.")], "who signed, and no comma"),
    ("motion", "Motion om bron\nBron är farlig.\nYrkande\natt bron rivs\natt vägen stängs\n\nRut Sand (M)\n",
     [(("Rut Sand (M)",), "att bron rivs"), (("Rut Sand (M)",), "att vägen stängs")], "a motion's points under Yrkande"),
    ("protocol", "ARBETSUTSKOTTETS FÖRSLAG\nDispens medges inte.\nBeslut\nDispens medges.",
     [(("Arbetsutskottet",), "Dispens medges inte.")], "a heading in capitals"),
    ("protocol", "Yrkanden\nPia Qvist (SD) yrkar på följande tillägg:\n- Bron målas röd.\nBo Al (M) biträder yrkandet.\nBeslut\nBifalls.",
     [(("Pia Qvist (SD)",), "Bron målas röd."), (("Bo Al (M)",), "Bo Al (M) biträder yrkandet.")], "who joins below the points"),
    ("protocol", "Yrkanden\nPia Qvist, Bo Al och Rut Sand (alla S) yrkar avslag.\nBeslut\nBifalls.",
     [(("Pia Qvist (S)", "Bo Al (S)", "Rut Sand (S)"), "Pia Qvist, Bo Al och Rut Sand (alla S) yrkar avslag.")], "one party for all of them"),
    ("agenda", "Kommunstyrelsen föreslår 2031-04-07 § 61 att bron rivs.\n",
     [(("Kommunstyrelsen",), "Kommunstyrelsen föreslår 2031-04-07 § 61 att bron rivs.")], "told on an agenda"),
    ("agenda", "I ett medborgarförslag hemställes att bron rivs. Kommunens revisorer tillstyrker att bron rivs.\n",
     [((), "I ett medborgarförslag hemställes att bron rivs."),
      (("Kommunens revisorer",), "Kommunens revisorer tillstyrker att bron rivs.")], "old verb, and the auditors"),
    ("motion", "Motion om bron\n\nKommunfullmäktige beslutade den 4 maj 2031 att riva bron. Förvaltningen föreslår en ny.\nJag yrkar\natt bron byggs upp\n\nRut Sand (M)\n",
     [(("Kommunfullmäktige",), "Kommunfullmäktige beslutade den 4 maj 2031 att riva bron."), (("Rut Sand (M)",), "att bron byggs upp")],
     "what a body decided before, told in a motion"),
    ("interpellation", "Interpellation om bron\nJag vill fråga ordföranden:\n- När rivs bron?\nRut Sand (M)\n", [], "a question asks for no decision"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected", "why"), CASES, ids=[case[3] for case in CASES])
def test_proposals(kind: str, text: str, expected: Found, why: str) -> None:
    assert [(entry.by, entry.text) for entry in proposals.find(paragraph(text, kind=kind))] == expected, why


def test_who_wanted_what_on_the_board_below_its_proposal() -> None:
    text = """Bron

Kommunstyrelsens förslag
Kommunstyrelsen föreslår att kommunfullmäktige beslutar:
Bron rivs.

-----

I styrelsen fanns skiljaktiga meningar: Pia Qvist (SD) yrkade avslag.
Bo Al (M) yrkade bifall.
"""
    assert [(one.by, one.text) for one in proposals.find(paragraph(text, None, "statement", None))] == [
        (("Kommunstyrelsen",), "Bron rivs."),
        (("Pia Qvist (SD)",), "Pia Qvist (SD) yrkade avslag."),
        (("Bo Al (M)",), "Bo Al (M) yrkade bifall."),
    ]
