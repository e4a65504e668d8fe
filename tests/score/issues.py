"""What the reader itself says is unclear or could not be read, counted by stage and reason."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from tests.score.corpus import readings

_QUOTED = re.compile(r"[\"“”].*?[\"“”]")
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?:[\d ./:,–-]*\d)?(?: [a-z](?= |$|[:,]))?")
_NAME = re.compile(r"(?<!^)\b(?:[A-ZÅÄÖ][a-zåäöé]+[ -])+[A-ZÅÄÖ][a-zåäöé]+\b")


def run(repository: Path, wanted: str | None = None) -> dict[str, Any]:
    """Read all papers. The report: for each stage and reason how many times and in how many papers."""
    name, papers = readings(repository, wanted)
    issues = [(paper.name, stage, generalised(reason)) for paper in papers for stage, reason in paper.issues]
    return {
        "set": name,
        "papers": len(papers),
        "times": Counter((stage, reason) for _, stage, reason in issues),
        "in papers": Counter((stage, reason) for _, stage, reason in set(issues)),
        "unread": Counter((p.problem[0], generalised(p.problem[1])) for p in papers if p.problem),
        "figures": {},
        "errors": {f"{p.name}:{n}": f"{p.name}: {': '.join(i)}" for p in papers for n, i in enumerate(p.issues)},
        "possible": {},
    }


def table(report: dict[str, Any]) -> str:
    """The report as Markdown; `--show` names the papers."""
    with_issues = len({error.partition(":")[0] for error in report["errors"]})
    rows = [f"Issues on `{report['set']}`: {report['papers']} papers, {with_issues} of them with issues"]
    rows += ["", "| stage | reason | times | papers |", "|---|---|--:|--:|"]
    for (stage, reason), times in report["times"].most_common():
        rows.append(f"| {stage} | {reason} | {times} | {report['in papers'][stage, reason]} |")
    rows += [f"| {stage} | not read: {reason} | {n} | {n} |" for (stage, reason), n in report["unread"].most_common()]
    return "\n".join(rows) + "\n"


def generalised(reason: str) -> str:
    """The reason without what differs from paper to paper: numbers, names and what is quoted.

    >>> generalised("§ 12 a: 24 votes told, 23 people named (yes)")
    '§ N: N votes told, N people named (yes)'
    >>> generalised('a login page ("Logga in") in the place of Anna Ek-Berg, KS 2031/12, page 3')
    'a login page (“…”) in the place of …, KS N, page N'
    """
    return _NAME.sub("…", _NUMBER.sub("N", _QUOTED.sub("“…”", reason)))
