"""Stems, compound parts and what becomes of numbers and names."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from index import words


@pytest.mark.parametrize(
    "forms",
    [
        "skola skolan skolor skolorna skolans",
        "cykel cykeln cyklar cyklarna",
        "kostnad kostnaden kostnader kostnaderna",
        "rum rummet rummen",
        "jobb jobbet jobben",
        "motion motionen motioner motionerna motionens",
        "utskott utskottet utskottets",
        "barn barnet barnen barnens",
        "bevilja beviljar beviljat beviljade beviljas",
        "dricksvatten dricksvattnet",
        "omklädningsrum omklädningsrummet",
        "laddstation laddstationer laddstationerna",
        "bok böcker böckerna böckernas boken",
        "stad städer städernas staden",
        "natt nätter nätterna natten",
        "man män männen mannen",
        "avslå avslår avslog avslås avslagit avslagen avslagna",
        "anta antar antog antogs antagit antagen",
        "föreslå föreslår föreslog föreslagit föreslagna",
        "överlåta överlät överlåtit",
        "upphöra upphörde upphört",
        "skriva skrev skrivit skrivna",
        "ge gav gett gavs",
        "bjuda bjöd bjudit",
        "nämnd nämnden nämnder nämnderna nämndens",
        "kommentar kommentarer kommentaren",
        "effekt effekten effekter effekterna",
        "gemensam gemensamt gemensamma",
        "social socialt sociala",
        "syfte syftet syften",
        "genomföra genomför genomförde genomfört genomförs",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({words.stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("nämnden", "nämna", "a board is no mention"),
        ("vikten", "vika", "nor a weight a fold"),
        ("makt", "maka", "power"),
        ("innehållet", "hålla", "a noun that looks like a participle"),
        ("företagen", "ta", "and another"),
        ("kollade", "lägga", "kol+lade is no compound"),
        ("Boman", "bok", "a name"),
        ("avgifter", "avge", "a noun beside its verb"),
    ],
)
def test_other_words_have_other_stems(one: str, other: str, why: str) -> None:
    assert words.stem(one.lower()) != words.stem(other), why


@pytest.mark.parametrize(
    ("compound", "parts", "why"),
    [
        ("skolskjutsavgift", "skolskjuts avgift skjuts", "three words, and the two in front together"),
        ("föreningsstöd", "förening stöd", "linked by s"),
        ("hälsovård", "hälsa vård", "the first word in a form of its own"),
        ("kyrkogården", "kyrka gård", "and the last one inflected"),
        ("avhopparverksamhet", "verksamhet", "the first word is in no list"),
        ("utskänkningstillstånd", "utskänkning tillstånd", "nor this, but -nings- tells"),
        ("skolskjuts", "skola skjuts", "skjuts is a noun"),
        ("förtroendevalda", "förtroende välja", "a participle"),
        ("förslag", "", "för- makes another word of slag"),
        ("kommunen", "", "an inflected word"),
        ("möjligheter", "", "an ending that looks like a word"),
        ("sekretess", "", "not made of words"),
    ],
)
def test_parts_of_compounds(compound: str, parts: str, why: str) -> None:
    (word,) = words.words(compound)
    wanted = {words.stem(part) for part in parts.split()}
    assert wanted <= set(word.parts) and bool(wanted) == bool(word.parts), why


@pytest.mark.parametrize(
    ("text", "stems", "why"),
    [
        ("§ 114 och §7", ["§114", "§7"], "paragraphs with or without a space"),
        ("den 2026-06-15 kl. 18:30", ["2026-06-15", "kl", "18:30"], "numbers stay whole"),
        ("Erska 1:55", ["ersk", "1:55"], "the name of a property"),
        ("vård- och omsorgsnämnden", ["vård", "omsorgsnämnd"], "a hyphen that hangs"),
        ("e-tjänst", ["etjänst"], "a hyphen inside"),
        ("vad är det som gäller", ["gäll"], "words that carry no meaning"),
        ("?! – …", [], "nothing to find"),
    ],
)
def test_stems_of_a_text(text: str, stems: list[str], why: str) -> None:
    assert [word.stem for word in words.words(text)] == stems, why


def test_a_name_is_not_a_compound() -> None:
    assert all(not word.parts for word in words.words("yrkar Bergström, Nordberg och Sandvik"))


def test_a_compound_meets_its_words() -> None:
    passage = set(words.passage_vector(words.bag("avgift för skolskjuts")).indices)
    question = set(words.question_vector("skolskjutsavgifterna").indices)
    assert {words.number(words.stem("avgift")), words.number(words.stem("skolskjuts"))} <= passage & question


def test_more_of_a_word_counts_more_but_less_each_time() -> None:
    once, twice, thrice = (words.passage_vector(words.bag("vatten " * n)).values[0] for n in (1, 2, 3))
    assert once < twice < thrice and twice - once > thrice - twice


def test_an_address_is_no_compound_and_costs_no_time() -> None:
    """Splitting once tried every beginning of every beginning, so that one web address stopped an ingestion."""
    slug = "entillsynpragladavansvarrespektochenkelhetsou" * 4
    assert words.bag(f"https://kommun.example/{slug} en-{slug}")


def test_many_threads_get_the_same_stems() -> None:
    """The stemmer of snowball works on one word at a time."""
    made = [f"{first}{last}{end}" for first in ("skol", "vatten", "gatu") for last in ("avgift", "belysning", "plan")
            for end in ("", "en", "er", "erna", "ernas")]  # fmt: skip
    tokens = [f"{word}{n}x".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(40) for word in made]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(words.stem, tokens))
    words.stem.cache_clear()
    assert found == [words.stem(token) for token in tokens]


def test_an_item_is_met_by_the_beginning_of_a_word_and_a_passage_is_not() -> None:
    bag, question = words.bag("Betalning sker i efterskott."), set(words.question_vector("betala").indices)
    assert question.isdisjoint(words.passage_vector(bag).indices)
    assert not question.isdisjoint(words.item_vector(bag).indices)
    assert words.bag("§ 114, 2026 och") + words.bag("i") == words.bag("§ 114, 2026 och i")
    assert not words.bag("§ 114, 2026 och").beginnings
