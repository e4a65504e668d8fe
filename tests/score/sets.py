"""Sets of papers marked by hand: the gold beside the repository, our own samples, or any folder of that form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import extractors
from extractors import lexicon
from extractors.model import Document, Unreadable

NAMED = ("gold", "marked", "layouts")


@dataclass(frozen=True, slots=True)
class Paper:
    """A marked paper: what is marked, the paper itself, and the layout it is of, which is its municipality or batch."""

    marked: dict[str, Any]
    path: Path
    layout: str

    @property
    def name(self) -> str:
        """What its errors are filed under."""
        return str(self.marked["file"])


@dataclass(frozen=True, slots=True)
class Set:
    """Marked papers under a name; `own` for a folder that was named, of which no state is ever accepted."""

    name: str
    papers: tuple[Paper, ...]
    own: bool = False


def load(repository: Path, wanted: str | None = None) -> Set:
    """The set of that name, or of the folder at that path; without a name the gold where it is, else our own."""
    shared = repository.parent / "shared"
    gold = shared / "gold" / "documents"
    if wanted in (None, "gold") and gold.is_dir():
        return Set("gold", tuple(_papers(gold, [shared])))
    if wanted == "gold":
        raise SystemExit(f"no marked papers at {gold}: run with --set marked")
    if wanted is None:
        print("../shared is not here: judged by our own samples in tests/marked")
    if wanted in (None, "marked"):
        return Set("marked", tuple(_papers(repository / "tests" / "marked", [repository])))
    if wanted == "layouts":
        return Set("layouts", tuple(_papers(repository / "tests" / "layouts" / "marked", [repository], batches=True)))
    return folder(Path(wanted), repository)


def folder(path: Path, repository: Path) -> Set:
    """The set in a folder with marked/*.json and papers/; each `file` is told from papers/, the folder, or ours."""
    if not any((path / "marked").glob("*.json")):
        raise SystemExit(f"no {path / 'marked'}/*.json; known sets: {', '.join(NAMED)}")
    roots = [path / "papers", path, repository]
    return Set(path.resolve().name, tuple(_papers(path / "marked", roots)), own=True)


def _papers(marks: Path, roots: list[Path], batches: bool = False) -> Iterator[Paper]:
    for file in sorted(marks.glob("*.json")):
        marked = json.loads(file.read_text("utf-8"))
        paths = [root / marked["file"] for root in roots]
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            raise SystemExit(f"{file}: no paper at {' or '.join(map(str, paths))}")
        batch, _, rest = path.name.partition("-")
        yield Paper(marked, path, batch if batches and rest else municipality(marked["municipality"]))


def municipality(code: str | None) -> str:
    """The name of a municipality, "not told" where a paper does not tell its own.

    >>> municipality("1489"), municipality(None)
    ('Alingsås', 'not told')
    """
    return str(lexicon.load("municipalities")["codes"].get(code, code)) if code else "not told"


@cache
def read(path: Path) -> Document | None:
    """What we read in a paper, once; None, with a line that says so, where nothing could be read."""
    try:
        return extractors.read(path.read_bytes(), path.name)
    except Unreadable as problem:
        print(f"could not be read: {path.name}: {problem}")
        return None
