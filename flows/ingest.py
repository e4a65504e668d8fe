"""Papers into the record and the index (intag): list, fetch and archive, read, save, sync. A table of contents.

    with engine(settings):
        outcome = ingest(["papers/", "https://kommun.example/protokoll.pdf"])

The flow is Prefect's; the work is in plain functions that know nothing of it (visits.py, fetching.py, saving.py).
"""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path

from flows.bench import bench
from flows.guest import Guest
from flows.prefecting import RUNNER, flow, step
from flows.progress import Progress, Silent
from flows.sources import Source
from flows.sources.addresses import Addresses, is_address
from flows.sources.folder import Files
from flows.syncing import sync_index
from flows.tally import Outcome
from flows.visiting import listed, taken
from flows.visits import begun
from index import settings as environment

progress: ContextVar[Progress] = ContextVar("progress", default=Silent())  # noqa: B039 -- it holds nothing

sync = step(sync_index)


@flow(task_runner=RUNNER)
def ingest(paths: list[str]) -> Outcome:
    """Every paper in these files, folders and addresses, from its bytes to the index."""
    with bench(environment.load(), "ingest", progress.get()) as tools:
        found = listed(tools, begun(sources(paths)))
        tally = taken(tools, found)
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
