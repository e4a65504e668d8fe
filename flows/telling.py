"""Who is told of a night (berätta): those who watch searches, and those who keep an eye on the nights themselves.

That nobody could be told does not make the night fail; it is said, and the next run tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flows.bench import Bench
from flows.failing import explain


def watchers(tools: Bench) -> None:
    """Those who watch searches are told of what is new."""
    from flows.watch import tell

    try:
        tell(tools.settings, tools.catalog, tools.progress)
    except Exception as error:
        tools.progress.say(f"watch: {type(error).__name__}: {error}")


def report(tools: Bench) -> None:
    """The morning report: a page, a mail, and an artifact of the run where Prefect shows it."""
    from prefect.artifacts import create_markdown_artifact

    from flows import morning

    try:
        written, tools.notes["report"] = morning.tell(tools.settings, tools.catalog, tools.run_id, tools.seconds)
        tools.progress.say(f"report: {tools.notes['report']['page']}")
        if why := tools.notes["report"].get("not_mailed"):
            tools.progress.say(f"report: {why}")
        create_markdown_artifact(written.text, key="morning-report", description=written.subject)
    except Exception as error:
        tools.progress.say(f"report: {type(error).__name__}: {error}")


@contextmanager
def if_it_breaks(tools: Bench) -> Iterator[None]:
    """A night that ends before its time is told of too, as far as that is possible."""
    try:
        yield
    except Exception as error:
        from flows import morning

        try:
            told = (tools.settings, tools.catalog, tools.run_id, tools.seconds, explain(error)[0])
            tools.notes["broken"] = morning.tell_broken(*told)
        except Exception as another:
            tools.progress.say(f"report: {type(another).__name__}: {another}")
        raise
