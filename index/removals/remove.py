"""Removing (att ta bort): noted, hidden, and then taken out of every file; what was stopped is gone on with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from index.catalog import Catalog
from index.database import writing
from index.embed import Encoder
from index.removals import hiding, purging, record
from index.removals.meant import Meant
from index.removals.record import Removal, RemovalError
from index.settings import Settings

_LONGEST = 500  # characters of a reason

Told = Callable[[str], None]  # what is being done now, in words


def remove(
    settings: Settings,
    catalog: Catalog,
    meant: Meant,
    reason: str,
    told: Told = lambda what: None,
    encode: Encoder | None = None,
) -> Removal:
    """Does it: when this returns nothing shows what was removed. The removal as the log has it.

    It is noted first, so that it is gone on with (`finish`) whatever happens, and from that moment on nothing of it is
    saved. Another run may be at work meanwhile.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST:
        raise RemovalError(f"say why, in at most {_LONGEST} characters, and without what is removed: --reason")
    if not meant.hashes:
        raise RemovalError("there is nothing to remove")
    with writing(catalog.engine) as db:
        token = record.add(db, meant.kind, reason, meant.code, meant.hashes)
    finish(settings, catalog, told, encode)
    return next(each for each in record.listed(catalog.engine) if each.token == token)


def finish(
    settings: Settings, catalog: Catalog, told: Told = lambda what: None, encode: Encoder | None = None
) -> list[Removal]:
    """Goes on with what was stopped half-way, or came from the file beside a record put back; which.

    Every run begins with it. Cheap where there is nothing to do.
    """
    record.level(settings.home, catalog.engine)
    left = [each for each in record.listed(catalog.engine) if each.purged_at is None]
    if not left:
        return []
    for each in left:
        if each.hidden_at is None:
            told(f"removal {each.id}: the record")
            hiding.hide(catalog, each, partial(_tell, told, each.id))
    told("removal: the index")
    purging.index(settings, catalog, encode)
    _note(catalog, left, "hidden_at")
    told("removal: originals and pictures")
    purging.originals(settings, catalog.engine)
    purging.reports(settings, catalog.engine)
    told("removal: the files of the record")
    if purging.database(catalog.engine):
        _note(catalog, left, "purged_at")
    return left


def _tell(told: Told, number: int, done: int, total: int) -> None:
    if done == total or done % 1000 == 0:
        told(f"removal {number}: {done} of {total} papers")


def _note(catalog: Catalog, removals: list[Removal], what: str) -> None:
    now = datetime.now(UTC)
    with writing(catalog.engine) as db:
        for each in removals:
            if what == "purged_at" or each.hidden_at is None:
                record.tell(db, each.id, **{what: now})
