"""The finds, judged by labels that others made of whole protocols (`../shared/corpus/labels`).

Of Göteborg's 14 protocols every § with its heading and case number, parsed with patterns, so that a heading of several
lines may be cut, or have the first lines under it. Of eight of Alingsås' the decisions, as quotes that a language model
chose; those looked up that are no decisions stand in `labels.toml`, and count all the same. Both tell totals of
votes. Neither tells every find, so what we find besides is not wrong.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extractors import case_numbers
from extractors.model import Document, Item
from tests.score import asked, sets
from tests.score.counts import fold, key

_POINTS = re.compile(r"(?:^|(?<=[.:])\s|\n)\s*\d{1,2}[.)]\s")  # "1. ... 2. ...": several points in a quote
_LEAD_IN = re.compile(r"^\s*Förslag till beslut i \w+:?\s*$", re.MULTILINE)  # which the guideline leaves out
_NO_DECISION = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["no_decision"]
_ENOUGH = 0.9  # of a point's letters must be decisions of ours
_REF = re.compile(r"§\s*(\d+)")
LESS = "decisions, less those looked up that are none"
Label = dict[str, Any]


class Check(NamedTuple):
    """One label: what it says of which paper, whether we say so too (None: it cannot be used), and what we say."""

    what: str
    file: str
    label: str
    right: bool | None
    found: str = ""


def run(repository: Path, wanted: str | None = None) -> dict[str, Any] | None:
    """Read every labelled protocol once and compare. None where the labels are not there, or our own set is wanted."""
    corpus = repository.parent / "shared" / "corpus"
    if wanted == "marked" or not (corpus / "labels").is_dir():
        return None
    checks = [*_goteborg(corpus), *_alingsas(corpus)]
    used = [check for check in checks if check.right is not None]
    rows = {what: [check for check in used if check.what == what] for what in dict.fromkeys(c.what for c in used)}
    rows[LESS] = [c for c in rows["decisions"] if c.right or key(c.label) not in _NO_DECISION]
    return {
        "set": "labels",
        "figures": {what: sum(bool(c.right) for c in these) / len(these) for what, these in rows.items()},
        "rows": {what: [sum(bool(c.right) for c in these), len(these)] for what, these in rows.items()},
        "unused": len(checks) - len(used),
        "errors": {_id(c): f"{c.file}: {c.what} missed: {c.label[:200]}{c.found}" for c in used if not c.right},
        "possible": {_id(c): f"{c.file}: {c.what}: {c.label[:200]}" for c in used},
    }


def table(report: dict[str, Any] | None) -> str:
    """The report as Markdown."""
    if report is None:
        return "No labels to judge by: they are in ../shared, and not of our own samples\n"
    rows = ["Labels of `../shared/corpus/labels`", "", "| what | right | labels | share | asked |"]
    rows.append("|---|--:|--:|--:|--:|")
    for what, (right, all_) in report["rows"].items():
        share = report["figures"][what]
        rows.append(f"| {what} | {right} | {all_} | {share:.3f} | {asked.cell(share, asked.LABELS.get(what))} |")
    return "\n".join([*rows, "", f"{report['unused']} labels quote words that their paper does not have."]) + "\n"


def _goteborg(corpus: Path) -> Iterator[Check]:
    labels = _lines(corpus / "labels" / "goteborg_paragrafer.jsonl")
    for file, number, label in ((label["file"], label["paragrafNr"], label) for label in labels):
        items = _items(corpus, file, number)
        yield Check("§", file, f"§ {number}", bool(items))
        if label["ärendeNr"]:
            known, numbers = case_numbers.canonical(label["ärendeNr"]), [item.case_number for item in items]
            yield Check("case numbers", file, f"§ {number} {known}", known in numbers, f", found {numbers}")
        titles = [item.title or "" for item in items]
        right = any(_begins(title, label["rubrik"]) for title in titles)
        yield Check("headings, as far as both go", file, f"§ {number} {label['rubrik']}", right, f", found {titles}")
        if label["votering"]:
            yield _vote(file, number, label["votering"], items)
    labelled = {(label["file"], label["paragrafNr"]) for label in labels}
    for file in dict.fromkeys(label["file"] for label in labels):
        yield from _added_up(corpus, file)
        for item in _all(corpus, file):
            yield Check("§ found that are labelled", file, f"§ {item.number} found", (file, item.number) in labelled)


def _alingsas(corpus: Path) -> Iterator[Check]:
    labels = _lines(corpus / "labels" / "alingsas_arenden.jsonl")
    steps = [step for label in labels for step in label["steps"]]
    for step in steps:
        number = _REF.search(step["protocol_ref"] or "")
        items = _items(corpus, step["file"], number[1]) if number else []
        if step["type"] == "beslut":
            there = _stands(step["quote"], sets.read(corpus / "documents" / step["file"]))
            right = decided(step["quote"], [one.text for item in items for one in item.decisions]) if there else None
            yield Check("decisions", step["file"], step["quote"], right, f" ({step['protocol_ref']})")
        if (step["voting"] or {}).get("recorded"):
            result = step["voting"]["result"]
            yield _vote(step["file"], number[1] if number else "-", result | {"avstår": result["avstar"]}, items)
    for file in dict.fromkeys(step["file"] for step in steps):
        yield from _added_up(corpus, file)


def decided(quote: str, decisions: Iterable[str]) -> bool:
    """Whether these decisions say what is quoted: each point is of one of them, or they make up nearly all of it.

    >>> decided("1. Taxan antas. 2. Avgiften höjs.", ["Taxan antas.", "Avgiften höjs. Nämnden får avrunda."])
    True
    >>> decided("1. Taxan antas. 2. Avgiften höjs.", ["Taxan antas."]), decided("Taxan antas", ["att taxan antas"])
    (False, True)
    """
    texts = {fold(text) for text in decisions}
    points = [fold(point) for point in _POINTS.split(_LEAD_IN.sub("", quote)) if fold(point)]
    return bool(points) and all(
        any(point in text for text in texts)
        or sum(len(text) for text in texts if text in point) >= _ENOUGH * len(point)
        for point in points
    )


def _vote(file: str, number: str, totals: dict[str, Any], items: list[Item]) -> Check:
    votes = [(vote.yes, vote.no, vote.abstain) for item in items for vote in item.votes]
    abstain = totals.get("avstår")  # not all labels tell
    right = any((yes, no) == (totals["ja"], totals["nej"]) and abstain in (None, other) for yes, no, other in votes)
    return Check("votes", file, f"§ {number} {totals['ja']}-{totals['nej']}", right, f", found {votes}")


def _added_up(corpus: Path, file: str) -> Iterator[Check]:
    """Every vote that we found a list of voters for: whether they are as many as the paper says."""
    for item in _all(corpus, file):
        for vote in (vote for vote in item.votes if vote.voters):
            votes = [voter.vote for voter in vote.voters]
            right = (votes.count("yes"), votes.count("no")) == (vote.yes, vote.no)
            label = f"§ {item.number} {vote.yes}-{vote.no}"
            yield Check("votes that their voters add up to", file, label, right, f", {Counter(votes)}")


def _begins(title: str, label: str) -> bool:
    """Whether one begins with the other: a label may be cut, or go on with the first lines under the heading."""
    ours, theirs = fold(title), fold(label)
    return bool(ours) and (ours.startswith(theirs) or theirs.startswith(ours))


def _all(corpus: Path, file: str) -> tuple[Item, ...]:
    document = sets.read(corpus / "documents" / file)
    return document.items if document else ()


def _items(corpus: Path, file: str, number: str) -> list[Item]:
    return [item for item in _all(corpus, file) if fold(item.number) == fold(number)]


def _stands(quote: str, document: Document | None) -> bool:
    return document is not None and fold(quote) in fold(document.text)


def _lines(file: Path) -> list[Label]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _id(check: Check) -> str:
    return f"{check.what}:{key(check.file, check.what, check.label)}"
