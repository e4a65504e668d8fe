"""Prefect as our flows use it; it is imported here and nowhere before it was told to be quiet."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

from flows.engine import be_quiet

be_quiet()

from prefect import flow, get_run_logger, task  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.exceptions import MissingContextError  # noqa: E402
from prefect.futures import PrefectFuture  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402

__all__ = ["RUNNER", "PrefectFuture", "flow", "log", "step"]

RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=sys.maxsize)  # who waits for a host has a thread of its own
step = task(cache_policy=NO_CACHE)  # a plain function becomes a task of a flow


def log(line: str) -> None:
    """A line in the log of the task or flow that is running, where Prefect keeps one (engine.py)."""
    with suppress(MissingContextError):
        get_run_logger().info(line)
