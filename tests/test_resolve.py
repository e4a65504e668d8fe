"""What only the whole paper tells: one matter after the other."""

from dataclasses import replace

from extractors.model import Document, Item, Person, Reservation, Span, Vote, Voter
from extractors.resolve import resolve

_HERE = Span(0, 1, 1)
_LIST = "Voteringslista: § 7\nLedamot Ja Nej Avstår\nAnna Ek (S) Ja\nBo Al (M) Ja\nCia Dal (V) Nej\nResultat 2 1 0\n"


def _document(item: Item, text: str = "§ 7 ...", **fields: object) -> Document:
    document = Document("id", "source", "protocol", text, (), items=(item,))
    return replace(document, **fields)  # type: ignore[arg-type]


def _item(**fields: object) -> Item:
    return replace(Item(_HERE, "7", "Plan"), **fields)  # type: ignore[arg-type]


def test_a_list_at_the_end_gives_the_item_its_voters() -> None:
    found = resolve(_document(_item(votes=(Vote(_HERE, 2, 1),)), _LIST)).items[0].votes
    assert [(vote.yes, vote.no) for vote in found] == [(2, 1)]
    assert [voter.name for voter in found[0].voters] == ["Anna Ek", "Bo Al", "Cia Dal"]


def test_a_list_is_the_vote_where_the_item_tells_none() -> None:
    assert [(vote.yes, vote.no) for vote in resolve(_document(_item(), _LIST)).items[0].votes] == [(2, 1)]


def test_a_list_that_disagrees_is_an_issue_and_the_item_counts() -> None:
    document = resolve(_document(_item(votes=(Vote(_HERE, 1, 2),)), _LIST))
    assert [(vote.yes, vote.no) for vote in document.items[0].votes] == [(1, 2)]
    assert [issue.reason for issue in document.issues] == ["§ 7: the § tells 1-2, the list of voters 2-1"]


def test_a_check_sum_that_is_wrong_is_an_issue() -> None:
    voters = (Voter("Anna Ek", "S", "yes"), Voter("Bo Al", "M", "no"))
    document = resolve(_document(_item(votes=(Vote(_HERE, 2, 1, voters=voters),))))
    assert [issue.reason for issue in document.issues] == ["§ 7: 2 votes told, 1 people named (yes)"]
    assert document.items[0].votes[0].yes == 2


def test_the_roster_tells_the_party_of_who_reserves() -> None:
    item = _item(reservations=(Reservation(_HERE, (), ("Anna Ek", "Eva Ås", "Bo Al")),))
    people = (Person(_HERE, "Anna Ek", "SD"), Person(_HERE, "Bo Al", "M"), Person(_HERE, "Bo Al", "S"))
    document = resolve(_document(item, people=people))
    assert document.items[0].reservations[0].parties == ("SD",)  # Eva Ås is unknown, Bo Al is two people


def test_the_chairman_votes_by_his_office() -> None:
    voters = (Voter("Bo Al", None, "yes"), Voter("ordföranden", None, "no"))
    people = (Person(_HERE, "Cia Dal", "M", "vice ordförande"), Person(_HERE, "Anna Ek", "S", "ordförande"))
    people = (*people, Person(_HERE, "Bo Al", "V"))
    item = replace(_item(votes=(Vote(_HERE, 1, 1, voters=voters),)), span=Span(2, 6, 1))
    (vote,) = resolve(_document(item, people=people)).items[0].votes
    assert vote.voters == (Voter("Bo Al", "V", "yes"), Voter("Anna Ek", "S", "no"))


def test_a_chairman_that_nothing_names_is_left_out() -> None:
    voters = (Voter("Bo Al", None, "yes"), Voter("ordföranden", None, "no"))
    (vote,) = resolve(_document(_item(votes=(Vote(_HERE, 1, 1, voters=voters),)))).items[0].votes
    assert [voter.name for voter in vote.voters] == ["Bo Al"]


def test_nothing_to_settle() -> None:
    document = _document(_item())
    assert resolve(document) == document


def test_voters_with_a_column_of_parties_are_people() -> None:
    text = "Voteringslista: § 7\nLedamot  Parti  Ja  Nej\nAnna Ek  S  X\nBo Al  M    X\nSumma  1  1\n"
    document = resolve(_document(_item(), text, people=(Person(_HERE, "Anna Ek", "S"),)))
    assert [(person.name, person.party) for person in document.people] == [("Anna Ek", "S"), ("Bo Al", "M")]
    assert text[document.people[1].span.start : document.people[1].span.end] == "Bo Al"


def test_a_paragraph_numbered_with_its_year_has_its_list_too() -> None:
    document = resolve(_document(_item(number="7/2031"), _LIST))
    assert [(vote.yes, vote.no) for vote in document.items[0].votes] == [(2, 1)]
