"""What is read out of a question: what filters, what only raises, and what stays words."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from index.asking import question
from index.asking.filters import Filters
from index.asking.known import Known

TODAY = date(2026, 6, 30)
KNOWN = Known(
    bodies=frozenset(
        {
            "kommunfullmäktige", "kommunstyrelsen", "kommunstyrelsens arbetsutskott", "tekniska nämnden",
            "barn- och ungdomsnämnden", "barn- och utbildningsnämnden", "socialnämnden", "socialnämnden hisingen",
            "nämnden för kultur & fritid",
        }
    ),
    people=frozenset({"ada ek", "bo von alm", "lisa lund-berg"}),
)  # fmt: skip


def _read(text: str, **told: Any) -> question.Question:
    return question.read(text, known=KNOWN, today=TODAY, **told)


@pytest.mark.parametrize(
    ("text", "filters", "why"),
    [
        ("parkering i Alingsås", {"municipality": ["1489"]}, "a name after i"),
        ("parkering i Alingsås kommun", {"municipality": ["1489"]}, "with what it is"),
        ("Göteborgs taxor", {"municipality": ["1480"]}, "in the genitive"),
        ("Göteborgs stads taxor", {"municipality": ["1480"]}, "of the city"),
        ("upplands väsby simhall", {"municipality": ["0114"]}, "two words, small letters"),
        ("skola i Upplands-Bro", {"municipality": ["0139"]}, "with a hyphen"),
        ("skolskjuts i Ystad eller Mora", {"municipality": ["1286", "2062"]}, "either will do"),
        ("skolskjuts i Ystad, Mora och Lomma", {"municipality": ["1286", "2062", "1262"]}, "three places to look in"),
        ("markanvisning i Mark", {"municipality": ["1463"]}, "but here it is"),
        ("vara kommun", {"municipality": ["1470"]}, "Vara, since it is a kommun"),
        ("avtal mellan Alingsås och Göteborg", {}, "an agreement between two is in either"),
        ("Örebros del av järnvägen till Kristinehamn", {}, "nor are these places to look in"),
        ("mark för bostäder", {}, "land, not Mark"),
        ("vad kan det vara", {}, "to be, not Vara"),
        ("vara med i nätverket", {}, "to be a part of"),
        ("bro över ån", {}, "a bridge"),
        ("kil i vägen", {}, "a wedge"),
        ("regionen i Örebro län", {}, "a county is no municipality"),
        ("Göteborgs universitet", {}, "nor is a university"),
        ("bidrag till IFK Göteborg", {}, "nor is a club"),
        ("Anna Lund (S)", {}, "a surname"),
    ],
)
def test_municipalities(text: str, filters: dict[str, Any], why: str) -> None:
    assert _read(text).filters.to_json() == filters, why


@pytest.mark.parametrize(
    ("text", "filters", "why"),
    [
        ("cykel 2024", {"year": [2024]}, "a year alone is that of the paper"),
        ("cykel under år 2024", {"year": [2024]}, "with the words before it"),
        ("cykel 2023 eller 2024", {"year": [2023, 2024]}, "two years are alternatives"),
        ("cykel sedan 2023", {"from": "2023"}, "open ahead"),
        ("cykel efter 2023", {"from": "2024"}, "that year not included"),
        ("cykel från och med maj 2023", {"from": "2023-05"}, "from a month"),
        ("cykel före 2020", {"to": "2019"}, "that year not included"),
        ("cykel till och med 2020", {"to": "2020"}, "that year included"),
        ("cykel före juni 2024", {"to": "2024-05-31"}, "the day before"),
        ("cykel mellan 2022 och 2024", {"from": "2022", "to": "2024"}, "in words"),
        ("cykel 2022–2024", {"from": "2022", "to": "2024"}, "with a dash"),
        ("cykel 2022-24", {"from": "2022", "to": "2024"}, "shortened"),
        ("cykel efter 2020 men före 2023", {"from": "2021", "to": "2022"}, "two bounds"),
        ("cykel våren 2025", {"from": "2025-01-01", "to": "2025-06-30"}, "half a year"),
        ("cykel i maj 2026", {"from": "2026-05-01", "to": "2026-05-31"}, "a month"),
        ("cykel mars–maj 2025", {"from": "2025-03-01", "to": "2025-05-31"}, "months"),
        ("beslut den 15 juni 2026", {"from": "2026-06-15", "to": "2026-06-15"}, "a day"),
        ("beslut 2026-06-15", {"from": "2026-06-15", "to": "2026-06-15"}, "a day in figures"),
        ("cykel i år", {"year": [2026]}, "this year"),
        ("cykel förra året", {"year": [2025]}, "last year"),
        ("cykel i fjol", {"year": [2025]}, "last year"),
        ("cykel i maj", {"from": "2026-05-01", "to": "2026-05-31"}, "the last May"),
        ("cykel i september", {"from": "2025-09-01", "to": "2025-09-30"}, "which was last year"),
        ("cykel i höstas", {"from": "2025-08-01", "to": "2025-12-31"}, "last autumn"),
        ("cykel de senaste två åren", {"from": "2024-06-30", "to": "2026-06-30"}, "years back from today"),
        ("cykel senaste månaden", {"from": "2026-05-30", "to": "2026-06-30"}, "a month back"),
        ("cykel förra månaden", {"from": "2026-05-01", "to": "2026-05-31"}, "the month before this"),
        ("cykel förra veckan", {"from": "2026-06-22", "to": "2026-06-28"}, "Monday to Sunday"),
        ("budget 2026", {}, "decided the year before"),
        ("årsredovisning 2025", {}, "decided the year after"),
        ("Vision 2030", {}, "a title"),
        ("verksamhetsplan 2025-2027", {}, "years that a plan is for"),
        ("VIP 2025-2027", {}, "so is what its letters stand for"),
        ("taxa för 2025", {}, "for a year"),
        ("resultat första kvartalet 2026", {}, "told later"),
        ("lagen 2017:725", {}, "a law"),
        ("avgiften är 2 024 kronor", {}, "a sum"),
        ("nästa år", {}, "has no papers yet"),
        ("sedan länge", {}, "no year"),
        ("den 31 februari 2024", {"from": "2024-02-01", "to": "2024-02-29"}, "no such day; the month stands"),
    ],
)
def test_times(text: str, filters: dict[str, Any], why: str) -> None:
    assert _read(text).filters.to_json() == filters, why


@pytest.mark.parametrize("text", ["cykel förra året", "cykel i år", "cykel de senaste två åren", "cykel i maj"])
def test_without_a_today_there_is_no_last_year(text: str) -> None:
    read = question.read(text)
    assert not read.filters and "cykel" in read.stems


@pytest.mark.parametrize(
    ("text", "filters", "why"),
    [
        ("köp över 100 miljoner kronor", {"min_kronor": 100_000_000.0}, "at least"),
        ("köp över en miljon", {"min_kronor": 1_000_000.0}, "in words, the unit understood"),
        ("köp för mer än 2,5 mnkr", {"min_kronor": 2_500_000.0}, "with a decimal"),
        ("bidrag minst 500 000 kr", {"min_kronor": 500_000.0}, "in kronor"),
        ("bidrag högst 50 000 kr", {"max_kronor": 50_000.0}, "at most"),
        ("bidrag under hundra tusen", {"max_kronor": 100_000.0}, "in words"),
        ("bidrag på 500 000 kr eller mer", {"min_kronor": 500_000.0}, "the bound after the sum"),
        ("köp mellan 1 och 3 miljoner", {"min_kronor": 1e6, "max_kronor": 3e6}, "the unit holds for both"),
        ("köp mellan 500 000 och 2 miljoner kronor", {"min_kronor": 500_000.0, "max_kronor": 2e6}, "here not"),
        ("bidrag på 50 000 kr", {}, "a sum alone is words"),
        ("över två miljoner besökare", {}, "visitors"),
        ("över tio tusen elever", {}, "pupils"),
        ("mer än hälften", {}, "no sum"),
    ],
)  # fmt: skip
def test_sums(text: str, filters: dict[str, Any], why: str) -> None:
    assert _read(text).filters.to_json() == filters, why


@pytest.mark.parametrize(
    ("text", "raised", "why"),
    [
        ("motioner från SD", {"kind": ["motion"], "party": ["SD"]}, "kind and party"),
        ("vad vill miljöpartiet", {"party": ["MP"]}, "a party's name in small letters"),
        ("sossarnas förslag", {"party": ["S"]}, "a nickname"),
        ("SD:s motioner", {"kind": ["motion"], "party": ["SD"]}, "letters in the genitive"),
        ("M:s yrkande", {"party": ["M"]}, "one letter in the genitive"),
        ("förslag från M", {"party": ["M"]}, "one letter after from"),
        ("V, S och MP om skolan", {"party": ["V", "S", "MP"]}, "letters in a row"),
        ("ada eks (L) interpellationer", {"person": ["ada ek"], "party": ["L"], "kind": ["interpellation"]}, "who"),
        ("plan M", {}, "no party"),
        ("hepatit C och vitamin D", {}, "nor these"),
        ("s.k. friskolor", {}, "nor this"),
        ("avslagna motioner", {"kind": ["motion"], "outcome": ["rejected"]}, "an outcome"),
        ("motioner som röstades ner", {"kind": ["motion"], "outcome": ["rejected"]}, "in two words"),
        ("bordlagda ärenden", {"outcome": ["tabled"]}, "put off"),
        ("återremitterade detaljplaner", {"outcome": ["remanded"]}, "sent back"),
        ("bifölls", {"outcome": ["approved", "recommended", "granted"]}, "by this body or the next"),
        ("klubbarna vill köpa arenan", {}, "clubs, not gavels"),
        ("vad sade tekniska nämnden", {"body": ["tekniska nämnden"]}, "a body"),
        ("kommunstyrelsens ordförande", {"body": ["kommunstyrelsen"]}, "in the genitive"),
        ("fullmäktige", {"body": ["kommunfullmäktige"]}, "for short"),
        ("barn- och ungdomsnämnd", {"body": ["barn- och ungdomsnämnden"]}, "without the article"),
        ("socialnämnden Hisingen", {"body": ["socialnämnden hisingen"]}, "the longer name"),
        ("beslut i KSAU", {"body": ["kommunstyrelsens arbetsutskott"]}, "by its letters"),
        ("TN om snö", {"body": ["tekniska nämnden"]}, "initials"),
        ("BUN", {"body": ["barn- och ungdomsnämnden", "barn- och utbildningsnämnden"]}, "two have the same"),
        ("tn", {}, "initials have capitals"),
        ("valnämnden", {}, "no such body here"),
        ("Bo von Alms förslag", {"person": ["bo von alm"]}, "a name of three words"),
        ("Bo Alm", {}, "nobody that the index knows"),
        ("Ada", {}, "a first name is a word"),
        ("budget 2026", {"year": [2026]}, "the year of a budget"),
        ("budget 2025-2027", {}, "a span of a plan says nothing of when"),
    ],
)  # fmt: skip
def test_what_is_raised(text: str, raised: dict[str, Any], why: str) -> None:
    read = _read(text)
    assert (read.raised.to_json(), read.filters) == (raised, Filters()), why


@pytest.mark.parametrize(
    "text", ["KS 2021/549", "ks-2021-549", "Dnr KS-2021/549.119", "ärende KS 2021/00549", "2021.549 KS"]
)
def test_case_numbers_in_any_spelling(text: str) -> None:
    read = _read(text)
    assert (read.cases, read.stems) == (("KS 2021/549",), ())


def test_what_became_a_filter_is_no_word_and_what_raises_is() -> None:
    read = _read("motioner om cykelväg i Göteborgs stad 2024")
    assert read.stems == ("motion", "cykelväg") and " ".join(read.sought.split()) == "motioner om cykelväg i"
    only = _read("Göteborg 2024")
    assert only.stems == () and only.sought == "Göteborg 2024"


def test_each_reading_tells_its_words_and_place() -> None:
    text = "motioner  från SD i Göteborg förra året över en miljon"
    told = _read(text).to_json()
    shown = [(one["name"], one["text"], one["filters"], one["filter"]) for one in told["readings"]]
    assert shown == [
        ("kind", "motioner", {"kind": ["motion"]}, False),
        ("party", "SD", {"party": ["SD"]}, False),
        ("municipality", "Göteborg", {"municipality": ["1480"]}, True),
        ("time", "förra året", {"year": [2025]}, True),
        ("sum", "över en miljon", {"min_kronor": 1e6}, True),
    ]
    assert all(told["text"][one["start"] : one["end"]] == one["text"] for one in told["readings"])


@pytest.mark.parametrize("off", ["time", "year"])
def test_a_reading_is_switched_off_by_its_name_or_its_filter(off: str) -> None:
    read = _read("cykelväg i Göteborg 2024", without=(off,))
    assert read.filters.to_json() == {"municipality": ["1480"]} and read.stems == ("cykelväg", "2024")


def test_a_case_number_can_be_switched_off() -> None:
    read = _read("KS 2021/549", without=("case",))
    assert not read.cases and read.stems


def test_the_askers_own_filter_counts() -> None:
    read = _read("cykel i Mora 2024", own=Filters(municipality=("Ystad",), year=(2020,)))
    assert not read.filters and read.stems == ("cykel", "mor", "2024")
    same = _read("cykel i Mora", own=Filters(municipality=("Mora",)))
    assert not same.filters and same.stems == ("cykel",)


def test_plain_reads_nothing() -> None:
    read = question.plain("cykelväg i Göteborg 2024")
    assert not read.filters and not read.readings and "götebor" in read.stems[1]


def test_a_long_question_is_cut_at_a_word() -> None:
    read = _read("ord " * 25_000)
    assert len(read.text) <= question.LONGEST and read.text.endswith("ord") and "100000" in read.notes[0]


def test_a_question_is_read_in_a_millisecond() -> None:
    text = "bordlagda motioner från Centerpartiet i Göteborgs fullmäktige juni 2024 över en miljon"
    _read(text)
    spent = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(20):
            _read(text)
        spent.append((time.process_time() - start) / 20)
    assert min(spent) < 0.005  # a fifth of it here; other machines are slower
