"""The commands that keep what we have safe (säkerhetskopiera): paragraf backup, paragraf restore."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.failing import FAILED
from flows.options import Json
from flows.progress import Progress, shown
from flows.questions import print_json

if TYPE_CHECKING:
    from index.backup.taking import Tell

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The backup's own folder.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")]


def backup(folder: Folder, quiet: Quiet = False, as_json: Json = False) -> None:
    """Keep the record, the originals and the keys in a folder; what is there already is brought up to date.

    It may run beside the night and the server. The index and the pictures are not in it: they are made anew. Exit code
    1 when an original of the record is lost or damaged here; everything else is in the backup all the same.
    """
    from index import backup as backups
    from index import settings

    with shown(quiet) as progress:
        taken = backups.take(settings.load(), folder.absolute(), _counting(progress))
    told = taken.manifest
    if as_json:
        print_json({**asdict(told), "copied": taken.copied, "forgotten": taken.forgotten})
    else:
        print(f"{told.documents} documents, {told.originals} originals ({taken.copied} new) are in {folder}")
    if told.missing:
        for sha256 in told.missing:
            typer.echo(f"lost or damaged here: {sha256}", err=True)
        raise typer.Exit(FAILED)


def restore(folder: Folder, quiet: Quiet = False, as_json: Json = False) -> None:
    """Bring a backup back into an empty PARAGRAF_HOME (and PARAGRAF_CATALOG, PARAGRAF_ARCHIVE), and make the index.

    The record may come back into another database than it was taken from: so one moves from SQLite to PostgreSQL.
    """
    from flows.bench import one_at_a_time
    from index import backup as backups
    from index import settings
    from index.catalog import Catalog
    from index.removals.remove import finish
    from index.sync import sync

    held = settings.load()
    with shown(quiet) as progress, one_at_a_time(held.home, progress):
        restored = backups.restore(held, folder.absolute(), _counting(progress))
        synced = sync(held, rebuild=True)
        with Catalog(held.catalog) as catalog:  # what was removed since, as the home's own file tells
            finish(held, catalog, progress.say)
    if as_json:
        print_json({**asdict(restored), "index": asdict(synced)})
    else:
        print(f"{restored.manifest.documents} documents and {restored.originals} originals are back")
    for name in restored.kept:
        typer.echo(f"left as it was here: {name}", err=True)
    for sha256 in restored.damaged:
        typer.echo(f"damaged in the backup: {sha256}", err=True)
    if restored.damaged:
        raise typer.Exit(FAILED)


def _counting(progress: Progress) -> Tell:
    """Originals, one by one."""

    def tell(done: int, total: int) -> None:
        if done == 1:
            progress.start("originals", total)
        progress.step()

    return tell
