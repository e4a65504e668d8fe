"""The record: the same bytes change nothing, other bytes are a new version, nothing is lost and nothing is twice."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from extractors.model import Amount, Document, Issue, Municipality, Page, Span, Unreadable
from index import tables
from index.catalog import Catalog, Listed, Paper
from tests.records import READER, empty_catalog, listed, protocol, sha256

_GARBLED = Unreadable("text", "the letters cannot be told")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return empty_catalog(tmp_path)


@pytest.fixture
def catalog(url: str) -> Iterator[Catalog]:
    with Catalog(url) as made:
        made.source("papers", "folder", "/papers")
        made.start_run("ingest")
        yield made


def _count(catalog: Catalog, name: str) -> int:
    with catalog.engine.connect() as db:
        number: int = db.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()
        return number


def _save(catalog: Catalog, key: str, document: Document) -> str:
    return catalog.save(listed(key), document.id, document, 1).status


def test_a_paper_comes_back_as_it_was_read(catalog: Catalog) -> None:
    document = protocol("Eken")
    saved = catalog.save(listed("eken.pdf", title="Protokoll"), document.id, document, 1, size=3000, format="pdf")
    stored = catalog.document(saved.document_id)
    assert saved.status == "read"
    assert stored is not None
    assert stored.document == replace(document, source="/papers/eken.pdf")
    assert (stored.listed.title, stored.version, stored.versions, stored.withdrawn) == ("Protokoll", 1, 1, False)
    assert [stored] == list(catalog.documents())


def test_every_find_is_a_row(catalog: Catalog) -> None:
    _save(catalog, "eken.pdf", protocol("Eken", items=2))
    expected = {
        "items": 2, "decisions": 2, "proposals": 2, "votes": 2, "voters": 4, "reservations": 2, "case_numbers": 2,
        "amounts": 2, "people": 2, "parties": 2, "dates": 1, "organisations": 1, "table_sums": 1, "issues": 1,
        "meetings": 1, "cases": 2, "case_items": 2, "item_parties": 8,
    }  # fmt: skip
    assert {name: _count(catalog, name) for name in expected} == expected


@pytest.mark.parametrize("kronor", ["750000", "21.36", "-3200000", "0.5", "12345678901234.25"])
def test_sums_are_exact(catalog: Catalog, kronor: str) -> None:
    amount = Amount(Span(0, 3, 1), Decimal(kronor), "§ 1")
    _save(catalog, "eken.pdf", replace(protocol("Eken"), amounts=(amount,)))
    with catalog.engine.connect() as db:
        assert db.scalar(select(tables.amounts.c.kronor)) == Decimal(kronor)
        assert db.scalar(select(func.count()).where(tables.amounts.c.kronor >= Decimal(kronor))) == 1


def test_the_same_again_changes_nothing(catalog: Catalog) -> None:
    assert _save(catalog, "eken.pdf", protocol("Eken")) == "read"
    before = catalog.revision()
    assert _save(catalog, "eken.pdf", protocol("Eken")) == "unchanged"
    assert catalog.unchanged(listed("eken.pdf"), protocol("Eken").id, 1).status == "unchanged"
    assert catalog.revision() == before
    assert _count(catalog, "decisions") == 2


def test_other_bytes_are_a_new_version_and_the_old_stays(catalog: Catalog) -> None:
    _save(catalog, "a.pdf", protocol("Eken"))
    assert _save(catalog, "a.pdf", protocol("Linden")) == "new version"
    assert [version.sha256 for version in catalog.versions(1)] == [protocol("Eken").id, protocol("Linden").id]
    newest, old = catalog.document(1), catalog.document(1, version=1)
    assert newest is not None and newest.sha256 == protocol("Linden").id
    assert old is not None and old.document.items == protocol("Eken").items
    assert _save(catalog, "a.pdf", protocol("Eken")) == "new version"  # back again is a third
    assert len(catalog.versions(1)) == 3


def test_one_content_in_two_listings_is_kept_once(catalog: Catalog) -> None:
    document = protocol("Eken")
    _save(catalog, "a.pdf", document)
    assert catalog.content_read(document.id, READER)
    assert not catalog.content_read(document.id, "reader-2")
    assert catalog.unchanged(listed("b.pdf"), document.id, 1).status == "read"
    assert (_count(catalog, "contents"), _count(catalog, "decisions"), _count(catalog, "documents")) == (1, 2, 2)
    second = catalog.document(2)
    assert second is not None and second.document.source == "/papers/b.pdf"
    assert catalog.find(document.id[:12]) == [1, 2]
    assert catalog.find("/papers/b.pdf") == catalog.find("b.pdf") == [2]


def test_unknown_bytes_cannot_be_unchanged(catalog: Catalog) -> None:
    with pytest.raises(LookupError, match="was never read"):
        catalog.unchanged(listed("a.pdf"), sha256("a"), 1)
    assert _count(catalog, "documents") == 0  # and nothing is left of the try


def test_unreadable_is_told_and_counted(catalog: Catalog) -> None:
    assert catalog.save(listed("a.pdf"), sha256("a"), _GARBLED, 1, reader=READER).status == "unreadable"
    gone = Unreadable("fetch", "the file is not there any more", {"errno": "2"})
    assert catalog.save(listed("b.pdf"), None, gone, 1).status == "unreadable"
    status = catalog.status(READER)
    assert (status.documents, status.read, status.unreadable, status.stale) == (2, 0, 2, 0)
    assert status.reasons == {
        "fetch: the file is not there any more (errno: 2)": 1,
        "text: the letters cannot be told": 1,
    }
    assert catalog.document(1) is None
    assert [change.gone for change in catalog.changes()] == [True, True]
    known = catalog.known("papers", "a.pdf")
    assert known is not None and (known.readable, known.reader) == (False, READER)


def test_an_error_page_does_not_hide_the_protocol(catalog: Catalog) -> None:
    _save(catalog, "a.pdf", protocol("Eken"))
    catalog.save(listed("a.pdf"), sha256("error page"), _GARBLED, 1, reader=READER)
    stored = catalog.document(1)
    assert stored is not None and (stored.version, stored.versions) == (1, 2)
    assert (catalog.status().unreadable, catalog.status().items) == (1, 2)
    assert [change.gone for change in catalog.changes()] == [False]


def test_a_failed_fetch_keeps_what_there_is_and_is_forgotten_when_it_works(catalog: Catalog) -> None:
    _save(catalog, "a.pdf", protocol("Eken"))
    revision = catalog.revision()
    catalog.save(listed("a.pdf"), None, Unreadable("fetch", "no permission"), 1)
    assert (catalog.revision(), _count(catalog, "issues")) == (revision, 2)
    catalog.unchanged(listed("a.pdf"), protocol("Eken").id, 1)
    assert _count(catalog, "issues") == 1


def test_read_again_by_a_newer_reader(catalog: Catalog) -> None:
    old, new = protocol("Eken"), replace(protocol("Eken", reader="reader-2"), amounts=(), issues=())
    _save(catalog, "a.pdf", old)
    catalog.unchanged(listed("b.pdf"), old.id, 1)
    revision = catalog.revision()
    assert [stale.sha256 for stale in catalog.stale("reader-2")] == [old.id]
    assert [stale.source for stale in catalog.stale("reader-2")] == ["/papers/a.pdf"]
    assert catalog.save_reading(old.id, new, 1)
    assert not catalog.save_reading(old.id, new, 1)
    assert list(catalog.stale("reader-2")) == []
    assert [change.document_id for change in catalog.changes(revision)] == [1, 2]
    assert (_count(catalog, "amounts"), _count(catalog, "decisions"), _count(catalog, "case_items")) == (0, 2, 4)


def test_a_newer_reader_that_fails_loses_nothing(catalog: Catalog) -> None:
    document = protocol("Eken")
    _save(catalog, "a.pdf", document)
    assert not catalog.save_reading(document.id, Unreadable("read", "too much memory"), 1, reader="reader-2")
    assert list(catalog.stale("reader-2")) == []  # tried; the next reader tries again
    assert catalog.document(1) is not None
    assert _count(catalog, "issues") == 2


def test_what_broke_off_and_scans_are_worth_another_try(catalog: Catalog) -> None:
    scan, hung = protocol("Eken"), protocol("Alen")
    blank = Document(scan.id, "", "other", "", (Page(1, 0, 0),), issues=(Issue("ocr", "a scan"),), reader=READER)
    catalog.save(listed("a.pdf"), hung.id, Unreadable("process", "not finished after 3 s"), 1, reader=READER)
    catalog.save(listed("b.pdf"), scan.id, blank, 1)
    status = catalog.status(READER)
    assert (status.stale, status.broken_off, status.without_ocr) == (0, 1, 1)
    assert catalog.why_unreadable(hung.id) == "process: not finished after 3 s"
    assert [again.source for again in catalog.stale(READER)] == ["/papers/a.pdf"]
    assert [again.source for again in catalog.stale(READER, ocr=True)] == ["/papers/a.pdf", "/papers/b.pdf"]
    assert not catalog.save_reading(scan.id, blank, 1)  # no better than before
    assert catalog.save_reading(scan.id, scan, 1)
    assert catalog.save_reading(hung.id, hung, 1)
    assert list(catalog.stale(READER, ocr=True)) == []
    assert catalog.status(READER).items == 4


def test_an_older_version_that_can_be_read_at_last_is_shown(catalog: Catalog) -> None:
    first = protocol("Eken")
    catalog.save(listed("a.pdf"), first.id, _GARBLED, 1, reader="reader-0")
    catalog.save(listed("a.pdf"), sha256("second"), _GARBLED, 1, reader="reader-0")
    before = catalog.revision()
    assert catalog.document(1) is None
    assert catalog.save_reading(first.id, first, 1)
    shown = catalog.document(1)
    assert shown is not None and (shown.sha256, shown.version, shown.versions) == (first.id, 1, 2)
    assert [(change.document_id, change.gone) for change in catalog.changes(before)] == [(1, False)]


def test_an_older_version_read_again_is_no_change_of_what_is_shown(catalog: Catalog) -> None:
    _save(catalog, "a.pdf", protocol("Eken"))
    _save(catalog, "a.pdf", protocol("Linden"))
    before = catalog.revision()
    catalog.save_reading(protocol("Eken").id, protocol("Eken", reader="reader-2"), 1)
    assert list(catalog.changes(before)) == []


def test_a_reason_that_no_database_would_take_is_told_all_the_same(catalog: Catalog) -> None:
    odd = Unreadable("pdf", "the font \x00 has \udc80 letters", {"name": "\ud800"})
    assert catalog.save(listed("a.pdf"), sha256("a"), odd, 1, reader=READER).status == "unreadable"
    assert catalog.save(listed("b.pdf"), None, odd, 1, reader=READER).status == "unreadable"
    assert sum(catalog.status().reasons.values()) == 2


def test_withdrawn_is_marked_and_comes_back(catalog: Catalog) -> None:
    _save(catalog, "a.pdf", protocol("Eken"))
    _save(catalog, "b.pdf", protocol("Linden"))
    run = catalog.start_run("ingest")
    catalog.list_all("papers", [listed("a.pdf")], [], run)
    assert [catalog.visited("papers", run).withdrawn for _ in range(2)] == [1, 0]
    stored = catalog.document(2)
    assert stored is not None and stored.withdrawn
    assert catalog.status().withdrawn == 1
    assert catalog.unchanged(listed("b.pdf"), protocol("Linden").id, 1).status == "unchanged"
    assert catalog.status().withdrawn == 0
    assert [change.document_id for change in catalog.changes(3)] == [2]


def test_the_text_has_the_first_word_and_the_source_the_second(catalog: Catalog) -> None:
    document = replace(protocol("Eken", date=None), municipality=None)
    told = listed("a.pdf", municipality=Municipality("0126", "Huddinge"), body="Kommunfullmäktige", date="2026-06-16")
    catalog.save(told, document.id, document, 1)
    with catalog.engine.connect() as db:
        row = db.execute(select(tables.documents)).mappings().one()
        reasons = list(db.scalars(select(tables.issues.c.reason).where(tables.issues.c.stage == "source")))
    assert (row["municipality_code"], row["municipality_from"]) == ("0126", "source")
    assert (row["date"], row["date_from"]) == ("2026-06-16", "source")
    assert (row["body"], row["body_from"]) == ("Kommunstyrelsen", "text")
    assert reasons == ["body: the text says Kommunstyrelsen, the source Kommunfullmäktige"]
    assert _count(catalog, "meetings") == 1
    with catalog.engine.connect() as db:
        assert db.scalar(select(tables.cases.c.municipality_code).distinct()) == "0126"


def test_another_word_of_the_source_is_a_change(catalog: Catalog) -> None:
    _save(catalog, "a.pdf", protocol("Eken"))
    revision = catalog.revision()
    catalog.unchanged(replace(listed("a.pdf"), url="/elsewhere/a.pdf"), protocol("Eken").id, 1)
    assert [change.document_id for change in catalog.changes(revision)] == [1]
    catalog.unchanged(replace(listed("a.pdf"), url="/elsewhere/a.pdf", stamp="later"), protocol("Eken").id, 1)
    assert catalog.revision() == revision + 1
    known = catalog.known("papers", "a.pdf")
    assert known is not None and known.stamp == "later"
    assert catalog.all_known("papers") == {"a.pdf": known}


def test_changes_come_in_order_and_once(catalog: Catalog) -> None:
    for name in ("Eken", "Linden", "Aspen"):
        _save(catalog, f"{name}.pdf", protocol(name))
    _save(catalog, "Eken.pdf", protocol("Rönnen"))
    assert [(change.revision, change.document_id) for change in catalog.changes()] == [(2, 2), (3, 3), (4, 1)]
    assert list(catalog.changes(4)) == []


def test_a_document_that_the_database_refuses_is_an_issue(catalog: Catalog) -> None:
    bad = replace(protocol("Eken"), title="half a letter: \ud83d")
    good = protocol("Linden")
    saved = catalog.save_all([Paper(listed("a.pdf"), bad.id, bad), Paper(listed("b.pdf"), good.id, good)], 1)
    assert [one.status for one in saved] == ["unreadable", "read"]
    assert next(iter(catalog.status().reasons)).startswith("save: the record cannot hold what was read")


def test_a_document_of_other_bytes_is_refused(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="its bytes are"):
        catalog.save(listed("a.pdf"), sha256("other"), protocol("Eken"), 1)


def test_an_unknown_source_is_refused(catalog: Catalog) -> None:
    with pytest.raises(LookupError, match="no source is called 'nowhere'"):
        catalog.save(Listed("nowhere", "a", "a"), protocol().id, protocol(), 1)


def test_runs(catalog: Catalog) -> None:
    catalog.add_issue("papers", "list", "the folder is not there", 1)
    assert [run.state for run in catalog.runs()] == ["running"]
    catalog.finish_run(1, {"read": 3})
    with catalog.engine.begin() as db:  # one whose process is gone
        db.execute(
            text("INSERT INTO runs (kind, started_at, host, pid) SELECT kind, started_at, host, 999999999 FROM runs")
        )
    assert [(run.state, run.summary) for run in catalog.runs()] == [("interrupted", None), ("finished", {"read": 3})]
    assert catalog.status().to_json()["last_run"]["state"] == "interrupted"
    catalog.finish_run(2, {"failed": "OSError: no space left"})
    assert catalog.runs(1)[0].state == "failed"


def test_an_open_catalog_needs_no_alembic(url: str) -> None:
    Catalog(url).close()
    program = (
        "import sys; from index.catalog import Catalog; Catalog(sys.argv[1]).status();"
        "print([m for m in ('alembic', 'spacy', 'torch', 'pandas', 'pyarrow', 'fsspec') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


_KEYS, _NAMES = ("a.pdf", "b.pdf"), ("Eken", "Linden")
_NIGHTS = st.lists(
    st.tuples(st.sampled_from(_KEYS), st.sampled_from((*_NAMES, "garbled", "lost", "not listed"))), max_size=9
)


@settings(max_examples=25, deadline=None)
@given(_NIGHTS)
def test_any_nights_leave_what_was_last_seen(nights: list[tuple[str, str]]) -> None:
    """Whatever happens to two keys: versions are the bytes in order, and the newest that can be read is shown."""
    versions: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder, Catalog(empty_catalog(Path(folder))) as catalog:
        catalog.source("papers", "folder", "/papers")
        for key, what in nights:
            revision = catalog.revision()
            _night(catalog, key, what, versions)
            changed = [change.document_id for change in catalog.changes(revision)]
            assert len(changed) <= len(_KEYS)
        for key, names in versions.items():
            known = catalog.known("papers", key)
            assert known is not None
            assert known.sha256 == (_bytes(names[-1]) if names else None)
            assert [version.sha256 for version in catalog.versions(known.document_id)] == list(map(_bytes, names))
            readable = [name for name in names if name != "garbled"]
            stored = catalog.document(known.document_id)
            assert (stored and stored.document.id) == (_bytes(readable[-1]) if readable else None)
        contents = {name for names in versions.values() for name in names}
        assert catalog.status().contents == len(contents)
        assert _count(catalog, "decisions") == 2 * len(contents - {"garbled"})


def _bytes(name: str) -> str:
    return sha256("garbled") if name == "garbled" else protocol(name).id


def _night(catalog: Catalog, key: str, what: str, versions: dict[str, list[str]]) -> None:
    """One paper of one night, in the record and in the plain lists that the record is held against."""
    run = catalog.start_run("nightly")
    if what == "not listed":
        catalog.list_all("papers", [listed(other) for other in _KEYS if other != key], [], run)
        catalog.visited("papers", run)
        return
    names = versions.setdefault(key, [])
    if what == "lost":
        catalog.save(listed(key), None, Unreadable("fetch", "no permission"), run)
        return
    result = _GARBLED if what == "garbled" else protocol(what)
    catalog.save(listed(key), _bytes(what), result, run, reader=READER)
    if not names or names[-1] != what:
        names.append(what)
