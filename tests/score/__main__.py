"""How right we are: `python -m tests.score [PART] [--set SET] [--accept] [--gate] [--show]`.

- `coverage`: whether every paper was read.
- `finds`: judged by papers marked by hand: the gold in `../shared/gold`, our own in `tests/marked` and `tests/layouts`,
  or any folder with `marked/*.json` and `papers/`.
- `labels`: judged by what others told of whole protocols, in `../shared/corpus/labels`.
- `search`: judged by questions with their answers.
- `issues`: what the reader itself says is unclear, counted by reason.
- `first`: the first reading of a folder of papers that the reader was never mended against; it is written down, once.
- `quality`: all of it but the search, into `docs/quality.md`.

Without a part: coverage, finds (of the layouts too), labels and search. Every error that was not there in the accepted
state (`tests/accepted.json`) is printed as a loss, every one that is gone as a gain. `--accept` makes the present state
the accepted one; `--gate` fails when a figure fell below it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.score import sets

REPOSITORY = Path(__file__).parent.parent.parent
ACCEPTED = REPOSITORY / "tests" / "accepted.json"
# What is compared with the accepted state: how far below the accepted figure, before --gate says no
_TOLERANCE = {"coverage": 0.0, "finds": 0.002, "labels": 0.002, "search": 0.005}


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    if options.part in ("first", "quality"):
        print(importlib.import_module(f"tests.score.{options.part}").write(REPOSITORY, options))
        return 0
    os.environ["PARAGRAF_SCORE_MODEL"] = options.model
    accepted: dict[str, Any] = json.loads(ACCEPTED.read_text("utf-8")) if ACCEPTED.exists() else {}
    fell: list[str] = []
    for part, wanted in _parts(options):
        module = importlib.import_module(f"tests.score.{part}")
        report = module.run(REPOSITORY, wanted)
        print(module.table(report))
        if report is None:
            continue
        if options.groups and part == "finds":
            print(module.groups(report))
        fell += _compared(part, report, accepted, options)
    if options.accept:
        ACCEPTED.write_text(json.dumps(accepted, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
        print(f"accepted: {ACCEPTED.relative_to(REPOSITORY)}")
    for line in fell:
        print(f"fell: {line}", file=sys.stderr)
    return 1 if fell and options.gate else 0


def _parts(options: argparse.Namespace) -> list[tuple[str, str | None]]:
    """The parts that were asked for, each with its set; only the finds can be judged by layouts or a folder."""
    if options.part:
        return [(options.part, options.set)]
    if options.set not in (None, "gold", "marked"):
        return [("finds", options.set)]
    return [*((part, options.set) for part in _TOLERANCE), ("finds", "layouts")]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    how = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__, formatter_class=how)
    parts = ["coverage", "finds", "labels", "search", "issues", "first", "quality"]
    parser.add_argument("part", nargs="?", choices=parts, help="only this part")
    where = f"one of {', '.join(sets.NAMED)} (gold: ../shared, the default where it is), or a folder of marked papers"
    parser.add_argument("--set", help=where)
    parser.add_argument("--accept", action="store_true", help="make this the accepted state")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a figure is below the accepted state")
    parser.add_argument("--show", action="store_true", help="print every error, not only what changed")
    parser.add_argument("--groups", action="store_true", help="the finds by kind of paper and by layout too")
    model = "search: the plain way beside ours, this model (name or path) over whole documents"
    parser.add_argument("--model", default=os.environ.get("PARAGRAF_SCORE_MODEL", ""), help=model)
    parser.add_argument("--reader", default="", help="first: in a few words, what reader this is")
    return parser.parse_args(arguments)


def _compared(part: str, report: dict[str, Any], accepted: dict[str, Any], options: argparse.Namespace) -> list[str]:
    """Print what changed since the accepted state, and make this the accepted one if asked; the figures that fell."""
    key = f"{part}:{report['set']}"
    own = report.get("own") or part not in _TOLERANCE
    fell = _compare(key, report, {} if own else accepted.get(key, {}), _TOLERANCE.get(part, 0), options.show)
    if options.accept and own:
        print(f"{key} is never accepted: only the sets that are always there")
    elif options.accept:
        accepted[key] = {"figures": report["figures"], "errors": sorted(report["errors"])}
    return fell


def _compare(key: str, report: dict[str, Any], accepted: dict[str, Any], tolerance: float, show: bool) -> list[str]:
    """Print gains and losses against the accepted state; give the figures that fell."""
    errors: dict[str, str] = report["errors"]  # id -> words; only ids are kept, so that no marked text is copied
    before = set(accepted.get("errors", ()))
    if show:
        print(*(f"  error {words}" for words in errors.values()), sep="\n")
    if accepted:
        new = set(report["figures"]) - set(accepted["figures"])  # finds that were not scored then
        lost = [id_ for id_ in errors if id_ not in before and id_.split(":")[0] not in new]
        print(*(f"  loss  {errors[id_]}" for id_ in lost), sep="\n")
        print(*(f"  gain  {report['possible'].get(id_, id_)}" for id_ in sorted(before - set(errors))), sep="\n")
    fell = []
    for name, figure in accepted.get("figures", {}).items():
        now = report["figures"].get(name, 0.0)
        if now < figure - tolerance:
            fell.append(f"{key} {name}: {figure:.3f} -> {now:.3f}")
    return fell


if __name__ == "__main__":
    sys.exit(main())
