# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""Decisions told in prose: sentences of news, and those that only look like one."""

import pytest

from extractors import news
from extractors.model import Stretch

TOLD = [
    ("Under sammanträdet beslutade nämnden därför om att ge ytterligare 5 miljoner kronor i stöd till föreningar.", "granted", "therefore about"),
    ("De beslutade att bevilja förvaltningen pengarna för att starta projektet.", "granted", "a pronoun for the body"),
    ("Förvaltningen fick även i uppdrag att ta fram statistik.", "assigned", "who was told"),
    ("Under mötet beslutade nämnden att förvaltningen ska försäkra sig om att åtgärder har vidtagits.", "assigned", "told by a decision"),
    ("På måndagen beslutade kommunfullmäktige att anta detaljplanen för Ekbacken.", "approved", "verb before the body"),
    ("Kommunstyrelsen har beslutat att avslå ansökan.", "rejected", "perfect"),
    ("Kommunstyrelsen återremitterade ärendet om parkeringen.", "remanded", "no 'beslutade' at all"),
    ("Motionen avslogs efter en lång debatt.", "rejected", "passive"),
    ("Fullmäktige gav på måndagen klartecken till en ny simhall.", "approved", "klartecken"),
    ("Samtidigt röstade fullmäktige nej till bassängen.", "rejected", "a vote, the body after the verb"),
    ("Nämnden sade ja till skolan i Ekbacken.", "approved", "said yes"),
    ("Förslaget om fria badkort skickades tillbaka till fritidsnämnden.", "remanded", "sent back"),
    ("Motionen om fria bussar röstades ned.", "rejected", "voted down"),
    ("Samtidigt avslog kommunstyrelsen ansökan från kören.", "rejected", "the verb before the body"),
    ("Frågan om ny hamn bordlades.", "tabled", "a question"),
    ("Socialnämnden Norra beslutade att godkänna rapporten.", "approved", "a body with a name after it"),
    ("Vid mötet fattade kommunstyrelsen beslut om att bygga ett äldreboende på Lövåsen.", "other", "fattade beslut om"),
    ("Tekniska nämnden har tagit beslut om att riva bron.", "other", "har tagit beslut om"),
    ("Kommunstyrelsen ställde sig också bakom strategin.", "approved", "also behind it"),
    ("Omsorgsnämnden tilldelas 3,5 miljoner kronor för inventarier.", "granted", "present passive, with money"),
    ("Beslutet om översiktsplanen sköts upp till nästa möte.", "tabled", "a decision put off"),
]  # fmt: skip

NOT_TOLD = [
    ("Motion om fria bussar avslås", "a headline, in the passive"),
    ("Översiktsplanen antogs 2019 och gäller än.", "long ago, in the passive"),
    ("Nämnden säger nej till nedläggning\n\nText", "a headline"),
    ("Fullmäktige väntas ge klartecken till simhallen i höst.", "foretold, with klartecken"),
    ("Kommunen gav bidrag till simhallen för tio år sedan.", "a gift, no yes or no"),
    ("Nämnden beslutade inte om avgiften.", "negated"),
    ("Om fullmäktige beslutar att bygga kan arbetet börja i höst.", "conditional"),
    ("Kommunstyrelsen föreslår att kommunfullmäktige beslutar att höja skatten.", "proposed"),
    ("Kommunfullmäktige ska besluta om planen i juni.", "foretold"),
    ("Regeringen har beslutat att ändra lagen.", "no body of a municipality"),
    ("– Vi beslutade att satsa på barnen, säger Anna Ek (S).", "somebody's words"),
    ("Redan 2029 beslutade nämnden att köpa marken.", "long ago"),
    ("Ett beslut väntas i höst.", "a noun"),
    ("Under nämndens sammanträde fattades flera beslut, exempelvis om föreningsstöd.", "what, is not said"),
    ("Förvaltningen har i uppdrag att följa frågan.", "an old task"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TOLD, ids=[case[2] for case in TOLD])
def test_told(text: str, expected: str, why: str) -> None:
    found = list(news.find(Stretch(f"Rubrik\n\n{text} Arbetet börjar snart.", body="Socialnämnden Norra")))
    assert [(decision.text, decision.outcome) for decision in found] == [(text, expected)], why


@pytest.mark.parametrize(("text", "why"), NOT_TOLD, ids=[case[1] for case in NOT_TOLD])
def test_not_told(text: str, why: str) -> None:
    assert not list(news.find(Stretch(text))), why


def test_what_is_added_in_the_same_paragraph() -> None:
    text = "Nämnden beslutade att bevilja stödet. Syftet är trygghet. Dessutom ska förvaltningen se över samarbetet.\n"
    assert [decision.outcome for decision in news.find(Stretch(text))] == ["granted", "assigned"]
    assert not list(news.find(Stretch("Dessutom ska förvaltningen se över samarbetet.")))


def test_a_list_of_decisions() -> None:
    found = news.find(
        Stretch("Fler beslut från mötet\n\n• En ny ordningsstadga antogs.\n\n• Planen återremitterades.\n")
    )
    assert [decision.outcome for decision in found] == ["approved", "remanded"]
    assert not list(news.find(Stretch("Läs också\n\n• Ny ordningsstadga antogs.\n")))


def test_a_list_below_a_sentence() -> None:
    text = (
        "Så här beslutade nämnden i övrigt:\n- Budgeten antogs.\n- Bo Al (M) valdes till ombud.\n- Kaffe serverades.\n"
    )
    found = [(decision.text, decision.outcome) for decision in news.find(Stretch(text))]
    assert found == [("Budgeten antogs.", "approved"), ("Bo Al (M) valdes till ombud.", "elected")]
    text = "Nämnden beslutade också att:\n• bevilja kören 20 000 kronor\n• avslå ansökan om badhuset\n"
    assert [decision.outcome for decision in news.find(Stretch(text))] == ["granted", "rejected"]


def test_a_matter_told_of_again_counts_once() -> None:
    text = "Fullmäktige avslår Vänsterpartiets motion om avtal.\n\nMotionen avslås med 44 röster mot 18.\n"
    assert [decision.text.split()[0] for decision in news.find(Stretch(text))] == ["Fullmäktige"]


def test_what_the_first_lines_tell_counts_once() -> None:
    text = (
        "Fullmäktige gav på måndagen klartecken till en simhall i Ekbacken.\n\nDet blir ett bad.\n\n"
        "Fullmäktige gav klartecken till en simhall i Ekbacken med 39 röster mot 21.\n"
    )
    assert [decision.text.split()[2] for decision in news.find(Stretch(text))] == ["på"]
    text = "Nämnden gav klartecken till projektet mot brott.\n\nDe beslutade att bevilja pengar för att starta projektet.\n"
    assert [decision.outcome for decision in news.find(Stretch(text))] == ["granted"], "what was decided, not that"
