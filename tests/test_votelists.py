"""Printed lists of voters apart from the §§: what they say they belong to, and which vote gets its voters from them."""

from __future__ import annotations

import pytest

from extractors import read, votelists
from extractors.model import Document, Stretch

_TABLE = (
    "Ledamot  Ja  Nej  Avstår\nAnna Ek (S), ordförande  X\nBo Al (M), ledamot    X\nCia Dal (C), ersättare      X\n"
)
LABELS = [
    ("Voteringslista: § 61", "61"),
    ("Voteringslista § 61 Fria resor", "61"),
    ("Bilaga 2, omröstning § 61 om resor", "61"),
    ("§ 61 Voteringslista", "61"),
    ("Omröstning § 61", "61"),
    ("Omröstning nr 2, § 61", "61"),
    ("Omröstningslista till § 61/2031", "61"),
    ("Votering om återremiss, § 61", "61"),
    ("Voteringar\nParagraf: § 61", "61"),
]


@pytest.mark.parametrize(("label", "number"), LABELS)
def test_the_item_that_a_list_names(label: str, number: str) -> None:
    assert [entry.number for entry in votelists.find(Stretch(f"{label}\n{_TABLE}"))] == [number]


@pytest.mark.parametrize("line", ["Jämför omröstningen i § 61.", "Votering begärs enligt § 61 i ordningen och"])
def test_a_sentence_heads_no_list(line: str) -> None:
    assert not [entry.number for entry in votelists.find(Stretch(f"{line}\n{_TABLE}")) if entry.number]


def test_annex_and_matter() -> None:
    text = f"Bilaga 2\nOmröstningslista\nÄrende: 8:1\nÄrendemening: Ny taxa\nför hamnen\n{_TABLE}"
    (listed,) = votelists.find(Stretch(text))
    assert (listed.number, listed.annex, listed.title) == (None, "2", "Ny taxa för hamnen")


_MINUTES = """Sundby kommun
Kommunfullmäktige
Sammanträdesprotokoll
2031-05-04

Beslutande
Mia Ek (S), ordförande
Bo Al (M)
Åsa Lind (V)
Kim Dal (KD)
Per Ro (C)

§ 43 Svar på motion om cykelväg
Beslut
Motionen avslås.
Omröstning
Ja för avslag, nej för bifall.
Med {first} avslås motionen.{where}

§ 44 Ny taxa för hamnen
Beslut
Taxan antas.
Omröstning
Ja för bifall, nej för avslag.
Med 2 ja-röster, 1 nej-röst och 2 som avstår antas taxan.

§ 45 Mötets avslutande
Ordföranden avslutar mötet.

{one}
Namn  Parti  Ja  Nej  Avstår
Mia Ek  S  X
Bo Al  M  X
Åsa Lind  V    X
Kim Dal  KD    X
Per Ro  C  X

{two}
Namn  Parti  Ja  Nej  Avstår
Mia Ek  S  X
Bo Al  M      X
Åsa Lind  V      X
Kim Dal  KD    X
Per Ro  C  X
"""
HEADS = [
    ("Omröstning nr 1, § 43", "Omröstning nr 2, § 44", "the §"),
    ("Voteringslista 1", "Voteringslista 2", "their order"),
    ("Voteringslista: Ärende 12", "Voteringslista: Ärende 13", "numbers of the agenda"),
    ("Voteringslista\nÄrende: Svar på motion om cykelväg", "Voteringslista\nÄrende: Ny taxa för hamnen", "the matter"),
    ("Bilaga 1\nOmröstningslista", "Bilaga 2\nOmröstningslista", "annexes"),
]


def _read(one: str, two: str, first: str = "3 ja-röster mot 2 nej-röster", where: str = "") -> Document:
    return read(_MINUTES.format(one=one, two=two, first=first, where=where).encode())


def _votes(document: Document) -> list[tuple[str | None, int, int, int, str]]:
    """Number of the §, totals, and how the voters of the roster voted, a letter each."""
    return [
        (item.number, vote.yes, vote.no, vote.abstain, "".join(voter.vote[0] for voter in vote.voters))
        for item in document.items
        for vote in item.votes
    ]


@pytest.mark.parametrize(("one", "two", "why"), HEADS, ids=[head[2] for head in HEADS])
def test_lists_at_the_end_belong_to_their_votes(one: str, two: str, why: str) -> None:
    document = _read(one, two)
    assert _votes(document) == [("43", 3, 2, 0, "yynny"), ("44", 2, 1, 2, "yaany")], why
    assert not [issue for issue in document.issues if issue.stage == "votes"]


def test_a_list_that_contradicts_the_words_is_an_issue() -> None:
    document = _read(*HEADS[3][:2], first="4 ja-röster mot 1 nej-röst")
    assert _votes(document)[0] == ("43", 4, 1, 0, "yynny")
    assert [issue.reason for issue in document.issues if issue.stage == "votes"] == [
        "§ 43: the § tells 4-1, the list of voters 3-2"
    ]


def test_a_list_of_another_annex_than_the_words_name_is_left() -> None:
    document = _read("Bilaga 7\nOmröstningslista", HEADS[4][1], where=" Hur var och en röstar framgår av bilaga 1.")
    assert _votes(document) == [("43", 3, 2, 0, ""), ("44", 2, 1, 2, "yaany")]
