"""Fetching what a source lists (hämtning): into the archive, and to be read what is new. Only hashes travel further."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import replace

import extractors
from extractors.model import WAITS, Unreadable
from flows.bench import Bench
from flows.lanes import Lanes
from flows.visits import FETCHING_S, Visit
from index.archive import ArchiveError
from index.catalog import CatalogError, Known, Paper
from index.listed import Listed

_OURS = (ArchiveError, CatalogError)  # not the source's fault: nothing can be kept, so nothing more is fetched


def fetch(tools: Bench, visit: Visit, lanes: Lanes, limit_s: float = FETCHING_S) -> None:
    """All papers of a visit, one after another, handed over as they come. One bad paper does not stop the others."""
    try:
        with lanes.turn(visit.number, visit.host):
            known, until = tools.catalog.all_known(visit.source.name), time.monotonic() + limit_s
            for listed in visit.papers.values():
                if time.monotonic() > until:
                    late = Unreadable(WAITS, f"the source took longer than {limit_s:g} s: the next night goes on")
                    visit.hand_over(Paper(listed, None, late, extractors.READER), lanes)
                    continue
                paper = _fetched(tools, visit, listed, known)
                if _is_fresh(tools, paper):
                    assert paper.sha256
                    tools.desk.read(paper.sha256, listed.url, visit.number)
                    paper = replace(paper, result=TO_BE_READ)
                visit.hand_over(paper, lanes)
    except BaseException as error:
        visit.end(error)
        raise
    visit.end()


TO_BE_READ = Unreadable("read", "it is being read")  # stands for what the desk will give


def _fetched(tools: Bench, visit: Visit, listed: Listed, known: Mapping[str, Known]) -> Paper:
    """A paper whose bytes are in the archive, or with the reason why they are not; not read yet."""
    source, before = visit.source, known.get(listed.key)
    try:
        fetched = source.fetch(listed, before.stamp if before and (before.sha256 or before.removed) else None)
        if fetched.data is None and before and before.sha256 and _is_lost(tools, before.sha256):
            fetched = source.fetch(listed, None)  # nothing is new there, but here it is gone
    except Unreadable as unreadable:
        # Anew, for the one that was raised holds in its frames what was fetched, however large.
        return Paper(
            listed, None, Unreadable(unreadable.stage, unreadable.reason, unreadable.details), extractors.READER
        )
    except _OURS:
        raise
    except Exception as error:
        why = Unreadable("fetch", f"the source's own code failed: {type(error).__name__}: {error}")
        return Paper(listed, None, why, extractors.READER)
    listed = replace(listed, stamp=fetched.stamp)
    if fetched.data is None:
        assert before and (before.sha256 or before.removed), (
            "a source may only say that nothing is new about what we have"
        )
        return Paper(listed, before.sha256, None, extractors.READER)
    sha256 = hashlib.sha256(fetched.data).hexdigest()
    if not tools.catalog.may_keep(sha256) and tools.catalog.content_read(sha256, extractors.READER):
        return Paper(listed, sha256, None, extractors.READER)
    return Paper(listed, tools.archive.put(fetched.data), None, extractors.READER, len(fetched.data))


def _is_lost(tools: Bench, sha256: str) -> bool:
    """Whether an original is to be read (again) and the archive does not have it, or has it damaged."""
    return not tools.catalog.content_read(sha256, extractors.READER) and not tools.archive.intact(sha256)


def _is_fresh(tools: Bench, paper: Paper) -> bool:
    return paper.sha256 is not None and not tools.catalog.content_read(paper.sha256, extractors.READER)
