"""SiteVision, NetPublicator, Evolution and insynSverige: what every platform must do, over towns that we play."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from flows.guest import Guest
from tests import vendors
from tests.towns import Meeting, Paper, Town
from tests.towns.server import Towns, served
from tests.vendors import asked, granby, pdf, published, source, visit

PLATFORMS = ("sitevision", "netpublicator", "evolution", "insyn")


@pytest.fixture(params=PLATFORMS)
def town(request: pytest.FixtureRequest) -> Town:
    return granby(request.param)


@pytest.fixture
def towns(town: Town) -> Iterator[Towns]:
    with served(town) as all_of_them:
        yield all_of_them


@pytest.fixture
def guest() -> Iterator[Guest]:
    visitor = vendors.guest()
    yield visitor
    visitor.close()


@pytest.fixture
def emulation(town: Town) -> ModuleType:
    return importlib.import_module(f"tests.towns.{town.platform}")


def test_every_published_paper_is_listed_once_as_it_is(
    town: Town, towns: Towns, guest: Guest, emulation: ModuleType
) -> None:
    found = visit(source(town, guest))
    assert found.troubles == []
    listed = vendors.of(found.papers)
    assert len(listed) == len(found.papers)
    assert sorted(listed) == sorted(emulation.listed_key(paper) for _, paper in published(town))
    days = {(each.key, each.date, each.body) for each in found.meetings}
    for meeting, paper in published(town):
        one = listed[emulation.listed_key(paper)]
        assert (one.title, one.kind) == (_shown(town, meeting, paper), paper.kind)
        assert (one.date, one.body, one.municipality) == (meeting.date, meeting.body, one.municipality)
        assert (one.meeting, meeting.date, meeting.body) in days


def _shown(town: Town, meeting: Meeting, paper: Paper) -> str:
    """A paper's title where its link says it; some links say "Kallelse" only, or "Ladda ner som PDF"."""
    if town.platform == "sitevision" and (paper.kind, meeting.body) == ("agenda", "Kommunstyrelsen"):
        return "Kallelse"
    if town.platform == "insyn" and paper.kind in ("agenda", "protocol"):
        return f"{'Kallelse' if paper.kind == 'agenda' else 'Protokoll'} {meeting.body} {meeting.date}"
    return paper.title


def test_meetings_without_papers_are_told(town: Town, towns: Towns, guest: Guest) -> None:
    found = visit(source(town, guest))
    told = {(each.body, each.date): each.state for each in found.meetings}
    assert told == {(each.body, each.date): each.state for each in town.meetings}
    assert len(told) == len(found.meetings)


def test_a_second_visit_tells_the_same_and_asks_the_same(town: Town, towns: Towns, guest: Guest) -> None:
    first = list(source(town, guest).listing())
    before = asked(towns, "/")
    assert list(source(town, guest).listing()) == first
    assert asked(towns, "/")[len(before) :] == [each for each in before if each != "/robots.txt"]


def test_papers_are_fetched_as_they_are_and_not_sent_again(
    town: Town, towns: Towns, guest: Guest, emulation: ModuleType
) -> None:
    town_source = source(town, guest)
    listed = vendors.of(visit(town_source).papers)
    stamps = {}
    for _, paper in published(town):
        one = listed[emulation.listed_key(paper)]
        fetched = town_source.fetch(one, None)
        assert fetched.data == paper.data
        stamps[one.key] = fetched.stamp
    before = len(towns.log)
    assert [
        town_source.fetch(one, stamps[key]).data for key, one in listed.items() if _is_signed(town, stamps[key])
    ] == ([None] * sum(_is_signed(town, stamp) for stamp in stamps.values()))
    assert all(each.status == 304 for each in towns.log[before:])
    assert town.platform != "sitevision" or len(towns.log) == before, "its addresses tell that nothing changed"


def _is_signed(town: Town, stamp: str | None) -> bool:
    """Whether the address or the server of a paper tells that its bytes are the same."""
    return town.platform == "sitevision" or "etag" in str(stamp) or "modified" in str(stamp)


def test_a_paper_uploaded_again_keeps_its_key_and_is_fetched(
    town: Town, towns: Towns, guest: Guest, emulation: ModuleType
) -> None:
    town_source = source(town, guest)
    meeting = next(each for each in town.meetings if each.key == "ks3")
    key = emulation.listed_key(meeting.papers[1])
    first = visit(town_source).paper(key)
    stamp = town_source.fetch(first, None).stamp
    meeting.papers[1] = replace(meeting.papers[1], data=pdf("mended"), uploaded="2026-06-21T08:00:00")
    second = visit(town_source).paper(key)
    if second.stamp == first.stamp:  # nothing in the list tells: it is asked for again when it has rested
        guest.clock.sleep(90 * 86_400, "")
    assert town_source.fetch(second, stamp).data == pdf("mended")


def test_years_before_the_first_are_not_asked_for(town: Town, towns: Towns, guest: Guest) -> None:
    found = visit(source(town, guest, since=date(2026, 1, 1)))
    assert found.troubles == []
    assert {each.date[:4] for each in found.papers if each.date} == {"2026"}
    assert {each.date[:4] for each in found.meetings} == {"2026", "2031"}
