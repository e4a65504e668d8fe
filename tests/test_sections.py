# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""Headings inside items, and words that look like headings. All text is invented."""

from __future__ import annotations

import pytest

from extractors import lexicon
from extractors.model import Stretch
from extractors.sections import find, name_of

# line, name, why
_LINES = [
    ("Beslut", "decision", "alone"),
    ("BESLUT:", "decision", "capitals and a colon"),
    ("**Nämndens beslut**", "decision", "Markdown, a body before it"),
    ("Barn- och utbildningsnämndens förslag till beslut", "proposal", "a body of two words"),
    ("Kommunstyrelsens arbetsutskotts beslut", "decision", "two genitives"),
    ("Förslag till beslut i kommunfullmäktige", "proposal", "to another body"),
    ("Socialnämndens behandling 2031-06-11", "earlier", "a day behind it"),
    ("Förslag till kommunstyrelsens beslut", "proposal", "a genitive in the middle"),
    ("Blank reservation", "reservation", "without words of its own"),
    ("Förslag till sammanträdesdagar för kommunfullmäktige", None, "a heading of an item"),
    ("Olle Ek (S) yrkar bifall till förvaltningens förslag", None, "a sentence that ends like a heading"),
    ("beslut", None, "a small letter: the middle of a sentence"),
    ("Beslutet skickas till", "recipients", ""),
    ("Beslutet gäller från den 1 juli", None, ""),
    ("Särskilt yttrande", "statement", ""),
    ("Förslag/yrkanden", "motions_made", "two headings of the lexicon in one"),
    ("Reservation/Särskilt yttrande", "reservation", "of two the first counts"),
    ("Bakgrund och bedömning", "background", "two with och"),
    ("Beslut och avtal", None, "only one of the two is a heading"),
    ("Omröstning – återremiss", "voting", "what is voted on behind a dash"),
    ("Beslut – ny förskola", None, "a heading of an item, not of its part"),
    ("Beslut (enhälligt)", "decision", "brackets behind"),
    ("Förvaltningschefens förslag till beslut", "proposal", "an official's"),
    ("Sverigedemokraternas reservation", "reservation", "a party's"),
    ("Arbetsutskottets förslag till vård- och omsorgsnämnden", "proposal", "to a body of several words"),
    ("Handling", "basis", "one document"),
    ("Röstning", "voting", "another word"),
    ("Ärendets behandling under mötet", "today", ""),
    ("Handling 2031 nr 4", None, "the document itself"),
]


@pytest.mark.parametrize(("line", "name", "why"), _LINES)
def test_names_of_lines(line: str, name: str | None, why: str) -> None:
    assert name_of(line) == name


# text, body, [(name, heading)], why
_ITEMS = [
    (
        "Förslag till beslut\nRut Sand (M) yrkar, med instämmande av Bo Al (V), bifall.\nBeslut\nBifalls.",
        None,
        [("motions_made", "Förslag till beslut"), ("decision", "Beslut")],
        "members propose there",
    ),
    (
        "Ekonomen går igenom rapporten.\n\nDirektionens\nbeslut\natt godkänna rapporten.",
        "Direktionen",
        [("decision", "Direktionens beslut")],
        "over two lines in a narrow margin",
    ),
    (
        "Beslut\nFörslag till beslut i kommunfullmäktige\nTaxan antas.\n",
        "Kommunstyrelsen",
        [("decision", "Beslut")],
        "what a board decides to propose is its decision",
    ),
    (
        "Förslag till beslut\nTaxan antas.\nBeslut\nTaxan antas inte.\n",
        "Tekniska nämnden",
        [("proposal", "Förslag till beslut"), ("decision", "Beslut")],
        "the proposal stands first",
    ),
    ("Beslut: Bordläggs.\n", None, [("decision", "Beslut")], "text on the line of the heading"),
    (
        "Kommunstyrelsens beslut\nTaxan antas.\n",
        "Kommunfullmäktige",
        [("earlier", "Kommunstyrelsens beslut")],
        "what another body decided before",
    ),
    (
        "Arbetsutskottets beslut\nTaxan antas.\n",
        "Kommunstyrelsens arbetsutskott",
        [("decision", "Arbetsutskottets beslut")],
        "the body by its short name",
    ),
    (
        "Nämnden har i sitt tidigare fattade och sedan ändrade\nBeslut\n",
        None,
        [("decision", "Beslut")],
        "a full line before",
    ),
    ("Ärendet gäller frågan om vem som ska ansvara för,\nBeslut\n", None, [], "a line that goes on"),
    (
        "Beslut\nKommunstyrelsen beslutar:\nPlanen antas.\nKommunstyrelsen föreslår kommunfullmäktige besluta:\nTaxan höjs.\n",
        "Kommunstyrelsen",
        [
            ("decision", "Beslut"),
            ("decision", "Kommunstyrelsen beslutar"),
            ("decision", "Kommunstyrelsen föreslår kommunfullmäktige besluta"),
        ],
        "a lead-in with a colon is a heading also below one",
    ),
    (
        "Beslut\nKommunstyrelsen beslutar\nPlanen antas.\n",
        "Kommunstyrelsen",
        [("decision", "Beslut")],
        "without a colon it only leads in",
    ),
    (
        "Ärendebeskrivning\nKören söker bidrag.\nSocialnämndens beslut blir således:\natt avslå ansökan\n",
        "Socialnämnden",
        [("summary", "Ärendebeskrivning"), ("decision", "Socialnämndens beslut blir således")],
        "the body's decision in a sentence of its own",
    ),
    (
        "Arbetsutskottets förslag till kommunstyrelsen\nTaxan höjs.\n",
        "Kommunstyrelsens arbetsutskott",
        [("decision", "Arbetsutskottets förslag till kommunstyrelsen")],
        "what a committee proposes is its decision",
    ),
    (
        "Arbetsutskottets förslag till kommunstyrelsen\nTaxan höjs.\nBeslut\nTaxan sänks.\n",
        "Kommunstyrelsen",
        [("proposal", "Arbetsutskottets förslag till kommunstyrelsen"), ("decision", "Beslut")],
        "in the minutes of the body that it is for, a proposal",
    ),
    (
        "Förslag\nRut Sand (M) yrkar avslag.\nBeslut\nTaxan höjs.\n",
        "Tekniska nämnden",
        [("motions_made", "Förslag"), ("decision", "Beslut")],
        "members ask under Förslag",
    ),
    (
        "Granby\n\nYrkanden Rut Sand (M) och Bo Al (V) yrkar bifall till förslaget.\n\nBeslut Nämnden höjer taxan från maj.\n",
        "Tekniska nämnden",
        [("motions_made", "Yrkanden"), ("decision", "Beslut")],
        "headings that run on into their paragraphs",
    ),
    (
        "Underlag\n\nYrkande Rut Sand och Bo Al den 4 maj 2031.\n",
        "Tekniska nämnden",
        [("basis", "Underlag")],
        "in a list of documents it is a document's name",
    ),
]


@pytest.mark.parametrize(("text", "body", "expected", "why"), _ITEMS, ids=[row[3] for row in _ITEMS])
def test_sections_of_items(text: str, body: str | None, expected: list[tuple[str, str]], why: str) -> None:
    found = list(find(Stretch(text, body=body)))
    assert [(part.name, part.heading) for part in found] == expected
    assert all(" ".join(text[part.span.start :].split()).startswith(part.heading) for part in found)


def test_a_heading_has_one_meaning() -> None:
    headings = [heading for row in lexicon.load("sections").values() for heading in row["headings"]]
    assert len(headings) == len(set(headings))
    assert all(heading == heading.lower() for heading in headings)
