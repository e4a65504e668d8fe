"""Whether every paper there is was read: how many, of which kinds, what was left unclear, and which have no text.

Read without OCR, so that the papers without a text layer are seen as what they are.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import extractors
from extractors.model import Unreadable

Reading = tuple[str, str | None, bool, list[str]]  # name, kind (None: could not be read), has text, reasons of issues


def run(repository: Path, wanted: str | None = None) -> dict[str, Any]:
    """Read all papers. The report: figures, the kinds, the reasons, and an error per paper that was not read."""
    shared = repository.parent / "shared"
    real = wanted != "marked" and shared.is_dir()
    folders = [shared / "seeds", shared / "corpus" / "documents"] if real else [repository / "examples" / "papers"]
    papers = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    with ProcessPoolExecutor() as processes:
        readings = list(processes.map(read, papers, chunksize=4))
    unread = {_id(name): f"{name}: not read: {why[0]}" for name, kind, _, why in readings if kind is None}
    without = {_id(name): f"{name}: no text" for name, kind, text, _ in readings if kind and not text}
    return {
        "set": "gold" if real else "marked",
        "figures": {"read": 1 - len(unread) / len(papers), "with text": 1 - len(without) / len(papers)},
        "papers": len(papers),
        "unread": list(unread.values()),
        "without": list(without.values()),
        "kinds": Counter(kind for _, kind, _, _ in readings if kind),
        "reasons": Counter(reason for *_, kind, _, reasons in readings if kind for reason in reasons),
        "errors": unread | without,
        "possible": {},
    }


def table(report: dict[str, Any]) -> str:
    """The report as Markdown."""
    rows = [f"Coverage of `{report['set']}`: {report['papers']} papers, {len(report['unread'])} could not be read, "]
    rows[0] += f"{len(report['without'])} without a text layer"
    rows += [
        "",
        *(f"- {line}" for line in (*report["unread"], *report["without"])),
        "",
        "| kind | papers |",
        "|---|--:|",
    ]
    rows += [f"| {kind} | {number} |" for kind, number in report["kinds"].most_common()]
    rows += ["", "| what was unclear | times |", "|---|--:|"]
    rows += [f"| {reason} | {number} |" for reason, number in report["reasons"].most_common(12)]
    return "\n".join(rows) + "\n"


def read(path: Path) -> Reading:
    """One paper, without OCR."""
    try:
        document = extractors.read(path.read_bytes(), path.name, ocr=False)
    except Unreadable as problem:
        return path.name, None, False, [str(problem)]
    return path.name, document.kind, bool(document.text.strip()), [_reason(issue.reason) for issue in document.issues]


def _reason(reason: str) -> str:
    """The reason without what differs from paper to paper: the same for all pages and numbers."""
    return " ".join("N" if word.strip(",.:()").isdigit() else word for word in reason.split())[:90]


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]
