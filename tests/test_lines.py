"""Lines broken to fit a page: how wide they are, which go on, and that what they say does not hang on their breaks."""

import textwrap

import pytest

from extractors import read
from extractors.lines import runs_on, unbroken, width_of

PROSE = (
    "Förvaltningen har gått igenom hur lokalerna används och vad de kostar. Hyran är densamma i alla delar av kommunen "
    "men föreningarna betalar olika mycket. Nämnden vill därför se över hur bidragen fördelas och vilka som får del av "
    "dem, och återkommer med ett förslag under hösten."
)
WRAPPED = "\n".join(textwrap.wrap(PROSE, 60))

WIDTHS = [
    (WRAPPED, 57, 60, "running text"),
    (PROSE, 0, 0, "a paragraph on one line"),
    (f"{PROSE}\n{PROSE}\n\nRubrik på\ntvå rader\noch en\nbit till\nsom går\nned", 0, 0, "only headings are broken"),
    ("Anna Ek (S)\nBo Al (M)\nBesöksadress\nStorgatan 1\n" * 5, 0, 0, "a list"),
    ("att planen antas\natt vägen breddas\natt bron byggs\n" * 5, 0, 0, "points"),
    ("", 0, 0, "nothing"),
]


@pytest.mark.parametrize(("text", "least", "most", "why"), WIDTHS)
def test_width(text: str, least: int, most: int, why: str) -> None:
    assert least <= width_of(text) <= most, why


GOING_ON = [
    ("Förvaltningen har gått igenom hur lokalerna används och", "vad de kostar.", True, "a small letter"),
    ("Förslaget överlämnas till Västra Götalandsregionen och till", "Trafikverket.", True, "a name had no room"),
    ("Nämnden ger ett bidrag till föreningen för ombyggnad med", "250 000 kronor.", True, "figures had no room"),
    ("Anna Ek (S)", "Bo Al (M)", False, "there was room"),
    ("Förvaltningen har gått igenom hur lokalerna används nu.", "Kostnaden är hög", False, "the sentence has ended"),
    ("Kommunfullmäktige beslutar i enlighet med förslaget", "att anta planen", False, "an att-sats begins"),
    ("Kommunfullmäktige beslutar i enlighet med förslaget från", "1. Planen antas.", False, "a point begins"),
    ("Ordförande                                   Anna Ek (S)", "vice ordförande", False, "columns"),
]


@pytest.mark.parametrize(("row", "after", "expected", "why"), GOING_ON)
def test_runs_on(row: str, after: str, expected: bool, why: str) -> None:
    assert runs_on(row, after, 60) is expected, why
    assert not runs_on(row, after, 0)


def test_unbroken_keeps_all_offsets() -> None:
    text = f"Rubrik\n\n{WRAPPED}\n\nBeslut\nBifalls."
    assert unbroken(text, 60) == f"Rubrik\n\n{PROSE}\n\nBeslut\nBifalls."


MINUTES = """Barnnämnden
Protokoll
2031-05-04

§ 7 Bidrag till föreningar
Sammanfattning
{prose}

{parts}
"""


def _minutes(parts: str) -> str:
    return MINUTES.format(prose=WRAPPED, parts=parts)


DECIDED = [
    (
        "Beslut\nBarnnämnden föreslår kommunfullmäktige att besluta att\navgiften för lokaler höjs.",
        ["Barnnämnden föreslår kommunfullmäktige att besluta att avgiften för lokaler höjs."],
        "the sentence goes on where the line was full",
    ),
    (
        "Beslut\nBarnnämnden föreslår att kommunstyrelsen vid sitt möte beslutar\natt höja avgiften.",
        ["att höja avgiften."],
        "an att-sats begins a point",
    ),
    (
        "Beslut\nBarnnämnden föreslår att kommunstyrelsen vid sitt möte beslutar\natt höja taxan och\natt se över dem.",
        ["att höja taxan", "att se över dem."],
        "two att-satser are a list",
    ),
    (
        "Beslut\nNämnden föreslår för sin del att Lidevads kommunfullmäktige\nbeslutar:\n1. Avgiften höjs.",
        ["Avgiften höjs."],
        "a lead-in on two lines",
    ),
    ("Beslut\nNämnden beslutar att\nhöja avgiften.", ["höja avgiften."], "a lead-in where there was room"),
    (
        "Beslut\nBarnnämnden översänder svaret till\nTrafikförsörjningsbolaget Västkusten.",
        ["Barnnämnden översänder svaret till Trafikförsörjningsbolaget Västkusten."],
        "a name that had no room begins no paragraph",
    ),
    (
        "Beslut\natt höja avgiften.\nAnna Ek (S) och Bo Al (M) deltar inte i beslutet.",
        ["att höja avgiften."],
        "who takes no part, right below",
    ),
    ("Beslut\natt bevilja 80 000:-\nJäv\nAnna Ek (S) anmäler jäv.", ["att bevilja 80 000:-"], "a price is no hyphen"),
]


@pytest.mark.parametrize(("parts", "expected", "why"), DECIDED)
def test_decisions_over_lines(parts: str, expected: list[str], why: str) -> None:
    assert [decision.text for decision in read(_minutes(parts).encode()).items[0].decisions] == expected, why


HEADINGS = [
    ("förslaget. Anna Ek anmälde ändå\nReservation.", ["summary", "procedure"], "the last word of a sentence"),
    ("förslaget.\nReservation\nAnna Ek (S) anmäler en.", ["summary", "procedure", "reservation"], "a heading"),
    (
        "Lidevads gamla fabriksområde\nReservation\nAnna Ek (S) anmäler en.",
        ["summary", "procedure", "reservation"],
        "a heading after a full line that no sign ends",
    ),
]


@pytest.mark.parametrize(("text", "names", "why"), HEADINGS)
def test_a_heading_in_the_middle_of_a_sentence_is_none(text: str, names: list[str], why: str) -> None:
    paper = read(_minutes(f"Beslutsgång\nOrdföranden finner bifall till {text}").encode())
    assert [part.name for part in paper.items[0].sections] == names


def test_the_end_of_a_sentence_is_nobodys_name() -> None:
    head = "Protokoll\n2031-05-04\n\n§ 7 Bidrag\n"
    text = f"{head}{WRAPPED}\nBidraget betalas ut när handlingarna har överlämnats till\nkommunstyrelsen.\n"
    assert read(text.encode()).body is None
    assert read(text.replace("\nkommunstyrelsen.", "\n\nKommunstyrelsen").encode()).body == "Kommunstyrelsen"


def test_news_over_lines() -> None:
    told = (
        "På onsdagen beslutade barnnämnden att bevilja 250 000 kronor till ombyggnad av lokalerna i den gamla skolan."
    )
    text = f"Nytt bidrag\n\nPublicerad 4 maj 2031\n\n{WRAPPED}\n\n" + "\n".join(textwrap.wrap(told, 60))
    assert [decision.text for decision in read(text.encode()).items[0].decisions] == [told]
