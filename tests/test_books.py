"""The books: each meeting and paper told of once, what is not held apart from what did not happen, the rest unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractors.model import Municipality, Unreadable
from flows import checks
from flows.sources.municipality import Expectation
from index.books import books
from index.books.alarms import alarms
from index.books.meetings import outcome
from index.books.model import Account, Paper
from index.catalog import Catalog, Listed, Meeting
from tests.records import READER, empty_catalog, protocol

FALUN = Municipality("2080", "Falun")
KS = "Kommunstyrelsen"
TODAY = date(2026, 3, 20)
FIRST = datetime(2026, 3, 1, 2, tzinfo=UTC)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(empty_catalog(tmp_path)) as made:
        made.source("falun", "meetingsplus", "https://moten.falun.example")
        yield made


def paper(kind: str, state: str = "read") -> Paper:
    return Paper(1, "p", None, kind, state)


@pytest.mark.parametrize(
    ("day", "told", "papers", "became"),
    [
        ("2026-02-02", "held", [paper("protocol")], "held"),
        ("2026-02-02", None, [paper("agenda"), paper("protocol")], "held"),
        # told cancelled, yet there are minutes: the paper knows better
        ("2026-02-02", "cancelled", [paper("protocol")], "held"),
        ("2026-02-02", "cancelled", [paper("agenda")], "cancelled"),
        # minutes are listed, and are not here
        ("2026-02-02", "held", [paper("protocol", "failed")], "lacking"),
        ("2026-02-02", "held", [paper("protocol", "waiting")], "lacking"),
        # it took place, and nothing is published: within the time of kommunallagen's justering, and after
        ("2026-03-02", "held", [], "due"),
        ("2026-02-02", "held", [paper("agenda")], "overdue"),
        # an extract is written of a meeting that took place
        ("2026-02-02", None, [paper("protocol_extract")], "overdue"),
        # a day to come, and a day that has passed without a word
        ("2026-04-13", "planned", [], "planned"),
        ("2026-04-13", None, [paper("agenda")], "planned"),
        ("2026-03-16", "planned", [paper("agenda")], "due"),
        ("2026-02-02", "planned", [], "unknown"),
        ("2026-02-02", None, [paper("agenda")], "unknown"),
    ],
)
def test_what_became_of_a_meeting(day: str, told: str | None, papers: list[Paper], became: str) -> None:
    assert outcome(day, told, papers, TODAY) == became


def listed(key: str, day: str, kind: str = "protocol", meeting: str | None = None) -> Listed:
    url = f"https://moten.falun.example/{key}"
    return Listed("falun", key, url, f"Protokoll {day}", FALUN, KS, day, kind=kind, meeting=meeting)


def met(key: str, day: str, state: str | None = "held") -> Meeting:
    return Meeting("falun", key, day, KS, FALUN, state)


def night(
    catalog: Catalog, papers: list[Listed], meetings: list[Meeting], at: datetime = FIRST, **results: object
) -> int:
    """One night: what is listed, and of each paper what it is read as; "later" is not tried."""
    run = catalog.start_run("nightly")
    catalog.list_all("falun", papers, meetings, run, at)
    for each in papers:
        result = results.get(each.key)
        if isinstance(result, Unreadable):
            catalog.save(each, None, result, run, reader=READER)
        elif result != "later":
            document = replace(protocol(each.key, date=each.date), body=KS, municipality=FALUN)
            catalog.save(each, document.id, document, run)
    catalog.visited("falun", run, now=at + timedelta(minutes=5))
    return run


def accounts(catalog: Catalog, today: date = TODAY) -> dict[int | None, Account]:
    return {account.year: account for account in books(catalog.engine, today)}


def test_every_meeting_and_paper_is_in_the_books_once(catalog: Catalog) -> None:
    papers = [
        listed("a", "2026-01-12", meeting="m1"),
        listed("b", "2026-02-09", meeting="m2"),
        listed("c", "2026-02-23", kind="agenda"),
        listed("d", "2025-12-01"),
    ]
    meetings = [met("m1", "2026-01-12"), met("m2", "2026-02-09"), met("m3", "2026-04-13", "planned")]
    meetings += [met("m4", "2026-02-16", "cancelled"), met("m5", "2026-01-26")]
    night(
        catalog, papers, meetings, b=Unreadable("fetch", "404 Not Found"), c=Unreadable("waits", "enough for tonight")
    )
    this, before = accounts(catalog)[2026], accounts(catalog)[2025]
    assert {meeting.date: meeting.outcome for meeting in this.meetings} == {
        "2026-01-12": "held", "2026-01-26": "overdue", "2026-02-09": "lacking", "2026-02-16": "cancelled",
        "2026-02-23": "unknown", "2026-04-13": "planned",
    }  # fmt: skip
    assert this.counts == {
        "listed": 3, "held": 1, "read": 1, "unreadable": 0, "failed": 1, "waiting": 1, "untried": 0,
        "withdrawn": 0, "rotated_out": 0, "replaced": 0,
    }  # fmt: skip
    assert this.reasons == {"fetch: 404 Not Found": 1, "waits: enough for tonight": 1}
    assert [(each.name, each.state) for each in this.lacking] == [
        ("Protokoll 2026-02-09", "failed"), ("Protokoll 2026-02-23", "waiting"),
    ]  # fmt: skip
    assert (before.outcomes, this.tells_meetings, this.tells_cancelled) == ({"held": 1}, True, True)


def test_a_paper_that_is_never_fetched_stays_in_the_books_until_it_is(catalog: Catalog) -> None:
    papers = [listed("a", "2026-02-09"), listed("b", "2026-02-23")]
    night(catalog, papers, [], b="later")
    night(catalog, papers, [], FIRST + timedelta(days=1), b="later")
    assert [each.document_id for each in accounts(catalog)[2026].lacking] == [2]
    night(catalog, papers, [], FIRST + timedelta(days=2))
    assert accounts(catalog)[2026].lacking == []


def test_a_source_that_lists_no_meetings_cannot_tell_which_there_were(catalog: Catalog) -> None:
    night(catalog, [listed("a", "2026-02-09")], [])
    account = accounts(catalog)[2026]
    assert (account.tells_meetings, account.outcomes) == (False, {"held": 1})


def test_minutes_that_another_source_gave_are_not_overdue(catalog: Catalog) -> None:
    night(catalog, [], [met("m1", "2026-01-12")])
    assert accounts(catalog)[2026].outcomes == {"overdue": 1}
    catalog.source("tray", "folder", "/srv/papers")
    given = replace(protocol("x", date="2026-01-12"), body=KS, municipality=FALUN)
    catalog.save(Listed("tray", "x.pdf", "/srv/papers/x.pdf"), given.id, given, catalog.start_run("ingest"))
    assert books(catalog.engine, TODAY, source="falun")[0].outcomes == {"held": 1}


def test_expectations_are_told_against_the_outcome(catalog: Catalog) -> None:
    of_ks = Expectation(meetings_per_year=(2, 3), protocols_per_year=(2, 3), items_per_protocol=(1, 5), quiet_days=40)
    told = checks.expected(SimpleNamespace(expect={KS: of_ks}))  # type: ignore[arg-type]
    catalog.source("falun", "meetingsplus", "https://moten.falun.example", told)
    papers = [listed("a", "2025-11-10"), listed("b", "2026-01-12")]
    night(catalog, papers, [met("m0", "2025-11-10"), met("m1", "2026-01-12")])
    states = {year: {one.what: one.state for one in account.expected} for year, account in accounts(catalog).items()}
    assert states == {
        2025: {"meetings_per_year": "below", "protocols_per_year": "below", "items_per_protocol": "met"},
        2026: {"meetings_per_year": "running", "protocols_per_year": "running", "items_per_protocol": "met"},
    }


def check(catalog: Catalog, run: int, at: datetime) -> list[tuple[str, str]]:
    return [(alarm.kind, alarm.about) for alarm in checks.check(catalog, run, at)]


def test_at_the_first_visit_nothing_is_alarming(catalog: Catalog) -> None:
    failing = Unreadable("fetch", "404")
    run = night(catalog, [listed("a", "2019-01-12")], [met("m1", "2026-01-12")], a=failing)
    assert check(catalog, run, FIRST) == []


def test_an_alarm_is_raised_once_and_closed_when_it_passes(catalog: Catalog) -> None:
    papers, gone = [listed("a", "2026-02-09"), listed("b", "2026-02-23")], Unreadable("fetch", "404")
    seen = []
    for days in range(5):
        at = FIRST + timedelta(days=days)
        found = {} if days == 4 else {"b": gone}
        run = night(catalog, papers, [], at, **found)
        seen.append(check(catalog, run, at))
    assert seen == [[], [], [("unfetched", "")], [("unfetched", "")], []]
    (alarm,) = alarms(catalog.engine, closed=True)
    assert (alarm.since, alarm.closed) == (FIRST + timedelta(days=2), FIRST + timedelta(days=4))
    assert alarm.reason == "1 papers fail since 3 nights or more: Protokoll 2026-02-23"


def test_a_site_that_gives_all_papers_new_keys_is_told(catalog: Catalog) -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2) for day in (5, 12, 19, 26)]
    night(catalog, [listed(f"old-{day}", day) for day in days], [])
    at = FIRST + timedelta(days=1)
    run = night(catalog, [listed(f"new-{day}", day) for day in days], [], at)
    (alarm,) = checks.check(catalog, run, at)
    assert (alarm.kind, alarm.figures) == ("changed", {"gone": 8, "listed": 8, "same": 8})
    assert catalog.status().withdrawn == 0


def test_a_body_that_went_quiet_is_told_unless_its_own_list_explains_it(catalog: Catalog) -> None:
    days = [f"2026-{month:02}-09" for month in range(1, 9)]
    papers, at = [listed(day, day) for day in days], datetime(2027, 1, 10, tzinfo=UTC)
    held = [met(day, day) for day in days]
    night(catalog, papers, held, at - timedelta(days=1))
    run = night(catalog, papers, held, at)
    (alarm,) = checks.check(catalog, run, at)
    assert (alarm.kind, alarm.figures) == ("quiet", {"body": KS, "last": "2026-08-09", "days": 154, "limit": 67})
    run = night(catalog, papers, [*held, met("next", "2027-02-01", "planned")], at + timedelta(days=1))
    assert check(catalog, run, at + timedelta(days=1)) == []


def test_protocols_overdue_and_lists_that_fail_are_told(catalog: Catalog) -> None:
    meetings = [met("m0", "2025-06-01"), met("m1", "2026-02-23")]  # one long before the first visit
    night(catalog, [listed("a", "2026-01-12")], meetings)
    at = FIRST + timedelta(days=20)
    run = night(catalog, [listed("a", "2026-01-12")], meetings, at)
    (alarm,) = checks.check(catalog, run, at)
    assert (alarm.kind, alarm.about, alarm.figures["dates"]) == ("overdue", KS, ["2026-02-23"])
    for days in (21, 22, 23):
        at = FIRST + timedelta(days=days)
        run = catalog.start_run("nightly")
        catalog.list_all("falun", [], [], run, at)
        catalog.visited("falun", run, {"https://moten.falun.example": "no connection"}, now=at)
    assert sorted(check(catalog, run, at)) == [("failing", ""), ("overdue", KS)]
