"""The text and the letters of its page: each letter of the one finds its own among the others."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.drawing.alignment import NOWHERE, align, fold


def places(text: str, page: str) -> list[int]:
    """Where the letters of a text stand in a page that is written with its blanks."""
    printed = [at for at, char in enumerate(page) if not char.isspace()]
    apart = [at == 0 or page[at - 1].isspace() for at in printed]
    found = align(text, "".join(page[at] for at in printed), apart)
    return [NOWHERE if there == NOWHERE else printed[there] for there in found]


# text, page, what the page's letters must be for a word of the text (its second or later occurrence: word@2), why
CASES = [
    ("Nämnden beslutar", "Nämnden beslutar", "beslutar", 8, "the same"),
    ("Nämnden beslutar", "Mora kommun 3 (5) Nämnden beslutar", "Nämnden", 18, "a running head was left out"),
    ("Nämnden beslutar", "Nämnden 3 (5) Nämnden beslutar", "Nämnden", 14, "the head says the same as the text"),
    ("Koret bifalls", "Koret Kommun 3\nKultur bifalls", "bifalls", 22, "no letter is taken from another word"),
    ("kommunstyrelsen\nbeslutar", "kommun-\nstyrelsen beslutar", "styrelsen", 8, "a broken word was made whole"),
    ("kommunstyrelsen\nbeslutar", "kommun\ufffestyrelsen beslutar", "styrelsen", 7, "broken as PDFium tells it"),
    ("vänster ett går\nvänster två\nhöger ett står\nhöger två", "vänster ett går höger ett står\nvänster två höger två",
     "höger två", 43, "columns were put in order"),
    ("Summa 1 250  1 300\nannat", "annat\nSumma 1 250 1 300", "1 300", 18, "rows were put in order"),
    ("ﬁnansiering", "finansiering", "nansiering", 2, "a ligature"),
    ("finansiering av", "ﬁnansiering av", "av", 12, "a ligature on the page"),
    ("å ä ö", "a\u030a a\u0308 o\u0308", "ö", 6, "accents written as signs of their own"),
    ("• punkt", "\uf0b7 punkt", "punkt", 2, "Word's bullet"),
    ("pnr ••••••-•••• bor", "pnr 811228-\n9874 bor", "bor", 17, "a masked number that was broken"),
    ("-3,2 mnkr", "Avvikelse -3,2 mnkr", "-3,2", 10, "a hyphen that is a sign"),
]  # fmt: skip

WORDS = ["Nämnden", "beslutar", "att", "bevilja", "kören", "5", "000", "kronor", "för", "år", "2031", "enligt", "§ 4",
         "Kommunstyrelsens", "förslag", "(S)", "12"]  # fmt: skip


@pytest.mark.parametrize(("text", "page", "word", "there", "why"), CASES)
def test_a_word_finds_its_letters(text: str, page: str, word: str, there: int, why: str) -> None:
    start = text.index(word)
    found = [place for place in places(text, page)[start : start + len(word)] if place != NOWHERE]
    assert found[0] == there, why
    assert [fold(page[at]) for at in found] == [fold(char) for char in word if fold(char)] or "-" in word, why


def test_masked_figures_find_the_figures() -> None:
    text, page = "Sökande ••••••-•••• beviljas", "Sökande 811228-\n9874 beviljas"
    assert "".join(page[at] for at in places(text, page)[8:19]) == "811228-9874"


def test_a_sign_that_was_mended_finds_what_was_read() -> None:
    assert places("§ 93 Anmälda", "8 93 Anmälda")[:1] == [0]


@given(st.lists(st.text(alphabet="abåäö 12-§•", min_size=1, max_size=12), max_size=20), st.randoms())
def test_no_printed_letter_is_used_twice(lines: list[str], chance: Random) -> None:
    found = places("\n".join(lines), "\n".join(["Sidhuvud 1", *chance.sample(lines, len(lines))]))
    used = [there for there in found if there != NOWHERE]
    assert len(used) == len(set(used))


@pytest.mark.parametrize("seed", range(20))
def test_lines_in_any_order(seed: int) -> None:
    chance = Random(seed)
    lines = [" ".join(chance.choices(WORDS, k=chance.randint(2, 9))) for _ in range(chance.randint(2, 60))]
    text, printed = "\n".join(lines), "\n".join(["Sidhuvud 1", *chance.sample(lines, len(lines))])
    right = [char.isspace() or printed[there] == char for char, there in zip(text, places(text, printed), strict=True)]
    assert sum(right) >= 0.99 * len(right)


def test_nothing_on_the_page() -> None:
    assert align("text", "", []) == [NOWHERE] * 4
    assert align("", "text", [True, False, False, False]) == []
