"""Words broken over lines, and hyphens that are real."""

import pytest

from extractors.join import tidy
from extractors.text import canonical

BROKEN = [
    ("kommun-\nstyrelsen beslutar", "kommunstyrelsen\nbeslutar", "a broken word"),
    ("hälso-\noch sjukvård", "hälso- och\nsjukvård", "a real hyphen before och"),
    ("kultur-\noch fritidsnämnden", "kultur- och\nfritidsnämnden", "another"),
    ("vård-\neller omsorgsboende", "vård- eller\nomsorgsboende", "before eller"),
    ("åren 2025-\n2026 gäller", "åren 2025-2026\ngäller", "years"),
    ("barn i 14-\nårsåldern", "barn i 14-årsåldern", "a figure and letters"),
    ("ny VA-\ntaxa antas", "ny VA-taxa\nantas", "an abbreviation keeps its hyphen"),
    ("Jan-\nErik Wallin", "Jan-Erik\nWallin", "a double name"),
    ("Rinkeby-\nKista stadsdelsnämnd", "Rinkeby-Kista\nstadsdelsnämnd", "a place"),
    ("en e-\ntjänst", "en e-tjänst", "one letter"),
    ("KOMMUN-\nSTYRELSEN", "KOMMUNSTYRELSEN", "capitals"),
    ("sam-\nhälls-\nbyggnad", "samhällsbyggnad", "twice"),
    ("kris-\nledning\növa kris-ledning", "kris-ledning\növa kris-ledning", "written with its hyphen elsewhere"),
    ("Svar på motion -\ninför avhopparstöd", "Svar på motion -\ninför avhopparstöd", "a dash"),
    ("kommun-\n\nstyrelsen", "kommun-\n\nstyrelsen", "a blank line between"),
    ("kommun-\n\fstyrelsen beslutar", "kommunstyrelsen\nbeslutar", "over a page break"),
    ("oktober-\nnovember", "oktober-november", "months"),
    ("Delårsrapport mars 2026-\nnämnder", "Delårsrapport mars 2026-\nnämnder", "a year before a dash"),
    ("1 000-\n2 000 kronor", "1 000-2 000\nkronor", "a sum stays whole"),
    ("den 1–\n3 maj", "den 1–3\nmaj", "a longer dash between figures"),
    ("2026-08-01–\n2026-08-31 gäller", "2026-08-01–2026-08-31\ngäller", "between two days"),
    ("år 2024–\nen översyn", "år 2024–\nen översyn", "a dash after a year"),
    ("från 2027-01-\n01.", "från 2027-01-01.", "a day of twice the same figures"),
    ("SLK-2024-\n00074 gäller", "SLK-2024-00074\ngäller", "a case number"),
    ("den 2026-05-\n04 beslutade", "den 2026-05-04\nbeslutade", "a day"),
    ("med covid-\n19 och mer covid-19", "med covid-19\noch mer covid-19", "written so elsewhere"),
    ("samverkan ger samverkan-\nefter mötet", "samverkan ger samverkan-\nefter mötet", "a dash without its blank"),
    ("efter det, efter-\nsom alla", "efter det, eftersom\nalla", "a small word that is half a word"),
    ("utanför är det utan-\nför", "utanför är det utanför", "another"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BROKEN)
def test_broken_words(text: str, expected: str, why: str) -> None:
    assert canonical(text.encode()).text == expected, why


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("350\u00a0000\u202fkronor", "350 000 kronor"),
        ("upp\u00addrag", "uppdrag"),
        ("•   punkt", "• punkt"),
        ("1.   Planen antas", "1. Planen antas"),
        ("§ 12   Val av justerare", "§ 12   Val av justerare"),
        ("A\u0308renden", "Ärenden"),
        ("förﬂyttning och beﬁntlig", "förflyttning och befintlig"),
        ("K\u2011rauta", "K-rauta"),
        ("Vi bygger \ud83d\udeb2 \ud83d", "Vi bygger \U0001f6b2 \ufffd"),
        ("\ufeffBeslut\u200b", "Beslut"),
        ("Beslut\vBifalls", "Beslut Bifalls"),
        ("Ärende\u2028Bifalls\x85", "Ärende Bifalls"),
    ],
)
def test_tidy(line: str, expected: str) -> None:
    assert tidy(line) == expected
