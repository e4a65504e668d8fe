"""What a person reads on a terminal (visning): hits, papers, outcomes, how things stand. Colour only where it shows."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows import hits
from flows.tally import SHOWN, Outcome

_WIDTH = 100  # of what is not a terminal


def console(file: IO[str] | None = None) -> Console:
    """Where it is shown: stdout unless another file is given."""
    file = file or sys.stdout
    return Console(file=file, highlight=False, width=None if file.isatty() else _WIDTH)


def show_hits(found: dict[str, Any], offset: int = 0) -> None:
    """Hits with their snippets, why each was found, and how the question was understood."""
    hits.show(console(), found, offset, _short)


def _short(path: str) -> str:
    """A path below the folder one stands in, as one would type it."""
    here = f"{Path.cwd()}/"
    return path.removeprefix(here)


def show_outcome(outcome: Outcome) -> None:
    """The summary of a run, on stderr: stdout may carry JSON."""
    out, tally = console(sys.stderr), outcome.tally
    if tally.papers:
        unread = f", {tally.unreadable_before} of them cannot be read" if tally.unreadable_before else ""
        rows = (
            (tally.read, "read"),
            (tally.new_version, "new versions"),
            (tally.unchanged, f"unchanged{unread}"),
            (tally.waiting, "wait for the next night"),
            (len(tally.unreadable), "could not be read:"),
        )
        out.print(f"{tally.papers} papers in {outcome.seconds:.1f} s")
        for number, what in rows:
            if number:
                out.print(f"{number:>7}  {what}")
    _listed(out, tally.unreadable, "could not be read; `paragraf status` lists all")
    if any(reason.startswith("process:") for reason in tally.reasons.values()):
        out.print(
            "         what broke off may do better: paragraf rebuild --read (PARAGRAF_READ_TIMEOUT gives it more time)"
        )
    if tally.withdrawn:
        out.print(f"{tally.withdrawn:>7}  no longer listed: kept, marked as withdrawn")
    if tally.rotated_out:
        out.print(f"{tally.rotated_out:>7}  no longer listed, for the source keeps only some years: kept")
    if tally.troubles:
        out.print(f"{len(tally.troubles):>7}  could not be listed:")
        _listed(out, list(tally.troubles.items()), "could not be listed")
    index = outcome.synced
    if index.get("note"):
        out.print(Text(f"index: {index['note']}"), soft_wrap=True)
    if index.get("documents"):
        out.print(f"index: {index['documents']} papers brought up to date, {index['passages']} passages")
    else:
        out.print("index: up to date")


def _listed(out: Console, reasons: Sequence[tuple[str, str]], rest: str) -> None:
    for place, reason in reasons[:SHOWN]:
        out.print(Text(f"         {_short(place)}: {reason}"), soft_wrap=True)
    if len(reasons) > SHOWN:
        out.print(f"         and {len(reasons) - SHOWN} more that {rest}")


def show_state(held: dict[str, Any]) -> None:
    """What the record holds."""
    out = console()
    out.print(Text(held["home"], "dim"), soft_wrap=True)
    if not held["documents"]:
        out.print("Nothing is held yet. Begin with: paragraf ingest FOLDER")
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    for name in ("sources", "documents", "pages", "items", "decisions", "finds", *_AWAY, "unreadable", *_AGAIN):
        if held.get(name) or name == "unreadable":
            table.add_row(f"{held[name]:,}".replace(",", " "), _STATE_WORDS.get(name, name))
    out.print(table)
    for reason, number in held["reasons"].items():
        out.print(Text(f"    {number} x {reason}"), soft_wrap=True)
    for alarm in held["alarms"]:
        out.print(Text(f"look at {alarm['source']}: {alarm['reason']} (since {alarm['since'][:10]})"), soft_wrap=True)
    out.print(_index_line(held.get("index")), soft_wrap=True)
    if run := held.get("last_run"):
        out.print(Text(f"last run: {run['kind']}, {run['state']}, began {run['started_at'][:16]}", "dim"))


_STATE_WORDS = {
    "documents": "documents (papers)",
    "items": "items (§§)",
    "unreadable": "could not be read",
    "withdrawn": "withdrawn by their source",
    "rotated_out": "no longer listed: their source keeps only some years",
    "changes": "decisions that newer versions of papers have otherwise",
    "removed": "removed for good",
    "masked": "with something removed in them: their originals are gone",
    "listed": "listed and not fetched yet",
    "waiting": "listed, wait for the next night",
    "stale": "read by an older reader: paragraf rebuild --read",
    "broken_off": "broke off while being read: paragraf rebuild --read tries again",
    "without_ocr": "have pages that need OCR: install tesseract with Swedish, then paragraf rebuild --read",
}
_AWAY = ("withdrawn", "rotated_out", "changes", "removed", "masked", "listed", "waiting")
_AGAIN = ("stale", "broken_off", "without_ocr")


def _index_line(index: dict[str, Any] | None) -> str:
    if index is None:
        return "index: none yet"
    if "error" in index:
        return f"index: {index['error']}"
    behind = "level with the record" if index["level"] else "behind the record: the next run brings it level"
    where = f"{index['generation']} at {index['server']}" if "server" in index else f"generation {index['generation']}"
    return f"index: {where}, {index['model']}, {behind}"


def show_lines(lines: Iterator[Text]) -> None:
    """Lines on stdout, wrapped on a terminal."""
    out = console()
    for line in lines:
        out.print(line, soft_wrap=not out.is_terminal)
