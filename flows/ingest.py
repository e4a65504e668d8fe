"""Papers into the record and the index (intag): list, fetch and archive, read, save, sync. A table of contents.

    with engine(settings):
        outcome = ingest(["papers/", "https://kommun.example/protokoll.pdf"])

The flow is Prefect's; the work is in plain functions (reading.py, index/) that know nothing of it.
"""

from __future__ import annotations

from collections import deque
from contextvars import ContextVar
from pathlib import Path

from flows import reading
from flows.bench import Bench, bench
from flows.guest import Guest
from flows.prefecting import AHEAD, RUNNER, PrefectFuture, flow, step
from flows.progress import Progress, Silent
from flows.reading import Batch
from flows.sources import Source
from flows.sources.addresses import Addresses, is_address
from flows.sources.folder import Files
from flows.syncing import sync_index
from flows.tally import Outcome, Tally
from index import settings as environment

progress: ContextVar[Progress] = ContextVar("progress", default=Silent())  # noqa: B039 -- it holds nothing

list_papers = step(reading.list_papers)
fetch_and_read = step(reading.fetch_and_read)
save = step(reading.save)
leave = step(reading.leave)
sync = step(sync_index)


@flow(task_runner=RUNNER)
def ingest(paths: list[str]) -> Outcome:
    """Every paper in these files, folders and addresses, from its bytes to the index."""
    with bench(environment.load(), "ingest", progress.get()) as tools:
        tally = Tally()
        for source in sources(paths):
            tally += gather(tools, source)
        synced = sync(tools)
        return tools.finish(tally, synced)


def sources(paths: list[str]) -> list[Source]:
    """What was named on the command line: files and folders as one source, addresses as another."""
    urls = tuple(path for path in paths if is_address(path))
    files = tuple(Path(path) for path in paths if not is_address(path))
    found: list[Source] = []
    if files:
        found.append(Files(files))
    if urls:
        found.append(Addresses("addresses", urls, whole=False, guest=Guest.of(environment.load().visits)))
    return found


def gather(tools: Bench, source: Source) -> Tally:
    """All papers of one source: the next batches are read while one is saved, in order. For use in a flow."""
    papers, troubles = list_papers(tools, source)
    tools.progress.start(f"{source.name}: papers", len(papers))
    tally, under_way = Tally(troubles=troubles), deque[PrefectFuture[Batch]]()
    for batch in reading.batches(papers):
        under_way.append(fetch_and_read.submit(tools, source, batch))
        if len(under_way) > AHEAD:
            tools.follow()
            tally += save(tools, under_way.popleft().result())
    while under_way:
        tally += save(tools, under_way.popleft().result())
    return tally + leave(tools, source, troubles)
