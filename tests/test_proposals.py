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
     [(("Nils Odén (C)",), "Nils Odén (C): Bifall till förslaget."),
      (("Pia Qvist (SD)", "Bo Al (M)"), "Pia Qvist (SD) och Bo Al (M) m.fl.: Avslag på förslaget.")], "a colon after the names"),
    ("protocol", "Förslag\nOrdföranden: Bifall till kontorets förslag.\nNils Odén (C): Ärendet utreds mera.\nBeslut\nBifalls.",
     [(("Ordföranden",), "Ordföranden: Bifall till kontorets förslag."), (("Nils Odén (C)",), "Nils Odén (C): Ärendet utreds mera.")],
     "under Förslag"),
    ("statement", "Förslag till kommunstyrelsens beslut\n1. Planen antas.\n\nFörslag till kommunfullmäktiges beslut\n2. Lånet beviljas.\n",
     [((), "Planen antas."), ((), "Lånet beviljas.")], "who decides is not who proposes"),
    ("protocol", "Yrkanden\nNils Odén (C) yrkar:\n- Att målet anses uppfyllt.\n- Att frågan utreds.\nBeslut\nBifalls.",
     [(("Nils Odén (C)",), "Att målet anses uppfyllt."), (("Nils Odén (C)",), "Att frågan utreds.")], "points below"),
    ("protocol", "Ärendets gång\nKommunfullmäktige beslutade den 5 maj 2031, § 7, att remittera motionen.\nBeslut\nMotionen avslås.",
     [(("Kommunfullmäktige",), "Kommunfullmäktige beslutade den 5 maj 2031, § 7, att remittera motionen.")], "an earlier body's"),
    ("motion", ("Motion: Fler cykelställ\nMed anledning av ovanstående yrkar Vänsterpartiet\natt kommunen bygger fler cykelställ\n"
     "att kostnaden ryms i budget\nBo Al Lind (V)\n"),
     [(("V",), "att kommunen bygger fler cykelställ"), (("V",), "att kostnaden ryms i budget")], "a motion's att-satser"),
    ("motion", "Motion om gågata\nDärför föreslår vi att kommunfullmäktige beslutar att göra Storgatan till gågata.\n",
     [((), "Därför föreslår vi att kommunfullmäktige beslutar att göra Storgatan till gågata.")], "a motion in a sentence"),
    ("protocol", "Sammanfattning\nParken är gammal.\nBeslut\nPlanen antas.", [], "none"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected", "why"), CASES, ids=[case[3] for case in CASES])
def test_proposals(kind: str, text: str, expected: Found, why: str) -> None:
    assert [(entry.by, entry.text) for entry in proposals.find(paragraph(text, kind=kind))] == expected, why
