"""Sums of money: one long table of our own sentences, each with the reason it is there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.amounts import find
from extractors.model import Stretch

FOUND = [
    ("högst 1 250 000 kronor", ["1250000"], "thousands parted by blanks"),
    ("högst 1 250 000 kr", ["1250000"], "hard blanks"),
    ("1.039.230 kr om året", ["1039230"], "thousands parted by points"),
    ("4,5 mnkr till bryggan", ["4500000"], "a comma"),
    ("kostar 1.5 miljoner kronor", ["1500000"], "a decimal point"),
    ("128 376 tkr", ["128376000"], "thousands of kronor"),
    ("2 mkr", ["2000000"], "another short form"),
    ("3 mdkr", ["3000000000"], "milliards"),
    ("22,5 miljarder kronor", ["22500000000"], "milliards in words"),
    ("88,4 miljoner kronor", ["88400000"], "millions"),
    ("5 MSEK och 300 KSEK", ["5000000", "300000"], "capitals"),
    ("SEK 2 500 000", ["2500000"], "the unit first"),
    ("kr 1 250:-", ["1250"], "the unit first and a dash"),
    ("arrendet är 624000:-/år", ["624000"], "a dash"),
    ("cirka 5.000:- per gång", ["5000"], "a point and a dash"),
    ("skattesatsen 21,36 kr", ["21.36"], "öre as decimals"),
    ("taxan är 5 kr/h", ["5"], "the measure is no part of the sum"),
    ("Kommunen medfinansierar leden med 400 tkr per år 2031-2033.", ["400000"], "years are no sum beside it"),
    ("Vi hade kunnat renovera badet för 90 miljoner, säger hon.", ["90000000"], "done for so much"),
    ("Vägen borde kosta 80 miljoner.", ["80000000"], "what it costs"),
    ("25 öre per kilowattimme", ["0.25"], "öre"),
    ("750 000 kronor per år, totalt 1,5 miljoner kronor", ["750000", "1500000"], "two in a sentence"),
    ("830 tkr (415 tkr per år)", ["830000", "415000"], "brackets"),
    ("10-12 mnkr", ["10000000", "12000000"], "a range is two"),
    ("350 000-500 000 kr", ["350000", "500000"], "a range is two"),
    ("350 000 – 500 000 kronor", ["350000", "500000"], "a range with a dash"),
    ("mellan 10 och 12 mnkr", ["10000000", "12000000"], "a range in words"),
    ("höjs från 100 till 120 kronor", ["100", "120"], "from and to"),
    ("en avvikelse på -3,2 mnkr", ["-3200000"], "minus"),
    ("Prognosen är minus 7,5 mnkr", ["-7500000"], "minus as a word"),
    ("(-47,5mnkr) för VA", ["-47500000"], "minus after a bracket, no blank"),
    ("ett underskott på 4 mnkr", ["4000000"], "a deficit is told, not signed"),
    ("sju miljoner kronor till isbanan", ["7000000"], "in words"),
    ("en halv miljon kronor", ["500000"], "half a million"),
    ("två och en halv miljoner kronor", ["2500000"], "two and a half"),
    ("tio kronor", ["10"], "a small sum in words"),
    ("tvåhundrafemtio tusen kronor", ["250000"], "compounds"),
    ("Av budgeten avsätts 15 miljoner i ett paket", ["15000000"], "plainly kronor"),
    ("bidraget är 2,8 miljoner, dels till hamnen", ["2800000"], "plainly kronor before a comma"),
    ("362 miljoner kronor, 78 miljoner högre än budget", ["362000000", "78000000"], "the unit told once"),
    ("kostnaden blir cirka 24 miljoner\n      kronor", ["24000000"], "the unit on the next line"),
    ("uppgår till 355\n550 kr exkl. moms", ["355550"], "the figure broken over lines"),
    ("ett anslag om 2 038\n193 kronor", ["2038193"], "a longer figure broken over lines"),
    ("enligt § 12\n500 kr per gång", ["500"], "a § at the end of the line before"),
    ("150 000 tusen kronor", ["150000000"], "thousands of thousands"),
    ("år 2027 till 69 994 tkr; år 2028 till 72 906 tkr", ["69994000", "72906000"], "years before sums"),
    ("under 2025 10 000 kronor", ["10000"], "a year just before"),
    ("• Resor: 5 000 kr\n• Mat: 7 000 kr", ["5000", "7000"], "a list"),
    ("Sökt belopp; 339 000 kr\nFörslag; 200 000 kr", ["339000", "200000"], "a list with semicolons"),
    ("ansöker om\n400 000 kronor", ["400000"], "a sentence broken before the sum"),
    ("| Nämnden får högst 5 000 kr för resor. | Ja |", ["5000"], "a sentence in a cell"),
    ("0 kr", ["0"], "nothing is a sum too"),
    ("1 miljon kronor", ["1000000"], "one"),
    ("Hyran: 1 200 kr/mån.", ["1200"], "a measure and a stop"),
    ("1'250'000 kr", ["1250000"], "thousands parted by apostrophes"),
    ("1,250,000 kr", ["1250000"], "thousands parted by commas"),
    ("1.250.000,50 kr", ["1250000.5"], "thousands parted by points, öre"),
    ("4,5 mn kr, 4,5 milj. kronor, 900 t kr", ["4500000", "4500000", "900000"], "units in two words"),
    ("4,5 mnkronor och 2 mdr kronor", ["4500000", "2000000000"], "units half in words"),
    ("SEK 1,5 miljoner, MSEK 5", ["1500000", "5000000"], "the unit first"),
    ("Avgift: kr 500.", ["500"], "the unit first, nothing after"),
    ("1 250,- per gång", ["1250"], "a comma and a dash"),
    ("21:50 kr", ["21.5"], "öre after a colon"),
    ("½ miljon kronor, 1½ miljon kronor", ["500000", "1500000"], "a half as a sign"),
    ("tre kvarts miljon kronor", ["750000"], "three quarters"),
    ("halvannan miljon kronor", ["1500000"], "one and a half"),
    ("fyra komma fem miljoner kronor", ["4500000"], "decimals in words"),
    ("tre miljoner tvåhundra tusen kronor", ["3200000"], "millions and thousands in words"),
    ("mellan fem och sju miljoner kronor", ["5000000", "7000000"], "a range in words"),
    ("fem till sju miljoner kronor", ["5000000", "7000000"], "a range in words"),
    ("2,5 respektive 3,5 mnkr", ["2500000", "3500000"], "two sums, one unit"),
    ("10 till 12 mnkr", ["10000000", "12000000"], "a range without mellan"),
    ("2,5 och 3,5 mnkr", ["2500000", "3500000"], "two alike"),
    ("10—12 mnkr", ["10000000", "12000000"], "a long dash"),
    ("3-5 000 kr", ["3000", "5000"], "thousands told once"),
    ("500-1 000 kr", ["500", "1000"], "thousands of the higher only"),
    ("150 kr-200 kr", ["150", "200"], "the unit twice"),
    ("5 kronors höjning", ["5"], "a genitive"),
    ("under 2031 och 3 mnkr sedan", ["3000000"], "a year before och is no sum"),
    ("punkt 4 till 6 mnkr", ["6000000"], "a point of a list is no sum"),
]

NOT_FOUND = [
    ("hundratals miljoner kronor", "no figure"),
    ("flera miljoner kronor", "no figure"),
    ("flera hundra tusen kronor", "no figure"),
    ("några tusen kronor", "no figure"),
    ("Belopp i kr 2031 2032", "years beside the head's unit"),
    ("2,0\n\nmnkr/poäng", "the unit in another paragraph"),
    ("1,2 miljoner invånare", "people"),
    ("budgeten för 710 miljoner skäl till reformer", "reasons, in the title of a report"),
    ("1,2 miljoner objekt i kommunens kostnadsfria arkiv", "things"),
    ("närmare 3 miljoner, enligt räkningen", "nothing that speaks of money near"),
    ("0,4 promille av prisbasbeloppet", "no unit of money"),
    ("Belopp i tkr", "the head of a table"),
    ("avgift, kr/år", "the head of a column"),
    ("§ 5 kr", "a §"),
    ("OPF-KR 19", "a rule book"),
    ("28-punktsprogrammet kräver", "a word that begins like a unit"),
    ("Grundskola\t1 250 kr\t1 300 kr", "cells parted by tabs"),
    ("| Grundskola | 1 250 kr |", "cells of Markdown"),
    ("Fast avgift        1 250 kr", "cells parted by blanks"),
    ("B Tomtyta 59 kr 73 kr", "two columns of sums"),
    ("Lägenhet, per hushåll 1 499 kr\nVerksamhet, per kärl 1 878 kr", "rows of label and sum"),
    ("Avgift per m2\n135 219 kr 169 024 kr", "a row of sums alone"),
    ("58,17 kr\n25,54 kr\n29,11 kr", "a column of sums"),
    ("vattnet 12 krävs", "a word"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOUND)
def test_found(text: str, expected: list[str], why: str) -> None:
    assert [str(amount.kronor) for amount in find(Stretch(text))] == expected, why


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_not_found(text: str, why: str) -> None:
    assert [amount.text for amount in find(Stretch(text))] == [], why


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("cirka 750 000 kronor per år", ["750 000 kronor"]),
        ("avgiften 5 kr/h", ["5 kr"]),
        ("10-12 mnkr", ["10", "12 mnkr"]),
        ("minus: -3,2 mnkr", ["-3,2 mnkr"]),
        ("SEK 2 500 000.", ["SEK 2 500 000"]),
        ("kr 1 250:-", ["kr 1 250:-"]),
        ("Av medlen avsätts 15 miljoner i år", ["15 miljoner"]),
        ("en halv miljon kronor", ["en halv miljon kronor"]),
    ],
)
def test_runs_from_the_figure_to_the_unit(text: str, printed: list[str]) -> None:
    amounts = list(find(Stretch(text, start=100)))
    assert [amount.text for amount in amounts] == printed
    assert [text[a.span.start - 100 : a.span.end - 100] for a in amounts] == printed


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("750 000 kronor per år", "year"),
        ("624 000:-/år", "year"),
        ("5 mnkr årligen", "year"),
        ("62 kr per månad", "month"),
        ("1 200 kr/mån", "month"),
        ("5 kr/h", "hour"),
        ("40 kronor i timmen", "hour"),
        ("300 kr per barn", "child"),
        ("900 kr/kvm", "m2"),
        ("25 kr per besök", "occasion"),
        ("500 kr i bidrag", None),
        ("5 mnkr i år", None),
        ("240 000 kronor mer per år", "year"),
        ("5 kr per barn och år", "child"),
        ("95 000 kr per gymnasieelev", "pupil"),
        ("en månadsavgift på 250 kr", "month"),
        ("timtaxan är 1 100 kr", "hour"),
        ("en årlig kostnad på 2 mnkr", "year"),
        ("kostnaden per plats är 95 000 kr", "piece"),
        ("12 kr per påbörjad timme", "hour"),
        ("1 200 kr i månaden", "month"),
        ("49,50 kr styck", "piece"),
        ("500 kr per automatik", None),
        ("500 kr. År", None),
    ],
)
def test_per(text: str, per: str | None) -> None:
    (amount,) = find(Stretch(text))
    assert amount.per == per


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Nämnden beviljar 200 000 kronor till föreningen", "grant"),
        ("ge 5 miljoner kronor i föreningsbidrag", "grant"),
        ("kostnaden beräknas till 5 mnkr", "cost"),
        ("ett underskott på 4 mnkr", "deviation"),
        ("en positiv avvikelse mot budget på 46 miljoner kronor", "deviation"),
        ("avgiften är 250 kr", "fee"),
        ("investeringen om 60 mnkr", "investment"),
        ("vid vite av 50 000 kr", "penalty"),
        ("14,1 mnkr bättre än budget", "deviation"),
        ("78 miljoner kronor högre än budgeterat", "deviation"),
        ("överskridande av budget uppgår till -9 tkr", "deviation"),
        ("Resultatet blev 38 mnkr", "result"),
        ("Av årets resultat avsätts 12 mnkr", None),
        ("Föreningen får bidrag men har ansökt om 310 000 kronor", None),
        ("inom den ram på 5 mnkr som finns", "budget"),
        ("mot budgeterade 131 mnkr", "budget"),
        ("I budgeten för nämnden finns 2 mnkr", None),
        ("kostnaden för investeringen är 5 mnkr", "cost"),
        ("Kostnaden minskar med 200 tkr", "decrease"),
        ("minskar kostnaden med cirka 200 tkr", "decrease"),
        ("budgeten utökas med 42 mnkr", "increase"),
        ("en höjning av lånetaket till 2 000 mnkr", "loan"),
        ("köper skolskjuts för 14 mnkr", "price"),
        ("Lokalen hyrs ut för 900 kr", "fee"),
        ("är avgiftsbelagd med 5 kr", "fee"),
        ("120 kronor dyrare", "increase"),
        ("900 kr lägre än i grannkommunerna", None),
        ("drift på 85 000 kronor", "cost"),
        ("900 000 kronor av statsbidraget", "grant"),
        ("medellönen är 31 200 kr", "pay"),
        ("skatteintäkterna uppgår till 1 642 mnkr", "income"),
        ("programmet på 5 mnkr", None),
        ("resultatutjämningsreserven på 5 mnkr", None),
        ("Startbidrag\nEn ny förening kan få 3 000 kr", None),
        ("Följande bidrag beviljas:\n- Lidevads IF: 5 000 kr", "grant"),
        ("Fritidsaktiviteter. 5 000 kr", None),
        ("Det gäller 5 000 kr", None),
    ],
)
def test_role(text: str, role: str | None) -> None:
    (amount,) = find(Stretch(text))
    assert amount.role == role


def test_what_is_told_once_holds_for_both() -> None:
    for text in ("mellan 600 000 och 800 000 kronor per år", "hyran höjs från 250 kr per år till 275 kr"):
        assert [amount.per for amount in find(Stretch(text, start=7))] == ["year", "year"]
    bidrag = "ett tillskott på 28 mnkr för löneökningar, varav skolan 11 mnkr"
    assert [amount.role for amount in find(Stretch(bidrag))] == ["grant", "grant"]


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("ett höjdfordon (10\n000 tkr) samt", [10_000_000]),
        ("varav\n000 tkr i bidrag", []),  # the end of a sum that begins elsewhere
        ("högst 0,5 mnkr och 0 kr", [500_000, 0]),
    ],
)
def test_a_sum_is_whole_or_none(text: str, kronor: list[int]) -> None:
    assert [amount.kronor for amount in find(Stretch(text))] == kronor


def test_a_sum_over_lines_that_were_broken() -> None:
    text = "Kommunen har köpt skolskjuts för sammanlagt 14\n300 000 kronor per\når sedan 2031."
    (amount,) = find(Stretch(text, width=46))
    assert (amount.kronor, amount.per, amount.text) == (14_300_000, "year", "14\n300 000 kronor")


def test_kronor_are_decimal() -> None:
    (amount,) = find(Stretch("4,50 mnkr"))
    assert amount.kronor == Decimal(4_500_000) and str(amount.kronor) == "4500000"
