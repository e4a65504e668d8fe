"""The night (natten): every configured source once, and the index after; or on a schedule, Swedish time.

Prefect runs nothing on a schedule without a server, so `serve` starts one of ours (engine.py) beside its runner.
Each scheduled run is a process of its own, which ends when the one that serves does.
"""

from __future__ import annotations

import os
from pathlib import Path

from extractors.lifeline import watch_parent
from flows.bench import Bench, bench
from flows.ingest import gather, progress, sync
from flows.prefecting import RUNNER, flow
from flows.progress import Lines
from flows.reading import is_full
from flows.sources import Source, config
from flows.tally import Outcome, Tally
from index import settings as environment

TIMEZONE = "Europe/Stockholm"
_SERVED_BY = "PARAGRAF_SERVED_BY"  # the process whose child a scheduled run is

if (server := os.environ.get(_SERVED_BY)) and server != str(os.getpid()):
    watch_parent(int(server))


@flow(task_runner=RUNNER)
def nightly(sources: str | None = None) -> Outcome:
    """Every source that the file names, and then the index. One that fails does not stop the others."""
    settings = environment.load()
    told = Lines() if _SERVED_BY in os.environ else progress.get()
    with bench(settings, "nightly", told) as tools:
        tally = Tally()
        for source in config.load(Path(sources) if sources else config.default(settings), settings.visits):
            tally += _visit(tools, source)
        synced = sync(tools)
        _tell(tools)
        return tools.finish(tally, synced)


def _tell(tools: Bench) -> None:
    """Those who watch are told of what is new; that this fails does not make the night fail."""
    from flows.watch import tell

    try:
        tell(tools.settings, tools.catalog, tools.progress)
    except Exception as error:
        tools.progress.say(f"watch: {type(error).__name__}: {error}")


def _visit(tools: Bench, source: Source) -> Tally:
    try:
        return gather(tools, source)
    except Exception as error:
        if is_full(error):
            raise  # no other source will fare better
        reason = f"{type(error).__name__}: {error}"
        tools.catalog.source(source.name, source.kind, source.location)
        tools.catalog.add_issue(source.name, "source", reason, tools.run_id)
        tools.catalog.visited(source.name, tools.run_id, {source.location: reason})
        tools.progress.say(f"{source.name}: {reason}")
        return Tally(troubles={source.name: reason})


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
