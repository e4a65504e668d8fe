"""A backup is whole or is none; what comes back from one is what was there, in whichever database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from index import backup, tables
from index.archive import Archive
from index.backup import BackupError, rows
from index.backup.manifest import MANIFEST, RECORD
from index.catalog import Catalog
from index.database import connect
from index.queries import Query, Searcher
from index.settings import Settings, load
from index.sync import sync
from index.watching.subscriptions import Secrets
from tests.records import listed, no_catalog, protocol
from tests.tiny import TinyEncoder

PAPERS = {name: f"Protokoll om {name}".encode() for name in ("Eken", "Boken", "Asken")}


@pytest.fixture
def held(tmp_path: Path) -> Settings:
    """A home with three papers whose originals are kept, sources told and a key."""
    settings = _home(tmp_path / "held")
    archive = Archive(settings.archive)
    with Catalog(settings.catalog) as catalog:
        catalog.source("papers", "folder", "/papers")
        run = catalog.start_run("ingest")
        for name, data in PAPERS.items():
            document = replace(protocol(name), id=archive.put(data))
            catalog.save(listed(name), document.id, document, run, size=len(data))
        catalog.finish_run(run, {})
    (settings.home / "sources.toml").write_text('[[source]]\nname = "in-tray"\nkind = "folder"\npath = "/srv"\n')
    Secrets(settings.home)
    return settings


def _home(folder: Path) -> Settings:
    folder.mkdir()
    return load({"PARAGRAF_HOME": str(folder), "PARAGRAF_CATALOG": no_catalog(folder)})


def test_everything_comes_back(held: Settings, tmp_path: Path) -> None:
    taken = backup.take(held, tmp_path / "kept")
    assert (taken.manifest.documents, taken.manifest.originals, taken.copied) == (3, 3, 3)
    there = _home(tmp_path / "there")
    restored = backup.restore(there, tmp_path / "kept")
    assert restored.originals == 3 and not restored.damaged and not restored.kept
    assert _rows(there) == _rows(held)
    assert {Archive(there.archive).get(sha256) for sha256 in Archive(there.archive)} == set(PAPERS.values())
    assert (there.home / "watch.key").read_bytes() == (held.home / "watch.key").read_bytes()
    assert (there.home / "sources.toml").is_file()


def test_the_restored_record_goes_on_being_written(held: Settings, tmp_path: Path) -> None:
    """Numbers of new rows follow those that came back, in PostgreSQL too, whose sequences know nothing of them."""
    backup.take(held, tmp_path / "kept")
    there = _home(tmp_path / "there")
    backup.restore(there, tmp_path / "kept")
    with Catalog(there.catalog) as catalog:
        new = protocol("Linden")
        saved = catalog.save(listed("Linden"), new.id, new, catalog.start_run("ingest"))
        assert saved.status == "read" and saved.document_id == 4
        assert [change.document_id for change in catalog.changes()] == [1, 2, 3, 4]


def test_what_came_back_is_found(held: Settings, tmp_path: Path) -> None:
    backup.take(held, tmp_path / "kept")
    there = _home(tmp_path / "there")
    backup.restore(there, tmp_path / "kept")
    sync(there, encode=TinyEncoder(), rebuild=True)
    found = Searcher(there, encode=TinyEncoder()).search(Query("Föreningen Boken"))
    assert found.total == 2 and {hit.title for hit in found.hits[:2]} == {"Bidrag till Föreningen Boken"}


def test_a_second_backup_copies_what_is_new_and_forgets_what_is_gone(held: Settings, tmp_path: Path) -> None:
    backup.take(held, tmp_path / "kept")
    gone = next(iter(Archive(held.archive)))
    with connect(held.catalog).begin() as db:
        of_content = select(tables.contents.c.id).where(tables.contents.c.sha256 == gone)
        db.execute(
            tables.documents.update().where(tables.documents.c.content_id.in_(of_content)).values(content_id=None)
        )
        db.execute(delete(tables.versions).where(tables.versions.c.content_id.in_(of_content)))
        db.execute(delete(tables.contents).where(tables.contents.c.sha256 == gone))
    taken = backup.take(held, tmp_path / "kept")
    assert (taken.copied, taken.forgotten, taken.manifest.originals) == (0, 1, 2)
    assert gone not in set(Archive(str(tmp_path / "kept" / "originals")))


def test_a_lost_and_a_damaged_original_are_told(held: Settings, tmp_path: Path) -> None:
    lost, damaged, _ = Archive(held.archive)
    Archive(held.archive).remove(lost)
    path = Archive(held.archive).path(damaged)
    assert path
    path.write_bytes(b"nothing of what it was")
    taken = backup.take(held, tmp_path / "kept")
    assert set(taken.manifest.missing) == {lost, damaged} and taken.manifest.originals == 1


def test_an_original_damaged_in_the_backup_is_told_and_the_rest_comes_back(held: Settings, tmp_path: Path) -> None:
    backup.take(held, tmp_path / "kept")
    kept = Archive(str(tmp_path / "kept" / "originals"))
    damaged = next(iter(kept))
    path = kept.path(damaged)
    assert path
    path.write_bytes(b"")
    restored = backup.restore(_home(tmp_path / "there"), tmp_path / "kept")
    assert restored.damaged == (damaged,) and restored.originals == 2


def test_a_record_with_papers_is_never_written_over(held: Settings, tmp_path: Path) -> None:
    backup.take(held, tmp_path / "kept")
    with pytest.raises(BackupError, match="there is a record at"):
        backup.restore(held, tmp_path / "kept")


def test_a_file_that_stands_in_the_new_home_stays(held: Settings, tmp_path: Path) -> None:
    backup.take(held, tmp_path / "kept")
    there = _home(tmp_path / "there")
    (there.home / "sources.toml").write_text("# ours\n")
    assert backup.restore(there, tmp_path / "kept").kept == ("sources.toml",)
    assert (there.home / "sources.toml").read_text() == "# ours\n"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(lambda kept: (kept / MANIFEST).unlink(), "no whole backup", id="stopped before it was whole"),
        pytest.param(lambda kept: (kept / RECORD).write_bytes(b"SQLite"), "is damaged", id="the record is damaged"),
        pytest.param(lambda kept: (kept / RECORD).unlink(), "is damaged", id="the record is gone"),
        pytest.param(lambda kept: (kept / MANIFEST).write_text("{"), "cannot be understood", id="a cut manifest"),
        pytest.param(lambda kept: _newer(kept / MANIFEST), "newer Paragraf", id="of a later time"),
    ],
)
def test_what_is_no_whole_backup_is_refused(
    held: Settings, tmp_path: Path, spoil: Callable[[Path], object], says: str
) -> None:
    backup.take(held, tmp_path / "kept")
    spoil(tmp_path / "kept")
    there = _home(tmp_path / "there")
    with pytest.raises(BackupError, match=says):
        backup.restore(there, tmp_path / "kept")
    assert rows.is_empty(connect(there.catalog))


def _newer(manifest: Path) -> None:
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "form": 99}))


def test_a_folder_with_other_files_is_no_place_for_a_backup(held: Settings, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"")
    with pytest.raises(BackupError, match="other files"):
        backup.take(held, tmp_path)


def test_a_backup_is_of_one_moment(held: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved while originals are copied belongs to the next backup: no original of it is told missing."""
    new, put = protocol("Linden"), Archive.put

    def meanwhile(archive: Archive, data: bytes) -> str:
        monkeypatch.setattr(Archive, "put", put)
        with Catalog(held.catalog) as catalog:
            catalog.save(listed("Linden"), new.id, new, catalog.start_run("ingest"))
        return archive.put(data)

    monkeypatch.setattr(Archive, "put", meanwhile)
    taken = backup.take(held, tmp_path / "kept")
    assert taken.manifest.documents == 3 and not taken.manifest.missing
    assert len(_rows(held)["documents"]) == 4


def _rows(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    engine = connect(settings.catalog)
    with engine.connect() as db:
        return {
            table.name: sorted(map(tuple, db.execute(select(table)).all()), key=repr)
            for table in tables.metadata.sorted_tables
        }
