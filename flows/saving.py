"""What was listed and fetched into the record (spara): in the order of the sources and of what each lists.

However a night went, which hosts were slow and where it was killed, the record comes out the same, down to its
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from extractors import privacy
from extractors.model import WAITS, Document, Unreadable
from flows.bench import Bench
from flows.checks import expected
from flows.fetching import TO_BE_READ
from flows.tally import Tally
from flows.visits import Visit
from index.archive import ArchiveError
from index.catalog import Paper, Saved

_MANY = 32  # papers to be read, from which on the index is filled meanwhile


def enter(tools: Bench, visits: Iterable[Visit]) -> None:
    """Everything that was listed, before any of it is fetched; what could not be is an issue of its source."""
    for visit in visits:
        source = visit.source
        tools.catalog.source(source.name, source.kind, source.location, expected(source))
        tools.catalog.list_all(source.name, [*visit.papers.values()], [*visit.meetings.values()], tools.run_id)
        for place, reason in visit.troubles.items():
            stage = WAITS if place in visit.waits else "source" if visit.broke else "list"
            told = reason if place == source.name else f"{place}: {reason}"
            tools.catalog.add_issue(source.name, stage, told, tools.run_id)
            tools.progress.say(f"{source.name}: {told}")


def save(tools: Bench, visit: Visit, log: Callable[[str], None] = lambda line: None) -> Tally:
    """All papers of a visit, as they come, each in a transaction of its own; what is listed no longer is marked so."""
    tally = Tally(troubles=visit.troubles)
    for fetched in visit.fetched():
        paper = _read(tools, fetched)
        if tools.desk.begun > _MANY:
            tools.follow()
        tally.papers += 1
        tally.pages += len(paper.result.pages) if isinstance(paper.result, Document) else 0
        saved = tools.catalog.save_all([paper], tools.run_id)[0]
        if paper.sha256 and not saved.keeps_original:
            tools.archive.remove(paper.sha256)
        _count(tools, tally, paper, saved)
        if saved.status != "unchanged":
            log(_line(tools, paper, saved))
        tools.progress.step()
    over = tools.catalog.visited(visit.source.name, tools.run_id, visit.troubles, visit.source.covers)
    return tally + Tally(withdrawn=over.withdrawn, rotated_out=over.rotated_out)


def _read(tools: Bench, paper: Paper) -> Paper:
    if paper.result is not TO_BE_READ:
        return paper
    try:
        return replace(paper, result=tools.desk.take(paper.sha256 or ""))
    except ArchiveError:
        if tools.catalog.may_keep(paper.sha256 or ""):
            raise
        return replace(paper, result=None)  # it was removed since it was fetched


def _line(tools: Bench, paper: Paper, saved: Saved) -> str:
    """What became of a paper, with where it is read."""
    listed, base = paper.listed, tools.settings.watch.base_url
    there = f"{base}/dokument/{paper.sha256}" if base and paper.sha256 else listed.url
    why = f" ({paper.result})" if isinstance(paper.result, Unreadable) else ""
    return privacy.mask(f"{saved.status}{why}: {listed.title or listed.key} {there}")


def _count(tools: Bench, tally: Tally, paper: Paper, saved: Saved) -> None:
    url = privacy.mask(paper.listed.url)
    if saved.status == "waiting":
        tally.waiting += 1
    elif saved.status == "unreadable":
        tally.unreadable.append((url, privacy.mask(_reason(tools, paper))))
    elif saved.status == "removed":
        tally.removed += 1
    elif saved.status == "new version":
        tally.new_version += 1
    elif saved.status == "read":
        tally.read += 1
    else:
        tally.unchanged += 1
        known = tools.catalog.known(paper.listed.source, paper.listed.key)
        tally.unreadable_before += known is None or not known.readable


def _reason(tools: Bench, paper: Paper) -> str:
    """Why a paper could not be read; one whose bytes are known from another place could not for the same reason."""
    if isinstance(paper.result, Unreadable):
        return str(paper.result)
    return tools.catalog.why_unreadable(paper.sha256 or "") or "read: these bytes could not be read before"
