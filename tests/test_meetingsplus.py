"""Pages of MeetingsPlus that we wrote, with odd markup and none: what is made of each meeting, paper and oddity."""

from __future__ import annotations

import pytest

from flows.sources.visited import Visited
from tests.visiting import HOST, Book, parts, visited


def portal(listing: str, **meetings: str) -> Visited:
    """A body of MeetingsPlus: its page, and those of its meetings."""
    pages = {"/committees/kf": f"<html><body>{listing}</body></html>"}
    pages |= {f"/committees/kf/{slug.replace('_', '-')}": page for slug, page in meetings.items()}
    return visited("meetingsplus", Book(pages), site=HOST, bodies={"kf": "Kommunfullmäktige"})


EMPTY = "<h1>Möte</h1><a id='openAgenda' href='javascript:void(0)'>Öppna kallelse</a>"


@pytest.mark.parametrize(
    ("row", "day", "state", "why"),
    [
        ('<a href="/committees/kf/mote-2026-02-25">18:30</a>', "2026-02-25", "held", "the slug alone"),
        ('<A HREF="/committees/kf/kf-50402" aria-label="2026-02-25 18:30">Visa</A>', "2026-02-25", "held", "its label"),
        ('<a href="/committees/kf/kf-50402">25 februari 2026</a>', "2026-02-25", "held", "in words"),
        ('<tr><td>25 feb 2026<td><a href="/committees/kf/kf-50402">KF</a>', "2026-02-25", "held", "its row, unclosed"),
        ('<li><a href="kf/kf-50402/#top">2026-02-25</a>', "2026-02-25", "held", "relative, with a fragment"),
        (f'<a href="{HOST}/committees/kf/mote-2026-08-31">x</a>', "2026-08-31", "planned", "a day to come"),
        ('<a href="/committees/kf/mote-2026-06-20">x</a>', "2026-06-20", None, "today: nobody knows yet"),
        ('<a href="/committees/kf/mote-2026-02-25">x <b>INSTÄLLT</b></a>', "2026-02-25", "cancelled", "told beside"),
        ('<a href="/committees/kf/kf-2026-02-25-installt">x</a>', "2026-02-25", "cancelled", "told by the slug"),
        ('<a href="/committees/kf/mote-2026-02-25">Ersätter inställt möte</a>', "2026-02-25", "held", "another was"),
        (
            '<a href="/committees/kf/kf-1234" title="2026-03-04">Flyttat från 2026-02-25</a>', "2026-03-04", "held",
            "moved: the new day counts",
        ),
        ('<a href="/welcome-sv/namnder/kf/kf-2026-02-25">x</a>', "2026-02-25", "held", "the other beginning"),
    ],
)  # fmt: skip
def test_a_meeting_as_it_is_linked(row: str, day: str, state: str | None, why: str) -> None:
    slug = row.partition("/kf/")[2] or row.partition("kf/")[2]
    slug = slug.split('"')[0].split("/")[0]
    source = portal(f"<table>{row}</table>", **{slug.replace("-", "_"): EMPTY})
    source.guest.pages[f"/welcome-sv/namnder/kf/{slug}"] = EMPTY  # type: ignore[attr-defined]
    papers, meetings, troubles = parts(source)
    assert [(one.date, one.state, one.key) for one in meetings] == [(day, state, f"kf/{slug}")], why
    assert (papers, troubles) == ([], [])


@pytest.mark.parametrize(
    ("listing", "told"),
    [
        ("<div id=root></div>", "0 links on a page without a title"),
        ("<h1>Logga in</h1><a href='/'>Start</a>", "1 links under 'Logga in'"),
        ("<h1>Nämnden</h1><p>Nyheten har publicerats. Inställningar för kakor</p>", "0 links under 'Nämnden'"),
        ("<h1>KF</h1><a href='/committees/ks/mote-2026-02-25'>Styrelsen</a>", "1 links under 'KF'"),
    ],
)
def test_a_page_of_a_body_that_is_another_is_told(listing: str, told: str) -> None:
    papers, meetings, (trouble,) = parts(portal(listing))
    assert (papers, meetings, trouble.place) == ([], [], f"{HOST}/committees/kf")
    assert trouble.reason == f"expected links to meetings (/committees/kf/...), found {told}"


@pytest.mark.parametrize("said", ["Det finns ingen information att visa", "Inga kommande möten", "Inga möten"])
def test_a_body_without_meetings_is_no_trouble(said: str) -> None:
    assert list(portal(f"<h1>KF</h1><p>{said}</p>").listing()) == []


def test_a_part_that_is_broken_is_told_and_the_rest_is_listed() -> None:
    """A body that is gone, a meeting's page that is another, one that is gone, one that nothing tells the day of."""
    rows = "".join(
        f'<a href="/committees/kf/{slug}">x</a>' for slug in ("mote-2026-02-25", "mote-2026-03-25", "kf-50402")
    )
    source = portal(
        f"{rows}<a href='/committees/kf/mote-2026-04-29'>x</a><a href='/committees/kf/representatives'>Ledamöter</a>",
        mote_2026_02_25="<a href='/committees/kf/mote-2026-02-25/protocol/protokollpdf?downloadMode=open'>Öppna</a>",
        mote_2026_03_25="<h1>Ett fel har uppstått</h1>",
    )
    object.__setattr__(source.site.where, "bodies", {"gone": "Borta", "kf": "Kommunfullmäktige"})
    papers, meetings, troubles = parts(source)
    assert [paper.key for paper in papers] == ["kf/mote-2026-02-25/protocol/protokoll.pdf"]
    assert [meeting.asked is not None for meeting in meetings] == [True, False, False]
    assert [(one.place.rpartition("/")[2], one.reason.split(",")[0].split(":")[0]) for one in troubles] == [
        ("gone", "the server answered 404"),
        ("mote-2026-03-25", "expected the tabs Kallelse and Protokoll"),
        ("kf-50402", "a meeting that nothing tells the day of"),
        ("mote-2026-04-29", "the server answered 404"),
    ]


AT = "/committees/kf/mote-2026-02-25"


@pytest.mark.parametrize(
    ("links", "papers", "why"),
    [
        (
            f"<a id=openProtocol href='{AT}/protocol/protokoll-kf-2026-02-25pdf?downloadMode=open'>Öppna protokoll</a>",
            [("kf/mote-2026-02-25/protocol/protokoll-kf-2026-02-25.pdf", "protokoll kf 2026-02-25", "protocol")],
            "a button: the file's name is the title",
        ),
        (
            (f"<a href='{AT}/protocol/protokoll-kfpdf-19038?downloadMode=open'>Protokoll KF.pdf</a>"
            f"<a href='{AT}/protocol/protokoll-kfpdf-19038?downloadMode=download'></a>"),
            [("kf/mote-2026-02-25/protocol/protokoll-kf.pdf", "Protokoll KF", "protocol")],
            "a number behind, and a second link to load it down",
        ),
        (
            (f"<a href='{AT}/agenda/bilagapdf-1?downloadMode=open'>Bilaga</a>"
            f"<a href='{AT}/agenda/bilagapdf-2?downloadMode=open'>Bilaga</a>"),
            [
                ("kf/mote-2026-02-25/agenda/bilaga.pdf", "Bilaga", "other"),
                ("kf/mote-2026-02-25/agenda/bilaga.pdf (2)", "Bilaga", "other"),
            ],
            "two of one name are two",
        ),
        (
            ("<a href='/welcome-sv/namnder-styrelser/kf/mote-2026-02-25/agenda/motionpdf?downloadMode=open'>Motion</a>"
            f"<a href='{AT}/agenda/motionpdf?downloadMode=open'>Motion</a>"),
            [("kf/mote-2026-02-25/agenda/motion.pdf", "Motion", "motion")],
            "one paper under both beginnings",
        ),
        (
            ("<a id=openProtocol href='javascript:void(0);'>Öppna protokoll</a><p>Inget protokoll har publicerats</p>"
            "<a href='/api/v2.0/meetings/7/download/Agenda?downloadMode=download'>Ladda ner allt</a>"),
            [],
            "not published, and the button for all of it",
        ),
        (
            "<a id=openProtocol href='/committees/kf/kf-21866/protocol/protokollpdf?downloadMode=open'>Öppna</a>",
            [("kf/kf-21866/protocol/protokoll.pdf", "protokoll", "protocol")],
            "another slug of the meeting",
        ),
        (
            (f"<a href='{AT}/protocol/ss-21-justeradpdf?downloadMode=open'>§ 21 omedelbart justerad.pdf</a>"
            f"<a href='{AT}/protocol/omrostningpdf?downloadMode=open'>Omröstningsbilaga.pdf</a>"
            f"<a id=openAgenda href='{AT}/agenda/kf-260225docx?downloadMode=open'>Öppna kallelse</a>"),
            [
                ("kf/mote-2026-02-25/protocol/ss-21-justerad.pdf", "§ 21 omedelbart justerad", "protocol_extract"),
                ("kf/mote-2026-02-25/protocol/omrostning.pdf", "Omröstningsbilaga", "other"),
                ("kf/mote-2026-02-25/agenda/kf-260225.docx", "kf 260225", "agenda"),
            ],
            "parts, attachments, and a summons that its tab tells",
        ),
    ],
)  # fmt: skip
def test_the_papers_of_a_meeting(links: str, papers: list[tuple[str, str, str]], why: str) -> None:
    source = portal(f"<a href='{AT}'>2026-02-25</a>", mote_2026_02_25=f"<html>{links}")
    found, _, troubles = parts(source)
    assert [(one.key, one.title, one.kind) for one in found] == papers, why
    assert troubles == []


def test_a_site_that_begins_elsewhere_tells_its_bodies() -> None:
    at = "/welcome-sv/namnder-styrelser"
    pages = {
        at: f"<a href='{at}/kf'>Kommunfullmäktige</a><a href='{at}/ks'>Styrelsen</a><a href='{at}/ks'>Visa mer</a>",
        f"{at}/kf": f"<a href='{at}/kf/kf-2026-02-25'>x</a>",
        f"{at}/ks": "<p>Inga möten</p>",
        f"{at}/kf/kf-2026-02-25": f"<a href='{at}/kf/kf-2026-02-25/protocol/protokollpdf?downloadMode=open'>Öppna</a>",
    }
    papers, (meeting,), troubles = parts(visited("meetingsplus", Book(pages), site=HOST, path=at))
    assert (meeting.body, meeting.date, troubles) == ("Kommunfullmäktige", "2026-02-25", [])
    assert [paper.key for paper in papers] == ["kf/kf-2026-02-25/protocol/protokoll.pdf"]
    _, _, (trouble,) = parts(visited("meetingsplus", Book({"/committees": "<h1>Välkommen</h1>"}), site=HOST))
    assert trouble.reason == "expected links to bodies (/committees/...), found 0 links under 'Välkommen'"


@pytest.mark.parametrize(
    "link",
    ["<a id=openProtocol href='/dokument/4711'>Öppna protokoll</a>", "<a href='/files/9?downloadMode=open'>Bilaga</a>"],
)
def test_a_file_whose_address_is_another_than_it_was_is_told(link: str) -> None:
    known = f"<a href='{AT}/agenda/kallelsepdf?downloadMode=open'>Kallelse</a>"
    source = portal(f"<a href='{AT}'>2026-02-25</a>", mote_2026_02_25=f"<html>{known}{link}")
    (paper,), (meeting,), (trouble,) = parts(source)
    assert (paper.title, meeting.asked, trouble.place) == ("Kallelse", None, HOST + AT)
    assert trouble.reason.startswith("expected a file's address (.../protocol/..., .../agenda/...), found")
