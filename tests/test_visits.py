"""A visit in the record: what is listed is there before it is fetched, and what left the list is told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from extractors.model import Municipality, Unreadable
from index import tables
from index.catalog import Catalog, Listed, Meeting, Paper, Visit
from index.holdings import Wanted, documents
from tests.records import READER, empty_catalog, protocol

FALUN = Municipality("2080", "Falun")
NIGHT = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(empty_catalog(tmp_path)) as made:
        made.source("falun", "meetingsplus", "https://moten.falun.example")
        yield made


def of(key: str, date: str | None = "2026-02-03", **told: str) -> Listed:
    url = f"https://moten.falun.example/{key}"
    return Listed("falun", key, url, municipality=FALUN, body="Kommunstyrelsen", date=date, **told)


def night(catalog: Catalog, papers: list[Listed], *meetings: Meeting, days: int = 0) -> Visit:
    """A visit in which nothing is fetched, so many nights after the first."""
    run = catalog.start_run("nightly")
    catalog.list_all("falun", papers, meetings, run, NIGHT + timedelta(days=days))
    return catalog.visited("falun", run, now=NIGHT + timedelta(days=days, minutes=5))


def state(catalog: Catalog, key: str) -> str:
    with catalog.engine.connect() as db:
        found: str = db.execute(select(tables.documents.c.state).where(tables.documents.c.key == key)).scalar_one()
        return found


def test_what_is_listed_is_a_document_before_it_is_fetched(catalog: Catalog) -> None:
    visit = night(catalog, [of("a", kind="protocol", meeting="m1"), of("b", date=None)])
    assert visit == Visit("whole", papers=2, meetings=0, new=2, withdrawn=0, rotated_out=0, doubted=0)
    first, second = documents(catalog.engine, Wanted(state="listed"), "oldest", 9)
    assert (first["id"], first["kind"], first["body"], first["date"]) == (
        1,
        "protocol",
        "Kommunstyrelsen",
        "2026-02-03",
    )
    assert (second["id"], second["version"], second["sha256"]) == (2, 0, None)
    assert catalog.document(1) is None
    assert (catalog.status().documents, catalog.status().listed, catalog.revision()) == (2, 2, 0)
    assert list(catalog.changes()) == [], "there is nothing to search yet"


def test_a_paper_is_listed_then_waits_then_fails_then_is_read(catalog: Catalog) -> None:
    night(catalog, [of("a")])
    run = catalog.start_run("nightly")
    told = [Unreadable("waits", "the night's budget is spent"), Unreadable("fetch", "404")]
    states = [state(catalog, "a")]
    for why in told:
        saved = catalog.save(of("a", stamp="2"), None, why, run, reader=READER)
        states += [saved.status, state(catalog, "a")]
    document = protocol("Eken")
    catalog.save(of("a", stamp="2"), document.id, document, run)
    assert [*states, state(catalog, "a")] == ["listed", "waiting", "waiting", "unreadable", "unreadable", "read"]


def test_what_waits_keeps_what_was_read_and_its_stamp(catalog: Catalog) -> None:
    document, run = protocol("Eken"), catalog.start_run("nightly")
    catalog.save(of("a", stamp="1"), document.id, document, run)
    revision = catalog.revision()
    again = catalog.start_run("nightly")
    catalog.list_all("falun", [of("a", stamp="2")], [], again)
    assert catalog.save(of("a", stamp="2"), None, Unreadable("waits", "at rest"), again).status == "waiting"
    known = catalog.known("falun", "a")
    assert known is not None and (known.stamp, known.sha256) == ("1", document.id), "the new bytes are not here yet"
    assert (state(catalog, "a"), catalog.revision()) == ("read", revision)


def test_since_when_a_paper_fails_is_kept_until_it_is_had(catalog: Catalog) -> None:
    gone, document = Unreadable("fetch", "404"), protocol("Eken")
    runs = [catalog.start_run("nightly") for _ in range(4)]
    since = []
    for run, result in zip(runs, (gone, gone, document, gone), strict=True):
        catalog.save_all([Paper(of("a"), document.id if result is document else None, result, READER)], run)
        with catalog.engine.connect() as db:
            since.append(db.scalar(select(tables.listings.c.failed_run_id)))
    assert since == [runs[0], runs[0], None, runs[3]]


def test_a_changed_listing_is_a_change_and_the_same_one_is_none(catalog: Catalog) -> None:
    document, run = protocol("Eken"), catalog.start_run("nightly")
    catalog.save(of("a"), document.id, document, run)
    night(catalog, [of("a")])
    assert catalog.revision() == 1
    night(catalog, [of("a", title="Protokoll, justerat")])
    assert [(change.revision, change.document_id) for change in catalog.changes(1)] == [(2, 1)]


def test_rotated_out_is_kept_apart_from_withdrawn_and_comes_back(catalog: Catalog) -> None:
    old, middle, new = of("old", "2023-12-01"), of("middle", "2026-01-07"), of("new", "2024-01-10")
    night(catalog, [old, middle, new])
    visit = night(catalog, [new, of("x")], days=1)
    assert (visit.withdrawn, visit.rotated_out) == (1, 1)
    assert (catalog.status().withdrawn, catalog.status().rotated_out) == (1, 1)
    assert night(catalog, [new, of("x")], days=2).rotated_out == 0
    night(catalog, [old, middle, new], days=3)
    assert (catalog.status().withdrawn, catalog.status().rotated_out) == (1, 0), "x is gone, the two are back"


def test_a_list_that_shrank_is_believed_on_the_third_night(catalog: Catalog) -> None:
    papers = [of(f"{n}") for n in range(12)]
    night(catalog, papers)
    visits = [night(catalog, papers[:4], days=days) for days in (1, 1, 2, 3, 4)]  # the first of them was run twice
    assert [visit.doubted for visit in visits] == [8, 8, 8, 0, 0]
    assert [visit.withdrawn for visit in visits] == [0, 0, 0, 8, 0]
    night(catalog, papers, days=5)
    assert night(catalog, papers[:4], days=6).doubted == 8, "it begins anew"
    with catalog.engine.connect() as db:
        reasons = set(db.scalars(select(tables.issues.c.reason)))
    assert reasons == {"8 of 12 papers are gone from the list at once: nothing is withdrawn"}


def test_a_list_that_is_not_whole_takes_nothing_back(catalog: Catalog) -> None:
    night(catalog, [of("a"), of("b")])
    run = catalog.start_run("nightly")
    catalog.list_all("falun", [of("a")], [], run)
    assert catalog.visited("falun", run, {"/committees/ks": "500"}).outcome == "partly"
    failed = catalog.visited("falun", catalog.start_run("nightly"), {"https://moten.falun.example": "no connection"})
    assert (failed.outcome, failed.papers, catalog.status().withdrawn) == ("failed", 0, 0)


def test_meetings_are_known_with_or_without_papers(catalog: Catalog) -> None:
    planned = Meeting(
        "falun", "m2", "2026-09-14", "Kommunstyrelsen", FALUN, "planned", "https://moten.falun.example/m2"
    )
    night(catalog, [], Meeting("falun", "m1", "2026-02-03", "Kommunstyrelsen", FALUN, "held"), planned)
    visit = night(catalog, [], replace(planned, state="cancelled"), days=1)
    with catalog.engine.connect() as db:
        rows = db.execute(select(tables.listed_meetings).order_by(tables.listed_meetings.c.key)).all()
    assert [(row.key, row.state, row.seen_run_id - row.first_run_id) for row in rows] == [
        ("m1", "held", 0),
        ("m2", "cancelled", 1),
    ]
    assert visit.meetings == 1


def test_a_list_that_did_not_change_costs_next_to_nothing(catalog: Catalog) -> None:
    papers = [of(f"{n}", kind="protocol") for n in range(400)]
    night(catalog, papers)
    asked: list[str] = []
    event.listen(catalog.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    night(catalog, papers, days=1)
    assert len(asked) < 25, "as few statements as for one paper"
