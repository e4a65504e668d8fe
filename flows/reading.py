"""From what a source lists to the record: list, fetch and archive, read, save. Plain functions, in batches.

Batches are read ahead of the one that is saved, and saved in the order of the listing: a run that was killed and one
that was not make the same record, down to its numbers.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import extractors
from extractors.model import Document, Unreadable
from extractors.workers import Job, Result
from flows.bench import Bench
from flows.sources import Source, Trouble
from flows.tally import Tally
from index.catalog import Paper, Saved
from index.listed import Listed, Meeting

BATCH = 16  # papers that one Prefect task reads: a task costs 12 ms, a batch a second or two


class Batch:
    """Papers as they shall be saved. Not a dataclass: Prefect would walk through every find in it."""

    def __init__(self, papers: list[Paper]) -> None:
        self.papers = papers

    @property
    def pages(self) -> int:
        return sum(len(paper.result.pages) for paper in self.papers if isinstance(paper.result, Document))


def list_papers(bench: Bench, source: Source) -> tuple[list[Listed], dict[str, str]]:
    """Every paper that a source lists, and the places that it could not list, which become issues of the source.

    The record knows them from now on, with the meetings, fetched or not. What is listed twice is one paper.
    """
    bench.catalog.source(source.name, source.kind, source.location)
    papers: dict[str, Listed] = {}
    meetings: dict[str, Meeting] = {}
    troubles: dict[str, str] = {}
    for found in source.listing():
        if isinstance(found, Trouble):
            troubles[found.place] = found.reason
        elif isinstance(found, Meeting):
            meetings.setdefault(found.key, found)
        else:
            papers.setdefault(found.key, found)
    for place, reason in troubles.items():
        bench.catalog.add_issue(source.name, "list", f"{place}: {reason}", bench.run_id)
    bench.catalog.list_all(source.name, list(papers.values()), list(meetings.values()), bench.run_id)
    return list(papers.values()), troubles


def batches(papers: Iterable[Listed], size: int = BATCH) -> Iterator[list[Listed]]:
    """
    >>> [len(batch) for batch in batches([Listed("s", "k", "u")] * 5, 2)]
    [2, 2, 1]
    """
    papers = iter(papers)
    while batch := list(islice(papers, size)):
        yield batch


def fetch_and_read(bench: Bench, source: Source, listing: list[Listed]) -> Batch:
    """Originals into the archive, and what is new to this reader read. One bad paper does not stop the others."""
    fetched = [_fetched(bench, source, listed) for listed in listing]
    fresh = {paper.sha256: paper for paper in fetched if _is_fresh(bench, paper)}
    results: dict[str, Result] = {}
    for sha256, result in bench.readers.read_all(_jobs(bench, fresh.values())):
        results[sha256] = of_these_bytes(bench, sha256, result)
        bench.progress.step()
    bench.progress.step(len(fetched) - len(fresh))
    return Batch([replace(paper, result=paper.result or results.get(paper.sha256 or "")) for paper in fetched])


def _fetched(bench: Bench, source: Source, listed: Listed) -> Paper:
    """A paper whose bytes are in the archive, or with the reason why they are not; not read yet."""
    known = bench.catalog.known(source.name, listed.key)
    try:
        fetched = source.fetch(listed, known.stamp if known and known.sha256 else None)
        if fetched.data is None and known and known.sha256 and _is_lost(bench, known.sha256):
            fetched = source.fetch(listed, None)  # nothing is new there, but here it is gone
    except Unreadable as unreadable:
        return Paper(listed, None, unreadable, extractors.READER)
    listed = replace(listed, stamp=fetched.stamp)
    if fetched.data is None:
        assert known and known.sha256, "a source may only say that nothing is new about what we have"
        return Paper(listed, known.sha256, None, extractors.READER)
    return Paper(listed, bench.archive.put(fetched.data), None, extractors.READER, len(fetched.data))


def _is_lost(bench: Bench, sha256: str) -> bool:
    """Whether an original is to be read (again) and the archive does not have it, or has it damaged."""
    return not bench.catalog.content_read(sha256, extractors.READER) and not bench.archive.intact(sha256)


def _is_fresh(bench: Bench, paper: Paper) -> bool:
    return paper.sha256 is not None and not bench.catalog.content_read(paper.sha256, extractors.READER)


def of_these_bytes(bench: Bench, sha256: str, result: Result) -> Result:
    """What reading gave, unless the file that was read is not what was archived: a worker looks at no hash.

    A reason why bytes cannot be read counts only if these are the bytes.
    """
    if result.id == sha256 if isinstance(result, Document) else bench.archive.intact(sha256):
        return result
    return Unreadable("archive", f"the original in the archive is damaged: {sha256} has other bytes")


def _jobs(bench: Bench, papers: Iterable[Paper]) -> Iterator[Job]:
    """A worker reads from the archive's own folder: what is there cannot change or vanish while it reads."""
    for paper in papers:
        assert paper.sha256
        yield paper.sha256, bench.archive.path(paper.sha256) or bench.archive.get(paper.sha256), paper.listed.url


def save(bench: Bench, batch: Batch) -> Tally:
    """A batch into the record, each paper in a transaction of its own."""
    tally = Tally(papers=len(batch.papers), pages=batch.pages)
    for paper in batch.papers:
        _count(bench, tally, paper, bench.catalog.save_all([paper], bench.run_id)[0])
    return tally


def _count(bench: Bench, tally: Tally, paper: Paper, saved: Saved) -> None:
    url = paper.listed.url
    if saved.status == "waiting":
        tally.waiting += 1
    elif saved.status == "unreadable":
        tally.unreadable.append((url, _reason(bench, paper)))
    elif saved.status == "new version":
        tally.new_version += 1
    elif saved.status == "read":
        tally.read += 1
    else:
        tally.unchanged += 1
        known = bench.catalog.known(paper.listed.source, paper.listed.key)
        tally.unreadable_before += known is None or not known.readable


def _reason(bench: Bench, paper: Paper) -> str:
    """Why a paper could not be read; one whose bytes are known from another place could not for the same reason."""
    if isinstance(paper.result, Unreadable):
        return str(paper.result)
    return bench.catalog.why_unreadable(paper.sha256 or "") or "read: these bytes could not be read before"


def leave(bench: Bench, source: Source, troubles: dict[str, str]) -> Tally:
    """The visit of a source is over: what its list has no more is marked, where the list was whole and is believed."""
    visit = bench.catalog.visited(source.name, bench.run_id, troubles, source.covers)
    return Tally(withdrawn=visit.withdrawn, rotated_out=visit.rotated_out)


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, says that the disk is full.

    >>> is_full(OSError(28, "No space left on device")), is_full(OSError(13, "Permission denied"))
    (True, False)
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return True
        if "database or disk is full" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
