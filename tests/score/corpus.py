"""Every paper there is, read once in as many processes as cores, without OCR: scans are then seen as what they are."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import extractors
from extractors.model import Unreadable


@dataclass(frozen=True, slots=True)
class Reading:
    """One paper: what kind it is (None, with the problem, where it could not be read), and its issues."""

    name: str
    kind: str | None = None
    text: bool = False
    issues: tuple[tuple[str, str], ...] = ()  # stage and reason
    problem: tuple[str, str] | None = None


@cache
def readings(repository: Path, wanted: str | None = None) -> tuple[str, tuple[Reading, ...]]:
    """Those beside the repository, "gold"; our own samples, "marked", where those are not there or asked for."""
    shared = repository.parent / "shared"
    real = wanted != "marked" and shared.is_dir()
    folders = [shared / "seeds", shared / "corpus" / "documents"] if real else [repository / "examples" / "papers"]
    papers = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    with ProcessPoolExecutor() as processes:
        return "gold" if real else "marked", tuple(processes.map(_read, papers, chunksize=4))


def _read(path: Path) -> Reading:
    try:
        document = extractors.read(path.read_bytes(), path.name, ocr=False)
    except Unreadable as problem:
        return Reading(path.name, problem=(problem.stage, problem.reason))
    issues = tuple((issue.stage, issue.reason) for issue in document.issues)
    return Reading(path.name, document.kind, bool(document.text.strip()), issues)
