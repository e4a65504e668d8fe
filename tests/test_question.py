"""What is read out of a question: clear filters, what is raised, and what stays words."""

from __future__ import annotations

from typing import Any

import pytest

from index.asking import question


@pytest.mark.parametrize(
    ("text", "filters", "why"),
    [
        ("parkering i Alingsås", {"municipality": ["1489"]}, "a name after i"),
        ("parkering i Alingsås kommun", {"municipality": ["1489"]}, "with what it is"),
        ("Göteborgs taxor", {"municipality": ["1480"]}, "in the genitive"),
        ("upplands väsby simhall", {"municipality": ["0114"]}, "two words, small letters"),
        ("avtal mellan Alingsås och Göteborg", {}, "two are not clear"),
        ("mark för bostäder", {}, "land, not Mark"),
        ("vad kan det vara", {}, "to be, not Vara"),
        ("markanvisning i Mark", {"municipality": ["1463"]}, "but here it is"),
        ("köp över 100 miljoner kronor", {"min_kronor": 100_000_000.0}, "at least"),
        ("bidrag högst 50 000 kr", {"max_kronor": 50_000.0}, "at most"),
        ("bidrag på 50 000 kr", {}, "a sum alone is words"),
    ],
)
def test_clear_filters(text: str, filters: dict[str, Any], why: str) -> None:
    assert question.read(text).filters.to_json() == filters, why


@pytest.mark.parametrize(
    ("text", "raised", "why"),
    [
        ("motioner från SD", {"kind": ["motion"], "party": ["SD"]}, "kind and party"),
        ("vad vill miljöpartiet", {"party": ["MP"]}, "a party's name in small letters"),
        ("bordlagda ärenden 2024", {"outcome": ["tabled"], "year": [2024]}, "outcome and year"),
        ("budget 2025-2027", {}, "a span of years is no year"),
        ("2023 eller 2024", {}, "nor are two"),
    ],
)
def test_what_is_raised(text: str, raised: dict[str, Any], why: str) -> None:
    assert question.read(text).raised.to_json() == raised, why


@pytest.mark.parametrize(
    "text", ["KS 2021/549", "ks-2021-549", "Dnr KS-2021/549.119", "ärende KS 2021/00549", "2021.549 KS"]
)
def test_case_numbers_in_any_spelling(text: str) -> None:
    read = question.read(text)
    assert (read.cases, read.stems) == (("KS 2021/549",), ())


def test_what_became_a_filter_is_no_word() -> None:
    assert question.read("cykelväg i Göteborgs stad").stems == ("cykelväg",)


def test_plain_reads_nothing() -> None:
    assert not question.plain("cykelväg i Göteborg 2024").filters


def test_a_long_question_is_cut_at_a_word() -> None:
    read = question.read("ord " * 25_000)
    assert len(read.text) <= question.LONGEST and read.text.endswith("ord") and "100000" in read.notes[0]
