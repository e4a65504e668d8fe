"""Whether every paper there is was read: how many, of which kinds, and which have no text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from tests.score.corpus import readings
from tests.score.counts import key


def run(repository: Path, wanted: str | None = None) -> dict[str, Any]:
    """Read all papers. The report: figures, the kinds, and an error per paper that was not read or has no text."""
    name, papers = readings(repository, wanted)
    unread = {key(p.name): f"{p.name}: not read: {': '.join(p.problem)}" for p in papers if p.problem}
    without = {key(p.name): f"{p.name}: no text" for p in papers if p.kind and not p.text}
    return {
        "set": name,
        "figures": {"read": 1 - len(unread) / len(papers), "with text": 1 - len(without) / len(papers)},
        "papers": len(papers),
        "unread": list(unread.values()),
        "without": list(without.values()),
        "kinds": Counter(p.kind for p in papers if p.kind),
        "errors": unread | without,
        "possible": {},
    }


def table(report: dict[str, Any]) -> str:
    """The report as Markdown."""
    rows = [f"Coverage of `{report['set']}`: {report['papers']} papers, {len(report['unread'])} could not be read, "]
    rows[0] += f"{len(report['without'])} without a text layer"
    rows += ["", *(f"- {line}" for line in (*report["unread"], *report["without"]))]
    rows += ["", "| kind | papers |", "|---|--:|"]
    rows += [f"| {kind} | {number} |" for kind, number in report["kinds"].most_common()]
    return "\n".join(rows) + "\n"
