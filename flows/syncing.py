"""Bringing the index level with the record (synkning), as the last step of every run."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flows.bench import Bench


def sync_index(bench: Bench, rebuild: bool = False, to: str | None = None) -> dict[str, Any]:
    """What is new in the record goes into the index, or with `rebuild` everything anew; what came of it.

    `to` is the address of a server that everything moves to.
    """
    from index.moving import move
    from index.sync import sync

    if bench.follower and not rebuild:
        bench.progress.say("the index: what is left")
        if synced := bench.follower.finish():
            return asdict(synced)

    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if not told or done < told:  # what moves is counted in passages, what is new after it in documents
            bench.progress.start("index: passages" if to and not told else "index: documents", total)
            told = 0
        bench.progress.step(done - told)
        told = done

    if to:
        return asdict(move(bench.settings, to, tell))
    return asdict(sync(bench.settings, tell, rebuild=rebuild))
