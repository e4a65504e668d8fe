"""What is archived, read again or indexed again (ombyggnad): in batches, so that one that is stopped goes on later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import extractors
from extractors.model import Document, Unreadable
from extractors.workers import Job
from flows.bench import Bench, bench
from flows.desk import of_these_bytes
from flows.ingest import progress, sync
from flows.prefecting import RUNNER, flow, step
from flows.reader import can_ocr
from flows.tally import Outcome, Tally
from index import settings as environment
from index.archive import ArchiveError
from index.catalog import Stale

BATCH = 64


@flow(task_runner=RUNNER)
def rebuild(read: bool = True, index: bool = False, to: str | None = None) -> Outcome:
    """Reads again what is worth another try (index/stale.py); with `index`, makes the whole index anew.

    `to` is the address of a Qdrant server that the index moves to.
    """
    with bench(environment.load(), "rebuild", progress.get()) as tools:
        tally = _read_stale(tools) if read else Tally()
        return tools.finish(tally, sync(tools, rebuild=index, to=to))


def _read_stale(tools: Bench) -> Tally:
    ocr, held = can_ocr(tools.settings), tools.catalog.status(extractors.READER)
    number = (held.stale or 0) + (held.broken_off or 0) + (held.without_ocr or 0) * ocr
    tools.progress.start("to be read again: papers", number)
    tally, stale = Tally(), tools.catalog.stale(extractors.READER, ocr)
    while batch := list(islice(stale, BATCH)):
        tally += step(read_and_save_again)(tools, batch)
    return tally


def read_and_save_again(tools: Bench, batch: list[Stale]) -> Tally:
    """A batch of contents, read by the reader of today for all documents that have them."""
    tally = Tally(papers=len(batch))
    sources = {stale.sha256: stale.source for stale in batch}
    for sha256, result in tools.readers.read_all(_jobs(tools, batch, tally)):
        result = of_these_bytes(tools.archive, sha256, result)
        if isinstance(result, Unreadable) and result.stage == "archive":  # says nothing of the paper: it stays stale
            tally.unreadable.append((sources[sha256], str(result)))
            tools.progress.step()
            continue
        changed = tools.catalog.save_reading(sha256, result, tools.run_id, reader=extractors.READER)
        if isinstance(result, Unreadable):
            tally.unreadable.append((sources[sha256], str(result)))
        else:
            tally.read += changed
            tally.unchanged += not changed
        tally.pages += len(result.pages) if isinstance(result, Document) else 0
        tools.progress.step()
    return tally


def _jobs(tools: Bench, batch: list[Stale], tally: Tally) -> Iterator[Job]:
    """The bytes of each, as far as the archive has them."""
    for stale in batch:
        try:
            data = tools.archive.path(stale.sha256) or tools.archive.get(stale.sha256)
        except ArchiveError as error:
            tally.unreadable.append((stale.source, f"archive: {error}"))
        else:
            yield stale.sha256, data, stale.source
