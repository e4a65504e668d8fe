"""What is odd about each vendor, one test each: tests/test_vendors.py has what they all must do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import ValidationError

from extractors.model import Unreadable
from flows.guest import Guest
from flows.sources import platforms
from tests import vendors
from tests.towns import Meeting, Town, evolution, insyn, netpublicator, sitevision
from tests.towns.server import served
from tests.vendors import asked, granby, paper, pdf, published, source, visit

COUNCIL, BOARD, SCHOOL = "Kommunfullmäktige", "Kommunstyrelsen", "Barn- och utbildningsnämnden"


@pytest.fixture
def guest() -> Iterator[Guest]:
    visitor = vendors.guest()
    yield visitor
    visitor.close()


BROKEN = {  # what of each town answers 500, as its requests tell it
    "sitevision": lambda town: list(sitevision.where(town)["bodies"])[2],
    "netpublicator": lambda town: f"{netpublicator.where(town)['root']}-{list(netpublicator.where(town)['bodies'])[2]}",
    "evolution": lambda town: f"/api/meetings/{list(evolution.where(town)['bodies'])[2]}",
    "insyn": lambda town: f"/{list(insyn.where(town)['bodies'])[2]}",
}


@pytest.mark.parametrize("platform", BROKEN)
def test_a_part_that_is_broken_is_told_and_the_rest_is_listed(platform: str, guest: Guest) -> None:
    town = granby(platform)
    with served(town):
        town.session["broken"] = [BROKEN[platform](town)]
        found = visit(source(town, guest, **({"pages": []} if platform == "sitevision" else {})))
    assert [(BROKEN[platform](town) in each.place, "500" in each.reason, each.waits) for each in found.troubles] == [
        (True, True, False)
    ]
    assert {each.body for each in found.papers} == {COUNCIL, BOARD}


@pytest.mark.parametrize(
    ("platform", "where", "told"),
    [
        ("sitevision", {"site": "https://x.example"}, "needs bodies = "),
        ("sitevision", {"site": "x.example", "pages": ["/a"]}, "not an http or https address"),
        ("netpublicator", {"reader": "r1"}, "root"),
        ("evolution", {"bodies": {}}, "site"),
        ("insyn", {}, "bodies"),
    ],
)
def test_what_a_platform_must_be_told(platform: str, where: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        platforms.load(platform).Where.model_validate(where)


# SiteVision


def test_a_heading_counts_more_than_a_slip_in_the_name_of_a_file(guest: Guest) -> None:
    town = Town("1489", "Granby", "sitevision", [
        Meeting("a", COUNCIL, "2026-03-21", papers=[paper("a1", "protocol", "Protokoll 2026-03-19")]),
        Meeting("b", COUNCIL, "2026-01-10", papers=[paper("b1", "protocol", "KF-protokoll 9 januari")]),
    ])  # fmt: skip
    with served(town):
        found = visit(source(town, guest, pages=[]))
    assert [(each.title, each.date) for each in found.papers] == [
        ("Protokoll 2026-03-19", "2026-03-21"),
        ("KF-protokoll 9 januari", "2026-01-10"),
    ]


def test_folders_of_years_before_the_first_are_not_opened(guest: Guest) -> None:
    town = granby("sitevision")
    with served(town) as towns:
        visit(source(town, guest, since=date(2025, 1, 1)))
        opened = asked(towns, "folder=")
        visit(source(town, guest))
        assert (len(opened), len(asked(towns, "folder="))) == (1, 3)


def test_a_page_that_changed_and_one_whose_bodies_nobody_names_are_told(guest: Guest) -> None:
    town = Town("1489", "Granby", "sitevision", [
        Meeting("a", "Sammanträden", "2026-03-21", papers=[paper("a1", "protocol", "Protokoll 2026-03-21")]),
    ])  # fmt: skip
    with served(town):
        found = visit(source(town, guest, bodies={"/": COUNCIL}))
        places = [each.place.removeprefix(town.base) for each in found.troubles]
    assert [each.reason for each in found.troubles] == [
        "expected links to papers (/download/18...), found 4 links under 'Start'",
        "no heading names the body of 'Protokoll 2026-03-21': write the page under bodies, with its body",
    ]
    assert places == ["/", "/politik/protokoll.html"]
    assert [(each.date, each.body, each.meeting) for each in found.papers] == [("2026-03-21", None, None)]


# NetPublicator


def test_bodies_are_those_of_the_root_where_none_are_told(guest: Guest) -> None:
    town = granby("netpublicator")
    with served(town):
        named, found = visit(source(town, guest)), visit(source(town, guest, bodies={}))
    assert found.papers == named.papers
    assert found.meetings == named.meetings


def test_points_are_asked_for_only_where_it_is_wished(guest: Guest) -> None:
    town = granby("netpublicator")
    with served(town) as towns:
        found = visit(source(town, guest, points=False))
        few = len(asked(towns, "/read"))
        visit(source(town, guest))
        assert len(asked(towns, "/read")) - few == few + 1
    missing = {each.key for _, each in published(town)} - {
        each.key for _, each in published(town) if netpublicator.listed_key(each) in vendors.of(found.papers)
    }
    assert missing == {"kf2-m"}


def test_minutes_that_another_meeting_lists_too_are_their_own_meetings(guest: Guest) -> None:
    town = granby("netpublicator")
    with served(town):
        found = visit(source(town, guest))
    first = next(each for each in town.meetings if each.key == "kf2").papers[1]
    one = found.paper(netpublicator.listed_key(first))
    assert (one.date, [each.date for each in found.meetings if each.key == one.meeting]) == (
        "2026-02-23",
        ["2026-02-23"],
    )


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("<html>Logga in</html>", "expected JSON, found '<html>Logga in</html>'"),
        ('{"error": "x"}', "expected a list of channels, meetings or documents, found error"),
        ('{"items": [{"text": "Protokoll"}]}', "expected rows with an id, found"),
    ],
)
def test_an_answer_of_another_shape_is_told(
    answer: str, told: str, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = granby("netpublicator")
    monkeypatch.setattr(netpublicator, "answer", lambda town, request: vendors.said(answer))
    with served(town):
        found = visit(source(town, guest, bodies={"1a": COUNCIL}))
    assert [each.reason[: len(told)] for each in found.troubles] == [told]
    assert found.papers == []


# Evolution


def test_bodies_are_those_of_the_units_where_none_are_told(guest: Guest) -> None:
    town = granby("evolution")
    with served(town):
        named, found = visit(source(town, guest)), visit(source(town, guest, bodies={}))
    assert found.papers == named.papers
    assert found.troubles == []


def test_a_docx_is_taken_as_it_is_and_not_as_a_pdf_made_anew_each_time(guest: Guest) -> None:
    town = granby("evolution")
    data = b"PK\x03\x04 word/document.xml PK\x05\x06" + bytes(18)
    meeting = next(each for each in town.meetings if each.key == "kf1")
    meeting.papers.append(vendors.Paper("kf1-d", "protocol_extract", "Beslut KF 2024-11-25 Taxa", data))
    with served(town):
        town_source = source(town, guest)
        one = visit(town_source).paper(evolution.listed_key(meeting.papers[1]))
        assert town_source.fetch(one, None).data == data
    assert one.url.endswith(".bin")


def test_decisions_of_what_is_to_come_are_not_asked_for(guest: Guest) -> None:
    town = granby("evolution")
    with served(town) as towns:
        visit(source(town, guest))
        assert (len(asked(towns, "/notices/")), len(asked(towns, "/decisions/"))) == (10, 9)


def test_a_site_that_answers_all_with_its_page_is_told(guest: Guest) -> None:
    town = granby("evolution")
    with served(town):
        found = visit(source(town, guest, site=f"{town.base}/diarium", bodies={"584": COUNCIL}))
    assert [each.reason for each in found.troubles] == [
        "expected JSON, found '<html><head><title>Evolution</title></head><body><app-root></app-root></body></h'"
    ]


# insynSverige


def test_minutes_whose_file_is_gone_are_taken_from_the_page_and_stay_the_same(guest: Guest) -> None:
    town = granby("insyn")
    minutes = (
        "<h4>§ 7 Skolskjuts</h4><p>Kommunfullmäktige beslutar att avslå motionen. " + "Reservation. " * 20 + "</p>"
    )
    meeting = next(each for each in town.meetings if each.key == "kf4")
    meeting.papers[0] = vendors.Paper("kf4-p", "protocol", meeting.papers[0].title, minutes.encode())
    with served(town):
        town_source = source(town, guest)
        one = visit(town_source).paper(insyn.listed_key(meeting.papers[0]))
        fetched, again = town_source.fetch(one, None), town_source.fetch(one, None)
        assert fetched.data is not None
        assert fetched.data == again.data, "the state of the form must not be in it"
        assert "§ 7 Skolskjuts" in fetched.data.decode()
        assert "Ladda ner" not in fetched.data.decode()
        extract = town_source.fetch
        board = next(each for each in town.meetings if each.key == "ks3")
        board.papers[1] = vendors.Paper("ks3-p", "protocol", board.papers[1].title, b"<p>Kort</p>")
        other = visit(town_source).paper(insyn.listed_key(board.papers[1]))
        with pytest.raises(Unreadable, match="404"):
            extract(other, None)


def test_years_are_chosen_by_sending_the_form_back(guest: Guest) -> None:
    town = granby("insyn")
    with served(town) as towns:
        visit(source(town, guest))
        assert len([each for each in towns.log if each.method == "POST"]) == 4
        before = len(towns.log)
        visit(source(town, guest, since=date(2026, 1, 1)))
        assert len([each for each in towns.log[before:] if each.method == "POST"]) == 1


def test_a_meeting_with_a_summons_alone_has_no_minutes(guest: Guest) -> None:
    town = Town("1489", "Granby", "insyn", [
        Meeting("a", COUNCIL, "2026-03-21", papers=[paper("a1", "agenda", "Kallelse")]),
        Meeting("b", COUNCIL, "2026-02-21", papers=[vendors.Paper("b1", "protocol", "Protokoll", pdf("b"))]),
    ])  # fmt: skip
    with served(town):
        found = visit(source(town, guest))
    assert [(each.date, each.kind) for each in found.papers] == [("2026-03-21", "agenda"), ("2026-02-21", "protocol")]
