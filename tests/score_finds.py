"""The finds, judged by papers marked by hand: precision, recall and F1 per find and per document."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import extractors
from extractors.model import Document, Unreadable

Found = Counter[tuple[str, ...]]  # what is compared: a find as a few words, as often as it stands there
_ONE = ("kind", "municipality", "body", "date", "title")


def run(repository: Path, wanted: str | None = None) -> dict[str, Any]:
    """Read every marked paper and compare. The report: figures, counts per find and document, errors by id."""
    name, files, root = _marked(repository, wanted)
    counts: dict[str, dict[str, list[int]]] = {}  # find -> document -> [right, found, marked]
    errors: dict[str, str] = {}
    possible: dict[str, str] = {}
    for file in files:
        marked = json.loads(file.read_text("utf-8"))
        document = _read(root / marked["file"])
        truth, found = dict(_marked_finds(marked)), dict(_found(document)) if document else {}
        for find, expected in truth.items():
            got = found.get(find, Counter())
            right = expected & got
            counts.setdefault(find, {})[marked["file"]] = [right.total(), got.total(), expected.total()]
            for what, these in (("missed", expected - right), ("wrong", got - right)):
                errors |= _lines(marked["file"], find, what, these)
            possible |= _lines(marked["file"], find, "missed", expected)
    figures = {find: _f1(_sum(rows.values())) for find, rows in counts.items()}
    return {"set": name, "figures": figures, "counts": counts, "errors": errors, "possible": possible}


def table(report: dict[str, Any]) -> str:
    """The report as a Markdown table, with the papers that fall short under each find."""
    rows = [
        f"Finds on `{report['set']}`",
        "",
        "| find | right | found | marked | precision | recall | F1 |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for find, documents in report["counts"].items():
        right, found, marked = _sum(documents.values())
        precision, recall = right / found if found else 1.0, right / marked if marked else 1.0
        figures = f"{precision:.3f} | {recall:.3f} | {_f1([right, found, marked]):.3f}"
        rows.append(f"| {find} | {right} | {found} | {marked} | {figures} |")
    rows += ["", "| paper | " + " | ".join(report["counts"]) + " |", "|---|" + "--:|" * len(report["counts"])]
    for paper in sorted({paper for documents in report["counts"].values() for paper in documents}):
        cells = (documents.get(paper) for documents in report["counts"].values())
        rows.append(
            f"| {Path(paper).name[:50]} | " + " | ".join(f"{_f1(cell):.2f}" if cell else "" for cell in cells) + " |"
        )
    return "\n".join(rows) + "\n"


def _marked(repository: Path, wanted: str | None) -> tuple[str, list[Path], Path]:
    """The marked papers to judge by: the gold beside the repository, else our own."""
    gold = repository.parent / "shared" / "gold" / "documents"
    if wanted in (None, "gold") and gold.is_dir():
        return "gold", sorted(gold.glob("*.json")), gold.parent.parent
    if wanted == "gold":
        raise SystemExit(f"no marked papers at {gold}: run with --set marked")
    if wanted is None:
        print("../shared is not here: judged by our own samples in tests/marked")
    own = "tests/layouts/marked" if wanted == "layouts" else "tests/marked"
    return wanted or "marked", sorted((repository / own).glob("*.json")), repository


@cache
def _read(path: Path) -> Document | None:
    try:
        return extractors.read(path.read_bytes(), path.name)
    except Unreadable as problem:
        print(f"could not be read: {path.name}: {problem}")
        return None


def _marked_finds(marked: dict[str, Any]) -> Iterator[tuple[str, Found]]:
    """What the guideline marks, as comparable words (its fields are those of the README beside the gold)."""
    for field in _ONE:
        yield field, Counter([(_fold(marked[field] or "null"),)])
    items = marked["items"]
    yield "items", Counter((_fold(i["number"] or "-"),) for i in items)
    yield "item titles", Counter((_fold(i["number"] or "-"), _fold(i["title"] or "")) for i in items)
    yield "item case numbers", Counter((_fold(i["number"] or "-"), i["case_number"] or "null") for i in items)
    yield "decisions", Counter((_fold(i["number"] or "-"), _fold(d["text"])) for i in items for d in i["decisions"])
    yield (
        "decisions with outcome",
        Counter((_fold(i["number"] or "-"), _fold(d["text"]), d["outcome"]) for i in items for d in i["decisions"]),
    )
    yield (
        "votes",
        Counter((_fold(i["number"] or "-"), f"{v['yes']}-{v['no']}-{v['abstain']}") for i in items for v in i["votes"]),
    )
    yield "reservations", Counter((_fold(i["number"] or "-"), party) for i in items for party in i["reservations"])
    yield "case_numbers", Counter((number,) for number in marked["case_numbers"])
    yield "amounts", Counter((_kronor(a["kronor"]),) for a in marked["amounts"])
    yield "people", Counter({(_fold(p["name"]), p["party"]) for p in marked["people"]})


def _found(document: Document) -> Iterator[tuple[str, Found]]:
    """The same of what we read."""
    one = {"kind": document.kind, "municipality": document.municipality and document.municipality.code,
           "body": document.body, "date": document.date, "title": document.title}  # fmt: skip
    for field in _ONE:
        yield field, Counter([(_fold(one[field] or "null"),)])
    items = document.items
    yield "items", Counter((_fold(i.number or "-"),) for i in items)
    yield "item titles", Counter((_fold(i.number or "-"), _fold(i.title or "")) for i in items)
    yield "item case numbers", Counter((_fold(i.number or "-"), i.case_number or "null") for i in items)
    yield "decisions", Counter((_fold(i.number or "-"), _fold(d.text)) for i in items for d in i.decisions)
    yield (
        "decisions with outcome",
        Counter((_fold(i.number or "-"), _fold(d.text), d.outcome) for i in items for d in i.decisions),
    )
    yield "votes", Counter((_fold(i.number or "-"), f"{v.yes}-{v.no}-{v.abstain}") for i in items for v in i.votes)
    yield (
        "reservations",
        Counter({(_fold(i.number or "-"), party) for i in items for r in i.reservations for party in r.parties}),
    )
    yield "case_numbers", Counter({(n.canonical,) for n in document.case_numbers})
    yield "amounts", Counter((_kronor(a.kronor),) for a in document.amounts)
    yield "people", Counter({(_fold(p.name), p.party) for p in document.people if p.party})


def _fold(text: str) -> str:
    """Drop what a copyist may change: white space, hyphens, bullets, quotes, the full stop at the end."""
    return re.sub(r"[\s\u00ad\u2010\u2011\-–—•*”“\"'’\uf0b7]+", "", text).lower().rstrip(".:")


def _kronor(value: Decimal | float) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def _lines(paper: str, find: str, what: str, these: Found) -> dict[str, str]:
    """One line per error, under an id that holds nothing of the marked text."""
    lines = {}
    for words, times in these.items():
        line = f"{Path(paper).name[:40]}: {find} {what}: {' | '.join(words)[:160]}" + (
            f" (x{times})" if times > 1 else ""
        )
        lines[f"{find}:{what}:" + hashlib.sha256(f"{paper}{find}{what}{words}".encode()).hexdigest()[:12]] = line
    return lines


def _sum(rows: Iterable[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _f1(row: list[int]) -> float:
    """2 · right / (found + marked); 1 where there is nothing to find and nothing was found."""
    right, found, marked = row
    return 2 * right / (found + marked) if found + marked else 1.0
