"""Case numbers: one long table of strings, most of them ours after the forms that registries print."""

from __future__ import annotations

import pytest

from extractors.case_numbers import canonical, find, find_in_question, with_units
from extractors.model import Stretch

FOUND = [
    ("Diarienummer KS-2021/549.119", ["KS 2021/549"], "the class after the point is no part of it"),
    ("§ 114 2026.288 KS", ["KS 2026/288"], "year first, unit last"),
    ("Dnr KS 2023-00686", ["KS 2023/686"], "padding"),
    ("§ 93 Ärendenummer SLK-2024-00074", ["SLK 2024/74"], "after a § on one line"),
    ("uppdrag 2013-KS0548/003", ["KS 2013/548"], "year, unit, serial, class"),
    ("Diarienummer 0123/22", ["2022/123"], "serial and short year"),
    ("Diarienr 1.1-123/2020", ["2020/123"], "a class before the serial"),
    ("Dnr N131-0764/22", ["2022/764"], "the number of a body is no unit"),
    ("Kf § 3 GA-2024-00194", ["GA 2024/194"], "no word before it"),
    ("KS 2019/0643 samt KS 2021/357", ["KS 2019/643", "KS 2021/357"], "two of a kind"),
    ("Ks 123/2024", ["KS 2024/123"], "serial before year, small letters"),
    ("2026.113 KS", ["KS 2026/113"], "plain"),
    ("• 2026.276 KS-001 Skrivelse", ["KS 2026/276"], "sub-number after the unit"),
    ("SLK-2026-00676:6", ["SLK 2026/676"], "sub-number"),
    ("BYGG 2024-000123", ["BYGG 2024/123"], "six figures"),
    ("KS/2021:123", ["KS 2021/123"], "slash and colon"),
    ("KS KF/2026:6", ["KF 2026/6"], "of two units the one nearest the year"),
    ("SN2022/12", ["SN 2022/12"], "nothing between unit and year"),
    ("Bun/2024:233 041", ["BUN 2024/233"], "class after a space"),
    ("Dnr Ks 00-1009 006", ["KS 2000/1009"], "short year before the serial"),
    ("Dnr 0533-24", ["2024/533"], "a hyphen before a short year"),
    ("Diarienummer: 2025. 374 KS", ["KS 2025/374"], "a space crept in"),
    ("ange diarienummer SLK-2025- 00170 i svaret", ["SLK 2025/170"], "a space after the hyphen"),
    ("se SLK-2025-\n00170", ["SLK 2025/170"], "broken over lines"),
    ("2012.335 \nBUN", ["BUN 2012/335"], "unit on the next line of a column"),
    ("Dnr: 2017.653", ["2017/653"], "no unit, but the word before it"),
    ("(dnr 2023/55)", ["2023/55"], "in brackets"),
    ("Diarienr 2031-00512 KS", ["KS 2031/512"], "year, hyphen, serial, unit"),
    ("§ 230  2031/KS0410", ["KS 2031/410"], "a slash before the unit"),
    ("sammanträdet 2031-05 KS", [], "a month"),
    ("budget 2031-2033 KS", [], "a span of years"),
    ("§ 70 MOS.2031.0233", ["MOS 2031/233"], "points between all three"),
    ("§ 88 Dnr 31KS214", ["KS 2031/214"], "nothing between all three"),
    ("Diarienummer: 31/BIN 0144", ["BIN 2031/144"], "the year first, a slash, the unit"),
    ("BN 2031/318-1.4.2", ["BN 2031/318"], "a class of several levels behind a hyphen"),
    ("VON § 31  VON31/14", ["VON 2031/14"], "the short year glued to the unit"),
    ("Dnr KS31.118", ["KS 2031/118"], "and a point"),
    ("(KS 01122-2031) Dnr 00456-2031", ["KS 2031/1122", "2031/456"], "serial, hyphen, year"),
    ("enligt ISO14.001 och N31/14", [], "a standard, a road"),
    ("filter 25XY214", [], "no unit that any registry has"),
    ("Dnr 48/23", ["2023/48"], "two figures on both sides"),
    ("§ 60, 1635/20", ["2020/1635"], "the head of an old §"),
    ("§ 12 1107/21\nRevidering", ["2021/1107"], "the head of an old § without a comma"),
    ("DIARIENUMMER: KFT-2025-00189", ["KFT 2025/189"], "capitals"),
    ("| Dnr | KFT-2025-00213 |", ["KFT 2025/213"], "a table of Markdown"),
    ("(se 2021.527 SBN)", ["SBN 2021/527"], "in brackets"),
    ("ärende TEN 2026-117", ["TEN 2026/117"], "after the word ärende"),
    ("Dnr HSNV 2017-00214", ["HSNV 2017/214"], "a region's"),
    ("GSHAB-2024-00044", ["GSHAB 2024/44"], "a company's"),
    ("KS-2024-12", ["KS 2024/12"], "could be a month but for the hyphen after the unit"),
    ("M&B-2024-00012", ["M&B 2024/12"], "an ampersand"),
    ("Dnr KS 123/24", ["KS 2024/123"], "unit, serial, short year"),
    ("Ärende 2023/389", ["2023/389"], "the word Ärende and a slash"),
    ("Diarienummer: KS-2031.123", ["KS 2031/123"], "a point after the year"),
    ("KS2031.0123 och KS 2031.0124.012", ["KS 2031/123", "KS 2031/124"], "nothing or a blank before the year"),
    ("Dnr 31RS1234", ["RS 2031/1234"], "a region's"),
    ("RS/123/2031", ["RS 2031/123"], "slashes around the serial"),
    ("Dnr 2031/0123 KS", ["KS 2031/123"], "the unit last, behind a slash"),
    ("Dnr 2031-00512 PROTOKOLL", ["2031/512"], "the next heading is no unit"),
    ("2031/0123 VON 041", ["VON 2031/123"], "no word before it"),
    ("KS 2031/123-10", ["KS 2031/123"], "a sub-number of two figures"),
    ("Dnr 2031-12345-57", ["2031/12345"], "a sub-number without a unit"),
    ("Dnr sbf/2031:00123", ["SBF 2031/123"], "small letters and a sign"),
    ("se sbf/2031:00123", ["SBF 2031/123"], "the same without a word before it"),
    ("2031KS/0123 och 2031BUN123", ["KS 2031/123", "BUN 2031/123"], "the whole year glued to the unit"),
    ("KS 31/0123", ["KS 2031/123"], "a short year and a padded serial"),
    ("KS0123/31 och Dnr KS123-31", ["KS 2031/123", "KS 2031/123"], "the serial glued to the unit"),
    ("KK31/123, KK31-124", ["KK 2031/123", "KK 2031/124"], "the short year glued to the unit, two signs"),
    ("B 2031-000123 och T2031-01234", ["B 2031/123", "T 2031/1234"], "one letter and a padded serial"),
    ("Diarienr 1.5.1.-123/2031", ["2031/123"], "a class that ends in a point"),
    ("svar till 2031/123-1.4.1.1", ["2031/123"], "a class tells it"),
    ("Vår beteckning: 2031-00123", ["2031/123"], "another word before it"),
    ("D.nr 2031/123, diarie-nr 2031/124", ["2031/123", "2031/124"], "the word written otherwise"),
    ("Dnr 123-31", ["2031/123"], "serial, hyphen, short year"),
    ("KS–2031–00123 och SLK 2031 – 01026", ["KS 2031/123", "SLK 2031/1026"], "dashes for hyphens"),
    ("Dnr:  KS  2031/12", ["KS 2031/12"], "wide gaps"),
    ("Dnr 2031/12, 2031/13 samt 2031/14", ["2031/12", "2031/13", "2031/14"], "a list"),
    ("KS 2031/12 och 2031/13", ["KS 2031/12", "KS 2031/13"], "a list of one registry's"),
    ("Nr  Motion  Dnr  Inkom\n1. Motion om gångbro  1123/31  2031-10-06", ["2031/1123"], "a column of its own"),
    ("| Dnr | Ärende |\n| 2031/389 | Gångbro |", ["2031/389"], "the same with bars"),
]

NOT_FOUND = [
    ("§ 54", "a §"),
    ("§ 63/20", "a § with its year"),
    ("§ 12 63/20", "a § with another's"),
    ("KSAU 130/2014", "a committee's §"),
    ("Kf § 54/2024", "a § with its year"),
    ("2024-05-06", "a date"),
    ("KF 2026-04-09 § 92", "a body and its day"),
    ("Kommunstyrelsen 2024-05-06", "the same in words"),
    ("KS 2022-11-02, 3.4", "a body, a day and a point"),
    ("kommunallagen (2017:725)", "a law"),
    ("SFS 2017:725", "a law"),
    ("SOU 2023:45", "a public inquiry"),
    ("TSFS 2021:122", "a collection of rules"),
    ("HSLF-FS 2017:40", "a collection of rules"),
    ("KFS 2012:12", "a municipality's own collection of rules"),
    ("prop. 1990/91:117", "a bill"),
    ("lag 2000:1383", "a law"),
    ("förordning (EU) 2016/679", "of the union"),
    ("Kråkan 5:12", "a property"),
    ("Stadsskogen 2024:3", "a property whose number looks like a year"),
    ("läsåret 2016/2017", "a school year"),
    ("läsåret 2015/16", "a school year"),
    ("VT 2019/20", "a term"),
    ("HT 2024", "a term"),
    ("BUDGET 2024-2026", "a span of years"),
    ("VP 2025-2027", "a span of years"),
    ("perioden 2024-2027", "a span of years"),
    ("08-508 01 000", "a telephone"),
    ("Fax: 0322-61 60 00", "a telephone"),
    ("556012-1234", "an organisation"),
    ("Handling 2024 nr 21", "a handling"),
    ("Lpn: 2024-0123", "a document's number"),
    ("SS 2000:2015", "a standard"),
    ("Diarienummer: 2026.XXX KS", "a template that nobody filled in"),
    ("2026.50 KR", "money"),
    ("Antal 2024/25: 16", "figures"),
    ("den 3/10 2024", "a day"),
    ("ärende 12/23", "a point of the agenda"),
    ("KF 23/10", "a day"),
    ("KS 2024-05", "a month"),
    ("Dnr KS 2024/0", "no serial"),
    ("COVID-2020-12345", "not a registry"),
    ("PBL 2010:900", "a law"),
    ("OCR 2031/123", "a payment"),
    ("Bankgiro 5050-1055, faktura 2031-00123", "a bank, an invoice"),
    ("DP 2031:12", "a detaljplan"),
    ("PM 2031:1", "a memo"),
    ("BUDGET 2031/2032", "a span of years"),
    ("AU 2031/12", "a committee's §"),
    ("KS 2031.05", "a month"),
    ("KS 2031.05.06", "a day"),
    ("SS-EN 12464-1:2021", "a standard"),
    ("Mål nr T 12345-31", "a court's"),
    ("Dnr  Uppdrag\n31/12  Simhall\n\nLpn: 2031-1138", "a löpnummer below a column of case numbers"),
    ("https://www.exempel.se/ks/2031/123", "an address"),
    ("aktnr 1480K-2031/12", "a plan's number in the land register"),
    ("1123/31 poäng", "no column told"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOUND)
def test_found(text: str, expected: list[str], why: str) -> None:
    assert [number.canonical for number in find(Stretch(text))] == expected, why


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_not_found(text: str, why: str) -> None:
    assert [number.canonical for number in find(Stretch(text))] == [], why


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Dnr: KS-2021/549.119", "KS-2021/549.119"),
        ("§ 5, 0494/22 Motion", "0494/22"),
        ("KS KF/2026:6", "KF/2026:6"),
        ("2026.276 KS-001 x", "2026.276 KS-001"),
    ],
)
def test_points_at_its_text(text: str, printed: str) -> None:
    (number,) = find(Stretch(" " + text, start=-1))
    assert number.text == printed == text[number.span.start : number.span.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ks-2021-549", "KS 2021/549"),
        ("slk 2024-74", "SLK 2024/74"),
        ("2026.225 KS", "KS 2026/225"),
        ("2026.225 ks", "KS 2026/225"),
        ("Bun/2024:263", "BUN 2024/263"),
        ("ärende TEN 2026-117", "TEN 2026/117"),
        ("KFT-2025-00189", "KFT 2025/189"),
        ("KS 2021/549", "KS 2021/549"),
        ("ks2021/549", "KS 2021/549"),
        (" Dnr  KS 2021/549 ", "KS 2021/549"),
        ("0123/22", "2022/123"),
        ("2022/123", "2022/123"),
        ("2013-ks0548/003", "KS 2013/548"),
        ("bun 2017/512", "BUN 2017/512"),
        ("2017:725", None),
        ("lag 2017:725", None),
        ("2024-05-06", None),
        ("2024-2027", None),
        ("Kråkan 5:12", None),
        ("skolskjuts", None),
        ("", None),
        ("§ 54", None),
    ],
)
def test_canonical(text: str, expected: str | None) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ks-2021-549", ["KS 2021/549"]),
        ("vad hände med ks 2021/549 i huddinge", ["KS 2021/549"]),
        ("KS 2021/549 avhoppare", ["KS 2021/549"]),
        ("svar på 2026.288 ks", ["KS 2026/288"]),
        ("motioner från SD i Alingsås om parkering 2026", []),
        ("budget 2024-2027", []),
        ("läsåret 2016/17", []),
        ("skollagen 2010:800", []),
        ("protokoll från 2024-05-06", []),
    ],
)
def test_in_a_question(question: str, expected: list[str]) -> None:
    assert [number.canonical for number in find_in_question(question)] == expected


def test_two_units_leave_the_bare_number_alone() -> None:
    numbers = find(Stretch("Dnr 2023/389, KS 2023/389, SN 2023/389"))
    assert [n.canonical for n in with_units(numbers)] == ["2023/389", "KS 2023/389", "SN 2023/389"]
