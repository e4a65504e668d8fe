"""What a day is: one table of sentences of our own; the day to judge stands in brackets."""

from __future__ import annotations

import pytest

from extractors.occasions import is_deadline, role

OWN = "2031-04-01"
CASES = [
    ("Sammanträdesdatum {2031-04-01}", "protocol", "meeting", "the minutes' own"),
    ("Datum: {2031-04-01}", "statement", "document", "the statement's own"),
    ("Svar lämnas senast den {2031-05-30}.", "protocol", "deadline", "senast"),
    (
        "Yttrandet ska vara nämnden tillhanda senast kl. 12.00 fredagen den {2031-05-30}",
        "statement",
        "deadline",
        "an hour",
    ),
    ("till ledamot till och med den {2034-12-31}", "protocol", "deadline", "till och med"),
    ("för tiden t.o.m. {2034-12-31}", "protocol", "deadline", "short"),
    ("Motionen ska besvaras innan {2031-06-26}.", "statement", "deadline", "innan"),
    ("väckta före den {2031-01-01}", "statement", "deadline", "före"),
    ("Ansökan ska vara inne den {2031-09-30}.", "statement", "deadline", "a verb"),
    ("Sista svarsdag är {2031-04-26}", "statement", "deadline", "the last day"),
    ("Revideras senast: {2034-12-31}", "other", "deadline", "a colon"),
    ("klart senast i {2031-09}", "protocol", "deadline", "a month"),
    ("Riktlinjen reviderades senast den {2030-05-03}.", "statement", "mentioned", "senast: most recently"),
    ("Revideringar har gjorts, senast {2030-01-27}", "statement", "mentioned", "senast: most recently"),
    ("Kommunstyrelsens beslut {2031-03-04} § 9", "protocol", "decision", "a § after"),
    ("bordlagt den {2031-02-26}, § 69", "protocol", "decision", "bordlagt"),
    ("Nämnden beslutade vid sitt sammanträde den {2031-02-26} att avslå", "statement", "decision", "beslutade"),
    ("Arbetsutskottet har den {2031-03-15} behandlat ärendet.", "protocol", "decision", "the verb after"),
    ("Ärendebeskrivning\nDen {2031-03-15} fattade socialnämnden beslut om", "protocol", "decision", "the verb after"),
    ("Äldrenämnden tillstyrkte motionen den {2031-02-27}.", "statement", "decision", "what was done to a paper"),
    ("Antagen av kommunstyrelsen {2031-04-01}", "other", "decision", "the day that a rule was adopted and bears"),
    ("antagen av kommunfullmäktige den {2029-11-25}", "other", "decision", "antagen"),
    ("Protokollsutdrag från tekniska nämnden {2031-02-26}", "protocol", "decision", "minutes of a body"),
    ("Protokoll från kommunstyrelsens arbetsutskott {2031-02-26}", "protocol", "decision", "minutes of a body"),
    ("Fullmäktige sammanträdde måndagen den {2031-03-31}.", "news", "decision", "a meeting told in the news"),
    ("styrmodellen (KF {2029-11-06})", "statement", "decision", "a body's letters"),
    ("Ärendet bordläggs till sammanträdet den {2031-05-06}", "protocol", "mentioned", "still to come"),
    ("Nästa sammanträde hålls den {2031-06-16}.", "news", "mentioned", "still to come"),
    (
        "Fullmäktige beslutade att taxan ska gälla från den {2031-01-01}",
        "protocol",
        "mentioned",
        "not when it was decided",
    ),
    (
        "Beslutsunderlag\nKommunledningskontorets tjänsteskrivelse {2031-02-14}\n\n§ 44 Bidrag",
        "protocol",
        "mentioned",
        "a paper's day; the § is the next item's",
    ),
    ("Bo Al (S) har den {2030-11-05} lämnat in en motion om", "protocol", "mentioned", "handed in"),
    ("yrkar bifall till yrkande från S, V och MP den {2031-03-15}.", "protocol", "mentioned", "a yrkande on paper"),
    ("protokoll från samverkansgruppen den {2031-02-14}", "protocol", "mentioned", "minutes of no body"),
    ("Nämnden beslutade enligt tjänsteskrivelsen den {2031-02-27}.", "statement", "mentioned", "the paper's day"),
    ("Yttrande från M, D, L och KD {2031-03-06}", "statement", "mentioned", "a party's letters are no body"),
    ("Kommunstyrelsen\nProtokoll\n\n{2031-02-11}\n\n§ 79 Bidrag", "statement", "decision", "minutes in a bundle"),
    ("Kommunstyrelsen\nYrkande\n\n{2031-02-11}\n\nYrkande angående", "statement", "mentioned", "a yrkande in a bundle"),
    ("Utredningen startade den {2031-02-14} och väntas", "statement", "mentioned", "when something began"),
    ("Lagen trädde i kraft den {2031-01-01}.", "statement", "mentioned", "a law"),
    ("utfallet per {2031-02-28}", "statement", "mentioned", "per"),
]


@pytest.mark.parametrize(("told", "kind", "expected", "why"), CASES)
def test_role(told: str, kind: str, expected: str, why: str) -> None:
    start, end = told.index("{"), told.index("}") - 1
    text = told.replace("{", "").replace("}", "")
    assert role(text, (start, end), text[start:end], OWN, kind) == expected, why


def test_is_deadline() -> None:
    text = "Svar senast den 3 maj, beslut den 4 maj"
    assert is_deadline(text, text.index("3")) and not is_deadline(text, text.index("4"))
