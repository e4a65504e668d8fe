"""`docs/quality.md`: the hand-written `quality.md` beside this file, its `{{...}}` lines filled by what is measured."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import extractors
from tests.score import coverage, finds, first, issues, labels, sets

TEMPLATE = Path(__file__).with_suffix(".md")
FILE = Path("docs") / "quality.md"
_BLANK = re.compile(r"^\{\{(\w+)(?: (\w+))?\}\}$", re.MULTILINE)


def write(repository: Path, options: argparse.Namespace) -> str:
    """Measure everything that the template asks for, and write the page."""
    if not (repository.parent / "shared").is_dir():
        raise SystemExit("quality: ../shared is not here, and without the gold and the labels the page would be half")
    page = filled(TEMPLATE.read_text("utf-8"), repository)
    (repository / FILE).write_text(page, "utf-8")
    return f"written: {FILE}"


def filled(template: str, repository: Path) -> str:
    """The template with each blank filled; KeyError for a blank that nothing fills."""
    return _BLANK.sub(lambda blank: BLANKS[blank[1]](repository, blank[2] or ""), template)


@cache
def _judged(repository: Path, name: str) -> finds.Judged:
    return finds.judge(sets.load(repository, name))


def _finds(repository: Path, name: str) -> str:
    return finds.finds_table(_judged(repository, name))


def _kinds(repository: Path, name: str) -> str:
    judged = _judged(repository, name)
    return finds.by_group(judged, judged.kinds)


def _layouts(repository: Path, name: str) -> str:
    judged = _judged(repository, name)
    return finds.by_group(judged, judged.layouts)


def _labels(repository: Path, _: str) -> str:
    return _body(labels.table(labels.run(repository)))


def _body(table: str) -> str:
    """A part's table without its heading, which the page has in its own words."""
    return table[table.index("|") :].strip()


BLANKS: dict[str, Callable[[Path, str], str]] = {
    "reader": lambda *_: f"Read with reader `{extractors.READER[:12]}`.",
    "finds": _finds,
    "kinds": _kinds,
    "layouts": _layouts,
    "first": lambda repository, _: first.table(repository),
    "labels": _labels,
    "coverage": lambda repository, _: coverage.table(coverage.run(repository)).strip(),
    "issues": lambda repository, _: issues.table(issues.run(repository)).strip(),
}
