# ruff: noqa: E501 - the rows of the tables are whole sentences of minutes
"""Counted votes: (yes, no, abstain) of each, and what a yes meant."""

import pytest

from extractors import votelists, votes
from extractors.model import Stretch, Voter
from tests.given import paragraph

COUNTS = [
    ("Med 19 ja-röster mot 23 nej-röster avslås förslaget.", [(19, 23, 0)], "in a sentence"),
    ("Med 7 ja-röster och 8 nej-röster finner ordföranden att motionen avslås.", [(7, 8, 0)], "och"),
    ("Ordföranden finner att nämnden, med 8 ja-röster mot 3 nej-röster, beslutar enligt förslaget.", [(8, 3, 0)], "inside"),
    ("Fem ja-röster mot sex nej-röster.", [(5, 6, 0)], "in words"),
    ("Med tjugoen ja-röster, nitton nej-röster och en som avstår bifalls förslaget.", [(21, 19, 1)], "longer words"),
    ("Ja: 7, Nej: 8.", [(7, 8, 0)], "colons"),
    ("Resultat:\nJA 7\nNEJ 5\nAVSTÅR 1\n", [(7, 5, 1)], "a line each"),
    ("Ja-röst 7, Nej-röst 8", [(7, 8, 0)], "the number after"),
    ("Utfall: 21 ja, 20 nej, 8 avstod.", [(21, 20, 8)], "bare"),
    ("Omröstningen utfaller med 40 Ja mot 38 Nej. 3 ledamöter avstår från att rösta.", [(40, 38, 3)], "who abstained, after"),
    ("Ja: Anna Ek, Bo Al och\nCia Dal (3 st)\nNej: Dan Eng (1 st)", [(3, 1, 0)], "names and how many"),
    ("12 ledamöter röstar ja, 9 röstar nej och 2 avstår.", [(12, 9, 2)], "as verbs"),
    ("Vid omröstningen avges 7 röster för ja och 6 röster för nej.", [(7, 6, 0)], "röster för"),
    ("Med 7 nej-röster mot 4 ja-röster avslås förslaget.", [(4, 7, 0)], "no first"),
    ("Anna Ek (S) och\nordföranden Bo Al (V) röstar Ja (2).\nCia Dal (M) röstar Nej (1).\nDan Eng (-) avstår från att rösta (1).",
     [(2, 1, 1)], "names with check sums"),
    ("Ja-röster: Anna Ek (S), Bo Al (V)\nNej-röster: Cia Dal (M)", [(2, 1, 0)], "names without numbers"),
    ("Ja   Nej   Avstår\n21   20    2\n", [(21, 20, 2)], "a table of sums"),
    ("Ledamot Ja Nej Avstår\nAnna Ek (S), ledamot X\nBo Al (M), ledamot X\nResultat 1 1 0", [(1, 1, 0)], "a table with a last line"),
    ("Antal Ja: 40\n\nAntal Nej: 38\n\nAntal Avstår: 3\n", [(40, 38, 3)], "a list's head"),
    ("Med tre nej mot två ja har nämnden beslutat återremittera ärendet.", [(2, 3, 0)], "no first, without röst"),
    ("Förslaget godkändes med 39 röster mot 21.", [(39, 21, 0)], "neither ja nor nej"),
    ("Ordföranden finner att nämnden bifaller förslaget.", [], "acclamation is no counted vote"),
    ("Bo Al (V) deltar inte i beslutet. Ja, det stämmer, men nej.", [], "no numbers"),
    ("Frågan fick 12 ja i enkäten.", [], "no no"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), COUNTS, ids=[case[2] for case in COUNTS])
def test_counts(text: str, expected: list[tuple[int, int, int]], why: str) -> None:
    assert [(vote.yes, vote.no, vote.abstain) for vote in votes.find(Stretch(text))] == expected, why


MEANS = [
    ('Godkänd voteringsproposition: "Ja för avslag och Nej för bifall till yrkandet."\nMed 7 ja-röster mot 6 nej-röster avslås yrkandet.',
     "avslag", "a yes for saying no"),
    ("Ja-röst för bifall till arbetsutskottets förslag.\nNej-röst för bifall till Rut Sands förslag.\nMed 7 ja-röster och 4 nej-röster bifalls det.",
     "bifall till arbetsutskottets förslag", "a line each"),
    ("Ja-röst innebär att bifalla förvaltningens förslag.\nNej-röst innebär avslag. Ja: 8, Nej: 3.",
     "att bifalla förvaltningens förslag", "innebär att"),
    ("Den som vill att ärendet avgörs idag röstar ja. Den som vill återremittera röstar nej. 8 ja-röster och 5 nej-röster avges.",
     "att ärendet avgörs idag", "den som vill"),
    ("Godkänd voteringsproposition: ”Ja för bifall till kommunstyrelsens förslag och Nej för\nbifall till yrkandet.”\nUtfallet blir 40 Ja mot 38 Nej.",
     "bifall till kommunstyrelsens förslag", "typographic quotes"),
    ("Med 7 ja-röster mot 6 nej-röster bifalls förslaget.", None, "not told"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), MEANS, ids=[case[2] for case in MEANS])
def test_what_a_yes_meant(text: str, expected: str | None, why: str) -> None:
    assert [vote.yes_means for vote in votes.find(Stretch(text))] == [expected], why


def test_two_votes_in_one_item() -> None:
    text = (
        "Omröstning\nJa för avgörande idag och Nej för återremiss.\nMed 30 ja-röster mot 15 nej-röster avgörs ärendet idag.\n"
        "Huvudvotering\nGodkänd voteringsproposition: Ja för bifall, Nej för avslag.\nMed 24 ja-röster mot 21 nej-röster bifalls förslaget.\n"
    )
    assert [(vote.yes, vote.no) for vote in votes.find(paragraph(text))] == [(30, 15), (24, 21)]


def test_voters_with_names_broken_over_lines_and_roles() -> None:
    text = "Tjänstgörande ersättaren Anna\nEk (s), Bo Al Lind (V) samt\nordföranden Cia Dal (C) röstar Ja (3).\nDan Eng (-) röstar Nej (1)."
    (vote,) = votes.find(Stretch(text))
    assert vote.voters == (
        Voter("Anna Ek", "S", "yes"), Voter("Bo Al Lind", "V", "yes"), Voter("Cia Dal", "C", "yes"), Voter("Dan Eng", "-", "no"),
    )  # fmt: skip


def test_the_sentence_counts_where_the_list_below_disagrees() -> None:
    text = "Omröstningsresultat\nMed 20 ja-röster och 26 nej-röster avslås motionen.\nLedamot Ja Nej Avstår\nAnna Ek (S) X\nResultat 26 20 0\n"
    assert [(vote.yes, vote.no) for vote in votes.find(paragraph(text))] == [(20, 26)]


def test_an_earlier_bodys_vote_is_not_this_ones() -> None:
    text = "Tidigare behandling\nKommunstyrelsen beslutade med 7 ja-röster mot 6 nej-röster.\nBeslut\nPlanen antas.\n"
    assert not list(votes.find(paragraph(text, "Kommunfullmäktige")))


def test_a_list_of_another_item_is_left_for_it() -> None:
    text = (
        "Beslut\nRedovisningen godkänns.\nVoteringslista: § 7\nLedamot Ja Nej Avstår\nAnna Ek (S) X\nResultat 1 0 0\n"
    )
    assert not list(votes.find(paragraph(text, number="9")))
    assert [entry.number for entry in votelists.find(Stretch(text))] == ["7"]


def test_a_list_of_an_agendas_part_is_not_the_last_items() -> None:
    text = "Anföranden hålls.\nBilaga 2\n\nÄrende: 8:1\nÄrendemening: Budget\nAntal Ja: 40\nAntal Nej: 29\n"
    assert not list(votes.find(paragraph(text, number="300")))


def _who(text: str, number: str | None = None) -> list[tuple[str, str | None, str]]:
    """The voters of the one vote: surname, party, vote."""
    (vote,) = votes.find(paragraph(text, number=number or "1"))
    return [(voter.name.split()[-1], voter.party, voter.vote) for voter in vote.voters]


THREE = [("Ek", "S", "yes"), ("Al", "M", "no"), ("Dal", "C", "abstain")]
TABLES = [
    ("Ledamot  Ja  Nej  Avstår\nAnna Ek (S), ordförande  X\nBo Al (M), ledamot    X\nCia Dal (C), ersättare      X\n",
     "empty cells kept"),
    ("Namn  Parti  Ja  Nej  Avstår\nAnna Ek  S  x\nBo Al  M    x\nCia Dal  C      x\nSumma  1  1  1\n", "a column of parties"),
    (("Namn              Parti   Ja   Nej   Avstår\nAnna Ek           S       X\nBo Al             M            X\n"
     "Cia Dal           C                    X\nSumma                     1    1      1\n"), "columns by their place"),
    ("Ledamot\tParti\tJa\tNej\tAvstår\nAnna Ek\tS\tX\nBo Al\tM\t\tX\nCia Dal\tC\t\t\tX\n", "a table of HTML"),
    ("Ledamot\tParti\tRöst\nAnna Ek\tS\tJa\nBo Al\tM\tNej\nCia Dal\tC\tAvstår\n", "the vote in words"),
    ("1  Anna Ek (S), ordförande  JA\n2  Bo Al (M), ledamot  NEJ\n3  Cia Dal (C), tjg ersättare  AVSTÅR\n", "capitals, with numbers"),
    ("Anna Ek (S) röstar ja\nBo Al (M) röstar nej\nCia Dal (C) avstår från att rösta\n", "a sentence each"),
    ("Ledamot  Ja  Nej  Avstår\nSocialdemokraterna\nAnna Ek  X\nModeraterna\nBo Al    X\nCenterpartiet\nCia Dal      X\n",
     "a party above its members"),
    ("Ja-röster: Anna Ek (S)\nNej-röster: Bo Al (M)\nAvstår: Cia Dal (C)\n", "lists by vote"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "why"), TABLES, ids=[case[1] for case in TABLES])
def test_who_voted_how(table: str, why: str) -> None:
    told = "Omröstning\nMed en ja-röst och en nej-röst avslås förslaget. En ledamot avstår.\n"
    assert _who(told + table) == THREE, why


def test_a_list_whose_columns_were_lost_tells_nobody() -> None:
    text = "Omröstning\nMed 1 ja-röst och 2 nej-röster avslås förslaget.\n"
    table = "Ja   Nej   Avstår\nAnna Ek x\nBo Al    x\nCia Dal     x\nDan Eng     x\nEva Fur    x\n"
    assert _who(text + table) == []
    assert _who(text + "Namn  Ja  Nej\nAnna Ek (S)  X\nBo Al (M)  X\nCia Dal (C)  X\nSumma  1  2\n") == []


def test_who_abstained_as_only_the_list_tells() -> None:
    text = "Omröstning\nMed 1 ja-röst och 1 nej-röst avslås förslaget.\n" + TABLES[0][0]
    (vote,) = votes.find(paragraph(text))
    assert (vote.yes, vote.no, vote.abstain) == (1, 1, 1)


def test_a_proposal_after_ja_is_no_voter() -> None:
    text = "Ja-röst: Bifall till förslaget\nNej-röst: Bifall till Bo Als (M) förslag\nJa: 3, Nej: 2\n"
    assert [(vote.yes, vote.no, vote.voters) for vote in votes.find(paragraph(text))] == [(3, 2, ())]
