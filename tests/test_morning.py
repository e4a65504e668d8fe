"""The morning report: what a night took, lacks and why, in plain Swedish; written each time, mailed once a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import extractors
from extractors.model import WAITS, Municipality, Unreadable
from flows import morning
from flows.morning.letter import letter
from flows.morning.night import Night
from index.books.model import Alarm
from index.catalog import Catalog, Listed, Meeting
from index.settings import Settings, load
from tests.receivers import mail_server
from tests.running import protocol

FALUN, MORA = Municipality("2080", "Falun"), Municipality("2062", "Mora")
ODD = "Protokoll <b>§ 1</b> [utkast]"


def listed(source: str, key: str, **more: str) -> Listed:
    return Listed(source, key, f"https://{source}.example/{key}", **{"title": f"Protokoll {key}", **more})


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return load({"PARAGRAF_HOME": str(tmp_path)})


@pytest.fixture
def catalog(home: Settings) -> Iterator[Catalog]:
    """After a night: one paper came, one in a new version; one failed, one waits, and a source could not be had."""
    with Catalog(home.catalog) as catalog:
        for name in ("falun", "mora"):
            catalog.source(name, "html", f"https://{name}.example")
        earlier = catalog.start_run("nightly")
        for number in (4, 2):
            _save(catalog, earlier, replace(listed("mora", "b.pdf"), municipality=MORA), protocol(number))
        catalog.finish_run(earlier, {})
        with catalog.engine.begin() as db:
            db.exec_driver_sql("UPDATE runs SET started_at='2026-01-05 01:00:00', finished_at='2026-01-05 01:01:00'")
            db.exec_driver_sql("UPDATE changes SET found_at='2026-01-05 01:00:30'")
        run = catalog.start_run("nightly")
        papers = [
            replace(listed("falun", "a.pdf"), municipality=FALUN),
            listed("falun", "404.pdf", title=ODD),
            listed("falun", "later.pdf"),
        ]
        met = Meeting("falun", "m", "2026-01-05", "Kommunstyrelsen", FALUN, "held")
        catalog.list_all("falun", papers, [met], run)
        _save(catalog, run, papers[0], protocol(1))
        why = Unreadable("fetch", "the server answered 404 Not Found: nothing is there; the site may have changed")
        catalog.save(papers[1], None, why, run)
        catalog.save(papers[2], None, Unreadable(WAITS, "2000 requests were made"), run)
        _save(catalog, run, replace(listed("mora", "b.pdf"), municipality=MORA), protocol(3))
        catalog.add_issue("mora", "list", "https://mora.example: no connection: refused", run)
        yield catalog


def _save(catalog: Catalog, run: int, paper: Listed, text: str) -> None:
    document = extractors.read(text.encode())
    catalog.save(paper, document.id, document, run, reader=document.reader)


def test_everything_is_told(home: Settings, catalog: Catalog) -> None:
    night = morning.night_of(catalog.engine, morning.today(), 2, 754.0)
    assert (night.runs, night.number, night.decisions) == (1, 1, 1)
    assert list(night.came) == ["Falun"]
    assert list(night.replaced) == ["Mora"]
    assert night.waiting == {"falun": 1}
    assert night.not_held == {"Falun": 1}
    written = letter(night, "https://paragraf.example")
    assert written.subject.endswith(": 1 ny handling, 2 ändringar i beslut, 2 fel")
    for told in (
        "1 ny handling med 1 beslut från 1 kommun", "12 min 34 s", "Det gick inte att ansluta till servern.",
        "Servern svarar 404: där finns inget. Webbplatsen kan ha gjorts om. (1)", "Väntar till nästa natt", "Saknas",
        "https://paragraf.example/dokument/", "Ny version",
    ):  # fmt: skip
        assert told in written.text, told
        assert told in written.html, told
    assert "&lt;b&gt;§ 1&lt;/b&gt;" in written.html
    assert r"\<b\>§ 1\</b\> \[utkast\]" in written.text


def test_what_new_versions_decide_otherwise_is_told_since_the_night_began(catalog: Catalog) -> None:
    night = morning.night_of(catalog.engine, morning.today(), 2)
    sha256 = extractors.read(protocol(3).encode()).id
    written = letter(night, "https://paragraf.example")
    assert (night.changes, night.changed_papers) == (2, 1)
    assert {(each.number, each.state, each.versions) for each in night.changed} == {
        ("2", "removed", (2, 3)), ("3", "added", (2, 3)),
    }  # fmt: skip
    assert "2 ändringar i beslut, i 1 handling som kom i ny version." in written.text
    where = f"https://paragraf.example/dokument/{sha256}/andringar?fran=2&till=3"
    of = f"[§ 3 Bidrag till förening nummer 3]({where}), Kommunstyrelsen, 4 april 2031\n"
    assert f"  - Beslut som inte finns kvar: [§ 2 Bidrag till förening nummer 2]({where})" in written.text
    assert "## Ändrade beslut\n\n- **Mora** (2)\n" in written.text
    assert f"  - Nytt beslut i ny version: {of}" in written.text
    assert f'href="{where.replace("&", "&amp;")}">§ 3 Bidrag till förening nummer 3</a>' in written.html
    assert 'href="https://mora.example/b.pdf">§ 3' in letter(night, None).html
    assert "… och 7 till" in letter(replace(night, changes=9), None).text


ALARMS = (
    (
        Alarm("falun", "failing", "", "could not be listed", {"nights": 4, "why": "x.se: no connection: refused"}),
        "Källan har inte gått att lista på 4 nätter: Det gick inte att ansluta till servern.",
    ),
    (Alarm("falun", "waiting", "", "wait", {"papers": 1, "nights": 7}), "1 handling har väntat i minst 7 nätter"),
    (
        Alarm("falun", "changed", "", "gone", {"gone": 8, "listed": 9, "same": 3}),
        (
            "8 handlingar försvann ur listan på en gång, 9 står kvar. Inget räknas som borttaget. "
            "3 av dem verkar stå kvar under nya adresser: webbplatsen har nog byggts om."
        ),
    ),
    (
        Alarm("falun", "overdue", "Nämnden", "no protocol", {"body": "Nämnden", "dates": ["2026-02-23"]}),
        "Nämnden: inget protokoll från 23 februari 2026",
    ),
    (
        Alarm(
            "falun", "missed", "Nämnden", "missed",
            {"body": "Nämnden", "missed": [
                {"year": 2025, "what": "meetings_per_year", "expected": [8, 14], "got": [3, 3]},
            ]},
        ),
        "Nämnden, 2025: 3 sammanträden, 8–14 väntades",
    ),
    (Alarm("falun", "waiting", "", "raised long ago, without figures"), "raised long ago, without figures"),
)  # fmt: skip


@pytest.mark.parametrize(("alarm", "told"), ALARMS, ids=lambda each: getattr(each, "kind", ""))
def test_alarms_are_told_in_swedish(alarm: Alarm, told: str) -> None:
    written = letter(Night(date(2026, 6, 15), 1, 3.0, alarms=[alarm]), None)
    assert f"- **falun**: {told}\n" in written.text
    assert f"<b>falun</b>: {told}</li>" in written.html


def test_without_an_address_of_ours_papers_link_to_their_source(catalog: Catalog) -> None:
    written = letter(morning.night_of(catalog.engine, morning.today(), 2), None)
    assert 'href="https://falun.example/a.pdf"' in written.html


def test_a_quiet_night_says_so() -> None:
    written = letter(Night(date(2026, 6, 15), 1, 3.0), None)
    assert written.text.split() == "# Paragraf 15 juni 2026: inget nytt Inget nytt kom. Det tog 3 sekunder.".split()  # noqa: SIM905


def test_it_is_mailed_once_a_day_to_each(home: Settings, catalog: Catalog) -> None:
    with mail_server() as post:
        watch = replace(home.watch, smtp=post.url, mail_from="p@example.se", report_to=("a@example.se", "b@example.se"))
        settings = replace(home, watch=watch)
        _, told = morning.tell(settings, catalog, 2, 60.0)
        assert told["to"] == ["a@example.se", "b@example.se"]
        catalog.finish_run(2, {"report": told})
        third = catalog.start_run("nightly")
        written, again = morning.tell(settings, catalog, third, 60.0)
        assert (again["to"], len(post.mails)) == ([], 2)
        assert "i 2 körningar" in written.text
        assert Path(again["page"]).read_text(encoding="utf-8") == written.html
        assert morning.tell_broken(settings, catalog, third, 1.0, "the disk is full")["to"] == list(watch.report_to)
    mail = post.mails[0]
    assert (mail["To"], mail["From"]) == ("a@example.se", "Paragraf <p@example.se>")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "1 ny handling med 1 beslut" in body.get_content()
    assert "natten avbröts" in post.mails[2]["Subject"]


def test_a_mail_server_that_is_away_is_told_and_the_next_run_sends(home: Settings, catalog: Catalog) -> None:
    watch = replace(home.watch, smtp="smtp://127.0.0.1:9", mail_from="p@example.se", report_to=("a@example.se",))
    _, told = morning.tell(replace(home, watch=watch), catalog, 2, 60.0)
    assert told["to"] == []
    assert "cannot be used" in told["not_mailed"]
    catalog.finish_run(2, {"report": told})
    with mail_server() as post:
        _, again = morning.tell(replace(home, watch=replace(watch, smtp=post.url)), catalog, 2, 60.0)
    assert again["to"] == ["a@example.se"]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-06-14T21:59", "2026-06-14"),
        ("2026-06-14T22:00", "2026-06-15"),  # summer time
        ("2026-01-14T22:59", "2026-01-14"),
        ("2026-01-14T23:00", "2026-01-15"),  # winter time
    ],
)
def test_a_day_is_one_in_sweden(now: str, day: str) -> None:
    assert morning.today(datetime.fromisoformat(now).replace(tzinfo=UTC)).isoformat() == day
