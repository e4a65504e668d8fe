"""Bringing the index level with the record (synkning), as the last step of every run."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flows.bench import Bench


def sync_index(bench: Bench, rebuild: bool = False) -> dict[str, Any]:
    """What is new in the record goes into the index, or with `rebuild` everything anew; what came of it."""
    from index.sync import sync

    if bench.follower and not rebuild:
        bench.progress.say("the index: what is left")
        if synced := bench.follower.finish():
            return asdict(synced)

    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if not told:
            bench.progress.start("index: documents", total)
        bench.progress.step(done - told)
        told = done

    return asdict(sync(bench.settings, tell, rebuild=rebuild))
