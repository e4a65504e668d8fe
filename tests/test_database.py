"""Opening a catalog: the migrations make the tables that the code speaks of, once, and two processes do not collide."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, event, func, select, text

from extractors.model import Document, Unreadable
from index import migrations, tables
from index.catalog import Catalog, CatalogError
from tests.records import empty_catalog, listed, no_catalog, protocol
from tests.tiny import paper

# What a process of its own does: saves papers first..last of 12, each as often as it is asked.
_SAVER = """
import sys
from index.catalog import Catalog
from tests.records import listed, protocol
url, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
catalog = Catalog(url)
run = catalog.start_run("ingest")
print("ready", flush=True)
for n in range(first, last):
    document = protocol(f"Nr {n}", items=3)
    catalog.save(listed(f"{n}.pdf"), document.id, document, run)
    print(n, flush=True)
catalog.finish_run(run, {})
"""


def _saver(url: str, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _SAVER, url, str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)


def test_the_migrations_make_the_tables_of_the_code(tmp_path: Path) -> None:
    catalog = Catalog(no_catalog(tmp_path))
    with catalog.engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    assert migrations.head() == tables.SCHEMA


def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'folder' / 'catalog.sqlite'}"
    with Catalog(url) as catalog:
        catalog.source("papers", "folder", "/papers")
    with Catalog(url) as catalog:
        assert (catalog.status().sources, catalog.revision()) == (1, 0)


def test_a_catalog_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    url = empty_catalog(tmp_path)
    with create_engine(url).begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CatalogError, match="newer Paragraf"):
        Catalog(url)


@pytest.mark.parametrize("what", ["a folder", "no database"])
def test_what_is_no_catalog_is_told(tmp_path: Path, what: str) -> None:
    path = tmp_path / "catalog.sqlite"
    path.mkdir() if what == "a folder" else path.write_bytes(b"%PDF-1.7 not a database at all" * 100)
    with pytest.raises(CatalogError, match=r"catalog\.sqlite"):
        Catalog(f"sqlite:///{path}")


def test_a_full_disk_saves_nothing_half(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalog.sqlite'}"
    _with_source(url)
    with Catalog(url) as catalog:
        run, saved = catalog.start_run("ingest"), 0
        with catalog.engine.connect() as db:
            pages = int(db.execute(text("PRAGMA page_count")).scalar_one())
        event.listen(catalog.engine, "begin", lambda db: db.exec_driver_sql(f"PRAGMA max_page_count={pages + 40}"))
        with pytest.raises(CatalogError, match=r"cannot be written: .* full"):
            for n in range(200):
                document = protocol(f"Nr {n}", items=3)
                catalog.save(listed(f"{n}.pdf"), document.id, document, run)
                saved += 1
        assert saved == catalog.status().documents
        _whole(catalog)


def _everything(url: str) -> list[tuple[str, Document]]:
    with Catalog(url) as catalog:
        return sorted(((stored.listed.key, stored.document) for stored in catalog.documents()), key=lambda one: one[0])


def _whole(catalog: Catalog) -> None:
    """Nothing half, nothing double: every content has its reading and finds, every revision is one document's."""
    with catalog.engine.connect() as db:
        if db.dialect.name == "sqlite":
            assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert db.execute(text("PRAGMA foreign_key_check")).all() == []
        contents = db.execute(select(func.count()).select_from(tables.contents)).scalar_one()
        for name, each in {
            "readings": 1,
            "versions": 1,
            "documents": 1,
            "items": 3,
            "decisions": 3,
            "voters": 6,
        }.items():
            count = db.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()
            assert (name, count) == (name, contents * each)
        revisions = list(db.scalars(select(tables.documents.c.revision)))
        assert len(set(revisions)) == len(revisions)
        assert max(revisions, default=0) <= catalog.revision()


def test_two_processes_save_at_once(tmp_path: Path) -> None:
    url = empty_catalog(tmp_path)
    _with_source(url)
    savers = [_saver(url, 0, 12), _saver(url, 4, 16)]
    assert [saver.wait(60) for saver in savers] == [0, 0]
    with Catalog(url) as catalog:
        _whole(catalog)
        assert catalog.status().documents == 16
        assert [change.revision for change in catalog.changes()] == list(range(1, 17))


def _with_source(url: str) -> int:
    with Catalog(url) as catalog:
        return catalog.source("papers", "folder", "/papers")


def test_three_processes_open_a_new_catalog_at_once(tmp_path: Path) -> None:
    url = no_catalog(tmp_path)
    program = "import sys; from index.catalog import Catalog; Catalog(sys.argv[1]).status()"
    opening = [subprocess.Popen([sys.executable, "-c", program, url]) for _ in range(3)]
    assert [process.wait(60) for process in opening] == [0, 0, 0]


@pytest.mark.parametrize("moment", range(3))
def test_killed_while_saving_and_run_again(tmp_path: Path, moment: int) -> None:
    url = empty_catalog(tmp_path)
    _with_source(url)
    saver = _saver(url, 0, 30)
    assert saver.stdout is not None
    for _ in range(1 + 5 * moment):
        saver.stdout.readline()
    time.sleep(random.Random(moment).uniform(0, 0.03))
    os.kill(saver.pid, signal.SIGKILL)
    saver.wait()
    with Catalog(url) as catalog:
        _whole(catalog)
        assert [run.state for run in catalog.runs()] == ["interrupted"]
    assert _saver(url, 0, 30).wait(60) == 0
    (tmp_path / "other").mkdir()
    other = empty_catalog(tmp_path / "other")
    _with_source(other)
    with Catalog(other) as catalog:
        run = catalog.start_run("ingest")
        for n in range(30):
            document = protocol(f"Nr {n}", items=3)
            catalog.save(listed(f"{n}.pdf"), document.id, document, run)
    assert _everything(url) == _everything(other)


def _queries() -> list[str]:
    page = (Path(__file__).parent.parent / "docs" / "catalog.md").read_text(encoding="utf-8")
    return re.findall(r"```sql\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize("query", _queries())
def test_the_queries_of_the_documentation_find_something(tmp_path: Path, query: str) -> None:
    with Catalog(empty_catalog(tmp_path)) as catalog:
        catalog.source("papers", "folder", "/papers")
        run = catalog.start_run("ingest")
        catalog.save(listed("a.pdf"), protocol().id, protocol(), run)
        catalog.save(listed("b.pdf"), None, Unreadable("fetch", "no permission"), run)
        with catalog.engine.connect() as db:
            assert db.execute(text(query)).all()


def test_a_record_from_before_is_given_its_references(tmp_path: Path) -> None:
    url = no_catalog(tmp_path)
    text_of = "Svar på motion\nKommunstyrelsen har den 16 mars 2026, § 35 behandlat ärendet, se KF § 12/2025."
    with Catalog(url) as catalog:
        run = catalog.start_run("ingest")
        catalog.source("papers", "folder", "/papers")
        document = paper("kf", "Upprop", text_of, date="2026-03-25", body="Kommunfullmäktige")
        catalog.save(listed("kf.pdf"), document.id, document, run)
        rows = select(*(column for column in tables.item_references.c if column.name != "id"))
        with catalog.engine.connect() as db:
            saved = db.execute(rows.order_by(tables.item_references.c.span_start)).all()
        with catalog.engine.begin() as db:
            command.downgrade(migrations.config(db), "0002")
    with Catalog(url) as catalog, catalog.engine.connect() as db:
        filled = db.execute(rows.order_by(tables.item_references.c.span_start)).all()
    assert filled == saved and [(row.number, row.day, row.body) for row in filled] == [
        ("35", "2026-03-16", "Kommunstyrelsen"),
        ("12", None, "KF"),
    ]
