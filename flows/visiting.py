"""Sources visited (besök): each is listed, entered, fetched, read and saved. The tasks of every run that takes papers.

Many hosts are visited at once (flows/lanes.py), their papers read by the processes meanwhile (flows/desk.py), and
all is saved in the order of the sources. For use in a flow: the work is in plain functions that know nothing of it.
"""

from __future__ import annotations

from functools import partial

from flows import fetching, saving, visits
from flows.bench import Bench
from flows.lanes import Lanes
from flows.prefecting import PrefectFuture, log, step
from flows.sources.visited import Visited
from flows.tally import Tally
from flows.visits import LAST_S, LISTING_S, Visit
from index import memory

list_papers = step(visits.list_papers).with_options(
    name="list", task_run_name="list {visit.source.name}", timeout_seconds=LAST_S + 600
)
enter = step(saving.enter)
fetch = step(fetching.fetch).with_options(task_run_name="fetch {visit.source.name}")


def save_and_log(tools: Bench, visit: Visit) -> Tally:
    """All papers of a visit, and a line in the log for each that came or did not."""
    return saving.save(tools, visit, log)


save = step(save_and_log).with_options(name="save", task_run_name="save {visit.source.name}")


def listed(tools: Bench, found: list[Visit], limit_s: float = LISTING_S) -> list[Visit]:
    """Every source asked what it has, many hosts at once; the same visits, which know it now."""
    tools.progress.start("sources", len(found))
    for visit in found:
        if isinstance(visit.source, Visited):
            visit.source.recall = partial(memory.of, tools.catalog.engine)
    with Lanes() as lanes:
        asked = [list_papers.submit(visit, lanes, limit_s) for visit in found]
        for each in asked:
            each.result()
            tools.progress.step()
    return found


def taken(tools: Bench, found: list[Visit]) -> Tally:
    """What was listed goes into the record, and then all papers of it, as far as they are new."""
    enter(tools, found)
    tools.progress.start("papers", sum(len(visit.papers) for visit in found))
    tally = Tally()
    with Lanes() as lanes:
        for visit in found:
            fetch.submit(tools, visit, lanes).add_done_callback(partial(_ended, visit))
        for visit in found:
            tally += save(tools, visit)
    return tally


def _ended(visit: Visit, fetched: PrefectFuture[None]) -> None:
    """A task that Prefect could not even begin, or could not end, keeps nobody waiting for its papers."""
    try:
        fetched.result()
    except BaseException as error:
        visit.end(error)
