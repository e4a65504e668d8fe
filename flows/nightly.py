"""The night (natten): every configured source once, and the index after; or on a schedule, Swedish time.

Prefect runs nothing on a schedule without a server, so `serve` starts one of ours (engine.py) beside its runner.
Each scheduled run is a process of its own, which ends when the one that serves does.
"""

from __future__ import annotations

import os
from pathlib import Path

from extractors.lifeline import watch_parent
from flows import telling
from flows.bench import Bench, bench
from flows.checks import check as compare
from flows.ingest import progress, sync
from flows.prefecting import RUNNER, flow, step
from flows.progress import Lines
from flows.sources import config
from flows.tally import Outcome, Tally
from flows.visiting import listed, taken
from flows.visits import LAST_S, Visit, begun
from index import settings as environment

TIMEZONE = "Europe/Stockholm"
check = step(compare)
watchers = step(telling.watchers)
report = step(telling.report)
part = flow(task_runner=RUNNER, validate_parameters=False)
_SERVED_BY = "PARAGRAF_SERVED_BY"  # the process whose child a scheduled run is
_NICE = 19  # a scheduled run takes what others leave: whoever searches meanwhile goes first

if (server := os.environ.get(_SERVED_BY)) and server != str(os.getpid()):
    watch_parent(int(server))
    os.nice(_NICE)


@flow(task_runner=RUNNER)
def nightly(sources: str | None = None) -> Outcome:
    """Every source that the file names, and then the index. One that fails does not stop the others."""
    settings = environment.load()
    told = Lines() if _SERVED_BY in os.environ else progress.get()
    with bench(settings, "nightly", told) as tools, telling.if_it_breaks(tools):
        file = Path(sources) if sources else config.default(settings)
        found = listing(tools, begun(config.load(file, settings.visits)))
        tally = taking(tools, [visit for visit in found if not visit.failed])
        tally += once_more(tools, begun(visit.source for visit in found if visit.failed))
        check(tools.catalog, tools.run_id)
        synced = sync(tools)
        watchers(tools)
        report(tools)
        return tools.finish(tally, synced)


@part
def listing(tools: Bench, visits: list[Visit]) -> list[Visit]:
    """What every source has."""
    return listed(tools, visits)


@part
def taking(tools: Bench, visits: list[Visit]) -> Tally:
    """What is new of it."""
    return taken(tools, visits)


@part
def once_more(tools: Bench, visits: list[Visit]) -> Tally:
    """Sources that told nothing at the beginning of the night may do so at its end."""
    return taken(tools, listed(tools, visits, LAST_S)) if visits else Tally()


def serve(sources: str | None, cron: str | None, every_s: float | None = None) -> None:
    """Runs the night on a cron schedule (or every so many seconds) until stopped. For use with the engine running.

    A deployment, and not `nightly.serve`, which would pickle the flow instead of importing it in the run's process.
    """
    import prefect
    from prefect.schedules import Cron, Interval
    from prefect.types.entrypoint import EntrypointType

    os.environ[_SERVED_BY] = str(os.getpid())
    schedule = Interval(every_s) if every_s else Cron(cron or "0 2 * * *", timezone=TIMEZONE)
    deployment = nightly.to_deployment(
        "nightly",
        schedule=schedule,
        parameters={"sources": sources},
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    prefect.serve(deployment, limit=1, pause_on_shutdown=False, print_starting_message=False)  # type: ignore[arg-type]
