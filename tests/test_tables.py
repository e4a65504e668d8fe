"""Tables: sums in cells, with the words of row and column."""

from __future__ import annotations

import pytest

from extractors.model import Stretch
from extractors.tables import find, in_cell

LETTERED = """Avgift per år  Utan moms  Med moms

A  En fast avgift per mätare för  2 796 kr  3 495 kr
V och S

B  En fast avgift per tomt  Se tabell

C2  En rörlig avgift  58,50 kr  73,20 kr
(per m³)
"""

CASES = [
    (
        "Belopp i tkr\tBudget\tUtfall\nSkola\t1 250\t-1 300,5\nSumma\t2 000\t2 100\n",
        [
            ("Skola", "Budget", "1250000"),
            ("Skola", "Utfall", "-1300500"),
            ("Summa", "Budget", "2000000"),
            ("Summa", "Utfall", "2100000"),
        ],
        "tabs",
    ),
    (
        "| Belopp i mnkr | 2026 | 2027 |\n| Skola | 4,5 | 5 |\n| Vård | 10 | 11 |\n",
        [
            ("Skola", "2026", "4500000"),
            ("Skola", "2027", "5000000"),
            ("Vård", "2026", "10000000"),
            ("Vård", "2027", "11000000"),
        ],
        "pipes",
    ),
    (
        "Resultat (tkr)   Budget   Utfall\nIntäkter   7 231   7 600\nKostnader   -86 822   -90 753\n",
        [
            ("Intäkter", "Budget", "7231000"),
            ("Intäkter", "Utfall", "7600000"),
            ("Kostnader", "Budget", "-86822000"),
            ("Kostnader", "Utfall", "-90753000"),
        ],
        "blanks",
    ),
    (
        "Investering (miljoner kr) Minsta Trolig Maximal\nNytt verk 50 65 90\nGammalt verk 1 2 3\n",
        [
            ("Nytt verk", "Minsta", "50000000"),
            ("Nytt verk", "Trolig", "65000000"),
            ("Nytt verk", "Maximal", "90000000"),
            ("Gammalt verk", "Minsta", "1000000"),
            ("Gammalt verk", "Trolig", "2000000"),
            ("Gammalt verk", "Maximal", "3000000"),
        ],
        "single blanks, split in the only way",
    ),
    (
        "Abonnemang Avgift, kr/år\nVilla 2 498\nFritidshus 1 748\n",
        [("Villa", "Avgift, kr/år", "2498"), ("Fritidshus", "Avgift, kr/år", "1748")],
        "a fee list",
    ),
    (
        "Driftramar, tkr\nNämnd  Ram 2025  Plan 2027\nSkolnämnden  702 100  729 000\nBarn- och familj  9 200  -650\n",
        [
            ("Skolnämnden", "Ram 2025", "702100000"),
            ("Skolnämnden", "Plan 2027", "729000000"),
            ("Barn- och familj", "Ram 2025", "9200000"),
            ("Barn- och familj", "Plan 2027", "-650000"),
        ],
        "the caption tells the unit, a line of its own the heads",
    ),
    (
        "Hamnarna (kr per säsong)\n\nAvgift  Norra  Södra\nBåtplats till 2,5 m bredd  2 900  2 600\n",
        [("Båtplats till 2,5 m bredd", "Norra", "2900"), ("Båtplats till 2,5 m bredd", "Södra", "2600")],
        "one row is a table under heads of two columns",
    ),
    (
        "Verksamhet\tBudget (tkr)\tAntal barn\tAvvikelse (tkr)\nFörskola\t98 450\t1 210\t−800\nKök\t1 200\t\t(35)\n",
        [
            ("Förskola", "Budget (tkr)", "98450000"),
            ("Förskola", "Avvikelse (tkr)", "-800000"),
            ("Kök", "Budget (tkr)", "1200000"),
            ("Kök", "Avvikelse (tkr)", "-35000"),
        ],
        "units in the heads, a column of children, an empty cell",
    ),
    (
        "mnkr  Budget  Utfall\nIntäkter  7,5  7,6\nÅrsarbetare  86  90\nSoliditet  45 %  46 %\nResultat  –  -3,2\n",
        [
            ("Intäkter", "Budget", "7500000"),
            ("Intäkter", "Utfall", "7600000"),
            ("Resultat", "Utfall", "-3200000"),
        ],
        "rows of something else than money, and a dash",
    ),
    (
        "År  2025  2026\nSamordnare  60 tkr  1 mkr\n\nSocial\nmottagning till och med\njuni 2027\n3 mkr  2,5 mkr\n",
        [
            ("Samordnare", "2025", "60000"),
            ("Samordnare", "2026", "1000000"),
            ("Social mottagning till och med juni 2027", "2025", "3000000"),
            ("Social mottagning till och med juni 2027", "2026", "2500000"),
        ],
        "years as heads, units in the cells, a label of three lines above its figures",
    ),
    (
        "01 på allmän plats (3  800 kr\nkap. 48 §)\n\n02 på gång- eller cykelbana  600 kr\n",
        [("01 på allmän plats (3 kap. 48 §)", "", "800"), ("02 på gång- eller cykelbana", "", "600")],
        "a label that goes on under its sum; no head",
    ),
    (
        "Belopp i tkr\n\nVerksamhet\tBudget\tUtfall\nFörskola\nPersonal\t4 500\t4 650\nLokaler\t900\t870\n",
        [
            ("Personal", "Budget", "4500000"),
            ("Personal", "Utfall", "4650000"),
            ("Lokaler", "Budget", "900000"),
            ("Lokaler", "Utfall", "870000"),
        ],
        "a group's name between the heads and its rows",
    ),
    (
        "Avgift\tEnhet\t2025\t2026\nGrundavgift\tkr/år\t3 480\t3 724\nPer m³\tkr/m³\t37,60\t40,20\n",
        [
            ("Grundavgift", "2025", "3480"),
            ("Grundavgift", "2026", "3724"),
            ("Per m³", "2025", "37.6"),
            ("Per m³", "2026", "40.2"),
        ],
        "a column of units",
    ),
    (
        "Resultat i tkr\nUtfall  Budget\nVerksamhet  2024  2025  2024  2025\nKök  12  13  14  15\n",
        [
            ("Kök", "Utfall 2024", "12000"),
            ("Kök", "Utfall 2025", "13000"),
            ("Kök", "Budget 2024", "14000"),
            ("Kök", "Budget 2025", "15000"),
        ],
        "heads over two columns each",
    ),
    (
        "Tkr\nBokslut 2024   Budget 2025\nIntäkter         312,5       320,0\nKostnader      (410,2)      -455,0\n",
        [
            ("Intäkter", "Bokslut 2024", "312500"),
            ("Intäkter", "Budget 2025", "320000"),
            ("Kostnader", "Bokslut 2024", "-410200"),
            ("Kostnader", "Budget 2025", "-455000"),
        ],
        "typed text, no head over the labels",
    ),
    (
        LETTERED,
        [
            ("En fast avgift per mätare för V och S", "Utan moms", "2796"),
            ("En fast avgift per mätare för V och S", "Med moms", "3495"),
            ("En rörlig avgift (per m³)", "Utan moms", "58.5"),
            ("En rörlig avgift (per m³)", "Med moms", "73.2"),
        ],
        "letters before the labels, a row with words for sums",
    ),
    (
        "Tillägg  Avgift, kr/st\nTömning av två eller fler anläggningar,\navgift per styck  746\nBomkörning  1 958\n",
        [
            ("Tömning av två eller fler anläggningar, avgift per styck", "Avgift, kr/st", "746"),
            ("Bomkörning", "Avgift, kr/st", "1958"),
        ],
        "half a label between the heads and the first row",
    ),
    (
        "Kärl, kr/år  13 ggr  26 ggr  52 ggr\n370 liter  813  1 063  1 500\n190 liter  640  1 250\n",
        [
            ("370 liter", "13 ggr", "813"),
            ("370 liter", "26 ggr", "1063"),
            ("370 liter", "52 ggr", "1500"),
        ],
        "a row that lacks a figure, nobody knows which: 1 250 is not 1 and 250",
    ),
    (
        "Ansvar  Verksamhet  Budget, kkr\n4010  Bibliotek i norr och  3 200\nEkeby\n4020  Lager  450\n",
        [("Bibliotek i norr och Ekeby", "Budget, kkr", "3200000"), ("Lager", "Budget, kkr", "450000")],
        "a code before the label, which has no end on its line",
    ),
]


MISPLACED = """Belopp i mnkr            Period                      Helår
Avvik        Utfall          Fg
Utfall   Budget      Prognos
Intäkter                  373,6         375,7        -2,1        346,2         1 513,3
Kostnader                -360,5        -382,1        21,6       -347,1        -1 550,7
"""


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_find(text: str, expected: list[tuple[str, str, str]], why: str) -> None:
    (table,) = find(Stretch(text))
    assert [(cell.row, cell.column, str(cell.kronor)) for cell in table.cells] == expected, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Nämnden får 5 tkr\nSkola 5 000\nVård 6 000", "no head"),
        ("Belopp i tkr\nEn mening utan siffror.\nOch en till.", "no rows"),
        ("Belopp i tkr\tBudget\nSkola\t1 250\n", "one row is no table"),
        ("Antal platser\nSkola\t1 250\nVård\t12\n", "no unit"),
        (
            "nettokostnad,\nkr/inv\nUppgifter för 2025\nkommer\nvecka 35\nUppgifter för 2025\nkommer\nvecka 35\n",
            "years and weeks",
        ),
        (MISPLACED, "heads of which nobody can tell what belongs together"),
        ("Belopp i tkr A B\nSkola 1 250 300\nVård 2 250 300\n", "1 and 250 300, or 1 250 and 300"),
    ],
)
def test_nothing(text: str, why: str) -> None:
    assert list(find(Stretch(text))) == [], why


def test_points_at_its_text() -> None:
    text = "Belopp i tkr\tBudget\nSkola\t1 250\nVård\t-300\n"
    (table,) = find(Stretch(text, start=4))
    assert [text[cell.span.start - 4 : cell.span.end - 4] for cell in table.cells] == ["1 250", "-300"]
    assert text[table.span.start - 4 : table.span.end - 4] == text.strip()


@pytest.mark.parametrize(
    ("text", "sum_", "expected"),
    [
        ("Skola\t1 250 kr\t1 300 kr", "1 250 kr", True),
        ("| Skola | 1 250 kr |", "1 250 kr", True),
        ("avgiften är 1 250 kr per år", "1 250 kr", False),
        ("ansöker om\n1 250 kr\nför resan", "1 250 kr", False),
        ("Villa 2 498 kr\nFritidshus 1 748 kr", "1 748 kr", True),
        ("- Villa: 2 498 kr\n- Fritidshus: 1 748 kr", "1 748 kr", False),
    ],
)
def test_in_cell(text: str, sum_: str, expected: bool) -> None:
    start = text.index(sum_)
    assert in_cell(text, start, start + len(sum_)) is expected
