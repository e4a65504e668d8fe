"""What a site was asked before: old meetings are told from the record, and the listing is as whole as the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from extractors.model import WAITS, Unreadable
from flows.guest import Guest, Page
from flows.guest.pace import Pace
from flows.sources import Fetched, Trouble
from flows.sources.visited import Visited
from index import memory, saving
from index import settings as environment
from index.catalog import Catalog, Listed, Meeting, Paper
from index.database import writing
from index.removals.burying import bury
from tests.records import empty_catalog
from tests.test_platforms import town
from tests.towns import Meeting as Held
from tests.towns import Paper as TownPaper
from tests.towns import Town
from tests.towns.server import Towns, served
from tests.visiting import parts, sorts, source, visitor

FIRST = date(2026, 6, 20)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(empty_catalog(tmp_path)) as made:
        yield made


@pytest.fixture(params=["meetingsplus", "ciceron"])
def towns(request: pytest.FixtureRequest) -> Iterator[Towns]:
    with served(town(request.param, 4)) as made:
        yield made


@pytest.fixture
def guest() -> Iterator[Guest]:
    with visitor(FIRST) as made:
        yield made


def night(visited: Visited, catalog: Catalog, day: date) -> list[object]:
    """A night's visit into the record: everything listed, every paper fetched."""
    visited.guest.clock.day = day  # type: ignore[attr-defined]
    visited.recall = partial(memory.of, catalog.engine)
    catalog.source(visited.name, visited.kind, visited.location)
    run, found = catalog.start_run("nightly"), list(visited.listing())
    papers, meetings, troubles = sorts(found)
    catalog.list_all(visited.name, papers, meetings, run)
    for listed in papers:
        known = catalog.known(visited.name, listed.key)
        fetched = visited.fetch(listed, known.stamp if known and known.sha256 else None)
        paper = replace(listed, stamp=fetched.stamp)
        if fetched.data is not None:
            why = Unreadable("read", "not a paper of ours")
            catalog.save_all([Paper(paper, f"{hash(fetched.data) % 10**60:064}", why, "reader")], run)
        else:
            assert known and known.sha256
            catalog.save_all([Paper(paper, known.sha256, None, "reader")], run)
    visit = catalog.visited(visited.name, run, {trouble.place: trouble.reason for trouble in troubles}, visited.covers)
    assert (visit.withdrawn, visit.rotated_out, visit.doubted) == (0, 0, 0)
    return [replace(one, url="", asked="") if hasattr(one, "asked") else replace(one, url="") for one in found]  # type: ignore[type-var]


def test_what_is_old_is_told_as_it_was_and_not_asked_for(towns: Towns, guest: Guest, catalog: Catalog) -> None:
    here = towns.towns[0]
    fresh = sum(meeting.date >= (FIRST - timedelta(days=59)).isoformat() for meeting in here.meetings)
    visited = source(here, guest)
    first = night(visited, catalog, FIRST)
    asked = _meetings_asked(towns)
    second = night(visited, catalog, FIRST + timedelta(days=1))
    assert sorted(map(str, first)) == sorted(map(str, second))
    assert asked == len(here.meetings)
    assert _meetings_asked(towns) - asked == fresh < asked
    before = len(towns.log)
    night(visited, catalog, FIRST + timedelta(days=6))
    here.meetings = [meeting for meeting in here.meetings if meeting.date >= (FIRST - timedelta(days=53)).isoformat()]
    papers = sum(len(meeting.papers) for meeting in here.meetings)  # nor are the papers of old meetings
    assert len([one for one in towns.log[before:] if re.search("/protocol/|/agenda/|/download/", one.target)]) <= papers


def _meetings_asked(towns: Towns) -> int:
    """How many pages of meetings were asked for so far."""
    gets = [one.target for one in towns.log if one.method == "GET"]
    if towns.towns[0].platform == "ciceron":
        return int(towns.towns[0].session.get("details", 0))
    return sum(target.count("/") == 3 and target.startswith("/committees/") for target in gets)


def test_what_was_removed_is_told_no_more_and_not_withdrawn(catalog: Catalog, guest: Guest) -> None:
    days = ("2024-02-05", "2024-03-04", "2026-06-01")
    here = Town("1489", "Alingsås", "meetingsplus", [Held(day, "Kommunstyrelsen", day) for day in days])
    for number, meeting in enumerate(here.meetings):
        meeting.papers.append(TownPaper(f"p{number}", "protocol", "Protokoll", b"%%PDF-1.7 %d %%%%EOF" % number))
    with served(here):
        visited = source(here, guest)
        first = night(visited, catalog, FIRST)
        old = next(one.key for one in first if isinstance(one, Listed) and one.date == days[0])
        with writing(catalog.engine) as db:
            bury(db, catalog.find(old)[0], saving.next_revision)
        night(visited, catalog, FIRST + timedelta(days=1))  # which asserts that nothing was withdrawn
        told = [len(known.papers) for known in memory.of(catalog.engine, visited.name).values()]
        assert sorted(told) == [0, 1, 1]


def test_every_old_meeting_is_asked_for_again_in_time(towns: Towns, guest: Guest, catalog: Catalog) -> None:
    here = towns.towns[0]
    visited = source(here, guest)
    night(visited, catalog, FIRST)
    old = Held("late", here.meetings[0].body, "2024-01-31")
    here.meetings.insert(0, old)
    night(visited, catalog, FIRST + timedelta(days=1))
    old.papers.append(TownPaper("late/1", "protocol", "Protokoll 2024-01-31", b"%PDF-1.7 late %%EOF"))
    nights = [2, 15, *range(28, 44)]
    seen = [day for day in nights if _has_late(night(visited, catalog, FIRST + timedelta(days=day)))]
    assert seen and Pace().rest <= seen[0] - 1 <= 1.5 * Pace().rest
    assert seen == [day for day in nights if day >= seen[0]]  # and it stays


def _has_late(found: list[object]) -> bool:
    return any(isinstance(one, Listed) and "2024-01-31" in (one.title or "") for one in found)


def test_a_page_that_cannot_be_had_is_told_as_before_and_asked_again(catalog: Catalog, guest: Guest) -> None:
    paper = TownPaper("m1/1", "protocol", "Protokoll", b"%PDF-1.7 %%EOF")
    here = Town("1489", "Alingsås", "meetingsplus", [Held("m1", "Kommunstyrelsen", "2026-06-01", papers=[paper])])
    with served(here):
        visited = source(here, guest)
        first = night(visited, catalog, FIRST)
        guest.clock.day = FIRST + timedelta(days=1)  # type: ignore[attr-defined]
        visited.guest = _Broken(guest, Unreadable("fetch", "the server answered 500"))  # type: ignore[assignment]
        papers, meetings, troubles = parts(visited)
        assert [replace(one, url="") for one in papers] == [one for one in first if isinstance(one, Listed)]
        assert (meetings[0].asked, len(troubles), troubles[0].waits) == (FIRST.isoformat(), 1, False)
        visited.guest = _Broken(guest, Unreadable(WAITS, "asked enough"))  # type: ignore[assignment]
        papers, meetings, troubles = parts(visited)
        assert (len(papers), meetings[0].asked, troubles[0].waits) == (1, FIRST.isoformat(), True)


def test_a_listing_that_is_made_again_in_a_night_asks_for_no_page_twice(towns: Towns, guest: Guest) -> None:
    visited = source(towns.towns[0], guest)
    found, told = visited.listing(), 0
    while told < 3:  # left in the middle of a meeting's papers
        told += isinstance(next(found), Meeting)
    found.close()  # type: ignore[attr-defined]
    assert _meetings_asked(towns) == 3
    whole = list(visited.listing())
    assert _meetings_asked(towns) == len(towns.towns[0].meetings)
    keys = [one.key for one in whole if not isinstance(one, Trouble)]
    assert keys == [one.key for one in source(towns.towns[0], guest).listing() if not isinstance(one, Trouble)]


class _Broken:
    """A guest who cannot have the pages of meetings."""

    def __init__(self, guest: Guest, why: Unreadable) -> None:
        self.guest, self.why = guest, why
        self.clock, self.manners = guest.clock, guest.manners

    def page(self, url: str) -> Page:
        if url.count("/") > 4:
            raise self.why
        return self.guest.page(url)


def test_a_host_that_was_asked_enough_is_told_once_and_the_rest_waits(guest: Guest) -> None:
    days = ("2026-06-01", "2026-06-02", "2026-06-03")
    here = Town("1489", "Alingsås", "meetingsplus", [Held(day, "Kommunstyrelsen", day) for day in days])
    with served(here):
        visited = source(here, guest)
        visited.guest = _Broken(guest, Unreadable(WAITS, "2000 requests"))  # type: ignore[assignment]
        papers, meetings, troubles = parts(visited)
        assert (papers, len(meetings), {meeting.asked for meeting in meetings}) == ([], 3, {None})
        assert [(trouble.waits, trouble.place) for trouble in troubles] == [(True, "Ale, meetingsplus")]


def test_since_leaves_out_what_is_older(guest: Guest) -> None:
    days = ("2023-12-31", "2024-01-01", "2025-06-03")
    for platform in ("meetingsplus", "ciceron", "html"):
        here = Town("1489", "Alingsås", platform, [Held(f"m{day}", "Kommunstyrelsen", day) for day in days])
        for number, meeting in enumerate(here.meetings):
            meeting.papers.append(TownPaper(f"p{number}", "protocol", f"Protokoll {meeting.date}", b"%PDF-1.7 %%EOF"))
        with served(here):
            papers, meetings, troubles = parts(source(here, guest, since=date(2024, 1, 1)))
        assert [sorted(one.date or "" for one in found) for found in (papers, meetings)] == [list(days[1:])] * 2
        assert troubles == []


@pytest.mark.parametrize(
    ("day", "whole", "rested", "due"),
    [
        (date(2026, 6, 21), True, 1, True),
        (date(2026, 4, 22), True, 1, True),  # 59 days ago
        (date(2026, 4, 20), True, 27, False),
        (date(2026, 4, 20), True, 42, True),
        (date(2026, 4, 20), False, 6, False),  # no minutes yet
        (date(2026, 4, 20), False, 10, True),
        (date(2025, 4, 20), False, 10, False),  # and none will come
        (date(2026, 12, 1), False, 6, False),  # of the next half year
        (date(2026, 12, 1), False, 10, True),
        (date(2020, 1, 1), True, -1, True),  # the clock was wrong when it was asked for
    ],
)
def test_when_a_meeting_is_asked_for_again(day: date, whole: bool, rested: int, due: bool) -> None:
    assert Pace().meeting_is_due("kf/7", day, FIRST - timedelta(days=rested), FIRST, whole) is due
    assert Pace(rest=0).meeting_is_due("kf/7", day, FIRST, FIRST, whole)


def test_papers_of_a_server_that_tells_nothing_are_asked_for_less_and_less() -> None:
    since, asked, days = FIRST, FIRST, []
    for day in range(200):
        if Pace().paper_is_due("kf/7/protocol", since, asked, FIRST + timedelta(days=day), told=False) and day:
            days.append(day)
            asked = FIRST + timedelta(days=day)
    waits = [later - earlier for earlier, later in pairwise([0, *days])]
    assert waits == sorted(waits) and waits[0] >= 7 and waits[-1] <= 42 and len(waits) < 10


def test_what_a_server_cannot_tell_is_told_by_the_bytes(guest: Guest) -> None:
    """Without an ETag the paper comes whole, and is no new version where its bytes are those that we have."""
    first = TownPaper("m1/1", "protocol", "Protokoll 2026-06-01", b"%PDF-1.7 %%EOF")
    here = Town("1440", "Ale", "ciceron", [Held("m1", "Kommunstyrelsen", "2026-06-01", papers=[first])])
    with served(here) as towns:
        visited = source(here, guest)
        (listed,), _, _ = parts(visited)
        listed = replace(listed, stamp=None)
        stamp = visited.fetch(listed, None).stamp
        asked = len(towns.log)
        assert visited.fetch(listed, stamp).data is None and len(towns.log) == asked  # not asked for the same night
        guest.clock.day = FIRST + timedelta(days=11)  # type: ignore[attr-defined]
        again = visited.fetch(listed, stamp)
        assert again.data is None and again.stamp != stamp and len(towns.log) == asked + 1
        assert visited.fetch(listed, None).data == first.data  # nobody has it: it was lost
        assert visited.fetch(listed, 'etag "of another kind of source"').data == first.data


def test_what_was_listed_and_never_tried_is_asked_for_again(guest: Guest, catalog: Catalog, towns: Towns) -> None:
    """A night was killed between its listings and the first fetch: the list's sign of the bytes is not known."""
    visited = source(towns.towns[0], guest)
    papers, meetings, _ = sorts(list(visited.listing()))
    catalog.source(visited.name, visited.kind, visited.location)
    catalog.list_all(visited.name, papers, meetings, catalog.start_run("nightly"))
    empty = {meeting.key for meeting in meetings} - {paper.meeting for paper in papers}
    assert papers and set(memory.of(catalog.engine, visited.name)) <= empty


@pytest.mark.parametrize(
    ("key", "url", "later", "standing"),
    [
        pytest.param(
            "5f0c", "/r7/document/5f0c?hash=a-b-c", "/r7/document/5f0c?hash=a-d", "held", id="another way to it"
        ),
        pytest.param("5f0c", "/r7/document/5f0c?hash=a-b-c", "/r8/document/5f0c?hash=a-b-c", "changed", id="elsewhere"),
        pytest.param("show?id=7", "/show?id=7", "/show?id=8", "changed", id="the query is what names it"),
    ],
)
def test_an_address_tells_of_a_change_unless_it_is_only_the_way_there(
    guest: Guest, monkeypatch: pytest.MonkeyPatch, key: str, url: str, later: str, standing: str
) -> None:
    """NetPublicator lists a document under several paths; which is told first depends on what is asked for tonight."""
    here = Town("1440", "Ale", "netpublicator")
    with served(here):
        visited = source(here, guest)
    monkeypatch.setattr(visited.platform, "fetch", lambda *asked: Fetched(b"%PDF-1.7 %%EOF", None))
    listed = Listed("Ale", key, f"https://docs.example{url}")
    stamp = visited.fetch(listed, None).stamp
    assert visited.standing(listed, stamp) == "held"
    assert visited.standing(replace(listed, url=f"https://docs.example{later}"), stamp) == standing


def test_all_is_asked_for_where_the_settings_say_so(tmp_path: Path) -> None:
    told = {"PARAGRAF_HOME": str(tmp_path), "PARAGRAF_ASK_ALL": "on"}
    assert Guest.of(environment.load(told).visits).manners.pace == Pace(rest=0)
    assert Guest.of(environment.load(told | {"PARAGRAF_ASK_ALL": "off"}).visits).manners.pace == Pace()
