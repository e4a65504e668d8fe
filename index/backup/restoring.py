"""Bringing a backup back (återställ): into an empty place, checked before anything is written."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from index.archive import Archive, ArchiveError
from index.backup import rows
from index.backup.manifest import HOME, ORIGINALS, RECORD, BackupError, Manifest
from index.backup.taking import Tell, of_file
from index.database import connect
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: `damaged` are the originals whose bytes in the backup are no longer what they were."""

    manifest: Manifest
    originals: int
    damaged: tuple[str, ...]
    kept: tuple[str, ...]  # of the home, because a file of that name is there already


def restore(settings: Settings, folder: Path, tell: Tell = lambda done, total: None) -> Restored:
    """The record and the originals of a backup, where the settings say that they are. The index is made anew after it.

    A record that has anything in it is not written over: BackupError. Stopped half-way, it can be run again.
    """
    manifest = Manifest.read(folder)
    record = folder / RECORD
    if not record.is_file() or of_file(record) != manifest.record:
        raise BackupError(f"{record} is damaged: it is not the record that this backup was made with")
    target = connect(settings.catalog)
    try:
        if not rows.is_empty(target):
            where = make_url(settings.catalog).render_as_string()
            raise BackupError(f"there is a record at {where} already: name an empty PARAGRAF_HOME or PARAGRAF_CATALOG")
        originals, damaged = _originals(Archive(str(folder / ORIGINALS)), Archive(settings.archive), tell)
        kept = _home(folder / HOME, settings.home)
        _record(record, settings, target)  # last: as long as it is empty, all of this can be done again
    finally:
        target.dispose()
    return Restored(manifest, originals, damaged, kept)


def _originals(kept: Archive, archive: Archive, tell: Tell) -> tuple[int, tuple[str, ...]]:
    wanted, damaged = list(kept), []
    for done, sha256 in enumerate(wanted, 1):
        try:
            data = kept.get(sha256)
        except ArchiveError:
            damaged.append(sha256)
        else:
            archive.put(data)
        tell(done, len(wanted))
    return len(wanted) - len(damaged), tuple(damaged)


def _home(kept: Path, home: Path) -> tuple[str, ...]:
    """The files of the home; one that is there already stays as it is and is told."""
    home.mkdir(parents=True, exist_ok=True)
    there = []
    for path in sorted(kept.rglob("*")):
        target = home / path.relative_to(kept)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        elif target.exists():
            there.append(str(path.relative_to(kept)))
        else:
            shutil.copy2(path, target)
    return tuple(there)


def _record(record: Path, settings: Settings, target: Engine) -> None:
    """A copy of the backup's record brought up to date, and its rows into the empty one."""
    beside = settings.home / f"{RECORD}.restoring"
    shutil.copyfile(record, beside)
    source = connect(f"sqlite:///{beside}")
    try:
        rows.copy(source, target)
    finally:
        source.dispose()
        for leftover in settings.home.glob(f"{beside.name}*"):
            leftover.unlink()
