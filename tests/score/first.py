"""First readings: what papers in layouts never seen are worth, written down the one time it can be told.

After that the reader is mended against them, and their figures prove nothing more.
"""

from __future__ import annotations

import argparse
import datetime
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.score import finds, sets, spans

FILE = Path("tests") / "layouts" / "first_readings.json"


class ScoredBefore(SystemExit):
    """The batch, or a paper of it, was read before: there is no second first reading."""


def write(repository: Path, options: argparse.Namespace) -> str:
    """Judge the folder that `--set` names, add it to the file, and give the figures as Markdown."""
    if not options.set or options.set in sets.NAMED:
        raise SystemExit("first: name a folder of marked papers that the reader was never mended against, with --set")
    judged = add(repository, sets.folder(Path(options.set), repository), options.reader)
    errors = [f"  error {words}" for words in judged.errors.values()] if options.show else []
    return "\n".join([finds.table({"judged": judged}), *errors, f"written: {FILE}"])


def add(repository: Path, batch: sets.Set, reader: str) -> finds.Judged:
    """Judge a batch and write it down. Raises ScoredBefore for a name or a paper that was there before."""
    file = repository / FILE
    before: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    papers = sorted(sha256(paper.path.read_bytes()).hexdigest()[:12] for paper in batch.papers)
    for known in before:
        if known["batch"] == batch.name or set(known["papers"]) & set(papers):
            raise ScoredBefore(f"first: {batch.name} or papers of it were read on {known['date']} as {known['batch']}")
    judged = finds.judge(batch)
    figures = {find: round(figure, 3) for find, figure in judged.figures().items()}
    today = datetime.date.today().isoformat()
    first = {"batch": batch.name, "date": today, "reader": reader, "figures": figures, "papers": papers}
    file.write_text(json.dumps([*before, first], indent=1, ensure_ascii=False) + "\n", "utf-8")
    return judged


def table(repository: Path) -> str:
    """All first readings as Markdown: a column per batch, a row per find; blank where a figure was not kept."""
    batches = json.loads((repository / FILE).read_text("utf-8"))
    rows = ["| F1 | " + " | ".join(batch["batch"] for batch in batches) + " |", "|---|" + "--:|" * len(batches)]
    rows.append("| papers | " + " | ".join(str(len(batch["papers"])) for batch in batches) + " |")
    rows += [f"| {what} | " + " | ".join(batch[what] for batch in batches) + " |" for what in ("date", "reader")]
    known = [find for names in (finds.OVERALL["all"], (spans.NAME,), finds.OVERALL) for find in names]
    for find in (find for find in known if any(find in batch["figures"] for batch in batches)):
        cells = (f"{batch['figures'][find]:.3f}" if find in batch["figures"] else "" for batch in batches)
        rows.append(f"| {find} | " + " | ".join(cells) + " |")
    return "\n".join(rows)
