"""Heads of §§ in all their forms, and the lines of the same look that are none. All text is invented."""

from __future__ import annotations

import pytest

from extractors.model import Page
from extractors.segment import segment, whole

_BODY = "Beslut\nNämnden beviljar kören 20 000 kronor.\n"

# text, [(number, title, case number)], why the row is here
_FORMS = [
    ("§ 54 Bidrag till kören\n" + _BODY, [("54", "Bidrag till kören", None)], "number and heading on one line"),
    ("§54\nBidrag till kören\n" + _BODY, [("54", "Bidrag till kören", None)], "no blank after the sign"),
    ("Kf § 54 Bidrag till kören\n" + _BODY, [("54", "Bidrag till kören", None)], "letters of the body first"),
    ("KSAU § 12 Bidrag till kören\n" + _BODY, [("12", "Bidrag till kören", None)], "letters of a committee first"),
    ("§ 63/20 Bidrag till kören\n" + _BODY, [("63/20", "Bidrag till kören", None)], "the year after the number"),
    ("§ 2031-54 Bidrag till kören\n" + _BODY, [("2031-54", "Bidrag till kören", None)], "the year before the number"),
    (
        "KF § 6:1\nDagordning\n" + _BODY + "KF § 6:2 Dnr. KS 2031/14\nTaxa\n" + _BODY,
        [("6:1", "Dagordning", None), ("6:2", "Taxa", "KS 2031/14")],
        "the number of the meeting before the number",
    ),
    (
        "§ 2031-54\nBidrag\n" + _BODY + "§ 2031-55\nTaxa för hamnen\n" + _BODY,
        [("2031-54", "Bidrag", None), ("2031-55", "Taxa för hamnen", None)],
        "such numbers rise by what follows the year",
    ),
    (
        "§ 117-2031\nBidrag\n" + _BODY + "§ 118-2031\nRemiss\n" + _BODY,
        [("117-2031", "Bidrag", None), ("118-2031", "Remiss", None)],
        "a year behind a hyphen is no range",
    ),
    (
        "Ksau § 41\nKs § 58                 KS 2031/117\n\nBidrag till kören\n\n" + _BODY,
        [("58", "Bidrag till kören", "KS 2031/117")],
        "the committee's § above the board's own",
    ),
    (
        "Ks § 58  Ksau § 41  KS 2031/117\n\nBidrag till kören\n\n" + _BODY,
        [("58", "Bidrag till kören", "KS 2031/117")],
        "both on one line",
    ),
    (
        "Protokoll\n\nÄrende 1\nVal\n" + _BODY + "\nÄrende 2     Dnr TU 2031-91\nNy bro\n" + _BODY,
        [("1", "Val", None), ("2", "Ny bro", "TU 2031/91")],
        "Ärende instead of §",
    ),
    (
        "Bidrag till kören\n§ 4 KFU 2031/7\n\nKören söker pengar till en resa.\n\n"
        + _BODY
        + "\nÖvriga frågor\n§ 5\n\nInga frågor anmäldes.\n",
        [("4", "Bidrag till kören", "KFU 2031/7"), ("5", "Övriga frågor", None)],
        "the heading above the §",
    ),
    ("§ 93 a Bidrag till kören\n" + _BODY, [("93 a", "Bidrag till kören", None)], "a letter after the number"),
    (
        "Paragraf\n\n§ 6\n\nDnr KS-2031/549.119\n\nBidrag till kören\n\n" + _BODY,
        [("6", "Bidrag till kören", "KS 2031/549")],
        "Paragraf on a line of its own, the case number before the heading",
    ),
    (
        "§ 114 2031.288 KS\nBidrag till kören\n" + _BODY,
        [("114", "Bidrag till kören", "KS 2031/288")],
        "case number behind",
    ),
    (
        "§ 97          Dnr KS 2031-00211 3.1.1.2\nBidrag till kören\n" + _BODY,
        [("97", "Bidrag till kören", "KS 2031/211")],
        "the class of the registry behind the case number",
    ),
    (
        "§ 97 Bidrag till kören\nDnr KS 2031-21\nBeslut  Nämnden beslutar\natt bevilja bidrag.\n\n",
        [("97", "Bidrag till kören", "KS 2031/21")],
        "a case number that a sentence follows",
    ),
    (
        "Protokoll\n\n1 Mötet öppnas\n\n2 Bidrag till kören (KFN 2031-4)\n\nBeslut: Ja.\n\n3 Nästa möte\n\nI maj.\n",
        [("1", "Mötet öppnas", None), ("2", "Bidrag till kören", "KFN 2031/4"), ("3", "Nästa möte", None)],
        "minutes without §",
    ),
    (
        "§ 93 Ärendenummer SLK-2031-00074\n\nBidrag till kören och till orkestern i Granby samt till\nspelmanslaget\n"
        + _BODY,
        [("93", "Bidrag till kören och till orkestern i Granby samt till spelmanslaget", "SLK 2031/74")],
        "the heading on the lines below",
    ),
    ("§ 12 Bidrag till kören (KS/2031:123)\n" + _BODY, [("12", "Bidrag till kören", "KS 2031/123")], "in brackets"),
    (
        "§ 12 Bidrag till kören\nDnr KS 2031/123\n" + _BODY,
        [("12", "Bidrag till kören", "KS 2031/123")],
        "on the next line",
    ),
    ("§ 6 0098/31\nBidrag till kören\n" + _BODY, [("6", "Bidrag till kören", "2031/98")], "a number without unit"),
    (
        "KF § 18                  KS KF/2031:6\n\nBidrag till kören\n\n" + _BODY,
        [("18", "Bidrag till kören", "KF 2031/6")],
        "two units: the one nearest the year",
    ),
    (
        "## **§ 78** \n\n## **Bidrag till kören** \n\n## **Beslut** \n\nJa.\n",
        [("78", "Bidrag till kören", None)],
        "Markdown",
    ),
    (
        "§§ 12-14\nUtgår\n\n§ 15\nBidrag till kören\n" + _BODY,
        [("12-14", "Utgår", None), ("15", "Bidrag till kören", None)],
        "a range",
    ),
    (
        "KSAU 130/2031\nBidrag till kören\n" + _BODY + "KSAU 131/2031\nVal av revisor\n" + _BODY,
        [("130/2031", "Bidrag till kören", None), ("131/2031", "Val av revisor", None)],
        "no sign at all",
    ),
    (
        "§ 7\nJustering\n" + _BODY + "§ 8\nBidrag till kören\nSammanfattning\nI\nforts. § 8\n" + _BODY,
        [("7", "Justering", None), ("8", "Bidrag till kören", None)],
        "a § that goes on after a page",
    ),
    (
        "§ 7\nProtokoll nr 3\nSammanträdesdatum: 2031-03-23\nBidrag till kören\n" + _BODY,
        [("7", "Bidrag till kören", None)],
        "a page's head between number and heading",
    ),
    (
        "§ 7\nBidrag till kören och dess resa till grann-\nkommunen\n" + _BODY,
        [("7", "Bidrag till kören och dess resa till grannkommunen", None)],
        "a word broken at the end of the line",
    ),
    (
        "§ 7 Bidrag till kören för flygeln,\norgeln och cembalon\n" + _BODY,
        [("7", "Bidrag till kören för flygeln, orgeln och cembalon", None)],
        "a comma at the end of the line",
    ),
    (
        "§ 7 Bidrag till kören,\nDnr KS 2031/12\n" + _BODY,
        [("7", "Bidrag till kören", "KS 2031/12")],
        "a comma before the case number",
    ),
    ("12 § Bidrag till kören\n" + _BODY, [("12", "Bidrag till kören", None)], "the sign after the number"),
    ("§ 12. Bidrag till kören\n" + _BODY, [("12", "Bidrag till kören", None)], "a full stop after the number"),
    ("§ 12 Ärende: Bidrag till kören\n" + _BODY, [("12", "Bidrag till kören", None)], "a label before the heading"),
    ("KS § 12/2031 Bidrag till kören\n" + _BODY, [("12/2031", "Bidrag till kören", None)], "letters and year"),
    ("§ 12    Bidrag till kören    KS 2031/12\n" + _BODY, [("12", "Bidrag till kören", "KS 2031/12")], "far right"),
    (
        "Dnr KS 2031/12\n§ 12\nBidrag till kören\n" + _BODY,
        [("12", "Bidrag till kören", "KS 2031/12")],
        "above the head",
    ),
    ("§ 7\nInformation\nA/ Skolskjuts\nB/ Simhallen\n", [("7", "Information", None)], "a list below is no heading"),
]


@pytest.mark.parametrize(("text", "expected", "why"), _FORMS, ids=[row[2] for row in _FORMS])
def test_forms_of_heads(text: str, expected: list[tuple[str, str | None, str | None]], why: str) -> None:
    assert [(item.number, item.title, item.case_number) for item in segment(text, (), None)] == expected


_CONTENTS = "Innehåll\n§ 1 Val av justerare\n§ 2 Bidrag till kören\n§ 3 Taxa\n§ 4 Utgår\n\n"
_MINUTES = (
    "§ 1\nVal av justerare\n" + _BODY + "§ 2 KS 2031/7\nBidrag till kören\nSammanfattning\nNämnden behandlade ärendet\n"
    "den 24 januari 2031,\n§ 54, och den 3 mars,\n§ 61 Kommunallagen.\n" + _BODY + "§ 3 KS 2031/8\nTaxa\n" + _BODY
)

# text, numbers, why
_NO_HEADS = [
    (_CONTENTS + _MINUTES, ["1", "2", "3"], "a contents page, with a § that the minutes lack"),
    (
        "§ 1 Val ........ 3\n§ 2 Bidrag till kören ........ 4\n§ 3 Taxa ........ 5\n§ 4 Annat ..... 9\n" + _MINUTES,
        ["1", "2", "3"],
        "dots",
    ),
    (
        "§§ 1-3\n\nPlats: Stadshuset\nMia Ek (S)\nBo Berg (M)\nÅsa Ås (V)\nKaj Al (C)\nEva Li (L)\nJustering i dag\n\n"
        "§ 1\nUpprop\nNämnden utser Mia Ek (S) att jämte ordföranden justera\nprotokollet.\n\n"
        + _MINUTES.removeprefix("§ 1\nVal av justerare\n" + _BODY),
        ["1", "2", "3"],
        "a short § whose one sentence is broken is no entry of a list",
    ),
    ("Paragrafer\n§§ 1-3\n\n" + _MINUTES, ["1", "2", "3"], "the cover's range"),
    ("§ 2\n\nAnslaget sätts upp den 3 mars\n\n" + _MINUTES, ["1", "2", "3"], "a notice"),
    (_MINUTES + "ANSLAG\nParagrafer:\n§ 1-§ 3\nAnslaget tas ned 2031-04-01\n", ["1", "2", "3"], "a notice at the end"),
    (
        "§ 40 Taxa\n" + _BODY + "§ 41 Reglemente\n" + _BODY + "§ 1 Nämnden svarar för\n§ 2 Nämnden ska\n",
        ["40", "41"],
        "rules attached",
    ),
    ("§ 8, att vidta åtgärder\n§ 19; se\n§ 176 upphör samtidigt\n§ 12.\n", [], "the middle of sentences"),
    ("• §25 VONAU Uppföljning\n", [], "a list of papers"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "numbers", "why"), _NO_HEADS, ids=[row[2] for row in _NO_HEADS])
def test_lines_of_the_same_look(text: str, numbers: list[str], why: str) -> None:
    assert [item.number for item in segment(text, (), None)] == numbers


def test_an_item_reaches_to_the_next_and_knows_its_page() -> None:
    first, second = "§ 1\nVal\nBeslut\nX väljs.\n", "§ 2\nTaxa\nBeslut\nAvslås.\n"
    pages = (Page(1, 0, len(first)), Page(2, len(first), len(first + second)))
    one, two = segment(first + second, pages, None)
    assert (first + second)[one.span.start : one.span.end] == first.strip()
    assert (first + second)[two.span.start : two.span.end] == second.strip()
    assert (one.span.page, two.span.page) == (1, 2)


def test_another_paper_is_one_item() -> None:
    text = "\nBygg en badplats\n\nFörslag till beslut\nEn badplats byggs.\n"
    item = whole(text, (), "Bygg en badplats", "KS 2031/4")
    assert (item.number, item.title, item.case_number) == (None, "Bygg en badplats", "KS 2031/4")
    assert text[item.span.start : item.span.end] == text.strip()
    assert [part.name for part in item.sections] == ["proposal"]
