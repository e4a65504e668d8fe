"""The finds, judged by papers marked by hand: right, found and marked per find and per paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.model import Document
from tests.score import asked, sets, spans
from tests.score.counts import Found, Row, add, f1, key, precision, recall, row
from tests.score.lists import BEYOND, GUIDELINE

IN_GUIDELINE = tuple(kind.name for kind in GUIDELINE)
OVERALL = {"all of the guideline": IN_GUIDELINE, "all": (*IN_GUIDELINE, *(kind.name for kind in BEYOND))}


@dataclass
class Judged:
    """A set's papers judged: find -> paper -> row; each error's words by an id that tells nothing of the paper."""

    name: str
    own: bool = False
    counts: dict[str, dict[str, Row]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    possible: dict[str, str] = field(default_factory=dict)  # what could be missed
    kinds: dict[str, str] = field(default_factory=dict)  # paper -> its kind
    layouts: dict[str, str] = field(default_factory=dict)  # paper -> its municipality or batch

    def row(self, find: str, papers: Iterable[str] | None = None) -> Row:
        """The find's sums over these papers, or all; of all finds for a name in OVERALL."""
        if find in OVERALL:
            return add(self.row(one, papers) for one in OVERALL[find] if one in self.counts)
        rows = self.counts.get(find, {})
        return add(rows[paper] for paper in (rows if papers is None else papers) if paper in rows)

    def names(self) -> Iterator[str]:
        """The finds that were scored, with the sums over all last; only one sum where nothing is marked beyond."""
        yield from (find for find in (*OVERALL["all"], spans.NAME) if find in self.counts)
        beyond = any(kind.name in self.counts for kind in BEYOND)
        yield from OVERALL if beyond else ("all of the guideline",)

    def figures(self) -> dict[str, float]:
        """F1 per find and over all; recall for spans."""
        return {find: f1(self.row(find)) for find in self.names()}

    def weakest(self, find: str) -> tuple[str, float] | None:
        """The paper that the find is worst in, and its F1; None where all papers are right."""
        papers = {paper: f1(self.row(find, [paper])) for paper in self.kinds if self.row(find, [paper]) != [0, 0, 0]}
        paper = min(papers, key=lambda name: (papers[name], -sum(self.row(find, [name]))), default="")
        return (paper, papers[paper]) if paper and papers[paper] < 1 else None


def judge(set_: sets.Set) -> Judged:
    """Read every paper of the set and compare."""
    judged = Judged(set_.name, set_.own)
    for paper in set_.papers:
        document = sets.read(paper.path)
        judged.kinds[paper.name], judged.layouts[paper.name] = paper.marked["kind"], paper.layout
        for find, expected, got in _compared(paper.marked, document):
            sums = row(expected, got)
            # only some places are marked, so none that was found is wrong
            judged.counts.setdefault(find, {})[paper.name] = [sums[0], sums[2], sums[2]] if find == spans.NAME else sums
            judged.errors |= _lines(paper.name, find, "missed", expected - got)
            judged.errors |= _lines(paper.name, find, "wrong", got - expected)
            judged.possible |= _lines(paper.name, find, "missed", expected)
    return judged


def _compared(marked: dict[str, Any], document: Document | None) -> Iterator[tuple[str, Found, Found]]:
    """Each find that the paper is marked for: what is marked and what we found."""
    for kind in (*GUIDELINE, *BEYOND):
        expected = kind.marked(marked)
        if expected is not None:
            yield kind.name, expected, kind.found(document)
    if spans.NAME in marked:
        yield spans.NAME, *spans.compare(marked[spans.NAME], document)


def _lines(paper: str, find: str, what: str, these: Found) -> dict[str, str]:
    """One line per error, under an id that holds nothing of the marked text."""
    lines = {}
    for words, times in these.items():
        line = f"{short(paper)}: {find} {what}: {' | '.join(words)[:160]}" + (f" (x{times})" if times > 1 else "")
        lines[f"{find}:{what}:{key(f'{paper}{find}{what}{words}')}"] = line
    return lines


def short(paper: str) -> str:
    """A paper's name as it is printed."""
    return Path(paper).name[:50]


def run(repository: Path, wanted: str | None = None) -> dict[str, Any]:
    """Judge the set of that name or folder. The report: figures, errors by id, and all that was counted."""
    judged = judge(sets.load(repository, wanted))
    return {
        "set": judged.name,
        "own": judged.own,
        "figures": judged.figures(),
        "errors": judged.errors,
        "possible": judged.possible,
        "judged": judged,
    }


def table(report: dict[str, Any]) -> str:
    """The report as Markdown: the finds with the paper each is worst in, and the papers that are not all right."""
    judged: Judged = report["judged"]
    head = f"Finds on `{judged.name}`, {len(judged.kinds)} papers"
    return "\n\n".join([head, finds_table(judged), weak_papers(judged)]) + "\n"


def groups(report: dict[str, Any]) -> str:
    """F1 per find by kind of paper, and by layout, which is the paper's municipality or batch."""
    judged: Judged = report["judged"]
    return f"By kind of paper\n\n{by_group(judged, judged.kinds)}\n\nBy layout\n\n{by_group(judged, judged.layouts)}\n"


def finds_table(judged: Judged) -> str:
    """A row per find and over all."""
    rows = [
        "| find | right | found | marked | precision | recall | F1 | asked | weakest paper |",
        "|---|" + "--:|" * 7 + "---|",
    ]
    for find in judged.names():
        sums, weakest = judged.row(find), judged.weakest(find)
        found, exact = ("", "") if find == spans.NAME else (str(sums[1]), f"{precision(sums):.3f}")
        worst = f"{short(weakest[0])} {at_most(weakest[1])}" if weakest else ""
        figures = f"{exact} | {recall(sums):.3f} | {f1(sums):.3f} | {asked.cell(f1(sums), asked.FINDS.get(find))}"
        rows.append(f"| {find} | {sums[0]} | {found} | {sums[2]} | {figures} | {worst} |")
    return "\n".join(rows)


def by_group(judged: Judged, groups: dict[str, str]) -> str:
    """A row per find, a column per group of papers with how many they are; blank where nothing is marked or found."""
    names = sorted(set(groups.values()))
    papers = {name: [paper for paper, group in groups.items() if group == name] for name in names}
    rows = ["| find | " + " | ".join(f"{name} ({len(papers[name])})" for name in names) + " |"]
    rows.append("|---|" + "--:|" * len(names))
    for find in judged.names():
        sums = [judged.row(find, papers[name]) for name in names]
        rows.append(f"| {find} | " + " | ".join(at_most(f1(one)) if any(one) else "" for one in sums) + " |")
    return "\n".join(rows)


def at_most(figure: float) -> str:
    """A figure in two places, never rounded up: 1.00 is all right.

    >>> at_most(0.998), at_most(0.29), at_most(1)
    ('0.99', '0.29', '1.00')
    """
    return f"{math.floor(round(figure * 100, 6)) / 100:.2f}"


def weak_papers(judged: Judged) -> str:
    """The papers that are not all right, worst first, each with the finds that fall short."""
    overall = {paper: f1(judged.row("all", [paper])) for paper in judged.kinds}
    lines = []
    for paper in sorted(overall, key=lambda name: overall[name]):
        short_of = {find: f1(rows[paper]) for find, rows in judged.counts.items() if paper in rows}
        weak = [
            f"{find} {figure:.2f}" for find, figure in sorted(short_of.items(), key=lambda one: one[1]) if figure < 1
        ]
        if weak:
            lines.append(f"- {short(paper)}: {overall[paper]:.3f} over all ({', '.join(weak)})")
    return "\n".join(["Papers that are not all right:", "", *(lines or ["none"])])
